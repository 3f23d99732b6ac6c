"""What kind of site is this? Asked before anything is scored.

Every step looks for the presence of something that sells; nothing that a page adds can undo it. So a shop cannot
talk itself out of being a shop, and an article that names medicines does not become one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pharmcheck.model import Kind, Mention, Offer, Operator, Page, Pitch, Prescription, Promoted, Sighting, Target
from pharmcheck.reading.kind_of_bystander import kind_of_bystander
from pharmcheck.reading.kind_of_seller import kind_of_seller
from pharmcheck.reading.seen import Seen, on_few_pages
from pharmcheck.reading.vocation import read_vocation
from pharmcheck.reading.ways_to_buy import shows_no_way_to_buy


def read_kind(
    target: Target,
    pages: Sequence[Page],
    mentions: Sequence[Mention],
    sightings: Sequence[Sighting],
    offers: Sequence[Offer],
    promoted: Sequence[Promoted],
    pitches: Sequence[Pitch],
    prescription: Prescription,
    operator: Operator,
) -> Kind:
    """Return the kind of site; `pages` are those that could be read, at least one."""
    vocation = read_vocation(target, pages, mentions, operator)
    no_way = shows_no_way_to_buy(pages, mentions, offers, prescription)
    if no_way and pitches and on_few_pages(pages, (pitch.quote for pitch in pitches), prescription):
        vocation = replace(vocation, pharmacy=())  # a forum under the name of a pharmacy, in which others call to buy
    seen = Seen(target, pages, mentions, sightings, offers, promoted, pitches, prescription, operator, vocation, no_way)
    return kind_of_seller(seen) or kind_of_bystander(seen)
