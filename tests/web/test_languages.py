"""Catalogues: read as gettext reads them, complete, and applied to finished sentences."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po as babel_reads

from pharmcheck import buyers, law
from pharmcheck.pipeline import check_replay
from pharmcheck.report import words
from pharmcheck.report.html import render_article
from pharmcheck.report.verdicts import VERDICTS
from pharmcheck.signals import catalogue as signals
from pharmcheck.web.languages import LANGUAGES, catalogue, guessed_country, preferred, read_po
from pharmcheck.web.layout import country_names
from tests.record_cassettes import CASSETTES

PACKAGE = Path(words.__file__).parent.parent
TRANSLATED = [code for code in LANGUAGES if code != "en"]
ALIKE = {"Signal", "Links", "Link", "Information", "information"}  # the same word in another language
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
    """Nine of ten titles are there in the language: a new signal need not wait for its translators."""
    titles = {s.title for s in signals()}
    left = sorted(t for t in titles if t not in catalogue(language).messages)
    assert len(left) <= len(titles) / 10, left


@pytest.mark.parametrize("language", TRANSLATED)
def test_most_of_a_report_is_told(language: str) -> None:
    """Of the sentences of real reports at most one in eight is left in English."""
    ours = {s for s in _said() if s.strip() and not s.endswith(" points")} - ALIKE
    left = sorted(s for s in ours if catalogue(language).tell(s) == s)
    assert len(left) <= len(ours) / 8, left


@cache
def _said() -> frozenset[str]:
    """Return the finished sentences of the reports on five recorded sites, for buyers in four countries."""
    said: set[str] = set()

    def note(text: str) -> str:
        said.add(text)
        return text

    for name in ("northgatemeds", "potenzwelt24", "lindwurm-apotheke", "medora-app", "st-aldhelm-hospital"):
        report = check_replay(CASSETTES / f"{name}.example.warc.gz", countries=["DE", "FR", "ES", "GB"])
        render_article(report, {}, note)
    return frozenset(said)


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
