"""`No prescription needed`, said of a shelf or on a product's card, is said of what stands there."""

from __future__ import annotations

import pytest

from pharmcheck.model import Rung
from tests.sites import said

RX = "<h2>Sertraline 50 mg</h2><p>$9.50</p><form action='/cart/add'><button>Add to cart</button></form>"
OTC = "<h2>Cetirizine 10 mg, 30 tablets</h2><p>$1.99</p><form action='/cart/add'><button>Add to cart</button></form>"


def promised(shelf: str) -> bool:
    """True when the shelf is taken to promise prescription medicines without a prescription."""
    return any(s.rung is Rung.NONE for s in said({"home": RX, "shelf": shelf}))


@pytest.mark.parametrize(
    "text",
    [
        "Everything on this shelf is for anyone. No prescription needed.",
        "Alle Artikel auf dieser Seite bekommen Sie ohne Rezept.",
    ],
)
def test_of_this_shelf(text: str) -> None:
    """Beside goods that need none; not where one of them needs one, nor without words that tie it to them."""
    assert not promised(f"{OTC}<p>{text}</p>")
    assert promised(f"{RX}<p>{text}</p>")
    assert promised(f"{OTC}<p>No prescription needed at our pharmacy.</p>")


def test_on_a_card() -> None:
    """A line of its own directly below a medicine that needs none, not below one that does."""
    assert not promised("<p>Cetirizine 10 mg</p><p>No prescription needed</p>")
    assert promised("<p>Sertraline 50 mg</p><p>No prescription needed</p>")


def test_of_a_shelf_without_medicines() -> None:
    """A shelf of thermometers is a shelf; `these medicines` and `this site` are all that is sold."""
    assert not promised("<p>No prescription needed for items on this page.</p><p>Thermometer ₹149 MRP</p>")
    assert promised("<p>No prescription needed for these medicines at our online pharmacy.</p>")
    assert promised("<p>Alle Artikel auf dieser Seite bekommen Sie ohne Rezept.</p>")


TWO = OTC + OTC.replace("Cetirizine 10 mg", "Paracetamol 500 mg")
OTHER = OTC.replace("Cetirizine 10 mg", "Loperamide 2 mg")


@pytest.mark.parametrize(
    "name",
    [
        "<p>Medicines without prescription</p>",
        "<p>Home / Medicines without prescription</p>",
        "<label>No prescription needed (61)</label>",
    ],
)
def test_names_of_shelves(name: str) -> None:
    """A heading, a path or a filter over goods that need none names them; over others, or as a sentence, it promises."""
    assert not promised(name + TWO)
    assert promised(name + TWO + RX)
    assert promised(name)
    assert promised(f"<p>No prescription needed!</p>{TWO}")


def test_a_menu_that_leads_to_such_a_shelf() -> None:
    """The menu stands on pages of other goods as well; what it leads to tells what it means."""
    menu = "<nav><a href='/shelf'>Shop without prescription</a></nav>"
    for shelf, promises in ((TWO + OTHER, False), (RX, True)):
        rungs = {s.rung for s in said({"home": menu + RX, "shelf": menu + shelf})}
        assert (Rung.NONE in rungs) is promises
