"""Shops that a page names without an address: `zorbimeds`, `My Nowhere Pharmacy`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ahocorasick_rs import AhoCorasick

from pharmcheck.reading.disguise import lower
from pharmcheck.reading.landmarks import around
from pharmcheck.reading.on_use import compile_on_use

_SEEK = r"(?:google|search|look|type|suchen?|cherche[rz]?|busc(?:a|ar|ad|ue)|cerca|zoek)(?: (?:for|up|in|nach|naar|sur google|en google))?"
# A made-up word around a word of the trade, after "on", "at", "from", "visit", "google for" …
_WORD = compile_on_use(
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
_NAME = compile_on_use(
    r"\b(?P<cue>[Oo]n|[Aa]t|[Ff]rom|[Vv]ia|[Vv]isit|[Tt]ry|[Bb]ei|[Cc]hez|[Ee]n|[Dd]a|[Bb]ij|[Uu]se|"
    rf"(?i:{_SEEK}))\s+(?:the\s+)?[\"“„'‘«]?"
    r"(?P<name>(?:[A-Z][\w'’&-]{1,20} ){1,3}(?:Pharmacy|Pharma|Pharmacies|Meds|Medz|Pills|Drugstore|Drug Store|Drugs|Rx|RX|"
    r"Apotheke|Pharmacie|Farmacia|Apotheek|Chemist|Tabs|Health ?Care Pharmacy))\b"
)
# With these before it a word of the trade is a kind of shop, and no shop.
_KINDS = compile_on_use(
    r"(?:online|internet|web|digital|canad\w+|foreign|mexican|indian|american|british|international|overseas|offshore|national|state|"
    r"local|your|our|any|this|that|the|an?|licen[sc]ed|community|retail|hospital|clinical|compounding|specialty|independent|royal|nhs|"
    r"big|best|trusted|legit\w*|reliable|reputable|safe|real|cheap\w*|discount|generic|prescription|accredited|certified|verified|"
    r"registered|regulated|mail(?:-order)?|order|buy|us|usa|uk|la|las|el|il|le|les|los|une?|una|notre|votre|nuestra|nostra|vostra|"
    r"die|der|das|den|eine[rn]?|unsere[rn]?|ihre[rn]?|de|een|onze|uw)",
    re.IGNORECASE,
)


# What every such name holds; the patterns over a whole page cost thirty times as much.
_STEMS = AhoCorasick(("pharm", "meds", "medz", "pills", "drug", "tabs", "apothe", "farma", "chemist", "rx"))
_REST = re.compile(r"[\w-]*")
_LONGEST = 41  # letters of a made-up word
_BEFORE, _AFTER = 200, 60  # characters from there to the beginning of the cue, and to the end of the name
_OPENING = frozenset("\"“„'‘«")


def find_named(text: str, called: Callable[[int, int], bool]) -> Iterator[tuple[str, int, int]]:
    """Yield name, start and end of shops that are but named; `called` tells whether a call to buy stands beside a place."""
    words, lasts = _of_the_trade(text)
    for left, right in around(words, _BEFORE, _AFTER, len(text)):
        for match in _WORD.finditer(text, left, right):
            name = match["name"]
            urged = match["cue"].casefold() in ("visit", "try") or called(match.start(), match.end())
            if urged and not _COMMON.fullmatch(name):
                yield name, match.start("name"), match.end("name")
    for left, right in around(lasts, _BEFORE, _AFTER, len(text)):
        for match in _NAME.finditer(text, left, right):
            name = match["name"]
            if not _KINDS.fullmatch(name.split()[0]) and called(match.start(), match.end()):
                yield name, match.start("name"), match.end("name")


def _of_the_trade(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return where made-up words may stand that hold one of the trade, and where names may that end in one."""
    words, lasts = [], []
    plain = lower(text).replace("ſ", "s").replace("ı", "i")  # as patterns read that mind no case
    for _, start, end in _STEMS.find_matches_as_indexes(plain):
        if text[start - 1 : start] == " " and text[start].isupper():
            lasts.append((start, end))
        begin = start
        while start - begin < _LONGEST and (
            plain[begin - 1 : begin].isalnum() or plain[begin - 1 : begin] in ("-", "_")
        ):
            begin -= 1
        before = plain[begin - 1 : begin]
        if before.isspace() or before in _OPENING:
            word = _REST.match(plain, begin)
            if word and len(word[0]) > 5 and not _COMMON.fullmatch(word[0]):
                words.append((start, end))
    return words, lasts
