"""One JSON value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from pharmcheck.audit.message import Broken, Message
from pharmcheck.audit.tables import read_json

ENDINGS: tuple[str, ...] = (".json",)
BEGINNINGS: tuple[bytes, ...] = ()
TEXT = True


def read(file: BinaryIO, name: str, column: str) -> Iterator[Message | Broken]:
    """Yield the objects of a list, or what else the value holds."""
    yield from read_json(file, name, column)
