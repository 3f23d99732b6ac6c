"""What the developer tools of a browser save: HAR 1.2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from pharmcheck.audit.crawls import read_har
from pharmcheck.audit.message import Broken, Message

ENDINGS: tuple[str, ...] = (".har",)
BEGINNINGS: tuple[bytes, ...] = ()
TEXT = False


def read(file: BinaryIO, name: str, column: str) -> Iterator[Message | Broken]:
    """Yield the pages of the recording."""
    yield from read_har(file, name)
