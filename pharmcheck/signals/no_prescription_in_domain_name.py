"""A promise in the name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting, Target
from pharmcheck.reading.domain_names import promise_in_name
from pharmcheck.reading.goods import deals_in_prescription_medicines
from pharmcheck.reading.pill_words import trade_in


def no_prescription_in_domain_name(
    target: Target, mentions: Sequence[Mention], sightings: Sequence[Sighting]
) -> Iterator[Quote]:
    """A site about prescription medicines promises in its very domain name that no prescription is needed.

    Why: the name is the loudest sentence of a site, and no pharmacy may keep this promise.
    Source: NABP, why-not-recommended; FDA BeSafeRx; domainincite.com/tag/legitscript.
    False alarm: a shop of over-the-counter goods that names prescription medicines in a guide.
    """
    words = promise_in_name(target)
    if words and (deals_in_prescription_medicines(mentions, sightings) or trade_in(target.host)):
        yield Quote(target.url, target.domain, f"the name says {words}")
