"""Keyword salad."""

from __future__ import annotations

import time

import pytest

from pharmcheck.reading.medicines import find_medicines
from pharmcheck.reading.salad import find_salad
from tests.builders import page

SALAD = "buy tadalafil cheap tadalafil order tadalafil online tadalafil without prescription tadalafil price"


def runs(text: str) -> list[str]:
    on = page(text)
    return [quote.text for quote in find_salad(on, find_medicines(on))]


@pytest.mark.parametrize(
    "text",
    [
        SALAD,
        "acheter tadalafil. prix tadalafil vente tadalafil",
        "Nice photos! " + SALAD,
        "A long and thoughtful text about gardens and roses.\n" + SALAD + "\nAnd then it goes on about roses.",
    ],
)
def test_bare_keywords_in_a_row(text: str) -> None:
    """Three names of one medicine among different calls to buy, and hardly another word, wherever they stand."""
    assert len(runs(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Tadalafil treats erectile dysfunction. Doctors prescribe tadalafil in tablets; do not buy tadalafil cheap online.",
        "Buy tadalafil online | Cheap tadalafil tablets | Tadalafil",
        "Buy tadalafil\nBuy sildenafil\nBuy vardenafil\nOrder tadalafil online",
        "Tadalafil 10 mg $9.00 buy now Tadalafil 20 mg $12.00 buy now Tadalafil 5 mg $7.00 order now",
        "buy ibuprofen cheap ibuprofen order ibuprofen online ibuprofen",
        "buy tadalafil cheap sildenafil order vardenafil online",
    ],
    ids=["prose", "title in parts", "menu", "price list", "no prescription medicine", "one of each"],
)
def test_what_others_write(text: str) -> None:
    """Prose, titles, menus, price lists and medicines for everybody are no salad."""
    assert runs(text) == []


def test_nothing_that_is_added_undoes_it() -> None:
    """Lines of innocent text around the salad leave it what it is."""
    assert runs(("Roses need sun.\n" * 500) + SALAD + ("\nRoses need water." * 500)) == runs(SALAD)


def test_work_is_bounded() -> None:
    """A megabyte of salad costs no more than reading its first part."""
    on = page((SALAD + " ") * 8_000)
    found = find_medicines(on)
    begin = time.process_time()
    assert list(find_salad(on, found))
    assert time.process_time() - begin < 1


def test_search_phrases_of_one_medicine_in_a_row() -> None:
    """Four search phrases between commas, two of which call to buy, are keywords for a search engine."""
    assert runs(
        "tadalafil online from canada, generic tadalafil made in india, tadalafil patent expiry, how to take tadalafil"
    )


def test_questions_about_one_medicine_are_no_salad() -> None:
    """A menu of a guide names one medicine as often, and calls to buy nothing."""
    assert not runs("tadalafil dosage, tadalafil side effects, tadalafil and alcohol, how to take tadalafil")
