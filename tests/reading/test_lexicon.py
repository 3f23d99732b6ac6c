"""The lexicon: fresh, the same each time, small, and every line is found by its anchors."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pharmcheck.model import Page
from pharmcheck.reading import lexicon
from pharmcheck.reading.anchors import anchors_of, gates_of
from pharmcheck.reading.lexicon import TOPICS, Lexicon, Words, compiled, load_topic
from pharmcheck.reading.patterns import Pattern, parse
from pharmcheck.reading.phrases import find_mentions
from pharmcheck.reading.sentences import Sentence, Sentences
from pharmcheck.reading.stance import find_cues

FILE = Path(lexicon.__file__).parent / "phrases" / "lexicon.json"
WORDS = Words({"goods": {"en": "pills tablets"}})


def test_the_file_is_fresh() -> None:
    """`lexicon.json` holds what the .toml files say."""
    if FILE.read_text("utf-8") != compiled():
        pytest.fail("phrases/*.toml were edited after phrases/lexicon.json: run `pharmcheck docs`", pytrace=False)


def test_the_file_is_the_same_whatever_the_order_of_sets() -> None:
    """Another seed of Python's hashes changes nothing, so two people write the same file."""
    code = "import sys, pharmcheck.reading.lexicon as l; sys.stdout.buffer.write(l.compiled().encode())"
    texts = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert texts == {compiled().encode()}


def test_no_toml_is_read_at_run_time() -> None:
    """Reading a page opens no .toml file."""
    code = (
        "import sys; opened = []; sys.addaudithook(lambda e, a: opened.append(str(a[0])) if e == 'open' else None)\n"
        "from pharmcheck.model import Page; from pharmcheck.reading.phrases import find_mentions\n"
        "assert find_mentions(Page('https://a.example/', 'home', 200, 'Buy pills. We never sell without prescription.'))\n"
        "assert any(name.endswith('lexicon.json') for name in opened)\n"
        "assert not any(name.endswith('.toml') for name in opened), opened\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_word_lists_are_stored_by_reference() -> None:
    """Lines stand as they are written, so the medicines and goods stand in none of them, and one row is one line."""
    rows = json.loads(compiled())["rows"]
    concepts = [table for topic in TOPICS for table in load_topic(topic).values() if isinstance(table, dict)]
    written = {line for table in concepts for lines in table.values() for line in lines.get("say", ())}
    assert {line for row in rows for line in row[2].get("say", ())} == written
    assert any("@medicine" in line for line in written)
    assert sum(line.startswith('["') for line in compiled().splitlines()) == len(rows)


@pytest.mark.parametrize(
    ("line", "anchors"),
    [
        ("no {a|any|} prescription", ["prescri"]),
        ("{buy|order} {@goods} without fuss", ["fuss "]),
        ("the {@medicine|pills} of yours", ["yours "]),
        ("{money gram|western union} now", ["money ", "western "]),
        ("# {mg|tab*}", ["mg ", "tab"]),
        ("要 [0-2] 處方箋", ["處方箋"]),
    ],
)
def test_anchors_are_rare_words_that_every_match_holds(line: str, anchors: list[str]) -> None:
    """Of the slots that cannot be empty, the one whose words are met least gives the anchors."""
    assert anchors_of(line, "zh" if "箋" in line else "en", WORDS) == anchors


def test_gates_are_of_other_words_than_the_anchors() -> None:
    """A gate of a word that the anchor has already found would keep nothing out; it holds whole words, and the heads of others."""
    line = "{money gram|western union} {now|tomorrow|tomorrowland}"
    assert set(gates_of(line, "en", WORDS)) == {("gram", "union"), ("now", "tomorrow", "tomorrowland")}


def test_a_line_is_parsed_when_it_is_met(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page without an anchor parses no line, and one with an anchor few."""
    parsed: list[str] = []

    def noted(line: str, *rest: Any) -> Iterator[Pattern]:
        parsed.append(line)
        yield from parse(line, *rest)

    monkeypatch.setattr(lexicon, "parse", noted)
    fresh = Lexicon(compiled().encode())
    monkeypatch.setattr("pharmcheck.reading.phrases.lexicon", lambda: fresh)
    find_mentions(Page("https://a.example/", "home", 200, "Xylophones of 1930 hum."))
    assert not parsed
    find_mentions(Page("https://a.example/", "home", 200, "We accept bitcoin."))
    assert 0 < len(parsed) < 200  # of 10,000


def test_a_row_without_lines_to_look_up_has_no_anchor(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language with `but` alone is read and matches nothing."""
    table = {"c": {"en": {"but": ["dog"]}, "de": {"say": ["ohne rezept"]}}}
    monkeypatch.setattr(lexicon, "load_topic", lambda topic: table if topic == TOPICS[0] else {})
    bare = Lexicon(compiled().encode())
    text = "ohne rezept"
    sentences = Sentences(text, text)
    assert bare.anchors.find(sentences) == {0: [0]}
    assert len(bare.lines_for([0], sentences.at(0))) == 1


def test_a_concept_stands_in_one_topic(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same concept in two files is refused, and told with the second file."""
    monkeypatch.setattr(
        lexicon, "load_topic", lambda topic: {"c": {"en": {"say": ["no rx"]}}} if topic in TOPICS else {}
    )
    with pytest.raises(ValueError, match=rf"{TOPICS[1]}\.toml: 'c' stands in another topic"):
        compiled()


def test_every_cue_is_found_in_what_it_stands_for() -> None:
    """A sentence of nothing but the words of a cue passes its gate, and the cue is found there as its kind."""
    named = Words(load_topic("words"))
    for kind, languages in load_topic("stance").items():
        for language, lines in languages.items():
            for pattern in (p for line in lines["say"] for p in parse(line, 0, language, "say", named)):
                sentence = Sentence(" ".join(min(words or beginnings) for _, words, beginnings in pattern.places))
                assert kind in {cue.kind for cue in find_cues(sentence, language)}, (language, sentence.text)
