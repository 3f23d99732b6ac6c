"""Each disguise of an address in text is undone, named, and found at its place."""

from __future__ import annotations

import re
from itertools import product

import pytest

from pharmcheck.audit import undo
from pharmcheck.audit.undo import find_written
from tests.growth import LINEAR, growth

DISGUISED = [
    ("http://pills.example/buy?id=3.", "http://pills.example/buy?id=3", ()),
    ("Visit pills.example, now!", "http://pills.example/", ()),
    ("“pills.example”", "http://pills.example/", ()),
    ("hXXps://pills.example", "https://pills.example/", ("scheme",)),
    ("h**p://pills.example", "http://pills.example/", ("scheme",)),
    ("meow://pills.example/x", "http://pills.example/x", ("scheme",)),
    ("hxxps[:]//pills[.]example/a", "https://pills.example/a", ("scheme", "dot")),
    ("http[://]pills[.]example", "http://pills.example/", ("scheme", "dot")),
    ("http://https://pills.example/", "http://pills.example/", ("scheme",)),
    ("http:\\\\pills.example\\a", "http://pills.example/a", ("slashes",)),
    ("http:pills.example/", "http://pills.example/", ("slashes",)),
    ("http:\\/\\/pills.example\\/", "http://pills.example//", ("slashes",)),
    ("http:// pills.example", "http://pills.example/", ("spaces",)),
    ("h t t p : / / pills.example", "http://pills.example/", ("scheme", "slashes", "spaces")),
    ("http://pills\t.example/", "http://pills.example/", ("spaces",)),
    ("pills(.)example", "http://pills.example/", ("dot",)),
    ("pills[dot]example", "http://pills.example/", ("dot",)),
    ("pills{punkt}example", "http://pills.example/", ("dot",)),
    ("pills (d.o.t) example", "http://pills.example/", ("dot",)),
    ("pills[.example", "http://pills.example/", ("dot",)),
    ("pills\\.example", "http://pills.example/", ("dot",)),
    ("pills-mart dot com", "http://pills-mart.com/", ("dot",)),
    ("pills-mart punto com", "http://pills-mart.com/", ("dot",)),
    ("pills-mart точка com", "http://pills-mart.com/", ("dot",)),
    ("pills-mart dot co dot uk", "http://pills-mart.co.uk/", ("dot",)),
    ("pills-mart . com", "http://pills-mart.com/", ("dot",)),
    ("p i l l s - m a r t . c o m", "http://pills-mart.com/", ("spaces",)),
    ("www . pills-mart . com", "http://www.pills-mart.com/", ("spaces",)),
    ("pills%2Eexample", "http://pills.example/", ("percent",)),
    ("http://%70ills.example/", "http://pills.example/", ("percent",)),
    ("pills\uff0eexample", "http://pills.example/", ("full-width",)),
    ("pills\u3002example", "http://pills.example/", ()),
    ("pi\u200blls.example", "http://pills.example/", ("invisible",)),
    ("http://pi\0lls.example/", "http://pills.example/", ("invisible",)),
    ("\u202eelpmaxe.sllip\u202c", "http://pills.example/", ("direction",)),
    ("pills*example (replace * with a dot)", "http://pills.example/", ("instruction",)),
    ("pills.c0m (replace zero with o)", "http://pills.com/", ("instruction",)),
    ("http://pillsXX.example remove the XX", "http://pillsxx.example/", ()),
    ("\u0440ills.com", "http://xn--ills-f6d.com/", ("idn",)),
    ("http://fa\u00df.de", "http://xn--fa-hia.de/", ("idn",)),
    ("http://user:pw@pills.example/", "http://pills.example/", ("userinfo",)),
    ("http://0xcb007101/", "http://203.0.113.1/", ("number",)),
    ("http://203.0.113.1:8080/x", "http://203.0.113.1:8080/x", ()),
    ("http://[2001:db8::1]/", "http://[2001:db8::1]/", ()),
    ("aHR0cDovL3BpbGxzLmV4YW1wbGU=", "http://pills.example/", ("base64",)),
    ("&lt;a href=&quot;http://pills.example&quot;&gt;", "http://pills.example/", ()),
    ("&#104;ttp&#58;//pills.example", "http://pills.example/", ()),
    ("pills&#46;example", "http://pills.example/", ("entities",)),
    ("to=http%3A%2F%2Fpills.example%2Fa", "http://pills.example/a", ("percent",)),
    ("href=3D'http:/=\n/pills.example'", "http://pills.example/", ("quoted-printable",)),
    ("[buy](http://pills.example)", "http://pills.example/", ()),
    ("[url=pills.example]buy[/url]", "http://pills.example/", ()),
    ("[url]http://pills.example/a[/url]", "http://pills.example/a", ()),
    ('=HYPERLINK("http://pills.example","buy")', "http://pills.example/", ()),
    ("//pills.example/a", "http://pills.example/a", ()),
    ("واتسpills-mart.com", "http://pills-mart.com/", ()),
]


@pytest.mark.parametrize(("text", "url", "undone"), DISGUISED, ids=[t for t, _, _ in DISGUISED])
def test_a_disguise_is_undone_and_named(text: str, url: str, undone: tuple[str, ...]) -> None:
    """The address behind the disguise is found first, and the disguise is named."""
    found = list(find_written(text))
    assert found[0].url == url
    assert set(undone) <= set(found[0].undone)
    assert bool(undone) or not (set(found[0].undone) - {"entities", "full-width"})


@pytest.mark.parametrize(
    "text",
    [
        "readme.md and setup.py",
        "Dr.Smith said so",
        "the end.The next sentence",
        "e.g. this, i.e. that, 3.5 mg at 9 a.m.",
        "http://%2570ills.example/",
        f"http://{'a' * 64}.com/",
        "http:///",
        "node.js v1.2.3",
        "Note: mailto:someone",
        "we met . so it is",
        "كلمة.كلمة",
        "192.168.0.1 and 10.5.3",
        "Please remove the following words from your list.",
    ],
)
def test_what_is_no_address_is_not_found(text: str) -> None:
    """Files, sentences, numbers and broken hosts are no addresses."""
    assert list(find_written(text)) == []


def test_the_sentence_after_an_address_is_not_part_of_it() -> None:
    """A dot with blanks around it belongs to the host only where there is none without it."""
    assert [f.host for f in find_written("See http://pills.com . it is cheap")] == ["pills.com"]


def test_an_address_keeps_its_place_behind_invisible_characters() -> None:
    """Start and end bound the address in the text as it was given."""
    text = "\u200b\u200bbuy at http://pills\u200b.example/a now"
    found = next(iter(find_written(text)))
    assert text[found.start : found.end] == "http://pills\u200b.example/a"


def test_an_address_inside_an_address_is_one() -> None:
    """The address that another carries is not a second one."""
    assert len(list(find_written("http://go.example/?to=http://pills.example/"))) == 1


@pytest.mark.parametrize(
    "unit", ["http:", "a.", "a ", " . ", "[.", "%2e", "aHR0c", "&#46;", "=3D", "h t t p : ", "x.com "]
)
def test_time_is_linear(unit: str) -> None:
    """No text makes the search slow."""
    assert growth(lambda text: list(find_written(text)), unit, 40_000) < LINEAR


_HOSTS = (
    "pills.example",
    "WWW.pills.example",
    "a-b.c.co.uk",
    "xn--pills-x.example",
    "pills.invalid",
    "pills.com",
    "1.2.3.4",
    "e.g",
)
_TAILS = (
    *("", "/", "?from=1", "/?from=1", "/a/b.html", "/a.", "/a?", "/a_(b)", "/a#b", "/a,b", "/%41", "/-"),
    *(
        "/?u=www.other.com",
        "/?u=http://other.com",
        "/?a&lt;b",
        "/?x=3Dwww.other.com",
        "/aHR0cDovL290aGVyLmNvbQ==",
        "/" + "a" * 2_100,
    ),
)


@pytest.mark.parametrize("deep", [True, False])
@pytest.mark.parametrize("scheme", ["http://", "https://", "hxxp://", "HTTP://", "http:/", ""])
def test_an_address_alone_is_read_as_among_others(scheme: str, deep: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The short way for a text that is nothing but a plain address finds what the long way finds."""
    texts = [scheme + host + tail + end for host, tail, end in product(_HOSTS, _TAILS, ("", ".", " ", "\n", "=", "-"))]
    short = [list(find_written(text, deep=deep)) for text in texts]
    monkeypatch.setattr(undo, "_ALONE", re.compile("(?!)"))
    assert [list(find_written(text, deep=deep)) for text in texts] == short
