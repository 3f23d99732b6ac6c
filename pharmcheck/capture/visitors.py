"""The headers with which a site is asked: our own, and those of other visitors."""

from __future__ import annotations

from pharmcheck import __version__
from pharmcheck.model import Visitor

PRODUCT = "pharmcheck"
USER_AGENT = f"{PRODUCT}/{__version__} (+https://github.com/pharmcheck/pharmcheck; checks online pharmacies)"
HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.5",
    "Accept-Language": "en, *;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
# What the others send in place of it, in the order in which they come: as browsers do today, of a Referer only the origin.
_BROWSER = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
OTHERS = {
    Visitor.SEARCHER: {"User-Agent": _BROWSER, "Referer": "https://www.google.com/"},
    Visitor.CRAWLER: {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
    Visitor.PHONE: {
        "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/140.0.0.0 Mobile Safari/537.36"
    },
}
