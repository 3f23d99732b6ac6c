"""A mail's bytes to its letters: headers decoded, parts decoded, hostile nesting bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

MAX_LETTERS = 50  # of one file, and of the messages that a message carries
_MAX_PARTS = 1_000  # of a message; hostile ones hold tens of thousands
_MAX_HEADER_CHARS = 2_000  # the email package needs time in the square of these two
_MAILBOX = re.compile(rb"^From [^\n]{3,200}\n(?=[A-Za-z-]{2,40}:(?!//))", re.MULTILINE)
_LONG_TYPE = re.compile(rb"^(content-type:(?:[^\n]|\n[ \t]){1000})(?:[^\n]|\n[ \t])*+", re.IGNORECASE | re.MULTILINE)
_BARE_RETURN = re.compile(rb"\r(?!\n)")
# Old mail servers cut a long line with a "!", and the next begins with a blank.
_BANG = re.compile(r"(?<=\S)!\r?\n (?=\S)")
_FOLD = re.compile(r"\r?\n[ \t]")
_SOFT = re.compile(r" \r?\n(?=\S)")
_NO_BASE64 = re.compile(r"[<>:?&\"']|[A-Za-z] [A-Za-z]")
_UNIX_TO_UNIX = ("x-uuencode", "uuencode", "uue", "x-uue")  # only what stands outside of it is for readers
JOINT = "\ue000"  # private use: stands where a line was cut that is whole again


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a letter: a readable `text` of media type `kind`, or else the `body` of a file.

    `undone` names the codings under which it stood.
    """

    kind: str
    text: str = ""
    name: str = ""
    undone: tuple[str, ...] = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message: `sender` is the name shown, `parts` in order."""

    subject: str
    sender: str
    identity: str
    parts: tuple[Part, ...]


def read_letters(data: bytes) -> Iterator[Letter]:
    """Yield the letters of a file, those carried by others too, at most 50. Raises RecursionError for endless nesting."""
    for message, parts in messages(data):
        sender = header(message, "From")
        yield Letter(
            header(message, "Subject"),
            parseaddr(sender)[0] or sender.partition("<")[0].strip() * ("@" not in sender.partition("<")[0]),
            header(message, "Message-ID"),
            tuple(filter(None, (_part(p) for p in parts))),
        )


def messages(data: bytes) -> Iterator[tuple[Message, Sequence[Message]]]:
    """Yield each message of a file with its own parts; a file may be a mailbox, and a message may carry others."""
    if b"\n" not in data[:4096]:
        data = _BARE_RETURN.sub(b"\n", data)
    waiting = [message_from_bytes(m) for m in _MAILBOX.split(_LONG_TYPE.sub(rb"\1", data), MAX_LETTERS) if m.strip()]
    for _ in range(MAX_LETTERS):
        if not waiting:
            return
        message = waiting.pop(0)
        parts = _own_parts(message)
        waiting += [m for p in parts if p.get_content_type() == "message/rfc822" for m in _carried(p)]
        yield message, parts


def _own_parts(message: Message) -> list[Message]:
    """Return a message and its parts in order, but not the parts of messages that it carries."""
    parts: list[Message] = []
    stack = [message]
    while stack and len(parts) < _MAX_PARTS:
        part = stack.pop()
        parts.append(part)
        if part.get_content_maintype() == "multipart":
            stack += reversed(_carried(part))
    return parts


def _carried(part: Message) -> list[Message]:
    inside = part.get_payload()
    return [p for p in inside if isinstance(p, Message)] if isinstance(inside, list) else []


def part_text(part: Message) -> str:
    """Return the text of a part in the charset that it names, or else as UTF-8."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    coding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if (coding == "base64" and _is_no_base64(part)) or coding in _UNIX_TO_UNIX:
        data = str(part.get_payload()).encode("utf-8", "surrogateescape")
    try:
        return data.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


def _is_no_base64(part: Message) -> bool:
    """True for a part that claims a coding in which it does not stand."""
    return bool(_NO_BASE64.search(str(part.get_payload())[:2_000]))


def header(message: Message, name: str) -> str:
    """Return a header, decoded (RFC 2047) and on one line, "" where there is none."""
    value = str(message.get(name, ""))[:_MAX_HEADER_CHARS]
    try:
        return " ".join(str(make_header(decode_header(value))).split())
    except (HeaderParseError, LookupError, ValueError):
        return " ".join(value.split())


def _part(part: Message) -> Part | None:
    """Return what can be read of a part, None for a container."""
    main, kind, name = part.get_content_maintype(), part.get_content_type(), part.get_filename() or ""
    if isinstance(part.get_payload(), list):
        return None
    if main == "multipart" or kind == "message/rfc822":  # its boundary was never found
        kind, main = "text/plain", "text"
    if name.lower().endswith((".htm", ".html", ".xhtml", ".shtml")):
        kind, main = "text/html", "text"
    if main != "text":
        payload = part.get_payload(decode=True)
        return Part(kind, name=name, body=payload if isinstance(payload, bytes) else b"")
    coding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    undone = (coding,) if coding in ("quoted-printable", "base64") else ()
    text = part_text(part)
    if kind == "text/calendar":
        text = _FOLD.sub(JOINT, text)
    elif _is_flowed(part):
        text = _SOFT.sub(JOINT, text)
    return Part(kind, _BANG.sub(JOINT, text) if "!\n " in text or "!\r\n " in text else text, name, undone)


def _is_flowed(part: Message) -> bool:
    """True where blanks before line ends mean that the line goes on (RFC 3676, format=flowed with delsp=yes)."""
    return "delsp" in str(part.get("Content-Type", ""))[:1000].lower() and part.get_param("delsp") == "yes"
