"""What a pharmacy tells on its pages of advice is told of others, where its shelves hold what needs no prescription."""

from __future__ import annotations

import pytest

from pharmcheck.model import Rung
from tests.sites import report, said

ADVICE = "<p>Mounjaro in your inbox? Pay by crypto only, no prescription needed, resent if customs seize it.</p>"
CART = "<form action='/cart/add'><button>Add to cart</button></form>"
SHELF = "".join(
    f"<h2>{name}, 30 tablets</h2><p>$4.99</p>{CART}"
    for name in ("Cetirizine 10 mg", "Paracetamol 500 mg", "Loperamide 2 mg", "Loratadine 10 mg", "Famotidine 10 mg")
)
RX = "".join(
    f"<h2>{name}, 30 tablets</h2><p>$49.99</p>{CART}"
    for name in ("Sertraline 50 mg", "Zopiclone 7.5 mg", "Tramadol 50 mg")
)


@pytest.mark.parametrize("place", ["blog", "advice", "ratgeber", "health-advice", "arthra", "cikkek", "makaleler"])
def test_told_of_others(place: str) -> None:
    """The same words accuse on any other page, and where the shelves hold prescription medicines."""
    assert not said({"home": SHELF, f"{place}/mounjaro": ADVICE})
    for pages in ({"home": SHELF, "delivery": ADVICE}, {"home": RX, f"{place}/mounjaro": ADVICE}):
        assert Rung.NONE in {s.rung for s in said(pages)}


def test_a_few_goods_over_the_counter_excuse_nobody() -> None:
    """Beside as many prescription medicines, or with too few of them, shelves show no lawful pharmacy."""
    alone = report({"home": RX, "blog/mounjaro": ADVICE})
    assert report({"home": RX + SHELF, "blog/mounjaro": ADVICE}).risk >= alone.risk
    assert said({"home": "<p>Aspirin</p>" + CART, "blog/mounjaro": ADVICE})
