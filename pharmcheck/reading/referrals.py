"""Traces of an affiliate programme in the links of a shop: a door for webmasters, and numbers of affiliates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from pharmcheck.model import Page, Quote
from pharmcheck.target import host_of

# The trade's own word for those who bring buyers by spam; shops of other goods say "affiliates" or "partners".
_DOOR = re.compile(r"\bweb-?masters?\b(?!\s*(?:tools|mail|@))", re.I)
# Parameters of affiliate software and of the payers' own scripts; `ref` and `source` are used by anybody.
_NUMBER = re.compile(
    r"(?:^|&)(?:aff|affid|aff_id|affiliate|affiliate_id|affiliateid|a_aid|wmid|wm_id|webmaster)=\w{1,40}", re.I
)

# One of these stands in whatever the two find; to look for them spares most links the rest.
_HINTS = ("web", "aff", "wm", "a_a")


def affiliate_traces(pages: Sequence[Page]) -> Iterator[Quote]:
    """Yield links of a site to itself that are a door for webmasters or carry the number of an affiliate."""
    for page in pages:
        own = host_of(page.url)
        for link in page.links:
            words = f"{link.text}\n{link.url}".lower()
            if not any(hint in words for hint in _HINTS) or "//" not in link.url or host_of(link.url) != own:
                continue
            parts = urlsplit(link.url)
            if _DOOR.search(link.text) or _DOOR.search(parts.path.replace("/", " ")):
                yield Quote(page.url, (link.text or link.url)[:200], "a door for webmasters", page.digest)
            elif number := _NUMBER.search(parts.query):
                yield Quote(
                    page.url, number[0].lstrip("&"), "the number of an affiliate in a link of its own", page.digest
                )
