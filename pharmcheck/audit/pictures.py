"""The pictures of messages, attached or inside of markup, to the QR codes in them."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from time import monotonic
from urllib.parse import unquote

from pharmcheck.audit import qr
from pharmcheck.audit.message import Broken, Code, Message
from pharmcheck.reading.mail import Letter

_MOST, _MAX_BYTES = 50, 10_000_000  # of a message, of a picture
_LEAST_BYTES = 100  # the smallest code, of 21 by 21 points, takes more in any of these formats
_MESSAGE_LIMIT_S = 30.0
_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_INLINE = re.compile(
    r"data:image/(?:png|jpe?g|gif|webp)(?:;[^,;\"'<>\s]{0,60}){0,3};base64,(?P<coded>[A-Za-z0-9+/=%\s]{100,})",
    re.IGNORECASE,
)
_NOT_INSTALLED = "its pictures were not looked through for QR codes: pip install 'pharmcheck[qr]'"


@dataclass(frozen=True, slots=True)
class _Picture:
    body: bytes
    part: str
    offset: int


def is_picture(head: bytes) -> bool:
    """True for the beginning of a PNG, JPEG, GIF or WebP."""
    return head.startswith(_BEGINNINGS) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP")


def with_codes(items: Iterator[Message | Broken], given: str) -> Iterator[Message | Broken]:
    """Yield items, each message with the QR codes in its pictures; without the extra, one sentence behind them all."""
    installed, passed_over = qr.can_read(), False
    reader = qr.Reader()
    try:
        for item in items:
            if isinstance(item, Broken):
                yield item
            elif not installed:
                passed_over = passed_over or next(_pictures(item.letter), None) is not None
                yield item
            else:
                yield _looked_through(item, reader)
    finally:
        reader.close()
    if passed_over:
        yield Broken(given, "pictures", _NOT_INSTALLED)


def _looked_through(message: Message, reader: qr.Reader) -> Message:
    """Return a message with its codes; what was not looked through is told in one sentence."""
    codes: list[Code] = []
    whys: list[str] = []
    until = 0.0
    for number, picture in enumerate(islice(_pictures(message.letter), _MOST + 1)):
        until = until or monotonic() + _MESSAGE_LIMIT_S
        if number >= _MOST or monotonic() > until:
            whys.append(f"only the first {number} of this message, within {_MESSAGE_LIMIT_S:.0f} s")
            break
        if len(picture.body) > _MAX_BYTES:
            whys.append(f"{picture.part}, it is larger than {_MAX_BYTES // 1_000_000} MB")
            continue
        found, why = reader.read(picture.body)
        codes += [Code(text, picture.part, picture.offset) for text in found]
        if why:
            whys.append(f"{picture.part}, {why}")
    if not codes and not whys:
        return message
    more = f" and {len(whys) - 1} more" if len(whys) > 1 else ""
    notes = (f"not all pictures were looked through for QR codes: {whys[0]}{more}",) if whys else ()
    return replace(message, codes=tuple(codes), notes=(*message.notes, *notes))


def _pictures(letter: Letter) -> Iterator[_Picture]:
    for number, part in enumerate(letter.parts, 1):
        label = f"{number} {part.kind}"
        if is_picture(part.body[:16]):
            if len(part.body) > _LEAST_BYTES:
                yield _Picture(part.body, label, 0)
        else:
            for match in _INLINE.finditer(part.text):
                if body := _decoded(match["coded"]):
                    yield _Picture(body, label, match.start())


def _decoded(coded: str) -> bytes:
    """Return the picture of a data: address (RFC 2397), b"" for what is none."""
    plain = "".join(unquote(coded).split()).partition("=")[0]
    try:
        body = b64decode(plain + "=" * (-len(plain) % 4))
    except (Error, ValueError):
        return b""
    return body if is_picture(body) else b""
