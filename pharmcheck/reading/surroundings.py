"""What stands about a place on a page: calls to buy, warnings, medicines, and a quote of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pharmcheck.model import Mention, Page, Quote, Sighting, Stance
from pharmcheck.reading.buying import CALL
from pharmcheck.reading.lines import line_around
from pharmcheck.reading.pill_words import GOODS, WARNING
from pharmcheck.reading.web_addresses import Address

# What a page says that sells pills with no questions asked; a lawful seller's page says none of it.
_PUSHY = frozenset((
    "no-prescription-needed", "prescription-waived", "bonus-pills", "customs-guarantee", "customs-evasion",
    "pack-table",
))  # fmt: skip
_CALLS = ("promotion-link", "order-call")
_BEFORE, _AFTER = 200, 100  # characters within which a call to buy and an address belong together
_BESIDE = 300  # a chat account stands at the end of the advertisement
_LINE_CHARS = 500
_EARLIER = 2_000  # a shop is named at the end of the article on the medicine


class Surroundings:
    """A page with what was found on it, in order of place, so that neighbours are found fast.

    `strict` are the medicines that need a doctor; `pushy` tells that the page speaks as no lawful seller does.
    """

    def __init__(self, page: Page, mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> None:
        self.page, self.text = page, page.text
        asserted = [m for m in mentions if m.stance is Stance.ASSERTED]
        self.calls = sorted((m.start, m.end) for m in asserted if m.concept in _CALLS)
        self.warnings = sorted((m.start, m.end) for m in mentions if m.concept in ("warning-voice", "regulator-voice"))
        self.sightings = sorted((s.start, s.end) for s in sightings)
        self.strict = sorted((s.start, s.end) for s in sightings if _needs_doctor(s))
        self.written = frozenset(s.written.casefold() for s in sightings)
        urges = any(m.concept in _PUSHY for m in asserted) and (bool(sightings) or GOODS.stands_in(self.text))
        self.pushy = urges or any(s.disguised for s in sightings)

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of text that belongs to what stands there: about its line and the one before."""
        left = max(0, start - _BEFORE)
        gap = self.text.rfind("\n\n", left, start)
        left = gap + 2 if gap >= 0 else left
        return left, min(len(self.text), end + _AFTER)

    def line(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds of the line around a place."""
        return line_around(self.text, start, end, _LINE_CHARS)

    @staticmethod
    def within(places: Sequence[tuple[int, int]], left: int, right: int) -> bool:
        """True when one of `places`, which are in order, reaches into a stretch of text."""
        at = bisect_left(places, (left, 0))
        return (at < len(places) and places[at][0] < right) or (at > 0 and places[at - 1][1] > left)

    def several(self, left: int, right: int) -> bool:
        """True when two medicines, one of them on prescription, are named in a stretch of text."""
        at = bisect_left(self.sightings, (left, 0))
        two = at + 1 < len(self.sightings) and self.sightings[at + 1][0] < right
        return two and self.within(self.strict, left, right)

    def piece(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds of at most 200 characters of the line around a place, cut at a sentence where possible."""
        left, right = self.line(start, end)
        sentence = self.text.rfind(". ", left, start)
        left = max(sentence + 2 if sentence >= 0 else left, start - 120)
        return left, min(right, left + 200)

    def quote(self, address: Address) -> Quote:
        """Return the words around an address; of a linked picture the address as the page's source has it."""
        if address.start >= 0:
            return self.page.quote(*self.piece(address.start, address.end))
        for written in (address.url, address.host):
            if written in self.page.source:
                return Quote(self.page.url, written[:200], "the address of a link", self.page.digest)
        return self.page.quote(0, 120)

    def sells_at(self, start: int, end: int) -> bool:
        """True when prescription medicines are for sale beside what stands from `start` to `end`."""
        left, right = max(0, start - _BESIDE), min(len(self.text), end + _BESIDE)
        if not self.within(self.strict, left, right) or WARNING.stands_in(self.text, left, right):
            return False
        return self.within(self.calls, left, right) or CALL.stands_in(self.text, left, right)

    def called(self, start: int, end: int) -> bool:
        """True when a call to buy medicines stands in the line around what stands from `start` to `end`."""
        left, right = self.bounds(start, end)
        return self.within(self.calls, left, right) and self.within(self.sightings, max(0, left - _EARLIER), right)


def _needs_doctor(sighting: Sighting) -> bool:
    medicine = sighting.medicine
    return medicine.use == "human" and (medicine.prescription_only or bool(medicine.schedule))
