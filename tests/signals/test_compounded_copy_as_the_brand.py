"""The signal compounded-copy-as-the-brand."""

from __future__ import annotations

import pytest

from pharmcheck.model import Answer, Finding, Sighting
from tests.builders import ask, evidence, medicine, mention, offer, page

ID = "compounded-copy-as-the-brand"
COPY = medicine("semaglutide", family="glp1", brands=("Ozempic",))


def said(text: str, *, sells: bool = True) -> Finding:
    on = page(text)
    at = text.index("Ozempic")
    seen = Sighting(COPY, "Ozempic", on, at, at + 7)
    return ask(ID, evidence(offers=(offer(COPY),) if sells else (), sightings=(seen,)))


@pytest.mark.parametrize(
    "text",
    [
        "Buy generic Ozempic here",
        "Compounded semaglutide has the same active ingredient as Ozempic",
        "Our compounded vial: a generic version of Ozempic",
    ],
)
def test_fires(text: str) -> None:
    """Fires where a seller calls a copy generic, or the same as the brand."""
    assert said(text).answer is Answer.PRESENT


def test_fires_in_a_shop() -> None:
    """A shop's own voice is enough where the offer itself was not read."""
    on = page("Get generic Ozempic")
    seen = Sighting(COPY, "Ozempic", on, 12, 19)
    assert ask(ID, evidence(mentions=(mention("seller-voice"),), sightings=(seen,))).answer is Answer.PRESENT


@pytest.mark.parametrize(
    "text",
    [
        "There is no generic Ozempic yet",
        "Compounded semaglutide is not the same as Ozempic",
        "The FDA warned of generic Ozempic",
        "We dispense Ozempic on prescription",
        "Generic medicines save money. Ozempic is sold by its maker",
    ],
)
def test_near_miss(text: str) -> None:
    """A denial, a warning, the brand itself and another sentence do not fire."""
    assert said(text).answer is Answer.ABSENT


def test_an_article_is_a_near_miss() -> None:
    """Where nothing is sold the words are an article."""
    assert said("Some clinics offer generic Ozempic", sells=False).answer is Answer.ABSENT
