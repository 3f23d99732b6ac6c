"""Text that a site, a mail or a register wrote bites nobody who opens what we write: it stays text in every format."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import PureWindowsPath
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st
from stix2patterns.validator import run_validator

from pharmcheck.model import Listing, Report, Target
from pharmcheck.report import render
from pharmcheck.report.clean import clean, defang, spoken
from pharmcheck.report.html import render_html
from pharmcheck.report.markdown import escaped, render_markdown
from pharmcheck.report.rows import csv_row
from pharmcheck.results.blocklist import hosts_pieces, rpz_pieces
from pharmcheck.results.flat import COLUMNS, csv_pieces
from pharmcheck.results.misp import misp_pieces
from pharmcheck.results.reports import page_path
from pharmcheck.results.stix import stix_pieces
from pharmcheck.whole_file import plain_name
from tests.hostile.strategies import text
from tests.hostile.test_fuzz import examples
from tests.report.reports import report

NEWEST = datetime(2026, 11, 21, 14, 3, 5, tzinfo=UTC)
# What our own code sets, and never a site.
OURS = {
    "signal",
    "registry",
    "country",
    "lawful",
    "status",
    "confidence",
    "digest",
    "medicine",
    "outcome",
    "kind",
    "artifact",
    "source",
    "counterfactual",
}
_ACTS = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}

# Any text, put together from what bites somewhere, and texts that Unicode makes of nearly the same letters.
words = st.one_of(text, text.map(lambda t: unicodedata.normalize("NFKC", t)), st.lists(text, max_size=3).map("\n".join))
hosts = st.one_of(
    text,
    st.from_regex(r"\A[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){0,4}\Z"),
    st.sampled_from(("con.example", "NUL", "aux.pills.example", "com1.example", "lpt9", "..", ".", "-", "a" * 400, "*.example", "a\nb.example")),
)  # fmt: skip


def written(value: Any, words: Iterator[str], name: str = "") -> Any:
    """Return a value in which every text that a site can write is the next of the words."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return value if name in OURS else next(words)
    if isinstance(value, tuple):
        return tuple(written(v, words, name) for v in value)
    if is_dataclass(value) and not isinstance(value, type):
        kept = ("url",) if isinstance(value, Listing) else ()  # a register's own page
        names = [f.name for f in fields(value) if f.name not in kept]
        return replace(value, **{n: written(getattr(value, n), words, n) for n in names})
    return value


def _cycled(pool: list[str]) -> Iterator[str]:
    while True:
        yield from pool


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Return a rogue report that a site has written, its host and address too."""
    whole = report()
    made: Report = written(whole, _cycled(draw(st.lists(words, min_size=1, max_size=7))))
    made = replace(made, advice=whole.advice, buyers=whole.buyers, ladder=whole.ladder)  # our own words, with addresses
    host, path = draw(hosts), draw(words)
    return replace(made, target=Target(draw(words), f"https://{host}/{path}", host, host))


@examples(60)
@example("\x1b]8;;https://pills.example/\x07x\x1b]8;;\x07\x9b2J\x9d0;x\x9c\u202e")
@given(words)
def test_no_text_acts_on_a_terminal(raw: str) -> None:
    """No escape, C1 control, bidi mark, tag or other invisible character is left, nor an address that is linked."""
    for made in (clean(raw), spoken(raw), defang(raw)):
        assert not _ACTS.search(made)
        assert "\n" not in made
        assert made == clean(made)
    assert not re.search(r"https?:/|www\.|(?<!\])(?<!hxxp)(?<!hxxps)://", spoken(raw), re.IGNORECASE)


@examples(15)
@given(reports())
def test_no_report_acts_on_a_terminal(made: Report) -> None:
    """The same of whole reports in every form; JSON may be shown on a terminal, too."""
    for fmt in ("text", "json", "html", "markdown"):
        shown = render(made, fmt, explain=True)
        assert not (found := _ACTS.search(shown)), (fmt, shown[max(0, found.start() - 80) : found.end() + 20])


SHAPE = Counter(tag.name for tag in BeautifulSoup(render_html([report()], explain=True), "lxml").find_all(True))
# Elements that our template makes as often as there is something to tell, and which do nothing.
_PASSIVE = {
    "blockquote",
    "li",
    "ul",
    "p",
    "q",
    "span",
    "strong",
    "td",
    "tr",
    "th",
    "details",
    "summary",
    "section",
    "h2",
    "code",
    "small",
    "div",
}


@examples(25)
@given(reports())
def test_html_stays_ours(made: Report) -> None:
    """Parsed as a browser parses it, a report holds no element, handler, style or address that the template does not make."""
    page = BeautifulSoup(render_html([made], explain=True), "lxml")
    found = Counter(tag.name for tag in page.find_all(True))
    assert {n for n in found if found[n] > SHAPE[n]} <= _PASSIVE | {"a"}
    assert not page.find_all(["script", "img", "iframe", "form", "object", "embed", "link", "base", "svg", "math"])
    for tag in page.find_all(True):
        for name, value in tag.attrs.items():
            assert not name.startswith("on") and name not in ("src", "srcdoc", "formaction", "ping", "background")
            if name in ("href", "action"):
                assert str(value).startswith(("https://authority.example.org/", "#"))


@examples(60)
@example("=cmd|' /C calc'!A0")
@example("\0=1+1")
@example("＝1+1")
@example("\r=1")
@example("a;=1")
@given(words)
def test_no_cell_is_a_formula(raw: str) -> None:
    """A cell begins with nothing that a spreadsheet computes, and a row stays one row of as many cells."""
    row = csv_row([raw, "after"])
    (cells,) = csv.reader(io.StringIO(row, newline=""))
    assert cells[1:] == ["after"]
    assert not re.search(r"[;\t][-=+@]", cells[0])
    assert not cells[0].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert cells[0].replace("'", "") == raw.replace("\0", "").replace("'", "")


@examples(20)
@given(st.lists(reports(), max_size=3))
def test_tables_keep_their_shape(made: list[Report]) -> None:
    """Whatever sites wrote, a table has a line for each report, and as many cells as it has heads."""
    rows = list(csv.reader(io.StringIO(b"".join(csv_pieces(made)).decode("utf-8"), newline="")))
    assert [len(row) for row in rows] == [len(COLUMNS)] * (len(made) + 1)
    assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for row in rows for cell in row)


@examples(80)
@example("[x](javascript:alert) ![y](https://pills.example/y.png)")
@example("<https://pills.example/>")
@example("https\u200b://pills.example")
@given(words)
def test_markdown_is_text(raw: str) -> None:
    """Nothing begins a link, an image, HTML, code, a table cell, a heading, a list or a mention."""
    made = escaped(raw)
    bare = re.sub(r"\\[\\`*_{}\[\]|~$#+=.)-]|&(?:lt|gt|amp);", "x", made)
    assert not re.search(r"[\[\]<>`|*~&@\n]", bare)
    assert not re.match(r"[-+#=]|\d+[.)](\s|$)", bare)
    assert not re.search(r"https?://|www\.", bare, re.IGNORECASE)


@examples(15)
@given(reports())
def test_markdown_keeps_its_headings(made: Report) -> None:
    """A report has the headings of our template, each once, and links to authorities only."""
    lines = render_markdown(made, explain=True).splitlines()
    headings = [line for line in lines if line.startswith("#")]
    assert len(headings) == len(set(headings)) <= 15
    assert all(
        link.startswith("https://authority.example.org/") for link in re.findall(r"<([^<>]*)>", "\n".join(lines))
    )


def _piecewise(pieces: Iterable[bytes]) -> str:
    return b"".join(pieces).decode("utf-8")


@examples(25)
@given(reports())
def test_a_stix_pattern_is_one_comparison(made: Report) -> None:
    """Quotes, backslashes and line ends of an address do not end its pattern, and the bundle is JSON."""
    bundle = json.loads(_piecewise(stix_pieces([made], (), NEWEST)))
    for thing in bundle["objects"]:
        if thing["type"] == "indicator":
            assert run_validator(thing["pattern"], stix_version="2.1") == []
            assert re.fullmatch(r"\[[a-z0-9-]+:value = '(?:[^'\\]|\\\\|\\')*'\]", thing["pattern"])


@examples(25)
@given(reports())
def test_a_misp_event_is_one_attribute(made: Report) -> None:
    """An event holds an attribute of a type that we give, one line each, that no program takes for more."""
    (attribute,) = json.loads(_piecewise(misp_pieces([made], NEWEST)))["Event"]["Attribute"]
    assert attribute["type"] in ("domain", "hostname", "ip-dst", "url")
    assert not _ACTS.search(attribute["value"] + attribute["comment"])
    assert len(attribute["Tag"]) == 2


@examples(60)
@given(reports())
def test_block_lists_hold_names_only(made: Report) -> None:
    """No line of a block list says more than one name, each within the letters and lengths of the DNS, and no wildcard."""
    name = r"(?=[^ ]{1,253} )(?:[a-z0-9_][a-z0-9_-]{0,62}\.)+[a-z][a-z0-9-]{0,62} "
    for line in _piecewise(hosts_pieces([made], NEWEST)).splitlines():
        assert line.startswith("# ") or re.fullmatch(rf"0\.0\.0\.0 {name}", f"{line} ")
    for line in _piecewise(rpz_pieces([made], NEWEST)).splitlines()[len(_HEAD) :]:
        assert re.fullmatch(rf"(?:\*\.)?{name}IN CNAME \.", line)


_HEAD = _piecewise(rpz_pieces([], NEWEST)).splitlines()


@examples(120)
@example("con.example")
@example("../../../etc/passwd")
@example("nul")
@example("\udcff")
@given(st.one_of(hosts, words))
def test_file_names_are_plain(raw: str) -> None:
    """Pages of reports lie in their folder under names that every file system takes, Windows's too."""
    page = page_path(replace(report(), target=Target(raw, f"https://{raw}/", raw, raw)))
    for name in (page, f"x/{plain_name(raw)}"):
        folder, _, file = name.partition("/")
        assert re.fullmatch(r"[0-9a-f]{2}|x", folder)
        assert re.fullmatch(r"[a-z0-9_][a-z0-9._-]{0,140}", file)
        assert not file.endswith((".", " "))
        assert file.partition(".")[0].strip() not in _RESERVED
        assert not PureWindowsPath(file).is_reserved()


def test_two_sites_never_share_a_file() -> None:
    """Names that are made plain alike are still told apart."""
    names = ["a/b", "a_b", "A/b", "a b", "a\0b", "con", "con_", "_con"]
    urls = [f"https://shop.example/{name}" for name in names]
    made = [replace(report(), target=Target(u, u, "shop.example", "shop.example")) for u in urls]
    assert len({page_path(one) for one in made}) == len(names)


@pytest.mark.parametrize("raw", ["\udcff", "\ud800\udc00", "a\udc80b"])
def test_half_characters_are_written(raw: str) -> None:
    """What is no character of any text is replaced, and nothing that is written fails for it."""
    made = written(report(), _cycled([raw]))
    made = replace(made, target=Target(raw, f"https://shop.example/{raw}", "shop.example", "shop.example"))
    for pieces in (
        csv_pieces([made]),
        stix_pieces([made], (), NEWEST),
        misp_pieces([made], NEWEST),
        hosts_pieces([made], NEWEST),
    ):
        assert b"shop.example" in b"".join(pieces)
