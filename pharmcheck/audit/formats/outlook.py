"""A mail that Outlook saved (.msg)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from pharmcheck.audit.message import Broken, Message

ENDINGS: tuple[str, ...] = ()
BEGINNINGS: tuple[bytes, ...] = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
TEXT = False


def read(file: BinaryIO, name: str, column: str) -> Iterator[Message | Broken]:
    """Yield the mail."""
    from pharmcheck.audit.outlook import read_outlook  # noqa: PLC0415 - needs an extra

    yield from read_outlook(file, name)
