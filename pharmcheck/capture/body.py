"""Bodies under a cap: expands what servers compress, undoes chunks, tells text from binary; pure."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from pharmcheck.reading.decode import MAGIC, is_page

_SLICE = 16_384
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BINARY_TYPES = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip")


class BodyError(ValueError):
    """A body cannot be read; the message says why, for people."""


def expand(raw: bytes, encodings: Iterable[str], max_bytes: int) -> tuple[bytes, str]:
    """Return the body behind its content encodings and why it is cut: "", `length` (cap) or `disconnect` (broken off).

    Never holds more than `max_bytes` of output. Raises BodyError for an encoding that we did not ask for, for more
    than two of them, and for a body that is not in the encoding it claims.
    """
    named = [e.strip().lower() for e in encodings if e.strip().lower() not in ("", "identity")]
    if len(named) > 2:
        raise BodyError(f"the answer is compressed {len(named)} times")
    body, cut = raw, ""
    for name in reversed(named):
        if name not in ("gzip", "x-gzip", "deflate"):
            raise BodyError(f"the answer is compressed as {name[:20]!r}, which was not asked for")
        body, cut = _inflate(body, name, max_bytes, cut)
    return (body[:max_bytes], "length") if len(body) > max_bytes else (body, cut)


def _inflate(raw: bytes, name: str, max_bytes: int, cut: str) -> tuple[bytes, str]:
    zlib_header = len(raw) > 1 and raw[0] & 0x0F == 8 and int.from_bytes(raw[:2], "big") % 31 == 0
    engine = zlib.decompressobj(-15 if name == "deflate" and not zlib_header else 47)
    out = bytearray()
    for start in range(0, len(raw), _SLICE):
        try:
            out += engine.decompress(raw[start : start + _SLICE], max_bytes - len(out) + 1)
        except zlib.error:
            if not out:
                raise BodyError(f"the answer claims to be compressed as {name} and is not") from None
            return bytes(out), "disconnect"
        if engine.eof or len(out) > max_bytes:
            break
    return bytes(out), cut if engine.eof or len(out) > max_bytes else cut or ("disconnect" if raw else "")


def unchunk(raw: bytes) -> tuple[bytes, str]:
    """Undo the chunked transfer coding (RFC 9112, section 7.1) of a stored body; others come back as they are.

    With it comes why the body is cut: `disconnect` where a chunk is not whole or the last one, of no size, is missing.
    """
    out, at = bytearray(), 0
    while (end := raw.find(b"\r\n", at)) >= 0:
        try:
            size = int(raw[at:end].partition(b";")[0], 16)
        except ValueError:
            break
        if size <= 0:
            return bytes(out), ""
        out += raw[end + 2 : end + 2 + size]
        at = end + 2 + size + 2
    return (bytes(out), "disconnect") if out else (raw, "")


def is_text(content_type: str, body: bytes) -> bool:
    """Tell whether a body is text, from its first bytes and, where they leave it open, from its declared type."""
    kind = content_type.partition(";")[0].strip().lower()
    if body.startswith(MAGIC):
        return is_page(body, content_type)
    if body.startswith(_TEXT_MARKS) or kind.startswith("text/") or "html" in kind or kind.endswith("xml"):
        return True
    return not kind.startswith(_BINARY_TYPES) and b"\0" not in body[:1024]
