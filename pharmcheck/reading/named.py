"""Shops that a page names without an address: `zorbimeds`, `My Nowhere Pharmacy`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_SEEK = r"(?:google|search|look|type|suchen?|cherche[rz]?|busc(?:a|ar|ad|ue)|cerca|zoek)(?: (?:for|up|in|nach|naar|sur google|en google))?"
# A made-up word around a word of the trade, after "on", "at", "from", "visit", "google for" …
_WORD = re.compile(
    rf"\b(?P<cue>on|at|from|via|by|visit|try|through|with|{_SEEK})\s+(?:the\s+)?[\"“„'‘«]?"
    r"(?P<name>(?=\w*(?:pharm|meds|pills|drugs|tabs|apothek|farma|chemist|rx))[A-Za-z][\w-]{5,40})\b(?!\.\w)",
    re.IGNORECASE,
)
_COMMON = re.compile(
    r"pharmac(?:y|ies|ists?|eutical\w*|olog\w*|okinetic\w*|opoeia|otherap\w*)|drugs?(?:tores?)?|pharma|chemists?|chemistry|"
    r"farmac(?:ia|ias|ie|o|os|eutic\w*)|apotheken?|apotheker\w*|prescri\w*|parapharm\w*|farmakolog\w*",
    re.IGNORECASE,
)
# Capitalised words of which the last one is of the trade.
_NAME = re.compile(
    r"\b(?P<cue>[Oo]n|[Aa]t|[Ff]rom|[Vv]ia|[Vv]isit|[Tt]ry|[Bb]ei|[Cc]hez|[Ee]n|[Dd]a|[Bb]ij|[Uu]se|"
    rf"(?i:{_SEEK}))\s+(?:the\s+)?[\"“„'‘«]?"
    r"(?P<name>(?:[A-Z][\w'’&-]{1,20} ){1,3}(?:Pharmacy|Pharma|Pharmacies|Meds|Medz|Pills|Drugstore|Drug Store|Drugs|Rx|RX|"
    r"Apotheke|Pharmacie|Farmacia|Apotheek|Chemist|Tabs|Health ?Care Pharmacy))\b"
)
# With these before it a word of the trade is a kind of shop, and no shop.
_KINDS = re.compile(
    r"(?:online|internet|web|digital|canad\w+|foreign|mexican|indian|american|british|international|overseas|offshore|national|state|"
    r"local|your|our|any|this|that|the|an?|licen[sc]ed|community|retail|hospital|clinical|compounding|specialty|independent|royal|nhs|"
    r"big|best|trusted|legit\w*|reliable|reputable|safe|real|cheap\w*|discount|generic|prescription|accredited|certified|verified|"
    r"registered|regulated|mail(?:-order)?|order|buy|us|usa|uk|la|las|el|il|le|les|los|une?|una|notre|votre|nuestra|nostra|vostra|"
    r"die|der|das|den|eine[rn]?|unsere[rn]?|ihre[rn]?|de|een|onze|uw)",
    re.IGNORECASE,
)


def find_named(text: str, called: Callable[[int, int], bool]) -> Iterator[tuple[str, int, int]]:
    """Yield name, start and end of shops that are but named; `called` tells whether a call to buy stands beside a place."""
    for match in _WORD.finditer(text):
        name = match["name"]
        urged = match["cue"].casefold() in ("visit", "try") or called(match.start(), match.end())
        if urged and not _COMMON.fullmatch(name):
            yield name, match.start("name"), match.end("name")
    for match in _NAME.finditer(text):
        name = match["name"]
        if not _KINDS.fullmatch(name.split()[0]) and called(match.start(), match.end()):
            yield name, match.start("name"), match.end("name")
