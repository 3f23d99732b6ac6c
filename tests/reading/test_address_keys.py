"""address_key: one key for one address."""

from __future__ import annotations

import pytest

from tests.reading.operators import operator


@pytest.mark.parametrize(
    ("one", "other", "url"),
    [
        ("12 High Street, Testford, ZZ1 1ZZ", "Sample Ltd, 12 HIGH ST, Testford ZZ11ZZ, England", "https://s.example/"),
        ("Musterstraße 5, 12345 Musterstadt", "Musterstr. 5, 12345 Musterstadt, Deutschland", "https://s.de/"),
        ("Calle Mayor, 7, 28013 Villaejemplo", "C/ Mayor 7, 28013 Villaejemplo", "https://s.es/"),
        (
            "100 Test Avenue, Sampletown, KS 66000",
            "Suite 12, 100 Test Ave, Sampletown, Kansas 66000",
            "https://s.example/",
        ),
        ("〒100-0001 東京都見本区見本町1-1", "〒１００-０００１ 東京都見本区見本町１-１", "https://s.jp/"),
    ],
)
def test_one_address_has_one_key(one: str, other: str, url: str) -> None:
    """Short and long words, case, marks, the firm before and the country behind make no difference."""
    first, second = operator(f"<p>{one}", url).keys, operator(f"<p>{other}", url).keys
    assert first == second != ()


def test_neighbours_have_different_keys() -> None:
    """Another number, street or postcode is another address."""
    rows = [
        "12 High Street, Testford, ZZ1 1ZZ",
        "14 High Street, Testford, ZZ1 1ZZ",
        "12 Low Street, Testford, ZZ1 1ZZ",
    ]
    assert len({operator(f"<p>{row}").keys for row in (*rows, "12 High Street, Testford, ZZ1 1ZY")}) == 4


def test_a_box_has_no_key() -> None:
    """Many share the number of a box."""
    assert operator("<p>P.O. Box 12, Testtown, Seychelles").keys == ()
