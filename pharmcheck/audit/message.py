"""What inputs are read into: messages, and sentences on what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO

from pharmcheck.audit.packed import Member, read_zip
from pharmcheck.reading.mail import Letter, Part, read_letters

MAX_MESSAGE_BYTES = 20_000_000  # a message may carry pictures
_MOST_MEMBERS = 50  # of one ZIP of a letter
_TEXTS = (".html", ".htm", ".txt", ".url", ".svg", ".xhtml")  # of what its ZIPs hold
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


@dataclass(frozen=True, slots=True)
class Code:
    """What a QR code says, and the picture that shows it: in which part, and for one inside of markup at which character."""

    text: str
    part: str
    offset: int


@dataclass(frozen=True, slots=True)
class Message:
    """A letter, a page, a row or a text of an input; `name` tells which of `file`, `own` is a page's own address.

    `codes` are the QR codes in its pictures, `notes` tell what of its ZIPs was not read and which pictures were not looked
    through.
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
            yield message_of(file, name if number == 1 else f"{name}.{number}".lstrip("."), letter)
    except RecursionError:
        yield Broken(file, name, "its parts are nested beyond all measure; it was read as plain text")
        yield text_message(file, name, data.decode("utf-8", "replace"))


def message_of(file: str, name: str, letter: Letter) -> Message:
    """Return the message of a letter, with the pages, texts and pictures of the ZIPs that it carries as parts of its own.

    All ZIPs together are expanded as far as a letter may be long; what is left out is told.
    """
    inside: list[Part] = []
    notes: list[str] = []
    left = MAX_MESSAGE_BYTES
    for part in letter.parts:
        if not part.body.startswith(b"PK\x03\x04"):
            continue
        if not left:
            notes.append(
                f"{part.name or 'a ZIP'} was not read: {MAX_MESSAGE_BYTES // 1_000_000} MB of a letter's ZIPs are"
            )
            continue
        for number, member in enumerate(read_zip(BytesIO(part.body), left, _is_read)):
            label = "!".join(filter(None, (part.name or "a ZIP", member.name)))
            if number == _MOST_MEMBERS:
                notes.append(
                    f"{label} and what follows was not read: only the first {_MOST_MEMBERS} files of a ZIP are"
                )
                break
            if found := _part(member):
                inside.append(found)
            left -= len(member.content)
            if member.why:
                rest = f"; only its first {len(member.content):,} bytes were read" if found else ""
                notes.append(f"{label}: {member.why}{rest}")
    return Message(file, name, replace(letter, parts=(*letter.parts, *inside)), notes=tuple(notes))


def _is_read(name: str) -> bool:
    return name.lower().endswith((*_TEXTS, *_PICTURES))


def _part(member: Member) -> Part | None:
    """Return a member as a part, None for a picture that is not whole, and where nothing could be read."""
    name = member.name.lower()
    if not member.content or (member.why and name.endswith(_PICTURES)):
        return None
    if name.endswith(_PICTURES):
        return Part("image", name=member.name, undone=("zip",), body=member.content)
    kind = "text/html" if name.endswith((".html", ".htm")) else "text/plain"
    return Part(kind, member.content.decode("utf-8", "replace"), member.name, ("zip",))
