"""The signal bonus-pills-or-per-pill-table."""

from __future__ import annotations

from pharmcheck.model import Answer
from tests.builders import URL, ask, evidence, mention, over_the_counter, page, sighting

ID = "bonus-pills-or-per-pill-table"


def test_fires() -> None:
    """Fires on free pills or a table of packs on a page with a prescription medicine."""
    shop = page("sildenafil: 10 free pills with every order")
    for concept in ("bonus-pills", "pack-table"):
        given = evidence(mentions=(mention(concept, "10 free pills", on=shop),), sightings=(sighting(on=shop),))
        assert ask(ID, given).answer is Answer.PRESENT


def test_near_miss() -> None:
    """Vitamins with a gift, and a medicine on another page, do not fire."""
    vitamins = page("vitamin C: 10 free pills")
    said = (mention("bonus-pills", "10 free pills", on=vitamins),)
    elsewhere = sighting(on=page("sildenafil", f"{URL}article"))
    assert ask(ID, evidence(mentions=said, sightings=(elsewhere,))).answer is Answer.ABSENT
    assert (
        ask(ID, evidence(mentions=said, sightings=(sighting(over_the_counter(), on=vitamins),))).answer is Answer.ABSENT
    )
