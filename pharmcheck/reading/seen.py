"""What was read of a site, side by side: at this the questions look that tell its kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pharmcheck.model import (
    Mention,
    Offer,
    Operator,
    Page,
    Pitch,
    Prescription,
    Promoted,
    Quote,
    Rung,
    Sighting,
    Target,
)
from pharmcheck.reading.asserted import asserted
from pharmcheck.reading.vocation import Vocation
from pharmcheck.reading.ways_to_buy import read_well


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read of a site; `pages` are those that could be read, at least one.

    `no_way`: it was read well and shows no way to buy.
    """

    target: Target
    pages: Sequence[Page]
    mentions: Sequence[Mention]
    sightings: Sequence[Sighting]
    offers: Sequence[Offer]
    promoted: Sequence[Promoted]
    pitches: Sequence[Pitch]
    prescription: Prescription
    operator: Operator
    vocation: Vocation
    no_way: bool

    def says(self, *concepts: str) -> list[Mention]:
        """Return the mentions of these concepts that the site says of itself."""
        return asserted(self.mentions, *concepts)


def on_few_pages(pages: Sequence[Page], calling: Iterable[Quote], prescription: Prescription) -> bool:
    """True when a site was read well, and what calls for buyers stands on less than half of its pages, none of them the home page:
    comments, quotations of an article, or pages that somebody planted."""
    touched = {quote.url for quote in (*calling, *(s.quote for s in prescription.said if s.rung is Rung.NONE))}
    home = {page.url for page in pages if page.role == "home"}
    return read_well(pages) and not touched & home and 2 * len(touched) < len(pages)
