"""Catalogues: read as gettext reads them, complete, and applied to finished sentences."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po as babel_reads

from pharmcheck import buyers, law
from pharmcheck.pipeline import check_replay
from pharmcheck.reading.medicine_table import load_medicines
from pharmcheck.registries import load_registries
from pharmcheck.report import words
from pharmcheck.report.html import render_article
from pharmcheck.report.listed import listing_words
from pharmcheck.report.verdicts import VERDICTS
from pharmcheck.signals import catalogue as signals
from pharmcheck.web.languages import LANGUAGES, Catalogue, catalogue, guessed_country, preferred, read_po
from pharmcheck.web.layout import country_names
from tests.record_cassettes import CASSETTES
from tests.report.reports import COPIED, LISTED, report
from tests.web.sentences import pieces, sentences, wholes

PACKAGE = Path(words.__file__).parent.parent
TRANSLATED = [code for code in LANGUAGES if code != "en"]
COUNTRIES = ["DE", "FR", "ES", "GB", "GB-NIR", "US", "AU", "JP", "IN", "TR"]
_SENTENCE = re.compile(r"[a-z]{2,} [a-z]{2,}")  # no number, name or code
_JOINTS = (r"(?<=[a-z0-9)]\.) (?=[A-Z])", r" \((?=[^()]+\)\Z)|\)\Z", r"; ")
_TEXT = r'"((?:[^"\\]|\\.)+)"'


def _po(language: str) -> str:
    return (PACKAGE / "web" / "locale" / f"{language}.po").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_read_as_gettext_reads(language: str) -> None:
    """Our reader and Babel's find the same messages."""
    theirs = babel_reads(io.StringIO(_po(language)), abort_invalid=True)
    assert dict(read_po(_po(language))) == {m.id: m.string for m in theirs if m.id and m.string}


def test_what_is_not_understood() -> None:
    """Plural forms and broken lines stop the reader instead of being lost."""
    for text in ('msgid_plural "x"\n', "msgid x\n", 'msgid "x\n'):
        with pytest.raises(ValueError, match="line 1"):
            list(read_po(text))


@pytest.mark.parametrize("language", TRANSLATED)
def test_same_places(language: str) -> None:
    """A translation has the places of its message, so that nothing of a sentence is lost."""
    for message, said in catalogue(language).messages.items():
        assert set(re.findall(r"{(\w+)}", message)) == set(re.findall(r"{(\w+)}", said)), message


def _messages() -> set[str]:
    """Return what the pages and the frame of a report say, and the verdicts."""
    found = set(words.KINDS.values()) | set(words.LAWFUL.values())
    found |= {w.sentence for w in VERDICTS.values()} | {words.SPENT} | set(buyers.ASKED.values())
    for template in (PACKAGE / "web" / "templates").glob("*.j2"):
        found |= {m.replace("\\n", "\n") for m in re.findall(rf"\b_\({_TEXT}", template.read_text("utf-8"))}
    article = (PACKAGE / "report" / "templates" / "article.html.j2").read_text("utf-8")
    found |= set(re.findall(rf"\bsay\({_TEXT}\)", article))
    for module in (PACKAGE / "web").glob("*.py"):
        text = module.read_text("utf-8")
        found |= set(re.findall(rf"\.say\(\s*{_TEXT}", text))
        found |= set(re.findall(rf"(?:CheckError|Summary|BusyError)\((?:why=)?{_TEXT}", text))
        found |= set(re.findall(rf"super\(\).__init__\({_TEXT}", text))
    return found


@pytest.mark.parametrize("language", TRANSLATED)
def test_complete(language: str) -> None:
    """Every sentence of the pages and every verdict is there in the language."""
    held = catalogue(language).messages
    assert sorted(m for m in _messages() if m not in held) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_titles_of_signals(language: str) -> None:
    """Every title is there in the language."""
    assert sorted({s.title for s in signals()} - catalogue(language).messages.keys()) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_same_messages(language: str) -> None:
    """The catalogues hold the same messages: what one language says, the others say."""
    assert catalogue(language).messages.keys() ^ catalogue(TRANSLATED[0]).messages.keys() == set()


def test_what_the_code_can_say() -> None:
    """Each sentence that a gap, a note, an advice or a line of the report is made of stands in the catalogues."""
    held = "\n".join(re.sub(r"{\w+}", "{}", message).casefold() for message in catalogue("de").messages)
    left = [(where, text) for where, text in sentences() if any(p.casefold() not in held for p in pieces(text))]
    assert left == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_sentence_is_told_as_it_is_put_together(language: str) -> None:
    """Each gap, note and error is told whole: behind its artifact, and with another sentence in its place."""
    told = catalogue(language)
    left = []
    for where, text in wholes():
        filled = [
            text.replace("{why}", "the page is empty").replace("{}", value)
            for value in ("7", "x.example", "ftp: addresses are")
        ]
        if all(any(map(_SENTENCE.search, _untold(told, sentence))) for sentence in filled):
            left.append((where, text))
    assert left == []


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("status", ["listed", "warned", "lifted", "former"])
def test_entries_are_told_whole(status: str, language: str) -> None:
    """Whatever an entry says is told: since when, of whom, under which number, how many there are, and what became of it."""
    said: dict[str, str] = {}
    for entry in (LISTED, COPIED):
        full = replace(entry, status=status, note="entry deleted on 2023-01-02; no longer in force")
        listing_words(full, report(listings=(full, full)), {full.registry: "Register"}, lambda s: said.setdefault(s, s))
    left = [part for text in said for part in _untold(catalogue(language), text)]
    assert [part for part in left if _SENTENCE.search(part)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_reports_say(language: str) -> None:
    """Nothing of the reports on recorded sites stays English but laws, and what authorities call themselves and their lists."""
    left = {part for text in _said() for part in _untold(catalogue(language), text)}
    names = {
        name
        for part in left
        if _SENTENCE.search(part)
        for name in re.split(r", (?:https:.*)?| on | \([A-Z]{2}\)", part)
    }
    assert sorted(name for name in names if _SENTENCE.search(name) and not any(name in text for text in _given())) == []


def _untold(told: Catalogue, text: str) -> Iterator[str]:
    """Yield the parts of a finished sentence that the catalogue does not hold."""
    if text in told.messages or text[:1].upper() + text[1:] in told.messages:
        return
    for shape in told.shapes:
        if (parts := shape.filled(text)) is not None:
            for part in parts.values():
                yield from _untold(told, part)
            return
    joined = next((j for joint in _JOINTS if len(j := re.split(joint, text)) > 1), [text])
    yield from (text,) if len(joined) == 1 else (left for part in joined for left in _untold(told, part))


@cache
def _given() -> frozenset[str]:
    """Return the texts that stay as they were given: laws, places to report to, authorities, medicines, entries."""
    given = {value for name in ("law.csv", "reporting.csv") for row in _rows(name) for value in row.values()}
    given |= {folder.registry.authority for folder in load_registries().folders}
    given |= {medicine.name for medicine in load_medicines()}
    given |= {programme.name for medicine in load_medicines() for programme in medicine.programmes}
    return frozenset(given)


def _rows(name: str) -> list[dict[str, str]]:
    with (PACKAGE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("language", TRANSLATED)
def test_laws_are_told_whole(language: str) -> None:
    """A law that the catalogue does not hold stays English as it is; no shape of ours catches a part of it."""
    whys = {row["why"] for row in _rows("law.csv")}
    told = catalogue(language)
    caught = (why for why in whys if told.tell(why) != why)
    assert [why for why in caught if any(_SENTENCE.search(part) for part in _untold(told, why))] == []


@cache
def _said() -> frozenset[str]:
    """Return the finished sentences of the reports on the recorded sites, for buyers in ten countries."""
    said: set[str] = set()

    def note(text: str) -> str:
        said.add(text)
        return text

    for recording in sorted(CASSETTES.glob("*.warc.gz")):
        render_article(check_replay(recording, countries=COUNTRIES), {}, note)
    return frozenset(said)


@pytest.mark.parametrize("language", TRANSLATED)
def test_names_of_strangers_do_not_slow_a_sentence(language: str) -> None:
    """What stands between the places is sought word for word: no pattern can go back and forth over what fills them."""
    shapes = catalogue(language).shapes
    patterns = [shape.head.pattern for shape in shapes] + [p.pattern for shape in shapes for _, p in shape.places]
    assert len(patterns) > 500
    assert [p for p in patterns if re.search(r"[^\\][*+?]", p.replace(r"(?P<count>\d[\d,]*)", ""))] == []
    assert catalogue(language).tell("Certificate of " + "a to b, " * 100) == "Certificate of " + "a to b, " * 100


def test_the_most_particular_shape() -> None:
    """Of two shapes that fit, the one with more words of ours tells the sentence, whatever its places are called."""
    tell = catalogue("de").tell
    assert tell("apixaban, budesonide and formoterol and 5 more") == "apixaban, budesonide and formoterol und 5 weitere"
    assert tell("seal eu-logo: no link") == "Siegel eu-logo: kein Link"
    assert tell("BfArM names this site (as of 2026-10-01)").startswith("BfArM nennt diese Seite")


def test_finished_sentences() -> None:
    """A sentence of a report is recognised by its shape, also inside another; what it quotes stays as it is."""
    tell = catalogue("de").tell
    assert tell("risk 97 of 100 (very high)") == "Risiko 97 von 100 (sehr hoch)"
    assert tell("captured 3 May 2026, 12:00 UTC") == "gelesen am 3 Mai 2026, 12:00 UTC"
    title = "The site says that it sells prescription medicines without a prescription"
    inner = f"{title[0].lower()}{title[1:]}: no country that we know allows that"
    assert tell(inner).startswith(catalogue("de").say(title))
    assert tell("nothing like this was ever written") == "nothing like this was ever written"
    assert tell("captured {0.__class__} %s {moment}") == "gelesen am {0.__class__} %s {moment}"
    assert tell("x" * 5_000) == "x" * 5_000
    law = "Pharmacies with a permit may send all medicines; other retailers only those of free sale."
    assert tell(f"Some law. {law}") == f"Some law. {catalogue('de').say(law)}" != f"Some law. {law}"
    assert tell("(; (x);  (y))") == "(; (x);  (y))"
    told = "Siegel ncpa: es öffnet other.example, das nicht dem Aussteller gehört (https://other.example/)"
    assert tell("seal ncpa: it opens other.example, which is not its issuer's (https://other.example/)") == told


@pytest.mark.parametrize(
    ("language", "byte", "strength"),
    [
        ("en", "byte 7,563", "2.5 mg"),
        ("de", "Byte 7.563", "2,5 mg"),
        ("fr", "octet 7\u202f563", "2,5 mg"),
        ("es", "byte 7.563", "2,5 mg"),
    ],
)
def test_numbers(language: str, byte: str, strength: str) -> None:
    """A number of ours is written as the language writes it: 7,563 bytes are no seven and a half; a quoted one is left alone."""
    tell = catalogue(language).tell
    assert tell("byte 7,563") == byte
    assert strength in tell("0.5 mg was not authorised in US, GB or EU; the highest is 2.5 mg")
    assert "9,010.5" in tell("entry 9,010.5 of xx-register names this site")


@pytest.mark.parametrize(
    ("accept", "asked", "language"),
    [
        ("de-CH,fr;q=0.9", "", "de"),
        ("it,fr;q=0.5,en;q=0.4", "", "fr"),
        ("en;q=0.1,es;q=0.9", "", "es"),
        ("de", "fr", "fr"),
        ("de", "xx", "de"),
        ("it", "", "en"),
        ("", "", "en"),
        ("de;q=0,en", "", "en"),
        (",;=q" * 500, "", "en"),
    ],
)
def test_language(accept: str, asked: str, language: str) -> None:
    """The language asked for comes first, then what the browser prefers, then English."""
    assert preferred(accept, asked) == language


def test_country() -> None:
    """The region of the browser's language counts, then the home of a language that has one."""
    assert guessed_country("de-CH,de;q=0.9") == "CH"
    assert guessed_country("zh-Hant-TW") == "TW"
    assert guessed_country("en,en-US;q=0.9") == "US"
    assert guessed_country("es") == "ES"
    assert guessed_country("en") == ""
    assert guessed_country("xx-XX") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_countries_have_names(language: str) -> None:
    """Every country whose law is known can be chosen by its name."""
    names = dict(country_names(language))
    assert set(names) == set(law.countries())
    assert all(names.values())
