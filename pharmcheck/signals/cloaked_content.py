"""Different visitors are shown different pages."""

from __future__ import annotations

from collections.abc import Iterator

from pharmcheck.model import Difference, Quote, Visitor


def cloaked_content(vantage: tuple[Difference, ...]) -> Iterator[Quote]:
    """Some visitors are shown medicines for sale, or led to them, where others are shown something else.

    Why: pages are cloaked so that search engines find them and owners, hosters and authorities do not; a lawful
    pharmacy has nothing to hide from any of them.
    Source: Wang, Savage and Voelker, Cloak and Dagger (CCS 2011).
    False alarm: a shop that shows its assortment only where it delivers, or only in its mobile edition.
    """
    for difference in vantage:
        if difference.visitor is not Visitor.SEARCHER or not difference.elsewhere:
            yield from difference.quotes
