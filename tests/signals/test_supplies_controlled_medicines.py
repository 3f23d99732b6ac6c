"""The signal supplies-controlled-medicines."""

from __future__ import annotations

from pharmcheck.model import Answer, Stance
from tests.builders import ask, evidence, medicine, mention, page, sighting

ID = "supplies-controlled-medicines"
CONTROLLED = medicine("diazepam", family="benzodiazepine", schedule={"US": "C4"})
HOME = page("We are top suppliers of diazepam. See your doctor about tablets.")


def test_fires() -> None:
    """Fires where the seller's own words, or the list after them, name a controlled medicine."""
    listed = page("We are suppliers of top brands, diazepam too.")
    voice = mention("seller-voice", "We are suppliers of", on=listed)
    found = ask(ID, evidence(pages=(listed,), mentions=(voice,), sightings=(sighting(CONTROLLED, listed),)))
    assert found.quotes[0].text == "We are suppliers of top brands, diazepam"
    said = mention("seller-voice", "top suppliers of diazepam", on=HOME)
    found = ask(ID, evidence(pages=(HOME,), mentions=(said,), sightings=(sighting(CONTROLLED, HOME),)))
    assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, "top suppliers of diazepam")


def test_near_miss() -> None:
    """The medicine in another sentence, one that is not sold, a denial, and other prescription medicines do not fire."""
    apart = mention("seller-voice", "your doctor", on=HOME)
    denied = mention("seller-voice", "top suppliers of diazepam", Stance.DENIED, HOME)
    excepted = page("We are suppliers of tablets, but no diazepam.")
    said = mention("seller-voice", "We are suppliers of", on=excepted)
    given = evidence(pages=(excepted,), mentions=(said,), sightings=(sighting(CONTROLLED, excepted),))
    assert ask(ID, given).answer is Answer.ABSENT
    for said in (apart, denied):
        given = evidence(pages=(HOME,), mentions=(said,), sightings=(sighting(CONTROLLED, HOME),))
        assert ask(ID, given).answer is Answer.ABSENT
    plain = page("We are top suppliers of sildenafil.")
    said = mention("seller-voice", "top suppliers of sildenafil", on=plain)
    assert ask(ID, evidence(mentions=(said,), sightings=(sighting(on=plain),))).answer is Answer.ABSENT
