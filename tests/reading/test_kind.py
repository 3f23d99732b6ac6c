"""What kind of site it is, before anything is scored."""

from __future__ import annotations

import pytest

from tests.sites import evidence

SHOP = "<h2>Tadalafil 20 mg, 30 tablets</h2><p class='price'>$45.00</p><form action='/cart' method='post'><button>Add to cart</button></form>"
ARTICLE = (
    "<h1>What tadalafil does</h1><p>By Jo Example, medically reviewed.</p><p>Tadalafil is a medicine on prescription that "
    "relaxes blood vessels. Doctors usually start with 10 mg. Avoid sites that sell it without a prescription.</p>"
)


def test_a_cart_with_a_medicine_makes_a_pharmacy() -> None:
    """A priced prescription medicine with a cart is sold here."""
    assert evidence(SHOP).kind.name == "pharmacy"


def test_an_article_is_information() -> None:
    """Naming medicines, doses and rogue sites does not make a seller."""
    assert evidence(ARTICLE).kind.name == "information"


def test_an_article_does_not_hide_a_shop() -> None:
    """A shop that writes articles stays a shop."""
    assert evidence(ARTICLE + SHOP).kind.name == "pharmacy"


def test_nothing_readable_is_unreadable() -> None:
    """An empty page is no information page."""
    assert evidence("<html><body></body></html>").kind.name == "unreadable"


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<p>Oak desks and chairs, hand made. Delivery in two weeks.</p>" * 5, "not-a-seller"),
        (
            "<h1>BPC-157 5 mg</h1><p>For research use only.</p><p>$39.00</p><a href='/cart?add=3'>Add to cart</a>",
            "research-chemicals",
        ),
        (
            "<h1>Ibuprofen 200 mg, 24 tablets</h1><p>$4.00</p><form action='/cart'><button>Add to cart</button></form>",
            "otc-shop",
        ),
    ],
)
def test_other_kinds(html: str, kind: str) -> None:
    """Furniture, research peptides and painkillers without prescription each get their kind."""
    assert evidence(html).kind.name == kind
