"""Bytes of a body to text, with the charset that turns the text back into the same bytes."""

from __future__ import annotations

import codecs
import re

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, resolve_encoding

MAX_SOURCE_BYTES = 2_000_000  # the largest lawful shop page measured was 0.6 MB
_SAMPLE_BYTES = 16_384  # the guess costs about 1 ms per 2 KB of non-ASCII text
_KEPT = 0x10FF00  # bytes that do not decode become U+10FF00 + byte, so that offsets stay exact
_KEPT_RUN = re.compile("[\U0010ff00-\U0010ffff]")
_SEVEN_BIT = ("iso2022", "iso-2022", "hz")  # such text is valid UTF-8 too, so its declaration must win
_EAST_ASIAN = ("gb", "big5", "euc", "shift", "cp932", "cp949", "johab")
_WEB_CHARSETS = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2", "koi8_r",
    "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
]  # fmt: skip
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# How files that are no text begin: PDF, pictures, archives, sound, fonts, programs.
MAGIC = (
    b"%PDF-",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"wOFF",
    b"BZh",
    b"Rar!",
    b"\x7fELF",
)
# What a file that is no text hardly holds by chance; browsers show it as a page, whatever stands before it.
_TAG = re.compile(
    rb"<(?:!doctype|html|head|body|main|div|span|table|title|script|style|form|center)\b|</(?:h[1-6]|a|p|b|i|td|li|ul)>",
    re.IGNORECASE,
)
_CONTROL_BYTES = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32)) + b"\x7f"


def _keep_bytes(error: UnicodeError) -> tuple[str, int]:
    """Answer a decoding error with one private character per byte."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(_KEPT + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("pharmcheck-keep-bytes", _keep_bytes)


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """Return the text of `body` and its charset; bytes that do not decode stay as private characters.

    Order: byte order mark, UTF-8 where the bytes are strictly UTF-8 (shops declare wrong charsets often, and other text
    is hardly ever valid UTF-8 by chance), HTTP header, meta tag, guess. At most `MAX_SOURCE_BYTES` are read.
    """
    body = body[:MAX_SOURCE_BYTES]
    declared = _known(http_content_type_encoding(content_type)) or _known(html_body_declared_encoding(body[:4096]))
    charset = _sure(body, declared)
    if not charset:
        try:
            return body.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            charset = _likely(body, declared)
    try:
        return body.decode(charset, "pharmcheck-keep-bytes"), charset
    except (UnicodeError, LookupError):
        return body.decode("latin-1"), "latin-1"


def encoded_length(text: str, charset: str) -> int:
    """Return how many bytes of the body `text`, a prefix of the decoded source, stands for."""
    rest, kept = (text, 0) if _is_first_plane(text) else _KEPT_RUN.subn("", text)
    return len(rest.encode(charset, "replace")) + kept


def shown(text: str) -> str:
    """Return `text` with U+FFFD in place of the private characters that `decode` makes."""
    return text if _is_first_plane(text) else _KEPT_RUN.sub("\ufffd", text)


def _is_first_plane(text: str) -> bool:
    """True when no character is beyond the first plane, nor private then; ten times as fast as the search for those."""
    return text.isascii() or len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)


def is_page(body: bytes, content_type: str) -> bool:
    """True for a body that is declared as HTML and has tags: browsers show it, also behind the first bytes of a picture."""
    return "html" in content_type.lower() and _TAG.search(body, 0, MAX_SOURCE_BYTES) is not None


def is_binary(body: bytes, content_type: str = "") -> bool:
    """True for a body that is no text: a known magic number, or more than one control byte in twenty; but not for a page."""
    return _looks_binary(body[:4096]) and not is_page(body, content_type)


def _looks_binary(head: bytes) -> bool:
    if head.startswith(MAGIC):
        return True
    if any(head.startswith(mark) for mark, _ in _BOMS) or _wide(head):
        return False
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    nuls = head.count(0)  # a few NULs are a trick to hide words from filters, not a picture
    return controls - nuls > len(head) / 20 or nuls > len(head) / 3


def _sure(body: bytes, declared: str) -> str:
    """Return the charset that a mark, NULs or a declaration tells where UTF-8 is not even to be tried, or ""."""
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return charset
    if wide := _wide(body[:4096]):
        return wide
    is_older = declared.startswith(_SEVEN_BIT) or (declared.startswith(_EAST_ASIAN) and _valid(body, declared))
    return declared if is_older else ""


def _likely(body: bytes, declared: str) -> str:
    """Return the charset of what is not strictly UTF-8."""
    if _cut_utf8(body):
        return "utf-8"
    return declared if declared and declared != "utf-8" else _guess(body, declared)


def _wide(head: bytes) -> str:
    """Return the UTF-16 form of text without a mark, seen by its NULs, or ""."""
    if len(head) < 8 or head.count(0) * 5 < len(head) * 2:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even > 8 * odd:
        return "utf-16-be"
    return "utf-16-le" if odd > 8 * even else ""


def _known(name: str | None) -> str:
    """Return Python's name of a declared charset; "" for none, unknown ones, and those no declaration can carry."""
    resolved = resolve_encoding(name) if name else None
    return "" if not resolved or resolved.startswith(("utf-16", "utf-32", "utf-7")) else resolved


def _valid(body: bytes, charset: str) -> bool:
    try:
        body.decode(charset)
    except (UnicodeError, LookupError):
        return False
    return True


def _cut_utf8(body: bytes) -> bool:
    """True for UTF-8 whose last character was cut, as a capped body may be."""
    return any(
        body[-i : len(body) - i + 1] >= b"\xc0" and _valid(body[:-i], "utf-8") for i in (1, 2, 3) if i < len(body)
    )


def _guess(body: bytes, declared: str) -> str:
    """Guess from the lines that hold non-ASCII bytes; UTF-8 was declared and is broken only here and there: keep it."""
    if declared == "utf-8":
        text = body[:_SAMPLE_BYTES].decode("utf-8", "replace")
        if text.count("\ufffd") * 3 < sum(1 for c in text if ord(c) > 127):
            return "utf-8"
    from charset_normalizer import from_bytes  # noqa: PLC0415 (37 ms to import, and rarely needed)

    sample = b"\n".join(line for line in re.split(rb"[\r\n<>]", body) if not line.isascii())[:_SAMPLE_BYTES]
    best = from_bytes(sample, cp_isolation=_WEB_CHARSETS).best() if sample else None
    return best.encoding if best else "cp1252"
