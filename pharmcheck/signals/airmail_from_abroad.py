"""From how far it comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.goods import said_by_seller


def airmail_from_abroad(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """Medicines come by international post: airmail or EMS, for days or weeks.

    Why: a pharmacy of the buyer's country needs days; weeks by airmail mean import past the wholesalers that the
    law makes pharmacies use. That a country of exporters is named as the place of dispatch counts as well.
    Source: medical-specialists.blogspot.com/2014/01/illegal-websites-posing-as-pharmacies.html (a pharmacist's account);
    FDA on importation.
    False alarm: post to islands and far regions; a lawful shop that ships its other goods abroad.
    """
    yield from said_by_seller(mentions, sightings, "airmail", "dispatched-abroad")
