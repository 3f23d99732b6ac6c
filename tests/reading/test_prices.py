"""Prices: ladders of packs, absurd quantities, floors."""

from __future__ import annotations

from typing import Any

import pytest

from pharmcheck.model import Offer
from pharmcheck.reading.floors import below_floor, reference_prices
from pharmcheck.reading.medicines import find_medicines
from pharmcheck.reading.offers import find_offers
from pharmcheck.reading.page import read_page
from pharmcheck.reading.prices import absurd_quantities, steep_ladders
from tests.builders import medicine, offer

LADDER = [(10, "39.00"), (30, "87.00"), (90, "189.00"), (180, "306.00")]


def ladder(rows: list[tuple[int, str]], **fields: Any) -> list[Offer]:
    on = offer().page
    return [offer(on=on, quantity=n, price=price, strength_mg=100.0, **fields) for n, price in rows]


def test_a_steep_ladder() -> None:
    """From 3.90 to 1.70 a pill over four packs is steep; the quote is that of the largest."""
    [(_, fall)] = steep_ladders(ladder(LADDER))
    assert fall == pytest.approx(0.564, abs=0.001)


def test_a_ladder_that_gives_the_price_of_one() -> None:
    """Where the larger pack has the smaller price, it is that of one pill."""
    [(_, fall)] = steep_ladders(ladder([(30, "2.00"), (60, "1.50"), (90, "1.30"), (120, "1.10")]))
    assert fall == pytest.approx(0.45)


@pytest.mark.parametrize(
    "rows",
    [
        [(4, "12.99"), (8, "19.99"), (16, "29.99"), (32, "44.99")],
        [(30, "6.60"), (60, "7.40"), (90, "8.20")],
        [(30, "30.00"), (60, "58.00"), (90, "84.00"), (180, "160.00")],
    ],
)
def test_ladders_of_lawful_shops(rows: list[tuple[int, str]]) -> None:
    """A clinic's few tablets, mail order with its fee for filling, and a mild discount are no such ladder."""
    assert list(steep_ladders(ladder(rows))) == []


@pytest.mark.parametrize(
    ("name", "family", "strength", "quantity", "absurd"),
    [
        ("sildenafil", "ed", 100.0, 120, True),
        ("sildenafil", "ed", 20.0, 270, False),
        ("tadalafil", "ed", 5.0, 180, False),
        ("tadalafil", "ed", 20.0, 180, False),
        ("tadalafil", "ed", 60.0, 120, True),
        ("sildenafil", "ed", 50.0, 32, False),
        ("sildenafil", "ed", None, 360, False),
        ("zolpidem", "hypnotic", 10.0, 90, True),
        ("zolpidem", "hypnotic", 10.0, 30, False),
        ("lorazepam", "benzodiazepine", 1.0, 90, False),
        ("tramadol", "opioid", 50.0, 240, True),
        ("metformin", "diabetes", 500.0, 360, False),
    ],
)
def test_quantities(name: str, family: str, strength: float | None, quantity: int, absurd: bool) -> None:
    """Tablets for single nights and months of controlled ones are absurd; courses for lungs and prostate are not."""
    schedule = {} if family in ("ed", "diabetes") else {"US": "C4"}
    given = offer(medicine(name, family=family, schedule=schedule), quantity=quantity, strength_mg=strength)
    assert bool(list(absurd_quantities([given]))) == absurd


def pens(price: str, **fields: Any) -> list[Offer]:
    brand = medicine("tirzepatide", family="glp1")
    given = {"written": "Mounjaro", "currency": "GBP", "strength_mg": 5.0, "price": price}
    return [offer(brand, **{**given, **fields})]


def test_below_the_floor() -> None:
    """A pen for less than half of its list price is below the floor, which names its source."""
    [(_, floor)] = below_floor(pens("29.00"))
    assert floor.source.startswith("NICE")


@pytest.mark.parametrize(
    "fields",
    [
        {"price": "119.00"},
        {"price": "29.00", "currency": "USD"},
        {"price": "29.00", "order": "link"},
        {"price": "29.00", "strength_mg": None},
        {"price": "29.00", "written": "tirzepatide"},
        {"price": "0.00"},
    ],
)
def test_not_below_the_floor(fields: dict[str, object]) -> None:
    """A plausible price, another market, a link to a consultation, no strength, no brand and no price do not count."""
    assert list(below_floor(pens(**{"price": "29.00", **fields}))) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["Mounjaro 5 mg £29.00 per week", "Mounjaro 5 mg: deposit £29.00", "Mounjaro 5 mg needles £29.00"]
)
def test_a_price_in_part(text: str) -> None:
    """The price of a week, a deposit and needles that bear the brand's name are not that of the pen."""
    [plain] = pens("29.00")
    given = offer(plain.medicine, text, written="Mounjaro", currency="GBP", strength_mg=5.0, price="29.00")
    assert list(below_floor([given])) == []


def test_the_table_of_floors() -> None:
    """Every floor has a source and a day, is about half of a list price, and names a medicine and brand that we know."""
    text = "\n".join(f"{floor.brand} {floor.medicine}" for floor in reference_prices())
    known = {s.medicine.name for s in find_medicines(read_page("https://a.example/", text.encode()))}
    assert len(reference_prices()) >= 20
    for floor in reference_prices():
        assert floor.source and floor.floor > 0 and floor.medicine in known, floor
        assert floor.per in ("pack", "tablet") and floor.confidence in ("high", "medium", "low")
        assert floor.confidence != "high" or floor.source.startswith("NICE")


def test_a_table_of_an_affiliate_shop() -> None:
    """Read from a page, its rows make a ladder and an absurd quantity."""
    rows = "".join(f"<tr><td>100mg x {n} pills</td><td>${price}</td><td>Add to cart</td></tr>" for n, price in LADDER)
    html = f"<h1>Generic Viagra (sildenafil) 100mg</h1><table>{rows}</table>"
    page = read_page("https://pills.example/v", html.encode(), content_type="text/html")
    offers = find_offers(page, find_medicines(page))
    assert list(steep_ladders(offers))
    assert [found.quantity for found, _ in absurd_quantities(offers)] == [180]
