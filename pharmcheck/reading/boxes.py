"""Post office boxes and rented mail drops: addresses at which nobody is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pharmcheck.reading.landmarks import landmarks
from pharmcheck.reading.lines import Span
from pharmcheck.reading.on_use import compile_on_use

_NUMBER = r" {0,2}(?:[Nn]o\.? ?|[Nn]r\.? ?|№ ?|# ?|X)?\d{1,2}(?: ?\d\d){0,3}\d?\b(?!/)"
_BOX = compile_on_use(
    r"(?:\b(?:P\. ?O\. ?|PO |P\.?O\. ?|GPO |G\.P\.O\. ?)Box|\bPostfach|\bPostbus|\bPostboks|\bPostbox|\bPostilokero|"
    r"\bApartado (?:de [Cc]orreos|[Pp]ostal)|\b[Bb]o[îi]te [Pp]ostale|\bCasella [Pp]ostale|\b[Ss]kr\. ?poczt\.|"
    r"\b[Ss]krytka pocztowa|\bCaixa [Pp]ostal|\b[Pp]oštovní přihrádka|\bPrivate Bag|\bPostlåda|\bPMB|а/я)"
    rf"{_NUMBER}"
    # Blood pressure, the British Pharmacopoeia and a paragraph of the terms have these words too, and no postcode.
    rf"|\b(?:B\.? ?P\.?|Apartado){_NUMBER}(?=[ ,–-]{{0,4}}\n?(?:F-)?\d{{4,5}}\b)"
)
# Whom a lawful site names besides itself, by law, and who take their letters at a box.
_AUTHORITY = compile_on_use(
    r"authorit|commission|ministr|regulator|ombudsm|register|registry|council|board|agency|court|chamber|inspect|supervis|"
    r"insur|beauftragte|behörde|aufsicht|kammer|regierung|landes|bundes|schlichtung|gericht|amt\b|versicherung|ordre|cnil|conseil|"
    r"autorité|agence|autorit[àa]|garante|agenzia|ministerio|agencia|colegio|autoriteit|toezicht|inspectie|styrelsen|tilsyn|"
    r"myndighet|verket|urząd|inspekt|úřad|ústav|úrad|hatóság|autoridade|data protection|privacy commissioner|better business",
    re.IGNORECASE,
)
_REACH_CHARS = 150  # an authority's name and the lines of its address


def boxes(text: str) -> Iterator[Span]:
    """Yield the boxes in the text, each number once, those of authorities and insurers left out."""
    seen: set[str] = set()
    for mark in landmarks(text).get("box", ()):
        match = _BOX.search(text, max(0, mark.start - 8), mark.end + 25)
        if match is None or match.start() > mark.start or match[0] in seen:
            continue
        if not _AUTHORITY.search(text, max(0, match.start() - _REACH_CHARS), match.start()):
            seen.add(match[0])
            yield Span(*match.span())
