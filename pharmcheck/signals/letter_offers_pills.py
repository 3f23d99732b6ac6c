"""What a letter is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Page, Quote, Sighting
from pharmcheck.reading.letters import pill_list, pill_subject


def letter_offers_pills(pages: Sequence[Page], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """The subject of an e-mail offers pills, or the e-mail is a list of prescription medicines and where to click.

    Why: pharmacies write to patients about their order; they may not advertise prescription medicines to
    whoever has an address.
    Source: Directive 2001/83/EC art. 88; Levchenko et al., Click Trajectories (IEEE S&P 2011), on spam as the
    trade's advertising.
    False alarm: the newsletter of a shop for supplements, or of an author on medicines.
    """
    for page in pages:
        yield from filter(None, (pill_subject(page), pill_list(page, sightings)))
