"""Addresses that readers are told to mend: "replace * with a dot", "remove the X"."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MAX_CHARS = 20_000  # a letter that tells how to mend its address is short
_MOST = 10
_REACH = 200  # characters between the address and the instruction
_INSTRUCTION = re.compile(
    r"(?:replac\w*|chang\w*|substitut\w*|swap\w*|turn\w*)\s+(?:the\s+|each\s+|all\s+)?[\"'“‘]?(?P<old>[^\s\"'”’]{1,8})[\"'”’]?"
    r"\s+(?:with|by|to|for|into)\s+(?:an?\s+|the\s+)?(?:letter\s+)?[\"'“‘]?(?P<new>dot|full stop|[^\s\"'”’)]{1,5})"
    r"|(?:remov|delet|without|drop|omit|eras)\w*\s+(?:the\s+|all\s+|every\s+|that\s+)?[\"'“‘]?(?P<gone>[^\s\"'”’)]{1,8})",
    re.IGNORECASE,
)
_VERBS = ("replac", "chang", "substitut", "swap", "turn", "remov", "delet", "without", "drop", "omit", "eras")
_SIGNS = {
    **dict.fromkeys(("star", "stars", "asterisk", "asterisks"), "*"),
    **dict.fromkeys(("dot", "point", "full"), "."),
    **dict.fromkeys(("dash", "dashes", "hyphen"), "-"),
    **{"zero": "0", "one": "1", "comma": ",", "underscore": "_", "hash": "#", "plus": "+", "dollar": "$", "at": "@"},
}
_SCHEME = re.compile(r"\Ahttps?://", re.IGNORECASE)


def has_blank(text: str) -> bool:
    """Tell whether a text is more than one word."""
    return len(text.split(maxsplit=1)) > 1


def instructions(text: str) -> Iterator[re.Match[str]]:
    """Yield at most ten instructions to mend an address; none of a long text."""
    lowered = text.lower() if len(text) < _MAX_CHARS and has_blank(text) else ""
    told = lowered and any(verb in lowered for verb in _VERBS)
    for number, match in enumerate(_INSTRUCTION.finditer(text) if told else ()):
        if number >= _MOST:
            return
        yield match


def mended(match: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """Yield words near an instruction as they are when it is followed, and where they stand."""
    old, new = (match["old"] or match["gone"]).strip("()"), (match["new"] or "").strip(".,")
    old, new = _SIGNS.get(old.lower(), old), _SIGNS.get(new.lower(), new)
    if not old or (len(old) > 4 and old.isalpha() and old.islower()):
        return
    text, left = match.string, max(0, match.start() - _REACH)
    pieces = ((left, text[left : match.start()]), (match.end(), text[match.end() : match.end() + _REACH]))
    for start, piece in pieces:
        for word in re.finditer(r"[^\s()]{4,120}", piece):
            if old in word[0]:
                yield (
                    _SCHEME.sub("", word[0].replace(old, new)).rstrip(".,;:!?"),
                    start + word.start(),
                    start + word.end(),
                )
