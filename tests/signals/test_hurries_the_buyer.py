"""The signal hurries-the-buyer."""

from __future__ import annotations

from pharmcheck.model import Answer
from tests.builders import ask, evidence, mention, offer, over_the_counter, page, sighting

ID = "hurries-the-buyer"
CLOCK = page("sildenafil", source='<div class="countdown">09:59</div> sildenafil')


def test_fires() -> None:
    """Fires on haste in the words of a dealer, and on a clock beside a prescription medicine that can be ordered."""
    said = mention("urgency", "only 3 packs left")
    assert ask(ID, evidence(mentions=(said,), sightings=(sighting(),))).quotes[0].text == "only 3 packs left"
    found = ask(ID, evidence(pages=(CLOCK,), offers=(offer(on=CLOCK),)))
    assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, "countdown")


def test_near_miss() -> None:
    """The clock of a sale of cosmetics, of a page without an offer, and haste of a shop of vitamins."""
    assert ask(ID, evidence(pages=(CLOCK,), offers=(offer(over_the_counter(), on=CLOCK),))).answer is Answer.ABSENT
    assert ask(ID, evidence(pages=(CLOCK,), sightings=(sighting(on=CLOCK),))).answer is Answer.ABSENT
    vitamins = evidence(mentions=(mention("urgency"),), sightings=(sighting(over_the_counter()),))
    assert ask(ID, vitamins).answer is Answer.ABSENT
