"""Messages that Outlook saved (.msg, [MS-OXMSG]): subject, sender, text and HTML."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

from pharmcheck.audit.message import Broken, Message
from pharmcheck.reading.decode import decode, shown
from pharmcheck.reading.mail import Letter, Part

_MAX_STREAM_BYTES = 20_000_000
# Property tags ([MS-OXPROPS]): PidTagSubject, PidTagSenderName, PidTagInternetMessageId, PidTagBody, PidTagHtml.
_SUBJECT, _SENDER, _ID, _BODY, _HTML = "0037", "0C1A", "1035", "1000", "1013"


def read_outlook(file: BinaryIO, name: str) -> Iterator[Message | Broken]:
    """Yield the message of a .msg file; needs the extra `audit`."""
    try:
        import olefile  # noqa: PLC0415 - an extra
    except ImportError:
        yield Broken(name, "", "to read .msg files install pharmcheck[audit]")
        return
    try:
        with olefile.OleFileIO(file) as ole:
            text = {tag: _stream(ole, tag) for tag in (_SUBJECT, _SENDER, _ID, _BODY, _HTML)}
    except (OSError, ValueError, IndexError, TypeError, AttributeError, EOFError, struct.error) as error:
        yield Broken(name, "", f"this .msg file is damaged: {error}")
        return
    parts = [Part(kind, text[tag]) for kind, tag in (("text/plain", _BODY), ("text/html", _HTML)) if text[tag]]
    if not parts and not text[_SUBJECT]:
        yield Broken(name, "", "this file of Microsoft's kind holds no message")
        return
    yield Message(name, "", Letter(text[_SUBJECT], text[_SENDER], text[_ID], tuple(parts), len(parts) > 1))


def _stream(ole: Any, tag: str) -> str:
    """Return a property as text: Unicode (001F), of the system's charset (001E), or bytes that declare their own (0102)."""
    for kind in ("001F", "001E", "0102"):
        path = f"__substg1.0_{tag}{kind}"
        if ole.exists(path):
            data = ole.openstream(path).read(_MAX_STREAM_BYTES)
            text = data.decode("utf-16-le", "replace") if kind == "001F" else shown(decode(data)[0])
            return text.rstrip("\0")
    return ""
