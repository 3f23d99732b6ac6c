"""Hosts made to look like an authority's, so that a seal seems to open its issuer."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pharmcheck.reading.alike import one_slip_apart
from pharmcheck.reading.label_shapes import plain_label, shape_of
from pharmcheck.reading.trade_words import only_trade_words
from pharmcheck.target import registrable_domain

_SHORTEST, _TELLING, _LONG = 5, 6, 8  # letters of a name that may be disguised, have words added, or be mistyped


def imitated(host: str, right_hosts: frozenset[str]) -> str:
    """Return the authority's host that `host` is made to look like, "" for none and for one of an authority's own domain."""
    rights = _authorities(right_hosts)
    domain = registrable_domain(host)
    joined = plain_label(domain.partition(".")[0]).replace("-", "")
    shape = shape_of(joined)
    for right in rights:
        if domain == right.domain:
            return ""
    return next((right.host for right in rights if _like_authority(right, host, joined, shape)), "")


class _Authority(NamedTuple):
    host: str
    domain: str
    joined: str
    shape: str


@lru_cache(maxsize=64)
def _authorities(hosts: frozenset[str]) -> tuple[_Authority, ...]:
    found = []
    for host in sorted(hosts):
        domain = registrable_domain(host)
        joined = plain_label(domain.partition(".")[0]).replace("-", "")
        found.append(_Authority(host, domain, joined, shape_of(joined)))
    return tuple(found)


def _like_authority(right: _Authority, host: str, joined: str, shape: str) -> bool:
    """True for the authority's host before another domain, disguised letters, one slip, or words of the trade added."""
    if f".{right.host.removeprefix('www.')}." in f".{host}" or f".{right.domain}." in f".{host}":
        return True
    mark = right.joined
    if len(mark) < _SHORTEST or only_trade_words(mark):  # canada.ca is in no canadapharmacy.com
        return False
    if shape == right.shape or (len(mark) >= _LONG and one_slip_apart(joined, mark)):
        return True
    before, found, after = joined.partition(mark)
    return bool(found) and len(mark) >= _TELLING and only_trade_words(before) and only_trade_words(after)
