"""One JSON object a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from pharmcheck.audit.message import Broken, Message
from pharmcheck.audit.tables import read_json_lines

ENDINGS: tuple[str, ...] = (".jsonl", ".ndjson")
BEGINNINGS: tuple[bytes, ...] = ()
TEXT = False


def read(file: BinaryIO, name: str, column: str) -> Iterator[Message | Broken]:
    """Yield a message for each line."""
    yield from read_json_lines(file, name, column)
