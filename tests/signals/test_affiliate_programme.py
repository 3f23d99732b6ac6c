"""The signal affiliate-programme."""

from __future__ import annotations

from pharmcheck.model import Answer, Kind, Link, SiteKind, Stance
from tests.builders import ask, evidence, mention, over_the_counter, page, sighting, unread

ID = "affiliate-programme"
CONCEPTS = ("affiliate-programme",)


def test_fires() -> None:
    """Fires on the words of a site that names a prescription medicine, or such goods as a whole."""
    for concept in CONCEPTS:
        said = mention(concept, "the very words")
        for given in (
            evidence(mentions=(said,), sightings=(sighting(),)),
            evidence(mentions=(said, mention("prescription-trade"))),
        ):
            found = ask(ID, given)
            assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, "the very words")


def test_near_miss() -> None:
    """The same words denied or reported, without prescription medicines, or other words do not fire."""
    for stance in (Stance.DENIED, Stance.REPORTED, Stance.WARNED):
        said = (mention(CONCEPTS[0], stance=stance), mention("excluded-destinations"))
        assert ask(ID, evidence(mentions=said, sightings=(sighting(),))).answer is Answer.ABSENT
    otc = evidence(mentions=(mention(CONCEPTS[0]),), sightings=(sighting(over_the_counter()),))
    assert ask(ID, otc).answer is Answer.ABSENT


def test_links_count() -> None:
    """A door for webmasters on a seller's page counts; on a page of news, or called by another name, it does not."""
    door = page("sildenafil", links=(Link("https://shop.example/webmasters", "Webmasters"),))
    given = evidence(pages=(door,), sightings=(sighting(on=door),))
    assert ask(ID, given).quotes[0].text == "Webmasters"
    news = Kind(SiteKind.INFORMATION, "writes about medicines")
    assert ask(ID, evidence(pages=(door,), sightings=(sighting(on=door),), kind=news)).answer is Answer.ABSENT
    bare = mention("affiliate-programme", "Affiliates")
    assert ask(ID, evidence(mentions=(bare,), sightings=(sighting(),))).answer is Answer.ABSENT
    vouchers = page("sildenafil", links=(Link("https://shop.example/affiliates", "Affiliates"),))
    assert ask(ID, evidence(pages=(vouchers,), sightings=(sighting(on=vouchers),))).answer is Answer.ABSENT


def test_unknown_when_unread() -> None:
    """Unknown, with the reason, when the pages could not be read."""
    found = ask(ID, unread("the site did not answer"))
    assert (found.answer, found.why) == (Answer.UNKNOWN, "the site did not answer")
