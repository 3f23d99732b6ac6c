"""The words of a page's own web address, read as a line of text: `/buy-plenimax-online` says what the page is for."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from pharmcheck.model import Page, Pitch, Quote, Target
from pharmcheck.reading.medicines import find_medicines
from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.reading.phrases import find_mentions
from pharmcheck.reading.pitches import find_pitches

_LONGEST = 300
_BETWEEN = re.compile(r"[-_+.,=&?]+|%20")
# An address that asks or warns belongs to an article.
_ASKS = compile_on_use(
    r"^(?:can|could|how|where|what|why|is|are|should|do|does|when|which|who|ways|guide|buying|warning|avoid|kann|wie|wo|was|warum|ist|"
    r"peut|comment|ou|où|pourquoi|est|como|cómo|donde|dónde|que|qué|puedo|se|come|dove|si|posso|onde|pode|hoe|waar|kan|mag|is|"
    r"czy|jak|gdzie|lze|jak|kde|hur|var|kan|как|где|можно)\b|"
    r"\b(?:danger\w*|risks?|scams?|fake|warning|illegal|legal|arrest\w*|police|addiction|rehab|news|study|vs|versus|alternativ\w*|review\w*)\b"
)
# Below these people ask and answer one another: whoever opens a thread writes its address.
_TALK = re.compile(
    r"/(?:foro|foros|forum|forums|thread|threads|topic|topics|questions?|discussions?|fils?|tema|temas|wątek|temat)/"
)


def pitches_in_address(target: Target) -> tuple[Pitch, ...]:
    """Return the pitches that the path of an address makes, each quoted as the path stands."""
    parts = urlsplit(target.url)
    path = unquote(parts.path)[:_LONGEST]
    if _TALK.search(path.casefold()):
        return ()
    pitches: list[Pitch] = []
    for piece in path.split("/"):
        words = _BETWEEN.sub(" ", piece).strip()
        if " " not in words or _ASKS.search(words.casefold()):
            continue
        line = Page(target.url, "address", 0, words)
        found = find_pitches(line, find_mentions(line), find_medicines(line))
        pitches += [replace(pitch, quote=Quote(target.url, piece[:200], "in its address")) for pitch in found]
    return tuple(pitches)
