"""anycase: the same as `re.IGNORECASE`, and faster."""

from __future__ import annotations

import re

import pytest

from pharmcheck.reading.anycase import AnyCase

WORDS = r"\b(?:buy|pills?|satın al|köp|σκον|купить|ma[sk])\b|通販"
PATTERN = re.compile(WORDS, re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    [
        "BUY Pills, Satin Al",
        "SATIN AL, satın al, SATİN AL",
        "P\u0131lls and pill\u017f, ma\u017f, ma\u212a",
        "KÖP köp Köpa ΣΚΟΝ σκον ςκον КУПИТЬ купить",
        "\u0130 buy \u0130\u0130 PILLS 通販",
        "",
    ],
)
def test_it_finds_what_the_slow_pattern_finds(text: str) -> None:
    """Capitals, accents, dotless i, long s, the Kelvin sign: the same words, within any bounds."""
    words = AnyCase(WORDS)
    assert words.all_in(text) == [match[0].lower() for match in PATTERN.finditer(text)]
    for start in range(len(text)):
        for end in range(start, len(text) + 1):
            assert words.stands_in(text, start, end) == bool(PATTERN.search(text, start, end)), (start, end)


def test_it_tells_the_groups_that_match() -> None:
    """Each named group counts once, whatever the case; odd letters take the slow pattern and tell the same."""
    goods = AnyCase(r"(?P<pills>pills?)|(?P<cream>cream)|(?P<mask>mask)")
    assert goods.groups_in("PILLS, pill and Cream") == {"pills", "cream"}
    assert goods.groups_in("ma\u017fk \u0130") == {"mask"}
    assert goods.groups_in("nothing") == set()
