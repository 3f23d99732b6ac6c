"""Files that hold messages and nothing packed: this folder is the list of their formats.

A file is named as its kind and holds `ENDINGS` of names (lower case), `BEGINNINGS` of content, `TEXT` (true where such an ending
counts only if the content looks like text), and `read(file, name, column)`, which yields messages, and `Broken` for what it
cannot read.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import BinaryIO

from pharmcheck.audit.message import Broken, Message


@dataclass(frozen=True, slots=True)
class Format:
    """One format as its file tells it."""

    endings: tuple[str, ...]
    beginnings: tuple[bytes, ...]
    text: bool
    read: Callable[[BinaryIO, str, str], Iterator[Message | Broken]]


@cache
def formats() -> Mapping[str, Format]:
    """Return the formats of this folder by kind, in the order of their names."""
    return {name: _load(name) for name in sorted(module.name for module in pkgutil.iter_modules(__path__))}


def _load(name: str) -> Format:
    module = import_module(f"{__name__}.{name}")
    return Format(module.ENDINGS, module.BEGINNINGS, module.TEXT, module.read)
