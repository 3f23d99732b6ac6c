"""The text of `phrases/README.md`: what the files of phrases hold, and how many there are of each concept by language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pharmcheck.reading.lexicon import TOPICS, load_topic

_INTRO = """\
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


def phrases_readme() -> str:
    """Return the text of `phrases/README.md`: what the files hold, and a table of concepts by language."""
    topics = {topic: {k: v for k, v in load_topic(topic).items() if k != "plain"} for topic in TOPICS}
    blocks_of = [blocks for concepts in topics.values() for blocks in concepts.values()]
    languages = list(dict.fromkeys(language for blocks in blocks_of for language in blocks))  # as they come
    lines = [_INTRO, "This file is written by `pharmcheck docs`.", ""]
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
