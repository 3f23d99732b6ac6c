"""The host on which a page lives, apart from the page: its owner's own, a platform's, a market's, or one that looks broken into."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pharmcheck.model import Difference, Host, HostState, Kind, SiteKind, Target
from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.reading.unrelated import unrelated_trade

# Where anybody may publish; the page is its author's, not the platform's.
_PLATFORMS = compile_on_use(
    r"(?:^|\.)(?:wordpress|blogspot|blogger|medium|tumblr|substack|livejournal|weebly|wixsite|jimdo(?:free|site)|webnode|squarespace|"
    r"strikingly|carrd|notion|gitbook|issuu|scribd|slideshare|calameo|academia|researchgate|soundcloud|reddit|quora|pinterest|"
    r"facebook|instagram|twitter|tiktok|youtube|linkedin|vk|ok|t|telegra|wattpad|deviantart|behance|dribbble|producthunt|crunchbase|"
    r"kickstarter|gofundme|change|eventbrite|meetup|goodreads|tripadvisor|netlify|vercel|herokuapp|firebaseapp|web|pages|workers|github|"
    r"gitlab|bitbucket|glitch|replit|codepen|mirror|steemit|hubpages|discogs|imdb|zenodo|figshare|launchpad|sourceforge|myshopify|"
    r"trustpilot|penzu|ukit|site123|yolasite|bravenet|proboards|createaforum|forumotion)"
    r"\.(?:com|org|net|io|co|app|dev|me|so|xyz|ph|ru|us|cz|site|gg|to|page)\Z|(?:^|\.)sites\.google\.com\Z|(?:^|\.)docs\.google\.com\Z"
)
_MARKETS = compile_on_use(
    r"(?:^|\.)(?:ebay|etsy|amazon|alibaba|aliexpress|made-in-china|indiamart|tradeindia|exportersindia|ec21|tradekey|craigslist|gumtree|"
    r"olx|kleinanzeigen|leboncoin|subito|marktplaats|allegro|avito|mercadolibre|mercadolivre|shopee|lazada|carousell|kijiji|wallapop|"
    r"milanuncios|willhaben|ricardo|anibis|locanto|backpage|jiji|depop|vinted|bonanza|dhgate|temu|wish)\.[a-z]{2,3}(?:\.[a-z]{2})?\Z"
)
# `.ac` by itself is the ending of an island, sold to everybody.
_OFFICIAL = re.compile(r"\.(?:(?:gov|gouv|gob|gc|edu|mil|int)(?:\.[a-z]{2})?|ac\.[a-z]{2})\Z")
_PROMOTES = (SiteKind.PROMOTION, SiteKind.HACKED_HOST)


def is_official(host: str) -> bool:
    """True for the host of a state, an army, a school or a body of states, by its ending (`gov`, `gouv.fr`, `ac.uk`)."""
    return _OFFICIAL.search("." + host) is not None


def is_market(target: Target) -> bool:
    """True when the host is a marketplace, on which each listing is somebody else's."""
    return _MARKETS.search(target.host) is not None


def belongs_to_many(target: Target) -> bool:
    """True when the site as a whole is a platform or a market: an entry for one of its users cannot mean all of it."""
    return any(_PLATFORMS.match(name) or _MARKETS.match(name) for name in (target.host, target.domain))


def read_host(target: Target, kind: Kind, planted: Sequence[Difference] = ()) -> Host:
    """Return what the host is to the page: the verdict on a page is none on its host.

    `planted` is what only some visitors are shown on a site that sells nothing.
    """
    trade = unrelated_trade(target)
    if trade:
        return Host(HostState.LOOKS_COMPROMISED, f"its name speaks of another trade ({trade}), the page of medicines")
    if kind.name is SiteKind.HACKED_HOST:
        return Host(HostState.LOOKS_COMPROMISED, "the links to sellers stand apart from everything else on the site")
    if kind.name in _PROMOTES and is_official(target.host):
        return Host(HostState.LOOKS_COMPROMISED, "an authority or a school does not promote medicines")
    if is_market(target):
        return Host(HostState.MARKETPLACE, "a listing is its seller's, not the market's")
    if _PLATFORMS.search(target.host):
        return Host(HostState.PLATFORM, "anybody may publish there")
    if planted:
        return Host(HostState.LOOKS_COMPROMISED, "only some visitors are led to a seller of medicines, or shown one")
    return Host(HostState.OWN, "")
