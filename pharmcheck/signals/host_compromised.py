"""The host itself is a victim."""

from __future__ import annotations

from collections.abc import Iterator

from pharmcheck.model import Difference, Kind, Quote
from pharmcheck.reading.differences import planted


def host_compromised(kind: Kind, vantage: tuple[Difference, ...]) -> Iterator[Quote]:
    """A site that sells no medicines shows or leads some of its visitors to a seller of medicines, and others not.

    Why: whoever owns a hospital's or a club's site gains nothing from it; somebody broke in. The site is not judged
    by it, its owner should be told, and the destination is judged on its own.
    Source: Leontiadis, Moore and Christin on search-redirection (USENIX Security 2011).
    False alarm: a doorway that its owner made to look like an innocent site.
    """
    for difference in planted(kind, vantage):
        yield from difference.quotes
