"""The mentions of a site, and those of them that are of certain concepts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from pharmcheck.model import Mention, Stance

_ASSERTED = Stance.ASSERTED  # to look it up takes 0.1 us, for an enumeration is asked by its own class


class Mentions(tuple[Mention, ...]):
    """The mentions of a site in order, at hand by concept.

    Sixty times are they asked for a few concepts of a site; to go through a thousand each time took 0.3 ms a page.
    """

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for place, mention in enumerate(self):
            places.setdefault(mention.concept, []).append(place)
        return places

    def of(self, concepts: Iterable[str]) -> list[Mention]:
        """Return the mentions of these concepts, in order."""
        places = self._places
        found = [places[concept] for concept in concepts if concept in places]
        if not found:
            return []
        return [self[place] for place in (found[0] if len(found) == 1 else sorted({p for some in found for p in some}))]


def of(mentions: Iterable[Mention], *concepts: str) -> list[Mention]:
    """Return the mentions of these concepts, in order, however they are meant."""
    return mentions.of(concepts) if isinstance(mentions, Mentions) else [m for m in mentions if m.concept in concepts]


def asserted(mentions: Iterable[Mention], *concepts: str) -> list[Mention]:
    """Return the mentions of these concepts that the site says of itself."""
    return [m for m in of(mentions, *concepts) if m.stance is _ASSERTED]
