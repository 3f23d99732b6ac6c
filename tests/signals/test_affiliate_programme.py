"""The signal affiliate-programme."""

from __future__ import annotations

from pharmcheck.model import Answer, Kind, Link, SiteKind
from tests.builders import ask, evidence, mention, page, sighting
from tests.signals.dealers import fires, misses

ID = "affiliate-programme"
CONCEPTS = ("affiliate-programme",)


def test_fires() -> None:
    """Fires on the words of a site that names a prescription medicine, or such goods as a whole."""
    fires(ID, CONCEPTS)


def test_near_miss() -> None:
    """The same words denied or reported, without prescription medicines, or other words do not fire."""
    misses(ID, CONCEPTS)


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
