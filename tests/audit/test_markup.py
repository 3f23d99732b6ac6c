"""Wherever markup can lead, the address is found; what is only loaded is told apart."""

from __future__ import annotations

import pytest

from pharmcheck.audit.markup import read_markup
from tests.audit.letters import links_in
from tests.growth import LINEAR, growth, growth_of, taken

CARRIERS = [
    '<a href="&#x68;ttp://pills.example">x</a>',
    "<a\nhref = http://pills.example/ >x</a>",
    '<a href="http://pills.example>x</a>',
    '<a href="  http://pi\r\nlls.example  ">x</a>',
    '<a href="http://pi lls.example/">x</a>',
    "<a href=//pills.example/a>x</a>",
    "<a href='www.pills.example'>x</a>",
    '<a href=3D"http://pills.example/">x</a>',
    '<a href="http%3A//pills.example/">x</a>',
    "<a onclick=\"window.open('http://pills.example')\">x</a>",
    "<a href=\"javascript:location='http://pills.example'\">x</a>",
    '<map><area href="http://pills.example"></map>',
    "<form action=http://pills.example/pay>",
    "<button formaction=http://pills.example>",
    "<meta http-equiv=refresh content=\"0;URL='http://pills.example'\">",
    "<iframe src=http://pills.example></iframe>",
    '<object data="http://pills.example"></object>',
    '<link rel="canonical" href="http://pills.example">',
    '<noscript><a href="http://pills.example">x</a></noscript>',
    '<textarea><a href="http://pills.example">x</a></textarea>',
    '<a ping="http://tracker.example" href="http://pills.example">x</a>',
    '<script>location.href=atob("aHR0cDovL3BpbGxzLmV4YW1wbGU=")</script>',
    "<script>location='ht'+'tp://pi'+'lls.example'</script>",
    '<script>location="\\x68ttp://pills.example"</script>',
    "<script>document.write(unescape('%3Ca%20href%3Dhttp://pills.example%3E'))</script>",
    '<svg><a xlink:href="http://pills.example">x</a></svg>',
    '<base href="http://pills.example/"><a href="buy">x</a>',
    '<div style="background:url(http://pills.example/x.png)">',
]


@pytest.mark.parametrize("markup", CARRIERS)
def test_a_carrier_gives_its_address(markup: str) -> None:
    """The one host that markup leads to is the one that is promoted."""
    assert {link.host.removeprefix("www.") for link in links_in(markup) if link.left_out is None} == {"pills.example"}


def test_shapes_are_told_apart() -> None:
    """A click, a picture, a style sheet and a document type are different things."""
    found = read_markup(
        '<html xmlns="http://www.w3.org/1999/xhtml"><link rel=stylesheet href=http://a.example/s.css>'
        "<a href=http://b.example/><img src=http://c.example/i.gif alt=Pills></a>"
    )
    assert [(s.shape, s.found.host) for s in found.seen] == [
        ("machinery", "www.w3.org"),
        ("machinery", "a.example"),
        ("link", "b.example"),
        ("image", "c.example"),
    ]
    assert found.seen[2].picture
    assert found.seen[2].anchor == "Pills"


def test_text_joins_what_comments_and_inline_tags_part() -> None:
    """What a reader sees as one word is one word; hidden text is no text."""
    found = read_markup("<p>vi<!-- x -->ag<b>ra</b></p><span style='display:none'>secret</span>")
    assert "viagra" in found.text
    assert "secret" not in found.text


@pytest.mark.parametrize(
    "unit", ["<a ", "<", "<!--", '<a href="', "<div>", "<a href=http://a.example>", "<script>", "&#46;"]
)
def test_time_is_linear(unit: str) -> None:
    """No markup makes the pass slow."""
    assert growth(read_markup, unit, 60_000) < LINEAR


def unclosed(links: int) -> str:
    """Return links that nobody closes before a long text."""
    return "<a href=http://a.example>" * links + "ab " * 100_000


def test_links_that_nobody_closes_cost_what_their_text_does() -> None:
    """A link ends where the next begins: 4,900 before a long text of many pieces do not have it read 4,900 times."""
    links, pieces = "<a href=http://a.example>" * 4_900, "<i>x" * 50_000
    assert taken(read_markup, links + pieces) < 5 * (taken(read_markup, links) + taken(read_markup, pieces))
    assert [seen.anchor for seen in read_markup(unclosed(3)).seen] == ["", "", ("ab " * 167)[:500]]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<style>url(", "</style>"),
        ("<p style='url(", "//'>"),
        ("<p style='font-size:1", "x'>"),
        ("<p style='font-size:1.", "x'>"),
        ("<meta content='url=", "' a=//>"),
    ],
)
def test_blanks_in_attributes_and_styles_are_read_in_linear_time(before: str, after: str) -> None:
    """Where blanks may stand on both sides of what may be missing, they are not parted in every way: 100 kB took a minute."""
    assert growth_of(read_markup, lambda chars: before + " " * chars + after, 16_000) < LINEAR
