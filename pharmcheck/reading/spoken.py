"""The languages that a sentence speaks, as its script and its small words tell.

Many a phrase consists of words that the whole world writes (`viagra online`): it is found as English, and only the
other words of its sentence tell that it is denied in Danish.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pharmcheck.reading.language import COMMON_WORDS
from pharmcheck.reading.sentences import DENSE_RUN

_SCRIPTS = (
    (re.compile("[\u0400-\u052f]"), ("ru", "uk", "bg")),
    (re.compile("[\u0370-\u03ff]"), ("el",)),
    (re.compile("[\u0600-\u06ff]"), ("ar",)),
    (DENSE_RUN, ("ja",)),
)
_CODES = {"no": "nb", "nn": "nb"}  # as the phrases name them
# Words that also mean something in another language, or stand in short lines without any other small word.
_ALSO = {
    "en": "a an all any at but do get has he i me more my no need or so they was when who will without",
    "fr": "a à ce d de en je l n ne ou se si tu y",
}


def _speakers() -> dict[str, tuple[str, ...]]:
    """Return for each small word the languages that it belongs to."""
    speakers: dict[str, list[str]] = {}
    for language, words in COMMON_WORDS.items():
        for word in {*words, *_ALSO.get(language, "").split()}:
            speakers.setdefault(word, []).append(_CODES.get(language, language))
    return {word: tuple(languages) for word, languages in speakers.items()}


_SPEAKERS = _speakers()


def spoken(text: str, words: Iterable[str], page: str) -> frozenset[str]:
    """Return the languages that a sentence is likely to speak; that of its page, "" if unknown, counts as a word."""
    page = _CODES.get(page, page)
    if not text.isascii():
        for script, languages in _SCRIPTS:
            if script.search(text):
                return frozenset((page,) if page in languages else languages)
    counts = {page: 1} if page else {}
    for word in words:
        for language in _SPEAKERS.get(word, ()):
            counts[language] = counts.get(language, 0) + 1
    most = max(counts.values(), default=0)
    return frozenset(language for language, count in counts.items() if count == most)
