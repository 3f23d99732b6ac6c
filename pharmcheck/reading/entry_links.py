"""Numbers in links to registers: `unikalneId=1999001%3B1`, `?farma=…`, `/registrationnumber/1099999`."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from pharmcheck.model import Registry
from pharmcheck.target import host_of

_SHORTEST = 4  # a shorter piece is a page or a version
_BETWEEN = re.compile(r"[/?&=;#]")


def numbers_in(link: str, registry: Registry) -> tuple[str, ...]:
    """Return the pieces of a link to a registry's host that have the shape of its numbers."""
    shape = _shape(registry.number_pattern)
    pieces = _BETWEEN.split(_rest(link, registry)) if shape else ()
    return tuple(dict.fromkeys(p for p in pieces if len(p) >= _SHORTEST and shape and shape.fullmatch(p)))


def entry_in(link: str, registry: Registry) -> str:
    """Return what a link to a registry's host has where its entries' links have their number or name, "" for nothing."""
    place = _place(registry.entry_url)
    found = place.search(_rest(link, registry)) if place else None
    return found[1] if found else ""


def _rest(link: str, registry: Registry) -> str:
    host = host_of(link)
    return unquote(link.partition(host)[2]) if host in registry.hosts else ""


@lru_cache(maxsize=512)
def _shape(pattern: str) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


@lru_cache(maxsize=512)
def _place(entry_url: str) -> re.Pattern[str] | None:
    """Return the pattern of a link to one entry: the path of `entry_url`, its `{number}` or `{slug}` left open."""
    path = unquote(entry_url.partition("://")[2].partition("/")[2])
    before, mark, after = path.partition("{number}") if "{number}" in path else path.partition("{slug}")
    if not mark:
        return None
    return re.compile(rf"{re.escape(before)}([\w-]{{1,100}}){re.escape(after)}", re.IGNORECASE)
