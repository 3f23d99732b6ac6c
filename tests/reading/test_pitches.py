"""Sales pitches: who calls to buy what, and who only tells of it."""

from __future__ import annotations

import pytest

from pharmcheck.model import Page
from pharmcheck.reading.medicines import find_medicines
from pharmcheck.reading.phrases import find_mentions
from pharmcheck.reading.pitches import find_pitches
from pharmcheck.reading.web_address_words import pitches_in_address
from tests.builders import target


def pitches(text: str) -> list[tuple[str, bool]]:
    """Return what the pitches of a text are about, and whether it is controlled."""
    page = Page("https://shop.example/", "home", 200, text)
    return [(p.about, p.controlled) for p in find_pitches(page, find_mentions(page), find_medicines(page))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Buy Valium online", [("diazepam", True)]),
        ("Order Viagra now from us.", [("sildenafil", False)]),
        ("Strong sleeping pills, order now", [("sedative class", True)]),
        ("Anabolic steroids for sale: buy now", [("steroid class", True)]),
        ("Order now.\nValium is a benzodiazepine.", []),
        ("Telmisartan 40 mg, strip of 30 (20% off)", []),  # the price tag of any shop
        ("Telmisartan 40 mg, 20% off, buy now", [("telmisartan", False)]),
        ("Because of supply problems salbutamol is limited in stock.", []),
        ("Doxycycline, malaria, 0.29 a capsule", []),
        ("Sildenafil 50mg pharmacy pack (P), buy now", []),  # what a pharmacist may sell
        ("Valium 10 mg for calm nights. Ships discreetly and fast.", [("diazepam", True)]),
        ("Valium 10 mg for calm nights.\nShips discreetly and fast.", []),
        ("Valium is a benzodiazepine. Our books come in discreet packaging.", []),
        ("Never buy Valium online.", []),
        ("Can I buy Valium online?", []),
        ("Police warn: people who order Valium online now get fentanyl.", []),
        ('The mail said "buy Valium online" and nothing else.', []),
        ("buy ibuprofen online", []),
        ("Viagra Connect contains sildenafil; order now", []),
    ],
)
def test_pitches(text: str, found: list[tuple[str, bool]]) -> None:
    """A call counts with a prescription medicine or class in its own sentence, or before what opens with how it is sent, unless it is told, asked or warned of."""
    assert pitches(text) == found


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/fundraiser/buy-oxycodone-online-overnight", ["oxycodone"]),
        ("/blog/can-you-buy-oxycodone-online", []),
        ("/news/dangers-of-people-who-buy-oxycodone-online", []),
        ("/buy-garden-chairs-online", []),
        ("/oxycodone", []),
    ],
)
def test_address(path: str, found: list[str]) -> None:
    """The words of an address call to buy as a line of text does; questions and warnings in it do not."""
    pitched = pitches_in_address(target(f"https://charity.example{path}"))
    assert [p.about for p in pitched] == found
    assert all(p.quote.text in path for p in pitched)
