"""read_together: what one entry gives together."""

from __future__ import annotations

import pytest

from tests.reading.operators import operator

LONDON = "1 Test Street, Testford, ZZ1 1ZZ"
INDIA = "12 Test Road, Sampletown 400001, India"


def pairs(html: str) -> list[tuple[str, str, str]]:
    """Return (country of the address, kind, country of the other) of each pair."""
    return [(home.country, other.kind, other.country) for home, other in operator(html).together]


def test_a_telephone_belongs_to_the_address_before_it() -> None:
    """The first in reach, in international form."""
    assert pairs(f"<p>{LONDON}<br>Tel: +91 98123 45678") == [("GB", "phone", "IN")]


def test_a_licence_belongs_to_the_address_before_it() -> None:
    """With the country of its register."""
    assert pairs(f"<p>{INDIA}. GPhC registration number 1099999") == [("IN", "licence", "GB")]


def test_each_office_has_its_own_telephone() -> None:
    """A list of offices of a multinational gives no pair of two countries."""
    found = pairs(f"<p>{LONDON}<br>Tel: +44 20 7946 0958<p>{INDIA}<br>Tel: +91 98123 45678")
    assert all(home == other for home, _, other in found)


@pytest.mark.parametrize(
    "html",
    [
        f"<p>UK +44 20 7946 0958<br>{LONDON}<p>India +91 98123 45678<br>{INDIA}",
        f"<p>{LONDON}<br>Tel: 020 7946 0958, from abroad +91 98123 45678",
        f"<p>{LONDON}<br>Tel: +1 800 555 0199",
        f"<p>{LONDON}</p><p>{'A sentence about nothing in particular. ' * 10}</p>Tel: +91 98123 45678",
        f"<p>Tel: +91 98123 45678<p>{'A sentence about nothing in particular. ' * 10}</p>{LONDON}",
    ],
)
def test_what_stands_elsewhere_belongs_to_no_address(html: str) -> None:
    """Telephones that lead, that come second, that have no country, and that stand far off."""
    assert pairs(html) == []


def test_structured_markup_gives_pairs() -> None:
    """An address and a telephone of one organisation."""
    html = (
        '<script type="application/ld+json">{"@type":"Pharmacy","telephone":"+91 22 5550 0100","address":{'
        '"streetAddress":"1 Test Street","postalCode":"ZZ1 1ZZ","addressCountry":"GB"}}</script><p>Hello'
    )
    assert pairs(html) == [("GB", "phone", "IN")]
