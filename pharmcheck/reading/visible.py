"""One walk over a parsed page: visible text, links, forms, images, structured objects."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pharmcheck.model import Form, Image, Link
from pharmcheck.reading.fields import MAX_OPTIONS, Forms, Open
from pharmcheck.reading.hrefs import absolute
from pharmcheck.reading.microdata import Items
from pharmcheck.reading.structured import MAX_OBJECTS, read_json_ld

MAX_LINKS = 5_000
MAX_IMAGES = 5_000
_MOST_DESCRIPTIONS = 8  # a page has one or two
_MAX_LINK_TEXT_CHARS = 500
_BLOCK, _CELL = "\x1c", "\x1d"  # separators that count as white space, so that a fold drops them without more ado
_BLOCK_TAGS = (
    "address article aside blockquote body br button caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup option p pre section "
    "select summary table tbody textarea tfoot thead tr ul"
)
# What an element puts before its text; a block puts the same behind it.
_SEPARATORS = {**dict.fromkeys(_BLOCK_TAGS.split(), _BLOCK), **dict.fromkeys(("td", "th"), _CELL)}
_SKIPPED = ("style", "template", "svg", "math", "iframe", "object", "canvas", "audio", "video", "frameset", "title")
_LD_JSON = re.compile(r"ld\+json", re.IGNORECASE)


@dataclass(slots=True)
class Walk:
    """What one walk found; `text` has one line a block, the cells of a table row divided by a tab.

    `noscript` is text for visitors without scripts; `script_chars` and `scripts` measure what scripts may draw.
    """

    title: str = ""
    descriptions: list[str] = field(default_factory=list)  # of search results and previews: another never hides one
    language: str = ""
    text: str = ""
    noscript: str = ""
    links: list[Link] = field(default_factory=list)
    forms: tuple[Form, ...] = ()
    images: list[Image] = field(default_factory=list)
    structured: list[Mapping[str, Any]] = field(default_factory=list)
    script_chars: int = 0
    scripts: int = 0


def walk(markup: str, url: str) -> Walk:
    """Parse `markup`, as `tame` returns it, and walk it once; `url` is the page's address."""
    return _Walker(markup, url).run()


def _on_one_line(text: str) -> str:
    """Return `text` on one line, runs of white space as one blank."""
    return " ".join(text.split())


def _lines(text: str) -> str:
    """Return text of the walk with one line a block."""
    lines = []
    for block in text.split(_BLOCK):
        if not block:
            continue
        if _CELL in block:
            cells = (" ".join(cell.split()) for cell in block.split(_CELL))
            line = "\t".join(cell for cell in cells if cell)
        else:
            line = " ".join(block.split())
        if line:
            lines.append(line)
    return "\n".join(lines)


class _Walker:
    """The state of one walk: the pieces of text so far, and what is to be done when an open element ends."""

    def __init__(self, markup: str, url: str) -> None:
        parser = LexborHTMLParser(markup)
        self.root = parser.root
        self.url = self.base = url
        self.found = Walk()
        self.out: list[str] = []
        self.depth = 0
        self.pending: list[tuple[int, Callable[[], None]]] = []
        self.forms = Forms()
        self.select: Open | None = None
        self.href = ""
        # A selector goes through the whole tree; most pages hold neither, and their letters tell so. In bytes, for names of
        # elements are ASCII, it is four times as fast.
        lowered = markup.encode("utf-8", "replace").lower()
        items = "[itemscope], [itemprop]" if b"itemscope" in lowered or b"itemprop" in lowered else ""
        self.described = frozenset(node.mem_id for node in parser.css(items)) if items else frozenset()
        self.has_base = b"<base" in lowered
        self.items = Items()

    def run(self) -> Walk:
        if self.root is not None:
            self._head(self.root)
            self._descend(self.root)
        found = self.found
        found.text, found.noscript = _lines("".join(self.out)), _lines(found.noscript)
        found.forms = self.forms.finish(self.url)
        found.structured += self.items.found[: MAX_OBJECTS - len(found.structured)]
        return found

    def _head(self, root: LexborNode) -> None:
        """Read title, language and base before the walk, as every link needs the base."""
        attributes = root.attributes
        self.found.language = attributes.get("lang") or attributes.get("xml:lang") or ""
        title = root.css_first("title")
        self.found.title = _on_one_line(title.text()) if title is not None else ""
        base = root.css_first("base[href]") if self.has_base else None
        resolved = absolute(self.url, base.attributes.get("href") or "") if base is not None else ""
        if resolved.startswith(("https://", "http://")):
            self.base = resolved

    def _descend(self, root: LexborNode) -> None:
        """Visit every node in order, and tell each element's end; no recursion, whatever the depth."""
        out, described, pending, enter = self.out, self.described, self.pending, self._acts()
        stack: list[tuple[LexborNode, str]] = []
        node: LexborNode | None = root
        while node is not None:
            tag = node.tag or ""
            if tag == "-text":
                out.append(node.text_content or "")
            else:
                separator = _SEPARATORS.get(tag, "")
                if separator:
                    out.append(separator)
                act = enter.get(tag)
                if act or described:
                    self.depth = len(stack)
                if described and node.mem_id in described:
                    self._item(node)
                child = node.first_child if act is None or act(node) else None
                if child is not None:
                    stack.append((node, separator))
                    node = child
                    continue
                if pending:
                    self._end(len(stack))
                if separator is _BLOCK:
                    out.append(_BLOCK)
            following = node.next
            while following is None and stack:
                node, separator = stack.pop()
                if pending:
                    self._end(len(stack))
                if separator is _BLOCK:
                    out.append(_BLOCK)
                following = node.next
            node = following

    def _acts(self) -> dict[str, Callable[[LexborNode], bool]]:
        """Return what to do where an element begins; not kept, or the walker would hold itself and all its nodes."""
        return {
            **dict.fromkeys(_SKIPPED, lambda _: False),
            **{"a": self._link, "area": self._link, "img": self._image, "script": self._script},
            **{"form": self._form, "input": self._input, "select": self._select, "option": self._option},
            **{"textarea": self._textarea, "button": self._button, "label": self._label},
            **{"noscript": self._noscript, "meta": self._meta},
        }

    def _end(self, depth: int) -> None:
        """Do what was put off until the end of the elements that end here."""
        pending = self.pending
        while pending and pending[-1][0] >= depth:
            pending.pop()[1]()

    def _at_end(self, act: Callable[[str], None], limit: int = 10_000_000) -> bool:
        """Have `act` called with the folded text of the element just begun when it ends."""
        start = len(self.out)

        def end() -> None:
            act(_on_one_line("".join(self.out[start:]))[:limit])

        self.pending.append((self.depth, end))
        return True

    def _item(self, node: LexborNode) -> None:
        items, attributes = self.items, node.attributes
        address = attributes.get("href") or attributes.get("src")
        if items.begin(attributes, absolute(self.base, address) if address else ""):
            start = len(self.out)
            self.pending.append((self.depth, lambda: items.end(_on_one_line("".join(self.out[start : start + 50])))))

    def _link(self, node: LexborNode) -> bool:
        attributes = node.attributes
        href, rel = attributes.get("href"), attributes.get("rel") or ""
        if href is None or len(self.found.links) >= MAX_LINKS:
            return True
        url = absolute(self.base, href)
        outer, self.href = self.href, url
        start, images = len(self.out), len(self.found.images)

        def end() -> None:
            self.href = outer
            if url:
                text = _on_one_line("".join(self.out[start:]))
                text = text or attributes.get("alt") or " ".join(i.alt for i in self.found.images[images:] if i.alt)
                self.found.links.append(Link(url, text[:_MAX_LINK_TEXT_CHARS], rel))

        self.pending.append((self.depth, end))
        return True

    def _image(self, node: LexborNode) -> bool:
        attributes = node.attributes
        source = attributes.get("src") or ""
        if not source or source.startswith("data:"):  # lazy loading keeps the true address elsewhere
            source = attributes.get("data-src") or attributes.get("data-lazy-src") or source[:30]
        alt = _on_one_line(attributes.get("alt") or attributes.get("title") or "")[:_MAX_LINK_TEXT_CHARS]
        if len(self.found.images) < MAX_IMAGES:
            self.found.images.append(Image(absolute(self.base, source), alt, self.href))
        return False

    def _script(self, node: LexborNode) -> bool:
        attributes = node.attributes
        body = node.text() if node.first_child is not None else ""
        if _LD_JSON.search(attributes.get("type") or ""):
            room = MAX_OBJECTS - len(self.found.structured)
            self.found.structured += [found for found, _ in zip(read_json_ld(body), range(room), strict=False)]
        else:
            self.found.scripts += 1
            self.found.script_chars += len(body)
        return False

    def _form(self, node: LexborNode) -> bool:
        attributes = node.attributes
        self.forms.open_form(absolute(self.base, attributes.get("action") or self.url), attributes.get("method") or "")
        return self._at_end(self.forms.close_form)

    def _input(self, node: LexborNode) -> bool:
        attributes = node.attributes
        if self.forms.add("input", attributes).kind in ("submit", "button", "reset"):
            self.out += (_BLOCK, attributes.get("value") or "", _BLOCK)
        return False

    def _select(self, node: LexborNode) -> bool:
        self.select = self.forms.add("select", node.attributes)

        def end(_: str) -> None:
            self.select = None

        return self._at_end(end, 0)

    def _option(self, _: LexborNode) -> bool:
        select = self.select
        if select is not None and len(select.options) < MAX_OPTIONS:
            return self._at_end(select.options.append, 200)
        return True

    def _textarea(self, node: LexborNode) -> bool:
        self.forms.add("textarea", node.attributes)
        return True

    def _button(self, node: LexborNode) -> bool:
        button = self.forms.add("button", node.attributes)

        def end(text: str) -> None:
            button.named = text or button.named

        return self._at_end(end, 300)

    def _label(self, node: LexborNode) -> bool:
        if self.forms.open_label():
            target = node.attributes.get("for") or ""
            self._at_end(lambda text: self.forms.close_label(target, text), 300)
        return True

    def _noscript(self, _: LexborNode) -> bool:
        start = len(self.out)

        def end() -> None:
            self.found.noscript += "".join(self.out[start:]) + _BLOCK
            del self.out[start:]

        self.pending.append((self.depth, end))
        return True

    def _meta(self, node: LexborNode) -> bool:
        attributes = node.attributes
        name = (attributes.get("name") or attributes.get("property") or "").lower()
        told = _on_one_line(attributes.get("content") or "") if name in ("description", "og:description") else ""
        if told and told not in self.found.descriptions and len(self.found.descriptions) < _MOST_DESCRIPTIONS:
            self.found.descriptions.append(told)
        return False
