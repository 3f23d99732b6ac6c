"""The page inside one file in which a browser saved it with its pictures: MHTML (RFC 2557), or Safari's web archive."""

from __future__ import annotations

import plistlib
import re
from collections.abc import Callable
from email.message import Message
from pathlib import PurePath
from xml.parsers.expat import ExpatError

from pharmcheck.reading.mail import messages

Unpack = Callable[[bytes], tuple[bytes, str]]

_HEAD_BYTES = 16_384  # of the headers of a file whose name does not tell what it is
_MHTML_HEAD = re.compile(
    rb"[a-z][a-z-]*:.*^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE | re.DOTALL
)
_AGAIN = "save the page once more, as HTML only"


class SingleFileError(ValueError):
    """The file holds no page that can be read; the message says what to do."""


def unpacking(path: PurePath, data: bytes) -> Unpack | None:
    """Return what takes the page out of such a file, None where `data` is none, whatever its name."""
    if path.suffix.lower() in (".mhtml", ".mht") or _is_mhtml(data):
        return page_of_mhtml
    return page_of_webarchive if path.suffix.lower() == ".webarchive" or data.startswith(b"bplist00") else None


def _is_mhtml(data: bytes) -> bool:
    return bool(_MHTML_HEAD.match(re.split(rb"\r?\n\r?\n", data[:_HEAD_BYTES].lstrip(), maxsplit=1)[0]))


def page_of_mhtml(data: bytes) -> tuple[bytes, str]:
    """Return the decoded page and its content type: the part that `start` names, else the first HTML part (RFC 2387, 3.2).

    Raises SingleFileError where there is none, RecursionError where parts are nested beyond measure.
    """
    whole, parts = next(messages(data), (Message(), ()))
    start = str(whole.get_param("start") or "")
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    named = [part for part in pages if start and str(part.get("Content-ID", "")).strip() == start]
    page = next((part.get_payload(decode=True) for part in (*named, *pages)), b"")
    if not isinstance(page, bytes) or not page.strip():
        raise SingleFileError(f"has no HTML part: {_AGAIN}")
    return page, _as_html((*named, *pages)[0].get_content_charset(""))


def page_of_webarchive(data: bytes) -> tuple[bytes, str]:
    """Return the main page of a Safari web archive and its content type; raises SingleFileError where it cannot be had."""
    try:
        main = plistlib.loads(data)["WebMainResource"]
        page, charset = main["WebResourceData"], main.get("WebResourceTextEncodingName", "")
    except (ValueError, TypeError, LookupError, AttributeError, ExpatError):
        raise SingleFileError(f"is no whole web archive: {_AGAIN}") from None
    if not isinstance(page, bytes):
        raise SingleFileError(f"is no whole web archive: {_AGAIN}")
    return page, _as_html(charset if isinstance(charset, str) else "")


def _as_html(charset: str) -> str:
    return f"text/html; charset={charset}" if charset else "text/html"
