"""absolute: what a browser makes of an address in an attribute, at the price of a look where nothing is to be resolved."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmcheck.reading.hrefs import absolute

_BASES = (
    "https://shop.example/",
    "https://shop.example",
    "https://shop.example/a/b.html",
    "https://shop.example/a//b/../c?x=1#f",
    "https://shop.example/a;p/b;q?x;y",
    "HTTPS://Shop.example/A/..//b/",
    "http://u:p@shop.example:80/x/",
    "https://shop.example/?q",
    "http:///x/y",
    "",
)
_PARTS = (
    "a",
    "b.html",
    "/",
    "//",
    "?",
    "#",
    "..",
    ".",
    ";",
    "=",
    "&",
    "%20",
    ":",
    "é",
    "[",
    "@",
    "-",
    "~",
    "+",
    ",",
    "q-1",
    "\x01",
    "|",
)


@given(st.sampled_from(_BASES), st.lists(st.sampled_from(_PARTS), max_size=7).map("".join))
def test_the_short_way_ends_where_the_long_one_does(base: str, href: str) -> None:
    """Whatever a relative address is made of, it becomes what `urljoin` makes of it."""
    try:
        expected = urljoin(base, href)
    except ValueError:
        expected = ""
    assert absolute(base, href) == expected


@pytest.mark.parametrize("href", ["x", "/x", "?x", "#x", "../x"])
def test_nothing_is_relative_to_a_broken_base(href: str) -> None:
    """A base that is no address makes none of what is relative to it."""
    assert absolute("https://[broken", href) == ""


@pytest.mark.parametrize("href", [" JavaScript:go()", "data:text/html,x", "vbscript:x", "blob:x", "about:blank"])
def test_what_opens_no_address_is_none(href: str) -> None:
    """Scripts and data are no addresses, whatever their case and the white space before them."""
    assert absolute("https://shop.example/", href) == ""


def test_white_space_around_an_address_is_no_part_of_it() -> None:
    """Blanks and ends of lines around an address go, of whole ones as of relative ones."""
    assert absolute("https://shop.example/a/", " \n/b ") == "https://shop.example/b"
    assert absolute("https://shop.example/a/", "https://other.example/c\n") == "https://other.example/c"
