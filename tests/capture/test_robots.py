"""robots.txt: whose rules hold for us, whatever else the file says to whomever."""

from __future__ import annotations

from time import process_time

import pytest

from pharmcheck.capture.robots import rules_in

URL = "http://shop.example/cart"


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /cart", False),
        ("User-agent: otherbot\nDisallow: /", True),
        ("User-agent: pharmcheck\nDisallow: /", False),
        ("user-agent: PharmCheck/2.0\nDisallow: /", True),  # a name that is not ours, letter for letter
        ("User-agent: pharm*\nDisallow: /", False),
        ("User agent pharmcheck\nDisallow /", False),
        ("User-agent: *\nUser--agent: otherbot\nDisallow: /", False),
        ("User-agent: pharmcheck # that is us\nDisallow: /", False),
        ("User-agent: otherbot\nUser-agent: pharmcheck\nDisallow: /", False),
        ("User-agent: *\nAllow: /\nUser-agent: otherbot\nDisallow: /", True),
        ("User-agent: otherbot\nDisallow: /\nUser-agent: anotherbot\nDisallow: /\n\nUser-agent: *\nAllow: /", True),
        ("User-agent: *\nDisallow: /\nUser-agent: pharmcheck\nAllow: /cart", True),
        ("User-agent: *\nUser-agent: otherbot\nDisallow: /cart", False),
        ("User-agent: otherbot\vUser-agent: *\vDisallow: /cart", False),
    ],
)
def test_rules_for_us(text: str, allowed: bool) -> None:
    """The rules are those of our own group, else of everybody's; those of other programs are not ours."""
    assert rules_in(text).can_fetch(URL, "pharmcheck") is allowed


@pytest.mark.parametrize("name", ["bot{}", "pharmcheck", "{}*", "ph*{}", "starred", "pharm\v{}"])
def test_many_names_above_many_rules(name: str) -> None:
    """Half a megabyte of names above rules, each of which holds for all of them, is read in a moment."""
    names = "".join(
        f"User-agent: {starred(number) if name == 'starred' else name.format(number)}\n" for number in range(12_000)
    )
    rules = "".join(f"Allow: /{number}\n" for number in range(15_000))
    before = process_time()
    assert rules_in((names + rules)[:500_000]).can_fetch(URL, "pharmcheck")
    assert process_time() - before < 5


def starred(number: int) -> str:
    """Return our name with stars between its letters, as often as the digits of a number say."""
    return "".join(letter + "*" * (number // 4**place % 4) for place, letter in enumerate("pharmcheck"))
