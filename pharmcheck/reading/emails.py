"""E-mail addresses of an operator: linked, written, spelt out, or hidden by a content network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from pharmcheck.model import Detail, Page
from pharmcheck.reading.landmarks import around
from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.reading.passages import quote_of
from pharmcheck.reading.signs import each, places

_EMAIL = re.compile(
    r"[A-Za-z0-9][\w.+%-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{1,23}"
)
_SPELT_EMAIL = compile_on_use(
    r"(?<![\w.+-])([\w.+-]{1,64})\s{0,5}(?:[\[({]\s*(?:at|@|ät|arobase|arroba|zavináč|małpa)\s*[\])}]|\s(?:at|AT)\s(?=[\w-]+\s(?:dot|DOT)\s))"
    r"\s{0,5}([\w-]{1,63}(?:\s{0,5}(?:[\[({]\s{0,5}(?:dot|\.|punkt|point|punto|kropka|tečka)\s{0,5}[\])}]|\s(?:dot|DOT)\s|\.)"
    r"\s{0,5}[\w-]{1,63}){1,8})"
)
# Before and behind the sign of an address; RFC 5321 4.5.3.1 allows 64 and 255, and spelling out takes some blanks more.
_LOCAL_CHARS, _DOMAIN_CHARS = 80, 650
_SPELT_AT = re.compile(r"[\[({]\s*(?:at|@|ät|arobase|arroba|zavináč|małpa)\s*[\])}]")
_SPELT_DOT = re.compile(r"\s(?:dot|DOT)\s")
_DOT = re.compile(r"\s*[\[({]\s*(?:dot|\.|punkt|point|punto|kropka|tečka)\s*[\])}]\s*|\s+(?:dot|DOT)\s+")
_HIDDEN_EMAIL = re.compile(r"(?:data-cfemail=[\"']?|/cdn-cgi/l/email-protection#)([0-9a-f]{8,200})", re.IGNORECASE)
_FILE = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".js", ".css")


def read_emails(page: Page) -> Iterator[Detail]:
    """Yield e-mail addresses in lower case: `mailto:` links, text, spelt-out ones, and those that a CDN encodes."""
    for link in page.links:
        if link.url[:7].lower() == "mailto:":
            address = unquote(link.url[7:].partition("?")[0]).strip()
            if _EMAIL.fullmatch(address):
                shown = link.text if address.lower() in link.text.lower() else address
                yield Detail("email", address.lower(), quote_of(page, shown))
    for start, end in around(
        ((at, at + 1) for at in each(page.text, "@")), _LOCAL_CHARS, _DOMAIN_CHARS, len(page.text)
    ):
        for match in _EMAIL.finditer(page.text, start, end):
            if not match[0].lower().endswith(_FILE):
                yield Detail("email", match[0].lower(), page.quote(match.start(), match.end()))
    found = [_SPELT_AT.match(page.text, at) for at in places(page.text, "[({")]
    found += _SPELT_DOT.finditer(page.text) if "dot" in page.text or "DOT" in page.text else ()
    spelt = sorted(match.span() for match in found if match)
    for start, end in around(spelt, 2 * _LOCAL_CHARS, _DOMAIN_CHARS, len(page.text)):
        for match in _SPELT_EMAIL.finditer(page.text, start, end):
            address = f"{match[1].lstrip('.+-')}@{_DOT.sub('.', match[2])}".lower()
            if _EMAIL.fullmatch(address):
                yield Detail("email", address, page.quote(match.start(), match.end(), "spelt out"))
    hidden = "cfemail" in page.source or "email-protection" in page.source
    for match in _HIDDEN_EMAIL.finditer(page.source) if hidden else ():
        address = _decoded(match[1])
        if _EMAIL.fullmatch(address):
            yield Detail("email", address.lower(), quote_of(page, match[0], f"decodes to {address}"))


def _decoded(code: str) -> str:
    """Return the address that Cloudflare's e-mail protection hides: each byte XORed with the first one."""
    octets = bytes.fromhex(code[: len(code) // 2 * 2])
    return bytes(octet ^ octets[0] for octet in octets[1:]).decode("utf-8", "replace")
