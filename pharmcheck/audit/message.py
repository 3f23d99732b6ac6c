"""What inputs are read into: messages, and sentences on what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice

from pharmcheck.audit.packed import read_zip
from pharmcheck.reading.mail import Letter, Part, read_letters

MAX_MESSAGE_BYTES = 20_000_000  # a message may carry pictures
_READ = (".html", ".htm", ".txt", ".url", ".svg", ".xhtml")  # of what its ZIPs hold


@dataclass(frozen=True, slots=True)
class Code:
    """What a QR code says, and the picture that shows it: in which part, and for one inside of markup at which character."""

    text: str
    part: str
    offset: int


@dataclass(frozen=True, slots=True)
class Message:
    """A letter, a page, a row or a text of an input; `name` tells which of `file`, `own` is a page's own address.

    `codes` are the QR codes in its pictures, `notes` tell which pictures were not looked through.
    """

    file: str
    name: str
    letter: Letter
    own: str = ""
    codes: tuple[Code, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """An input, or a message of it, that could not be read, and why, in a sentence for people."""

    file: str
    name: str
    why: str


def text_message(file: str, name: str, text: str, kind: str = "text/plain", own: str = "") -> Message:
    """Return a message of one text."""
    return Message(file, name, Letter("", "", "", (Part(kind, text),)), own)


def picture_message(file: str, body: bytes) -> Message:
    """Return a message of one picture."""
    return Message(file, "", Letter("", "", "", (Part("image", body=body),)))


def mail_messages(file: str, name: str, data: bytes) -> Iterator[Message | Broken]:
    """Yield the letters of one mail, numbered where it carries others."""
    if len(data) > MAX_MESSAGE_BYTES:
        yield Broken(file, name, f"only the first {MAX_MESSAGE_BYTES // 1_000_000} MB of this message were read")
        data = data[:MAX_MESSAGE_BYTES]
    try:
        for number, letter in enumerate(read_letters(data), 1):
            yield Message(file, name if number == 1 else f"{name}.{number}".lstrip("."), opened(letter))
    except RecursionError:
        yield Broken(file, name, "its parts are nested beyond all measure; it was read as plain text")
        yield text_message(file, name, data.decode("utf-8", "replace"))


def opened(letter: Letter) -> Letter:
    """Return a letter with the pages, texts and pictures of the ZIPs that it carries as parts of its own."""
    if not any(p.body.startswith(b"PK\x03\x04") for p in letter.parts):
        return letter
    inside: list[Part] = []
    left = MAX_MESSAGE_BYTES  # of all that its ZIPs hold, as of the letter itself
    for part in letter.parts:
        for name, content in islice(read_zip(BytesIO(part.body)), 50) if part.body.startswith(b"PK\x03\x04") else ():
            if isinstance(content, bytes) and (found := _member(name, content[:left])):
                inside.append(found)
                left -= min(left, len(content))
            if not left:
                break
    return replace(letter, parts=(*letter.parts, *inside))


def _member(name: str, content: bytes) -> Part | None:
    if name.lower().endswith(_READ):
        kind = "text/html" if name.lower().endswith((".html", ".htm")) else "text/plain"
        return Part(kind, content.decode("utf-8", "replace"), name, ("zip",))
    if name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".webp")):
        return Part("image", name=name, undone=("zip",), body=content)
    return None
