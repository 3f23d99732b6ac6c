"""`No prescription needed`, said of a shelf or on a product's card, is said of what stands there."""

from __future__ import annotations

import pytest

from pharmcheck.model import Rung
from tests.sites import evidence

RX = "<h2>Sertraline 50 mg</h2><p>$9.50</p><form action='/cart/add'><button>Add to cart</button></form>"
OTC = "<h2>Cetirizine 10 mg, 30 tablets</h2><p>$1.99</p><form action='/cart/add'><button>Add to cart</button></form>"


def promised(shelf: str) -> bool:
    """True when the shelf is taken to promise prescription medicines without a prescription."""
    return any(s.rung is Rung.NONE for s in evidence({"home": RX, "shelf": shelf}).prescription.said)


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
