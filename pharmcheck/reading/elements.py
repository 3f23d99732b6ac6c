"""What an element of a page is read for where it begins, and where it ends: links, images, forms, scripts, descriptions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborNode

from pharmcheck.model import Form, Image, Link
from pharmcheck.reading.fields import MAX_OPTIONS, Forms, Open
from pharmcheck.reading.hrefs import absolute
from pharmcheck.reading.microdata import Items
from pharmcheck.reading.structured import MAX_OBJECTS, read_json_ld

MAX_LINKS = 5_000
MAX_IMAGES = 5_000
BLOCK, CELL = "\x1c", "\x1d"  # separators that count as white space, so that a fold drops them without more ado
_MOST_DESCRIPTIONS = 8  # a page has one or two
_MAX_LINK_TEXT_CHARS = 500
_SKIPPED = ("canvas", "audio", "video", "noframes")  # what stands there is for browsers that do not know them
_LD_JSON = re.compile(r"ld\+json", re.IGNORECASE)

# What is done where an element ends; `Act` is what is done where it begins.
End = Callable[[], None]
Act = Callable[[LexborNode], End | None]


@dataclass(slots=True)
class Walk:
    """What one walk found; `text` has one line a block, the cells of a table row divided by a tab.

    `noscript` is text for visitors without scripts; `script_chars` and `scripts` measure what scripts may draw. `cut` tells
    that more stood on the page than its bounds allow to read.
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
    cut: bool = False


def on_one_line(text: str) -> str:
    """Return `text` on one line, runs of white space as one blank."""
    if text.isprintable() and "  " not in text:  # no white space but single blanks
        return text.strip()
    return " ".join(text.split())


def leaf() -> None:
    """Stand for the end of an element into which the walk does not go."""


class Elements:
    """What the elements of one page told so far: `out` has the pieces of its text, `found` everything else."""

    def __init__(self, url: str, base: str) -> None:
        self.url, self.base = url, base
        self.found = Walk()
        self.out: list[str] = []
        self._forms = Forms()
        self._items = Items()
        self._open_select: Open | None = None
        self._href = ""

    def acts(self) -> dict[str, Act]:
        """Return what to do where an element begins; not kept, or this would hold itself."""
        return {
            **dict.fromkeys(_SKIPPED, lambda _: leaf),
            **dict.fromkeys(("style", "title"), self._raw),
            **{"a": self._link, "area": self._link, "img": self._image, "script": self._script},
            **{"form": self._form, "input": self._input, "select": self._select, "option": self._option},
            **{"textarea": self._textarea, "button": self._button, "label": self._label},
            "meta": self._meta,
        }

    def finish(self) -> Walk:
        """Return what was found, but for its text, when all elements have ended."""
        found = self.found
        found.forms = self._forms.finish(self.url)
        found.structured += self._items.found[: MAX_OBJECTS - len(found.structured)]
        return found

    def item(self, node: LexborNode) -> End | None:
        """Take an element with `itemscope` or `itemprop`."""
        items, attributes = self._items, node.attributes
        address = attributes.get("href") or attributes.get("src")
        if not items.begin(attributes, absolute(self.base, address) if address else ""):
            return None
        start = len(self.out)
        return lambda: items.end(on_one_line("".join(self.out[start : start + 50])))

    def _at_end(self, act: Callable[[str], None], limit: int = 10_000_000) -> End:
        """Return what calls `act` with the folded text of the element that begins here."""
        start = len(self.out)
        return lambda: act(on_one_line("".join(self.out[start:]))[:limit])

    def _link(self, node: LexborNode) -> End | None:
        attributes = node.attributes
        href, rel = attributes.get("href"), attributes.get("rel") or ""
        if href is None or len(self.found.links) >= MAX_LINKS:
            return None
        url = absolute(self.base, href)
        outer, self._href = self._href, url
        start, images = len(self.out), len(self.found.images)

        def end() -> None:
            self._href = outer
            if url:
                text = on_one_line("".join(self.out[start:]))
                text = text or attributes.get("alt") or " ".join(i.alt for i in self.found.images[images:] if i.alt)
                self.found.links.append(Link(url, text[:_MAX_LINK_TEXT_CHARS], rel))

        return end

    def _image(self, node: LexborNode) -> End:
        attributes = node.attributes
        source = attributes.get("src") or ""
        if not source or source.startswith("data:"):  # lazy loading keeps the true address elsewhere
            source = attributes.get("data-src") or attributes.get("data-lazy-src") or source[:30]
        alt = on_one_line(attributes.get("alt") or attributes.get("title") or "")[:_MAX_LINK_TEXT_CHARS]
        if len(self.found.images) < MAX_IMAGES:
            self.found.images.append(Image(absolute(self.base, source), alt, self._href))
        return leaf

    def _script(self, node: LexborNode) -> End:
        attributes = node.attributes
        body = node.text() if node.first_child is not None else ""
        if _LD_JSON.search(attributes.get("type") or ""):
            room = MAX_OBJECTS - len(self.found.structured)
            self.found.structured += [found for found, _ in zip(read_json_ld(body), range(room), strict=False)]
        else:
            self.found.scripts += 1
            self.found.script_chars += len(body)
        return self._raw(node) if "style" in attributes else leaf

    def _raw(self, node: LexborNode) -> End:
        """Take the text of a script or style that its own style shows; `display` may be spelt in many ways, but for this one."""
        style = node.attributes.get("style")
        if style and style.replace(" ", "").rstrip(";").lower() != "display:none":
            self.out += (BLOCK, node.text(), BLOCK)
        return leaf

    def _form(self, node: LexborNode) -> End:
        attributes = node.attributes
        action = absolute(self.base, attributes.get("action") or self.url)
        self._forms.open_form(action, attributes.get("method") or "")
        return self._at_end(self._forms.close_form)

    def _input(self, node: LexborNode) -> End:
        attributes = node.attributes
        if self._forms.add("input", attributes).kind in ("submit", "button", "reset"):
            self.out += (BLOCK, attributes.get("value") or "", BLOCK)
        return leaf

    def _select(self, node: LexborNode) -> End:
        self._open_select = self._forms.add("select", node.attributes)

        def end() -> None:
            self._open_select = None

        return end

    def _option(self, _: LexborNode) -> End | None:
        select = self._open_select
        if select is None or len(select.options) >= MAX_OPTIONS:
            return None
        return self._at_end(select.options.append, 200)

    def _textarea(self, node: LexborNode) -> None:
        self._forms.add("textarea", node.attributes)

    def _button(self, node: LexborNode) -> End:
        button = self._forms.add("button", node.attributes)

        def end(text: str) -> None:
            button.named = text or button.named

        return self._at_end(end, 300)

    def _label(self, node: LexborNode) -> End | None:
        if not self._forms.open_label():
            return None
        target = node.attributes.get("for") or ""
        return self._at_end(lambda text: self._forms.close_label(target, text), 300)

    def _meta(self, node: LexborNode) -> End:
        attributes = node.attributes
        name = (attributes.get("name") or attributes.get("property") or "").lower()
        told = on_one_line(attributes.get("content") or "") if name in ("description", "og:description") else ""
        if told and told not in self.found.descriptions and len(self.found.descriptions) < _MOST_DESCRIPTIONS:
            self.found.descriptions.append(told)
        return leaf
