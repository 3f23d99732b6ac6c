"""Bytes of a body to a Page: decoded, parsed once, walked once."""

from __future__ import annotations

import hashlib
import re

from pharmcheck.model import Link, Page
from pharmcheck.reading.bounds import tame
from pharmcheck.reading.decode import MAX_SOURCE_BYTES, decode, is_binary, shown
from pharmcheck.reading.elements import MAX_LINKS, Walk
from pharmcheck.reading.language import language
from pharmcheck.reading.shells import shell
from pharmcheck.reading.visible import walk
from pharmcheck.reading.xhtml import as_html, is_xml

_CONTROL_BYTES = bytes((*range(9), *range(11, 32), 127))
_CONTROL_BEYOND_ASCII = re.compile("[\x80-\x9f]")
_MARKUP = re.compile(r"<[a-zA-Z!/?]")
_TEMPLATE = re.compile(r"</?template\b[^>]{0,500}>", re.I)
_VEIL = re.compile(r"</?(?:template|style)\b[^>]{0,500}>", re.I)
_URL = re.compile(r"\bhttps?://[^\s<>\"'\[\](){}|\\^`]+", re.I)


def read_page(
    url: str,
    body: bytes,
    *,
    content_type: str = "",
    role: str = "home",
    status: int = 200,
    hops: tuple[str, ...] = (),
    cut: bool = False,
) -> Page:
    """Return the page in `body`, of which `cut` tells that it is but the beginning; whatever the bytes are, it raises nothing.

    A binary body gives an empty text and the shell `empty`. Text keeps zero-width and direction characters, which are
    evidence of disguise; control characters are dropped. `digest` is of the whole body, also where only its first 2 MB
    are read. `source` can be turned back into the body's bytes: see `pharmcheck.reading.decode`.
    """
    digest = hashlib.sha256(body).hexdigest()
    if is_binary(body, content_type):
        return Page(url, role, status, "", digest=digest, shell="empty", hops=hops, cut=cut)  # noqa: S604 (not a command)
    source, charset = decode(body, content_type)
    readable = shown(source)
    is_plain = "text/plain" in content_type.lower() or not _MARKUP.search(readable)
    markup = as_html(readable) if is_xml(content_type) else readable
    found = _plain(readable) if is_plain else _markup(markup, url)
    text = _text(found)
    return Page(
        url=url,
        role=role,
        status=status,
        text=text,
        title=_clean(found.title),
        language=language(found.language, text),
        links=tuple(found.links),
        forms=found.forms,
        images=tuple(found.images),
        structured=tuple(found.structured),
        source=source,
        charset=charset,
        digest=digest,
        shell=shell(text, "" if is_plain else source, found),
        hops=hops,
        cut=cut or found.cut or len(body) > MAX_SOURCE_BYTES,
    )


def _markup(source: str, url: str) -> Walk:
    """Walk the markup; where nothing is visible, what scripts would take from templates, or an unclosed style hides."""
    found = walk(tame(source), url)
    if found.text:
        return found
    closed = source.lower().rfind("</style") + 1
    bare = _TEMPLATE.sub("", source[:closed]) + _VEIL.sub("", source[closed:])
    return walk(tame(bare), url) if len(bare) < len(source) else found


def _clean(text: str) -> str:
    """Return `text` without control characters but tabs and ends of lines; as bytes, three times as fast."""
    encoded = text.encode("utf-8", "surrogatepass").translate(None, _CONTROL_BYTES)
    cleaned = encoded.decode("utf-8", "surrogatepass")
    return _CONTROL_BEYOND_ASCII.sub("", cleaned) if b"\xc2" in encoded else cleaned


def _text(found: Walk) -> str:
    """Join title, descriptions and visible text; text for visitors without scripts only where there is little else."""
    text = "\n".join(filter(None, (found.title, *found.descriptions, found.text)))
    if found.noscript and len(found.text.split()) < 60:
        text = f"{text}\n{found.noscript}".lstrip("\n")
    return _clean(text)


def _plain(source: str) -> Walk:
    """Return plain text as it is, with the addresses in it as links."""
    found = Walk(text=source.replace("\r\n", "\n").replace("\r", "\n"))
    for match in _URL.finditer(source):
        address = match[0].rstrip(".,;:!?*")
        found.links.append(Link(address, address))
        if len(found.links) >= MAX_LINKS:
            break
    return found
