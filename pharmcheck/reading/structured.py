"""JSON-LD of a page: tolerant of the mistakes that shops make, bounded, flat."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

MAX_OBJECTS = 1_000
_MAX_NESTED = 10_000
_MAX_BLOCK_CHARS = 500_000
_MARKS = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|;)\s*$")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")


def read_json_ld(block: str) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of one JSON-LD block, `@graph` and lists unfolded; nothing for a block that is no JSON."""
    queue = deque([_load(block)])
    count = 0
    while queue and count < MAX_OBJECTS:
        value = queue.popleft()
        if isinstance(value, list):
            queue.extend(value[:MAX_OBJECTS])
        elif isinstance(value, dict):
            if isinstance(value.get("@graph"), list | dict):
                queue.append(value["@graph"])
            if value.keys() - {"@graph", "@context"}:
                count += 1
                yield {key: item for key, item in value.items() if key != "@graph"}


def nested(objects: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield the objects and those inside them, outermost first, 10,000 at most."""
    queue: deque[Any] = deque(objects)
    for _ in range(_MAX_NESTED):
        if not queue:
            return
        value = queue.popleft()
        if isinstance(value, Mapping):
            yield value
            queue.extend(inner for inner in value.values() if isinstance(inner, Mapping | list))
        elif isinstance(value, list):
            queue.extend(value[:MAX_OBJECTS])


def text_of(item: Mapping[str, Any], *keys: str) -> str:
    """Return the first non-empty text or number under one of `keys`, "" if there is none."""
    for key in keys:
        value = item.get(key)
        if isinstance(value, Mapping):
            value = value.get("name")
        if isinstance(value, list):
            value = value[0] if value else ""
        if isinstance(value, str | int) and str(value).strip():
            return str(value).strip()
    return ""


def _load(block: str) -> Any:
    block = block.strip("\ufeff \t\r\n")
    if len(block) > _MAX_BLOCK_CHARS:
        return None
    for attempt in (str, _mend):
        try:
            return json.loads(attempt(block), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _mend(block: str) -> str:
    """Drop comment marks, a trailing semicolon and trailing commas."""
    return _TRAILING_COMMA.sub("", _MARKS.sub("", _MARKS.sub("", block)))
