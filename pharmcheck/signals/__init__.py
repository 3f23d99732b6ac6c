"""The signals: one question about a site per file; this folder is the list of them.

A file holds one function of the file's name. Its parameters name the artifacts that it needs (fields of `Evidence`), it
yields a `Quote` for every place where it is true, and its docstring gives title, reason, source and false alarm.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from pharmcheck.model import Quote

_PARTS = ("Why", "Source", "False alarm")


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal as its file tells it. `needs` names the fields of `Evidence` that `function` takes, in order."""

    id: str
    title: str
    why: str
    source: str
    false_alarm: str
    needs: tuple[str, ...]
    function: Callable[..., Iterator[Quote]]


@cache
def catalogue() -> tuple[Signal, ...]:
    """Return all signals, by id. Raises ValueError where a docstring lacks a part."""
    return tuple(_load(name) for name in sorted(module.name for module in pkgutil.iter_modules(__path__)))


def _load(name: str) -> Signal:
    function: Callable[..., Iterator[Quote]] = getattr(import_module(f"{__name__}.{name}"), name)
    title, parts = _read(function.__doc__ or "")
    lacking = [part for part in ("title", *_PARTS) if not (title if part == "title" else parts.get(part))]
    if lacking:
        raise ValueError(f"pharmcheck/signals/{name}.py: the docstring lacks {', '.join(lacking)}")
    code = function.__code__
    needs = code.co_varnames[: code.co_argcount]
    why, source, false_alarm = (parts[part] for part in _PARTS)
    return Signal(name.replace("_", "-"), title, why, source, false_alarm, needs, function)


def _read(docstring: str) -> tuple[str, dict[str, str]]:
    """Return the first line without its full stop, and each part's text: from its label to the next label."""
    first, *rest = docstring.strip().splitlines() or [""]
    parts: dict[str, str] = {}
    part = ""
    for line in rest:
        label, colon, text = line.strip().partition(": ")
        if colon and label in _PARTS:
            part, parts[label] = label, text
        elif part:
            parts[part] = f"{parts[part]} {line.strip()}".strip()
    return first.removesuffix("."), parts
