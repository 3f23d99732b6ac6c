"""Sellers that a page points its readers to: by a link, by a bare address, by a chat account, or by name only."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from pharmcheck.model import Mention, Page, Promoted, Sighting, Target
from pharmcheck.reading.anycase import AnyCase
from pharmcheck.reading.buying import CALL, is_keywords
from pharmcheck.reading.chat import find_accounts, opens_account
from pharmcheck.reading.host import is_official
from pharmcheck.reading.named_shops import find_named
from pharmcheck.reading.pill_words import (
    ADVICE,
    GOODS,
    OFFERED_GOODS,
    REMOVAL,
    WARNING,
    calls_in_address,
    is_planted,
    names_medicine,
    offers_pills,
    sells_in_head,
    trade_in,
)
from pharmcheck.reading.rankings import find_ranked
from pharmcheck.reading.surroundings import Surroundings
from pharmcheck.reading.web_addresses import Address, find_addresses

_NO_SHOPS = re.compile(
    r"(?:facebook|twitter|x|instagram|youtube|linkedin|pinterest|google|reddit|tiktok|apple|microsoft|amazon|wordpress|doubleclick|"
    r"addthis|sharethis|gravatar|cloudflare|googleapis)\.com|(?:wikipedia|wikimedia|wordpress|w3|schema|doi|creativecommons)\.org|"
    r"who\.int|europa\.eu|nhs\.uk"
)
_ROBOT = re.compile(r"(?=\S*\d)(?=\S*[A-Z])(?=\S*[a-z])\w{5,10}")  # what programs type into forms to try them
_LETTER = re.compile(r"\A(?:Subject: .*\n?|(?:.*\n){1,2}?From: .*\n?)")
_CLICK = AnyCase(
    r"\b(?:click|klick\w*|order|buy|shop|visit|enter|go|get|see|start|save|more|here|now|look|try|site|store|www|"
    r"hier|ici|aquí|qui|zum shop)\b",
)
_AT = re.compile(
    r"\b(?:at|from|via|through|bei|von|über|chez|sur|en|de|su|da|em|na|no|bij|op|hos|på|w|u)\s+\Z", re.IGNORECASE
)
_MOST = 20


def find_promoted(
    target: Target, page: Page, mentions: Sequence[Mention], sightings: Sequence[Sighting]
) -> tuple[Promoted, ...]:
    """Return the sellers that `page` promotes, at most 20; `mentions` and `sightings` are those of this page.

    A link counts when its words are keywords of a medicine's sale, or when it stands beside a call to buy medicines; a
    bare address likewise; a chat account beside prescription medicines for sale; a bare name only after such a call, or in a ranking.
    What is warned of, or named in a report, is not promoted.
    """
    addresses = [a for a in find_addresses(page, target.domain) if _foreign(target, a)]
    reader = _Reader(page, mentions, sightings, addresses)
    found: dict[str, Promoted] = {}
    for address in addresses:
        if not opens_account(address.host) and reader.points_to(address):
            found.setdefault(
                address.domain, Promoted(address.domain, address.domain, address.url, reader.quote(address))
            )
            if len(found) >= _MOST:
                break
    for account in find_accounts(page, addresses):
        if reader.sells_at(account.start, account.end):
            quote = page.quote(*reader.piece(account.start, account.end))
            found.setdefault(account.name, Promoted(account.name, "", account.url, quote))
    for name, start, end in find_named(page.text, reader.called) if sightings else ():
        found.setdefault(name.casefold(), Promoted(name, "", "", page.quote(*reader.piece(start, end))))
    for name, start, end in find_ranked(page, mentions, sightings):
        found.setdefault(name.casefold(), Promoted(name, "", "", page.quote(*reader.piece(start, end))))
    return tuple(found.values())[:_MOST]


def _foreign(target: Target, address: Address) -> bool:
    """True when an address is neither the target's own, nor a platform, nor an authority."""
    return address.domain != target.domain and not _sells_nothing(address.domain, address.host)


@lru_cache(maxsize=1_024)
def _sells_nothing(domain: str, host: str) -> bool:
    return _NO_SHOPS.fullmatch(domain) is not None or is_official(host)


class _Reader(Surroundings):
    """A page and the rules by which it promotes; of a letter `main` is the domain to which it leads."""

    def __init__(
        self, page: Page, mentions: Sequence[Mention], sightings: Sequence[Sighting], addresses: Sequence[Address]
    ) -> None:
        super().__init__(page, mentions, sightings)
        head = _LETTER.match(self.text)
        self.headed = head is not None and (sells_in_head(head[0]) or self._dense())
        self.bare = sorted((a.start, a.domain) for a in addresses if a.start >= 0 and not a.anchor)
        self.main = _most_linked(addresses) if head else ""

    def _dense(self) -> bool:
        """True when a letter with a call to buy names a prescription medicine in every 40 words: an advertisement."""
        return bool(self.calls) and 40 * len(self.strict) > self.text[:20_000].count(" ") and len(self.strict) > 2

    def points_to(self, address: Address) -> bool:
        """True when the page sends its readers to an address for medicines."""
        trade, anchor = trade_in(address.host), address.anchor
        if anchor and self._keywords(anchor):
            bounds = self.bounds(address.start, address.end)
            if CALL.stands_in(anchor) or trade == 2 or (trade == 1 and names_medicine(address.url)):
                return True
            return address.start >= 0 and (self.pushy or self.within(self.calls, *bounds))
        if address.domain == self.main and (self.headed or (anchor and offers_pills(anchor))):
            return not address.named
        if address.start < 0:
            return False
        called = _calls(anchor)
        planted = is_planted(address.url)
        if not (called or trade or planted):
            return False
        left, right = self.bounds(address.start, address.end)
        around = self.text[left : address.start] + " " + self.text[address.end : right]
        if self._alone(address, around, trade, planted):
            return True
        if (trade == 0 and address.named and not self._recommended(address)) or not called:
            return False
        return self._beside_call(address, around, (left, right), trade) and not self._spoilt(
            address, around, (left, right), trade
        )

    def _recommended(self, address: Address) -> bool:
        """True when a page whose own address calls to buy a medicine says `at` or `from` before a name."""
        return bool(_AT.search(self.text[max(0, address.start - 12) : address.start])) and calls_in_address(
            self.page.url
        )

    def _spoilt(self, address: Address, around: str, bounds: tuple[int, int], trade: int) -> bool:
        """True when the words about an address warn, advise, list or let readers leave, whatever else they call for."""
        if WARNING.stands_in(around) or self.within(self.warnings, *bounds):
            return True
        if not self.pushy and (ADVICE.stands_in(around) or self._listed(*bounds)):
            return True
        return trade == 0 and REMOVAL.stands_in(around + address.url)

    def _beside_call(self, address: Address, around: str, bounds: tuple[int, int], trade: int) -> bool:
        """True when the words about an address call to buy medicines there."""
        words = around + " " + address.anchor
        goods = self.within(self.sightings, *bounds) or GOODS.stands_in(words)
        called = self.within(self.calls, *bounds) or CALL.stands_in(words)
        if address.domain == self.main and (trade == 2 or (goods and self.pushy) or OFFERED_GOODS.stands_in(words)):
            return True
        if not goods and trade < 2:
            return self.pushy and called and not address.named
        if not called:
            return trade == 2 and goods and not address.named and not address.anchor
        return bool(
            trade or self.pushy or not address.anchor or CALL.stands_in(address.anchor) or self.several(*bounds)
        )

    def _listed(self, left: int, right: int) -> bool:
        """True when bare addresses of three domains stand in a stretch of text: a list, which praises none of them."""
        at = bisect_left(self.bare, (left, ""))
        return len({domain for start, domain in self.bare[at : at + 20] if start < right}) > 2

    def _keywords(self, anchor: str) -> bool:
        lowered = anchor.casefold()
        names = sum(len(w.split()) for w in self.written if w in lowered)
        return names > 0 and is_keywords(anchor, names)

    def _alone(self, address: Address, around: str, trade: int, planted: bool) -> bool:
        """True for a line that is hardly more than a link to pills: a robot's trial, or a doorway on a hacked site."""
        if not (trade or planted):
            return False
        left, right = self.line(address.start, address.end)
        words = (self.text[left : address.start] + " " + self.text[address.end : right]).split()
        if trade and len(words) == 1 and _ROBOT.fullmatch(words[0]):
            return True
        return planted and len(words) <= 12 and bool(GOODS.stands_in(around) or CALL.stands_in(around))


@lru_cache(maxsize=1_024)  # the pages of a site have most of them in common; 2 MB at most
def _calls(anchor: str) -> bool:
    """True when the words of a link call to click or to buy; a bare address has none, and is there to be opened."""
    return not anchor or _CLICK.stands_in(anchor) or CALL.stands_in(anchor)


def _most_linked(addresses: Sequence[Address]) -> str:
    """Return the domain to which most links of a letter lead: advertising mail repeats its own, a list adds its footer."""
    counts = Counter(a.domain for a in addresses if not a.named)
    return counts.most_common(1)[0][0] if counts else ""
