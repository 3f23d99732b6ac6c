"""Whose name does it borrow?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Quote, Resemblance, Target

_HOW = {
    "letters": "letters that look the same",
    "typing": "one letter off",
    "hyphens": "other hyphens",
    "words": "words added",
    "ending": "another ending",
    "subdomain": "that name stands before another domain",
}


def looks_like_a_known_pharmacy(target: Target, resembles: Sequence[Resemblance]) -> Iterator[Quote]:
    """The host is made to look like that of a known pharmacy.

    Why: a familiar name with a slip, added words or another ending catches the hurried buyer; swapped letters have no other
    purpose.
    Source: DEA alert of October 2024 (names near those of pharmacies); apotheke-adhoc.de on the clone apo-schloss.com; Fimea,
    August 2025.
    False alarm: another branch of the same group, or an honest namesake. Its own domains, what leads there, listed sites and names of
    common words are left out.
    """
    for found in resembles:
        yield Quote(target.url, target.host, f"like {found.domain} ({found.name}): {_HOW[found.how]}")
