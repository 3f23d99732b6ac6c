"""Medicines that a page names to refuse them, to report on them, or because somebody asks, are not its goods."""

from __future__ import annotations

import pytest

from pharmcheck.reading.medicines import find_medicines
from pharmcheck.reading.refused import mark_refused
from tests.builders import page
from tests.reading.said import read


def refused(text: str) -> bool:
    on = page(f"Larkfield\n{text}", role="faq", title="Larkfield")
    (seen,) = mark_refused(on, read(on.text), find_medicines(on))
    return seen.refused


@pytest.mark.parametrize(
    "text",
    [
        "We do not carry whitening drips, steroid creams or tretinoin.",
        "Can I get tretinoin from you? No, sorry.",
        "Do you sell tretinoin?",
        "Police said that the parcels held tramadol.",
        "Sem receita não dispensamos xaropes, calmantes nem tramadol.",
        "Betäubungsmittel und Tramadol verschicken wir nicht.",
    ],
)
def test_refused(text: str) -> None:
    """A denial before the name or after it, a report, and a question that nobody answers with Yes."""
    assert refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "Tramadol 50 mg, in stock.",
        "No prescription needed for tramadol, no questions asked.",
        "Do you sell tramadol? Yes, in all strengths.",
        "You cannot go wrong with tramadol.",
    ],
)
def test_goods(text: str) -> None:
    """A name that stands by itself, beside a promise, after a Yes, or behind words that deny nothing."""
    assert not refused(text)


def test_a_page_full_of_names_speaks_of_its_subject() -> None:
    """Where more than a dozen stand nothing is weighed: padding a page with refusals hides no goods."""
    on = page("We do not sell tramadol.\n" * 13)
    assert not any(seen.refused for seen in mark_refused(on, read(on.text), find_medicines(on)))


def test_names_behind_invisible_letters_are_found_in_place() -> None:
    """Offsets hold where the text has letters that nobody sees."""
    assert refused("Soft\u00adhyphen. We do not sell tramadol.")
