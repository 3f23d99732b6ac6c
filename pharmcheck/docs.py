"""Generated documentation: `pharmcheck docs` writes it, and a test compares it with what stands in the repository."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from pharmcheck.pipeline import check_replay
from pharmcheck.reading.lexicon import TOPICS, load_topic
from pharmcheck.report import render
from pharmcheck.signals import Signal, catalogue

_PHRASES_INTRO = """\
# Phrases

What pages say, as data: `<topic>.toml` holds concept → language → `say` (patterns), `but` (what turns the sentence to
another subject), `if_yes` and `if_no` (questions whose answer says it), `alone` (patterns that must be a whole
sentence), and examples: `yes` must be found as meant, `no` must not. Every example is a test. `stance.toml` holds the
words that deny, warn, report or quote; `words.toml` the lists behind `@goods` and its like. The notation is described
in `../phrases.py`. `lexicon.json` is made of all this by `pharmcheck docs` and is what runs.

To add a language, or to mend one, edit the blocks `[concept.language]`, run `pharmcheck docs`, then
`pytest tests/reading`. A pattern must be one that a native speaker calls general; think of the innocent sentence first.

Twelve languages have every concept; the others a light pack (policy, contact, payment, claims). The numbers are those
of the patterns in each language; `·` marks a concept that a light pack leaves out.
"""
_SHOWN = "potenzwelt24.example"  # a recorded site whose report shows most of what a report can show
_REPORT = re.compile(r"(?<=<!-- report -->\n).*?(?=<!-- /report -->)", re.DOTALL)


def readme(root: Path) -> str:
    """Return the checkout's README.md with the report of one recorded site, as it is today, in its place."""
    report = check_replay(root / "cassettes" / f"{_SHOWN}.warc.gz", countries=["DE"])
    text = render(report, "text", width=96)
    shown = f"```\n$ pharmcheck check {_SHOWN} --country DE\n{text}```\n"
    return _REPORT.sub(lambda _: shown, (root / "README.md").read_text("utf-8"))


def phrases_readme() -> str:
    """Return the text of `phrases/README.md`: what the files hold, and a table of concepts by language."""
    topics = {topic: {k: v for k, v in load_topic(topic).items() if k != "plain"} for topic in TOPICS}
    blocks_of = [blocks for concepts in topics.values() for blocks in concepts.values()]
    languages = list(
        dict.fromkeys(language for blocks in blocks_of for language in blocks)
    )  # as they come in the files
    lines = [_PHRASES_INTRO, "This file is written by `pharmcheck docs`.", ""]
    for topic, concepts in topics.items():
        lines += [f"## {topic}", "", f"| concept | {' | '.join(languages)} |", "|---|" + "--:|" * len(languages)]
        for name, blocks in concepts.items():
            cells = [_patterns(blocks.get(language, {})) for language in languages]
            lines.append(f"| {name} | {' | '.join(cells)} |")
        lines.append("")
    examples = sum(
        len(block.get(kind, ())) for blocks in blocks_of for block in blocks.values() for kind in ("yes", "no")
    )
    lines += [f"Examples in all: {examples}.", ""]
    return "\n".join(lines)


def _patterns(block: Mapping[str, Sequence[str]]) -> str:
    """Return the number of patterns of a block, `·` for none."""
    return str(sum(len(block.get(role, ())) for role in ("say", "alone", "if_yes", "if_no")) or "·")


_SIGNALS_INTRO = """\
# Signals

One question about a site per file. `pharmcheck signals` prints this catalogue, `pharmcheck signals ID` one entry,
`pharmcheck check --explain` what each signal answered for a site. This file is written by `pharmcheck docs`.

* A signal's id says what is true when it fires. Its answer is *present*, with quotes, *absent*, or *unknown*, with what
  was missing.
* It sees the artifacts that it needs and nothing else: no network, no clock, no other signal. If one of them could not
  be had, the answer is unknown and the signal is not asked.
* Added text never turns a red flag off. The four absences (`no-postal-address`, `no-phone`, `no-licence-number`,
  `no-responsible-pharmacist`) are the exception, and carry no weight for that reason.
* How much a signal counts stands in `pharmcheck/weights.toml`. One without a line there is on trial: shown, not scored.

To add one, write `pharmcheck/signals/<id>.py` with one function of that name, whose parameters are fields of `Evidence`
and whose docstring has a title, `Why:`, `Source:` and `False alarm:`; write `tests/signals/test_<id>.py` with a case
that fires, a near miss and an unknown; run `pharmcheck docs`.
"""


def signals_readme() -> str:
    """Return the text of `pharmcheck/signals/README.md`: a table of all signals, and a heading for each."""
    signals = catalogue()
    rows = [f"| [{s.id}](#{s.id}) | {s.title} | {', '.join(s.needs)} |" for s in signals]
    head = ("| id | true when it fires | needs |", "|---|---|---|")
    return "\n".join((_SIGNALS_INTRO, f"## The {len(signals)} signals", "", *head, *rows, "", *map(_chapter, signals)))


def _chapter(signal: Signal) -> str:
    parts = (
        f"### {signal.id}",
        f"{signal.title}.",
        f"* **Why:** {signal.why}",
        f"* **Source:** {signal.source}",
        f"* **False alarm:** {signal.false_alarm}",
    )
    return "{}\n\n{}\n\n{}\n{}\n{}\n".format(*parts)
