"""A mailbox file, message by message, in memory that does not grow with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from pharmcheck.audit.message import MAX_MESSAGE_BYTES, Broken, Message, mail_messages


def read_mailbox(file: BinaryIO, name: str) -> Iterator[Message | Broken]:
    """Yield the messages of an mbox file (RFC 4155): each begins with a `From ` line after an empty one."""
    for number, data in enumerate(_split(file), 1):
        yield from mail_messages(name, str(number), data)


def _split(file: BinaryIO) -> Iterator[bytes]:
    lines: list[bytes] = []
    size, empty = 0, True
    while line := file.readline(1 << 20):
        if empty and line.startswith(b"From ") and _is_envelope(line):
            if lines:
                yield b"".join(lines)
            lines, size = [], 0
        elif size <= MAX_MESSAGE_BYTES:
            lines.append(line[1:] if line.startswith(b">From ") else line)
            size += len(line)
        empty = not line.strip()
    if lines:
        yield b"".join(lines)


def _is_envelope(line: bytes) -> bool:
    """True for a sender and a date, as no sentence that begins with "From" has them: it holds digits and a colon."""
    words = line.split()
    return len(words) >= 3 and b":" in line and any(c in b"0123456789" for c in line)
