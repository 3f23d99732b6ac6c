"""What stands inside of an element and is none of its children: a shadow root, a frame's document, markup for visitors without scripts."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable
from functools import partial
from urllib.parse import unquote_to_bytes

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pharmcheck.model import Link
from pharmcheck.reading.bounds import tame
from pharmcheck.reading.decode import decode, shown
from pharmcheck.reading.elements import BLOCK, MAX_LINKS, Act, Elements, End, leaf, on_one_line
from pharmcheck.reading.hrefs import absolute
from pharmcheck.target import host_of

MAX_CHARS = (
    4_000_000  # of all documents of a page, one in another counted anew: as much as a page of 2 MB, and its frames
)
MAX_DEPTH = 20  # of one in another; components of lawful shops nest some five deep
_EACH_CHARS = 1_000  # what a document counts besides its length: to begin one takes as long as to read so much
_DATA = re.compile(r"data:([^,]*),(.*)", re.IGNORECASE | re.DOTALL)
_DROPPED_IN_ADDRESSES = {ord(sign): None for sign in "\t\n\r"}  # URL Standard 4.4

Go = Callable[[LexborNode], None]  # walks on from a node


class Inside:
    """Reads what stands inside of elements into `elements`, as far as the bounds of the page reach; else the walk is cut."""

    def __init__(self, elements: Elements) -> None:
        self.elements = elements
        self._room = MAX_CHARS
        self._depth = 0

    def acts(self, go: Go) -> dict[str, Act]:
        """Return what to do where an element begins that may hold more than its children."""
        frame = partial(self._frame, go)
        return {
            "template": partial(self._template, go),
            "noscript": partial(self._noscript, go),
            "object": frame,
            **dict.fromkeys(("iframe", "frame", "embed"), lambda node: frame(node) or leaf),
        }

    def _template(self, go: Go, node: LexborNode) -> End:
        """Read a shadow root, which browsers show in place of the element around it; other templates wait for scripts."""
        attributes = node.attributes
        if "shadowrootmode" in attributes or "shadowroot" in attributes:
            for fragment in node.template_fragments():
                self._enter(go, fragment)
        return leaf

    def _noscript(self, go: Go, node: LexborNode) -> End:
        """Read what browsers that run scripts take for mere text up to the first `</noscript`, and keep it apart."""
        out = self.elements.out
        start = len(out)
        self._read(go, node.text())
        self.elements.found.noscript += "".join(out[start:]) + BLOCK
        del out[start:]
        return leaf

    def _frame(self, go: Go, node: LexborNode) -> None:
        """Read the document that a frame carries itself, or keep its address as a link where it is one of the same host."""
        attributes, elements = node.attributes, self.elements
        address = attributes.get("src") or attributes.get("data") or ""
        markup = attributes.get("srcdoc") or _carried(address)
        if markup:
            self._read(go, markup)
        url = absolute(elements.base, address)
        if address and host_of(url) == host_of(elements.url) and len(elements.found.links) < MAX_LINKS:
            elements.found.links.append(Link(url, on_one_line(attributes.get("title") or "")))

    def _read(self, go: Go, markup: str) -> None:
        self._room -= len(markup) + _EACH_CHARS
        if self._room < 0:
            self.elements.found.cut = True
        elif root := LexborHTMLParser(tame(markup), scripting=True).root:
            self._enter(go, root)

    def _enter(self, go: Go, root: LexborNode) -> None:
        if self._depth == MAX_DEPTH:
            self.elements.found.cut = True
            return
        self._depth += 1
        self.elements.out.append(BLOCK)
        go(root)
        self.elements.out.append(BLOCK)
        self._depth -= 1


def _carried(address: str) -> str:
    """Return the text that a `data:` address carries, "" for other addresses and other data (RFC 2397)."""
    found = _DATA.match(address.translate(_DROPPED_IN_ADDRESSES).strip())
    kind = found[1].lower() if found else ""
    if not found or not (kind.startswith(("text/", ";")) or "xml" in kind or not kind):
        return ""
    body = unquote_to_bytes(found[2])
    if kind.rstrip().endswith("base64"):
        try:
            body = b64decode(body + b"==")
        except Base64Error:
            return ""
    return shown(decode(body, kind)[0])
