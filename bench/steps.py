"""The steps that `speed.py` times, ours and those of bare parsers, and the clock that times them."""

from __future__ import annotations

import functools
import gc
import inspect
import sys
import time
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from typing import Any

import lxml.html
from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser

from pharmcheck.evidence import gather
from pharmcheck.examine import examine
from pharmcheck.model import Page, Site
from pharmcheck.pipeline import judge
from pharmcheck.reading.decode import decode
from pharmcheck.reading.page import read_page
from pharmcheck.reading.phrases import find_mentions
from pharmcheck.registries import load_registries
from pharmcheck.target import parse_target

try:
    from trafilatura import extract  # for scale: a reader of articles
except ImportError:
    extract = None

NOW = datetime(2026, 11, 1, tzinfo=UTC)
BARE, PARSED = "selectolax: parse and walk", "BeautifulSoup with lxml: parse"
READ, CHECK, ARTICLES = "pharmcheck: read_page", "pharmcheck: the whole check", "trafilatura: extract"


@dataclass(frozen=True, slots=True)
class Body:
    """An HTML body and the address at which it stands."""

    url: str
    html: bytes


_Cache = functools._lru_cache_wrapper
Prepare = Callable[[Body], Callable[[], object]]


def steps() -> Mapping[str, Prepare]:
    """Return for each step what makes it ready for a page; the parsers get text, which spares them the decoding."""
    found: dict[str, Prepare] = {
        BARE: lambda body: partial(_by_selectolax, _text(body)),
        "lxml: parse and walk": lambda body: partial(_by_lxml, _text(body)),
        PARSED: lambda body: partial(BeautifulSoup, _text(body), "lxml"),
        "BeautifulSoup with lxml: parse and walk": lambda body: partial(_by_beautifulsoup, _text(body)),
        READ: lambda body: partial(_page, body),
        "pharmcheck: all phrases": lambda body: partial(find_mentions, _page(body)),
        "pharmcheck: all readers": lambda body: partial(gather, _site(body), load_registries()),
        "pharmcheck: all signals": lambda body: partial(examine, gather(_site(body), load_registries())),
        CHECK: lambda body: lambda: judge(_site(body)),
    }
    if extract:
        found[ARTICLES] = lambda body: partial(extract, _text(body))
    return found


def _text(body: Body) -> str:
    return decode(body.html)[0]


def _page(body: Body) -> Page:
    return read_page(parse_target(body.url).url, body.html, content_type="text/html")


def _site(body: Body) -> Site:
    return Site(parse_target(body.url), NOW, (_page(body),))


def _by_selectolax(text: str) -> object:
    root = LexborHTMLParser(text)
    body = root.body
    return body and body.text(), [node.attributes.get("href") for node in root.css("a")]


def _by_lxml(text: str) -> object:
    try:
        root = lxml.html.document_fromstring(text.encode())
    except lxml.etree.ParserError:  # lxml's word for an empty page
        return None
    return root.text_content(), [node.get("href") for node in root.iter("a")]


def _by_beautifulsoup(text: str) -> object:
    soup = BeautifulSoup(text, "lxml")
    return soup.get_text(), [node.get("href") for node in soup.find_all("a")]


def timed(step: Callable[[], object], *, fresh: bool = True) -> float:
    """Return the processor time of a step in milliseconds; `fresh` forgets first what pages said."""
    if fresh:
        _forget()
    start = time.process_time()
    step()
    return (time.process_time() - start) * 1000


def _forget() -> None:
    """Empty the caches of what pages said, so that no page is met a second time, and drop the garbage of the step before.

    What a function without parameters keeps, or one of the registries, is loaded, not read.
    """
    for found in caches():
        found.cache_clear()
    gc.collect()


def caches() -> Iterator[Any]:
    """Yield what keeps what was read of pages, also in modules that were loaded late; the collector tells not of what it froze."""
    ours = [module for name, module in sys.modules.items() if name.partition(".")[0] == "pharmcheck"]
    for found in chain.from_iterable(vars(module).values() for module in (*ours, urllib.parse)):
        if isinstance(found, _Cache) and found.cache_parameters()["maxsize"] is not None and _is_read(found):
            yield found


def _is_read(cache: Any) -> bool:
    """True where what is kept was read of pages: what has no parameter, or the registries as its only one, was loaded."""
    return bool(set(inspect.signature(cache.__wrapped__).parameters) - {"registries"})
