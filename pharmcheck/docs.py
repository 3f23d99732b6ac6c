"""Generated documentation: `pharmcheck docs` writes it, and a test compares it with what stands in the repository."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from pharmcheck.pipeline import check_replay
from pharmcheck.reading.lexicon import TOPICS, load_topic
from pharmcheck.registries import Folder, load_registries
from pharmcheck.report import render
from pharmcheck.signals import Signal, catalogue

_REGISTRIES_INTRO = """\
# Registries

Official lists of pharmacies and sellers, accreditors' lists, and official warnings: one folder each, data only, no
code. `pharmcheck registries` prints them with their freshness, `pharmcheck registries lookup DOMAIN|NUMBER|NAME`
searches them.

## What an entry proves

* An entry in a **positive** list says that the authority names this site (or this number). It is only as good as
  its date.
* An entry in a **negative** list is an official warning, order or seizure, with its date. A newer warning outweighs
  an older entry in a register: domains expire and are taken over. `lifted` warnings are kept, and count nothing.
* A warning is given under the law of its country. A site that is lawful at home can stand on the list of another
  country.
* **Absence** proves something only where the list is exhaustive for that kind of seller, names web sites, covers
  the seller's country, and our copy is fresh. Where we hold no entries, "not in the register" is unknown, and the
  link is for a person to open.

## Files

`registry.toml` holds the facts, strictly checked: `authority`, `country`, `lists` (pharmacies, sites,
other-retailers, accredited, illegal-sites, warned-sites, blocked-sites), `polarity`, `url`, `hosts` (where its logo
and entries may be), `exhaustive` (for whom absence proves something: "", pharmacies, sellers, veterinary),
`names_sites` (whether entries carry web addresses), `law`, `licence` (of the data), `max_age_days`, `source` and
`confidence` (of these facts), `facts_as_of`; where they are known `download_url`, `search_url`, `entry_url` (with
`{number}`, `{domain}` or `{slug}`), `number_pattern` and `report_url`; with a list also `as_of`, `min_entries`,
`max_entries` and `list_source`. `caution` marks warnings that prove no illegal pharmacy, `closed` a list kept no more,
`entry_max_age_days` how long an entry speaks for itself.

`list.csv` holds the entries: `name, number, domain, path, status, since, note, url`. `domain` is a lower-case ASCII
host without `www.`; with a `path` (a pharmacy inside a larger shop) or a deeper host, only that path or host is
meant. `status` is `listed` in a positive list, `warned`, `contested` (another body accredits the site, or it is lawful
elsewhere) or `lifted` in a negative one. `since` is the day of the
entry, `url` the page for a person to open where it differs from the registry's own. Names of natural persons are
left out. A list that breaks a rule stops the program: it never becomes "not found".

## What is not here

Community blocklists are not used, not even as a hint. The largest one for medicines names lawful pharmacies, is in
large part a copy of a list that must not be passed on, and knew 19 of 552 sites that the Czech agency warns of.
NABP's Not Recommended list is not shipped either: its terms of reuse are not known. Single press reports are no
list.
"""


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
_LANGUAGES = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "cs",
    "ru",
    "sv",
    "ja",
    "da",
    "nb",
    "fi",
    "hu",
    "ro",
    "el",
    "tr",
    "uk",
    "sk",
    "bg",
)

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
    lines = [_PHRASES_INTRO, "This file is written by `pharmcheck docs`.", ""]
    for topic in TOPICS:
        concepts = {name: blocks for name, blocks in load_topic(topic).items() if name != "plain"}
        lines += [f"## {topic}", "", f"| concept | {' | '.join(_LANGUAGES)} |", "|---|" + "--:|" * len(_LANGUAGES)]
        for name, blocks in concepts.items():
            cells = [_patterns(blocks.get(language, {})) for language in _LANGUAGES]
            lines.append(f"| {name} | {' | '.join(cells)} |")
        lines.append("")
    examples = sum(
        len(block.get(kind, ()))
        for t in TOPICS
        for name, blocks in load_topic(t).items()
        if name != "plain"
        for block in blocks.values()
        for kind in ("yes", "no")
    )
    lines += [f"Examples in all: {examples}.", ""]
    return "\n".join(lines)


def _patterns(block: Mapping[str, Sequence[str]]) -> str:
    """Return the number of patterns of a block, `·` for none."""
    return str(sum(len(block.get(role, ())) for role in ("say", "alone", "if_yes", "if_no")) or "·")


def registries_readme() -> str:
    """Return the text of `registries/README.md`: what lists prove, the format, and a table of all registries."""
    folders = sorted(load_registries().folders, key=lambda f: (f.registry.country, f.registry.id))
    positive = [_row(f) for f in folders if f.registry.polarity == "positive"]
    negative = [_row(f) for f in folders if f.registry.polarity == "negative"]
    names = ("id", "country", "authority", "lists", "entries", "as of", "good for", "absence proves for", "names sites")
    head = (f"| {' | '.join(names)} |", "|" + "---|" * len(names))
    held = sum(f.registry.entries for f in folders)
    return "\n".join(
        (
            _REGISTRIES_INTRO,
            f"## The registries ({len(folders)}, with {held} entries)",
            "",
            "This file is written by `pharmcheck docs`.",
            "",
            "### Lawful sellers and accreditation",
            "",
            *head,
            *positive,
            "",
            "### Warnings, orders and seizures",
            "",
            *head,
            *negative,
            "",
            "## What to know about each",
            "",
            *(
                f"* **{f.registry.id}** ({f.registry.confidence} confidence; data: {f.licence}): {f.law}"
                for f in folders
            ),
            "",
        )
    )


def _row(folder: Folder) -> str:
    registry = folder.registry
    cells = (
        f"[{registry.id}]({registry.url})",
        registry.country,
        registry.authority,
        ", ".join(folder.lists),
        str(registry.entries) if registry.entries else "none held",
        str(registry.as_of or ""),
        f"{registry.max_age_days} days" if registry.entries else "",
        registry.exhaustive or "nobody",
        folder.names_sites,
    )
    return f"| {' | '.join(cells)} |"


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
