"""The signals: one question about a site per file; this folder is the list of them.

A file holds one function of the file's name. Its parameters name the artifacts that it needs (fields of `Evidence`), it
yields a `Quote` for every place where it is true, and its docstring gives title, reason, source and false alarm.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from importlib import import_module

from pharmcheck.model import Evidence, Quote

_PARTS = ("Why", "Source", "False alarm")
_LABEL = re.compile(rf"(?:^|\n|\s{{2}})\s*({'|'.join(_PARTS)}):\s")  # on a line of its own, or behind two blanks


class SignalError(ValueError):
    """The file of a signal is not in order; the message, for whoever wrote it, names the file and what it needs."""


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
    """Return all signals, by id. Raises SignalError where a file is not in order."""
    return tuple(_load(name) for name in sorted(module.name for module in pkgutil.iter_modules(__path__)))


def _load(name: str) -> Signal:
    place = f"pharmcheck/signals/{name}.py"
    function: Callable[..., Iterator[Quote]] | None = getattr(import_module(f"{__name__}.{name}"), name, None)
    if function is None:
        raise SignalError(f"{place} holds no function {name}: it is called as its file is")
    title, parts = _read(function.__doc__ or "")
    lacking = [part for part in ("title", *_PARTS) if not (title if part == "title" else parts.get(part))]
    if lacking:
        form = "a sentence, then behind an empty line “Why: …”, “Source: …”, “False alarm: …”"
        raise SignalError(f"{place}: the docstring lacks {', '.join(lacking)}; it is {form}")
    needs = function.__code__.co_varnames[: function.__code__.co_argcount]
    known = [field.name for field in fields(Evidence)]
    if strange := [need for need in needs if need not in known]:
        raise SignalError(f"{place}: no field of Evidence is called {strange[0]}; there are {', '.join(known)}")
    why, source, false_alarm = (parts[part] for part in _PARTS)
    return Signal(name.replace("_", "-"), title, why, source, false_alarm, needs, function)


def _read(docstring: str) -> tuple[str, dict[str, str]]:
    """Return the first line without its full stop, and each part's text: from its label to the next label."""
    title, _, rest = docstring.strip().partition("\n")
    _, *found = _LABEL.split(rest)
    texts = (" ".join(text.split()) for text in found[1::2])
    return title.strip().removesuffix("."), dict(zip(found[::2], texts, strict=True))
