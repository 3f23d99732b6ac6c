"""Sellers that a page points its readers to: by a link, by a bare address, or by name only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from pharmcheck.model import Link, Mention, Page, Promoted, Sighting, Stance, Target
from pharmcheck.target import registrable_domain

# A shop's name in running text: a made-up word around a trade word, after "on", "at", "from", "visit" …
_NAMED = re.compile(
    r"\b(on|at|from|via|by|visit|try|through|with)\s+(?:the\s+)?"
    r"((?=\w*(?:pharm|meds|pills|drugs|tabs|apothek|farma|chemist|rx))[A-Za-z][\w-]{5,40})",
    re.IGNORECASE,
)
_COMMON = re.compile(
    r"pharmac(?:y|ies|ists?|eutical\w*|olog\w*|okinetic\w*|opoeia|otherap\w*)|drugs?(?:tores?)?|pharma|chemists?|chemistry|"
    r"farmac(?:ia|ias|ie|o|os|eutic\w*)|apotheken?|apotheker\w*|prescri\w*|parapharm\w*|farmakolog\w*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?<![\w@.-])(?:https?://)?((?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24})(?![\w@-])(/[^\s\"'<>)]{0,200})?", re.IGNORECASE
)
_TRADE = re.compile(
    r"pharm|meds?\b|pills?|rx|drug|tabs?\b|viag|cial|levit|tadal|silden|kamag|apothek|farma|generic|canad|chemist|steroid|peptid",
    re.IGNORECASE,
)
_SELLING = re.compile(
    r"\b(?:buy|order|cheap\w*|online|generic|price|cost|coupon|discount|sale|purchase|without|prescription|script|overnight|delivery|"
    r"canada|canadian|\d+ ?mg|kaufen|bestellen|rezeptfrei|acheter|comprar|acquist\w*|kopen|köpa|kup|koupit|купить|shop|get)\b",
    re.IGNORECASE,
)
_PLATFORMS = frozenset(
    [
        "facebook.com",
        "twitter.com",
        "x.com",
        "instagram.com",
        "youtube.com",
        "linkedin.com",
        "pinterest.com",
        "google.com",
        "wikipedia.org",
        "reddit.com",
        "tiktok.com",
        "apple.com",
        "microsoft.com",
        "amazon.com",
        "wordpress.org",
        "wordpress.com",
        "w3.org",
        "nih.gov",
        "fda.gov",
        "who.int",
        "europa.eu",
        "nhs.uk",
        "doubleclick.net",
        "addthis.com",
        "sharethis.com",
        "gravatar.com",
        "schema.org",
        "googleapis.com",
        "cloudflare.com",
        "creativecommons.org",
    ]
)
_WINDOW = 160  # characters on either side within which a call to buy and a seller belong together
_MOST = 20
_MOST_LINKS = 500  # each may cost a search of the whole text


def find_promoted(
    target: Target, page: Page, mentions: Sequence[Mention], sightings: Sequence[Sighting]
) -> tuple[Promoted, ...]:
    """Return the sellers that `page` promotes; `mentions` and `sightings` are those of this page.

    A link counts when its own text or address speaks of a medicine or the trade, or when it stands with a call to buy;
    a bare address likewise; a bare name only with such a call and a medicine on the page.
    """
    if not sightings and not any(m.concept == "promotion-link" for m in mentions):
        return ()
    calls = [m for m in mentions if m.concept in ("promotion-link", "order-call") and m.stance is Stance.ASSERTED]
    found: dict[str, Promoted] = {}
    for promoted in (
        *_by_link(target, page, calls, sightings),
        *_by_address(target, page, calls, sightings),
        *_by_name(page, calls, sightings),
    ):
        found.setdefault(promoted.domain or promoted.name.casefold(), promoted)
    return tuple(found.values())[:_MOST]


def _by_link(target: Target, page: Page, calls: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Promoted]:
    for link in page.links[:_MOST_LINKS]:
        domain = _foreign(target, link.url)
        if domain and _speaks_of_trade(link, page, calls, sightings):
            at = page.text.find(link.text) if link.text else -1
            quote = page.quote(max(at, 0), at + len(link.text)) if at >= 0 else page.quote(0, min(len(page.text), 120))
            yield Promoted(domain, domain, link.url, quote)


def _speaks_of_trade(link: Link, page: Page, calls: Sequence[Mention], sightings: Sequence[Sighting]) -> bool:
    text = link.text.casefold()
    if any(s.written.casefold() in text for s in sightings) and (_SELLING.search(text) or _TRADE.search(link.url)):
        return True
    at = page.text.find(link.text) if link.text else -1
    return at >= 0 and any(_near(at, c) for c in calls) and any(_near(at, s) for s in sightings)


def _by_address(
    target: Target, page: Page, calls: Sequence[Mention], sightings: Sequence[Sighting]
) -> Iterator[Promoted]:
    for match in _ADDRESS.finditer(page.text):
        domain = _foreign(target, "https://" + match.group(1))
        if not domain:
            continue
        near = any(_near(match.start(), c) for c in calls) or any(_near(match.start(), s) for s in sightings)
        if near and (_TRADE.search(domain) or any(_near(match.start(), c) for c in calls)):
            yield Promoted(
                domain,
                domain,
                "https://" + match.group(1) + (match.group(2) or ""),
                page.quote(*_line(page, match.start())),
            )


def _by_name(page: Page, calls: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Promoted]:
    if not sightings:
        return
    for match in _NAMED.finditer(page.text):
        word, name = match.group(1).casefold(), match.group(2)
        called = word in ("visit", "try") or any(_near(match.start(), c) for c in calls)
        if called and not _COMMON.fullmatch(name):
            yield Promoted(name, "", "", page.quote(*_line(page, match.start())))


def _foreign(target: Target, url: str) -> str:
    """Return the registrable domain of `url` when it is neither the target's own, nor a platform, else ""."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    if "." not in host:
        return ""
    domain = registrable_domain(host)
    return "" if domain == target.domain or domain in _PLATFORMS or domain == host.rpartition(".")[2] else domain


def _near(at: int, found: Mention | Sighting) -> bool:
    return abs(found.start - at) <= _WINDOW or abs(found.end - at) <= _WINDOW


def _line(page: Page, at: int) -> tuple[int, int]:
    """Return the bounds of a piece of at most 200 characters of the line around `at`, cut at a sentence where possible."""
    start = page.text.rfind("\n", 0, at) + 1
    end = page.text.find("\n", at)
    end = len(page.text) if end < 0 else end
    sentence = page.text.rfind(". ", start, at)
    start = sentence + 2 if sentence >= 0 else start
    return max(start, at - 120), min(end, max(start, at - 120) + 200)
