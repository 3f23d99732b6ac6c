"""boxes: post office boxes and mail drops."""

from __future__ import annotations

import pytest

from tests.reading.operators import operator


def test_a_box_is_an_address_that_says_so() -> None:
    """A box number is all that some sellers give."""
    (found,) = operator("<p>Write to P.O. Box 1234, Testtown, Seychelles").addresses
    assert (found.value.startswith("PO box"), found.country) == (True, "SC")


@pytest.mark.parametrize(
    "text",
    [
        "P.O. Box 1234, Testtown",
        "PO Box 12",
        "GPO Box 9876, Sampleville",
        "Postfach 12 34 56, 12345 Musterstadt",
        "Postbus 123, Voorbeeldstad",
        "BP 1234, 75001 Modèle-Ville",
        "Boîte postale 12, Modèle-Ville",
        "Apartado de correos 45, Villaejemplo",
        "Apartado 45, 28080 Villaejemplo",
        "Casella postale 12, Cittàesempio",
        "skr. poczt. 12, Wzorów",
        "Caixa Postal 12, Vila Exemplo",
        "а/я 12, Образцов",
        "PMB 345, Sampletown",
        "Private Bag X12, Sampletown",
    ],
)
def test_a_box_has_many_names(text: str) -> None:
    """In the words of many posts, and of rented mail boxes."""
    (found,) = operator(f"<p>{text}").addresses
    assert found.value.startswith("PO box: ")


@pytest.mark.parametrize(
    "text",
    [
        "Your BP 140/90 is high",
        "Sample tablets BP 500 mg",
        "Según el apartado 3 del artículo 5",
        "Apartado 3 de las condiciones",
        "A pill box 12 cm wide",
        "Zuständige Aufsichtsbehörde: Bezirk Muster, Postfach 12 34, 12345 Musterstadt",
        "Complain to the data protection authority, PO Box 12, Testtown",
    ],
)
def test_what_has_the_same_words_is_no_box(text: str) -> None:
    """Blood pressure, the pharmacopoeia, a paragraph; and the box of an authority is not the operator's."""
    assert operator(f"<p>{text}").addresses == ()
