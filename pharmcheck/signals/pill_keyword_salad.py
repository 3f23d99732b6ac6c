"""Keywords of a pill shop, strung together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Page, Quote, Sighting
from pharmcheck.reading.salad import find_salad


def pill_keyword_salad(pages: Sequence[Page], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """Names of prescription medicines and calls to buy them follow one another as bare keywords.

    Why: text for search engines, planted in forms, forums and on hacked pages, to lead buyers to pill shops; no reader
    is addressed. It counts within one line: three names of one medicine, two different calls, hardly another word; or four
    and more short search phrases between commas that nearly all name one medicine, two of them calls.
    Source: Levchenko et al., Click Trajectories (IEEE S&P 2011); Leontiadis, Moore and Christin on search-redirection
    (USENIX Security 2011).
    False alarm: a list of search terms in a study of such spam, or a lawful shop's clumsy keyword line.
    """
    for page in pages:
        yield from find_salad(page, sightings)
