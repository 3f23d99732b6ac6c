"""Messages that Outlook saved (.msg, [MS-OXMSG]): subject, sender, text, HTML, and the files that they carry."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

from pharmcheck.audit.message import Broken, Message, message_of
from pharmcheck.reading.decode import decode, shown
from pharmcheck.reading.mail import Letter, Part

_MAX_STREAM_BYTES = 20_000_000
# Property tags ([MS-OXPROPS]): PidTagSubject, PidTagSenderName, PidTagInternetMessageId, PidTagBody, PidTagHtml.
_SUBJECT, _SENDER, _ID, _BODY, _HTML = "0037", "0C1A", "1035", "1000", "1013"
# PidTagAttachLongFilename, PidTagAttachDataBinary, below a storage for each file.
_FILE_NAME, _FILE, _FOLDER = "3707", "__substg1.0_37010102", "__attach_version1.0_#"
_MOST_FILES = 50


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
            carried = _folders(ole)
            files = [_carried(ole, folder) for folder in carried[:_MOST_FILES]]
    except (OSError, ValueError, IndexError, TypeError, AttributeError, EOFError, struct.error) as error:
        yield Broken(name, "", f"this .msg file is damaged: {error}")
        return
    parts = [Part(kind, text[tag]) for kind, tag in (("text/plain", _BODY), ("text/html", _HTML)) if text[tag]]
    if not parts and not text[_SUBJECT] and not files:
        yield Broken(name, "", "this file of Microsoft's kind holds no message")
        return
    if len(carried) > _MOST_FILES:
        yield Broken(name, "", f"only the first {_MOST_FILES} of the {len(carried)} files that it carries were read")
    yield message_of(name, "", Letter(text[_SUBJECT], text[_SENDER], text[_ID], (*parts, *files)))


def _folders(ole: Any) -> list[str]:
    return sorted({path[0] for path in ole.listdir() if len(path) == 2 and path[0].startswith(_FOLDER)})


def _carried(ole: Any, folder: str) -> Part:
    """Return a file that a message carries: the text of a page, else bytes; a message inside a message is not opened."""
    name = _stream(ole, _FILE_NAME, f"{folder}/")
    path = f"{folder}/{_FILE}"
    body = ole.openstream(path).read(_MAX_STREAM_BYTES) if ole.exists(path) else b""
    if name.lower().endswith((".htm", ".html", ".xhtml", ".shtml")):
        return Part("text/html", shown(decode(body)[0]), name)
    return Part("file", name=name, body=body)


def _stream(ole: Any, tag: str, below: str = "") -> str:
    """Return a property as text: Unicode (001F), of the system's charset (001E), or bytes that declare their own (0102)."""
    for kind in ("001F", "001E", "0102"):
        path = f"{below}__substg1.0_{tag}{kind}"
        if ole.exists(path):
            data = ole.openstream(path).read(_MAX_STREAM_BYTES)
            text = data.decode("utf-16-le", "replace") if kind == "001F" else shown(decode(data)[0])
            return text.rstrip("\0")
    return ""
