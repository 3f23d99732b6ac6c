"""One walk over a parsed page: visible text, links, forms, images, structured objects."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pharmcheck.reading.elements import BLOCK, CELL, Act, Elements, End, Walk, leaf, on_one_line
from pharmcheck.reading.hrefs import absolute
from pharmcheck.reading.inside import Inside

_BLOCK_TAGS = (
    "address article aside blockquote body br button caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup option p pre section "
    "select summary table tbody textarea tfoot thead tr ul"
)
# What an element puts before its text; a block puts the same behind it.
_SEPARATORS = {**dict.fromkeys(_BLOCK_TAGS.split(), BLOCK), **dict.fromkeys(("td", "th"), CELL)}
_PLAIN: tuple[str, Act | None] = ("", None)  # of most elements: no separator, nothing to do


def walk(markup: bytes, url: str) -> Walk:
    """Parse `markup`, as `tame` returns it, as browsers do that run scripts, and walk it once; `url` is the page's address."""
    parser = LexborHTMLParser(markup, scripting=True)
    root = parser.root
    if root is None:
        return Walk()
    title, base, items = _sought(parser, url)
    elements = Elements(url, base)
    _descend(root, Inside(elements), items)
    found, attributes = elements.finish(), root.attributes
    found.title, found.language = title, attributes.get("lang") or attributes.get("xml:lang") or ""
    found.text, found.noscript = _lines("".join(elements.out)), _lines(found.noscript)
    return found


def _sought(parser: LexborHTMLParser, url: str) -> tuple[str, str, frozenset[int]]:
    """Return the title, the address to which links are relative, and which elements hold microdata: one selector, one pass."""
    title: str | None = None
    base: str | None = None
    items: list[int] = []
    for node in parser.css("title, base[href], [itemscope], [itemprop]"):
        tag, attributes = node.tag, node.attributes
        if tag == "title" and title is None:
            title = on_one_line(node.text())
        if tag == "base" and base is None and "href" in attributes:
            base = absolute(url, attributes["href"] or "")
        if "itemscope" in attributes or "itemprop" in attributes:
            items.append(node.mem_id)
    return title or "", base if base and base.startswith(("https://", "http://")) else url, frozenset(items)


def _lines(text: str) -> str:
    """Return text of the walk with one line a block."""
    lines = []
    for block in text.split(BLOCK):
        if not block or block.isspace():
            continue
        if CELL in block:
            lines.append("\t".join(filter(None, map(on_one_line, block.split(CELL)))))
        else:
            lines.append(on_one_line(block))
    return "\n".join(lines)


@cache
def _ids() -> dict[str, int]:
    """Return the parser's numbers of the elements that matter and of text: a number is told in a third of the time of a name."""
    parser = LexborHTMLParser("<title>text")
    inside = Inside(Elements("", ""))
    names = {*_SEPARATORS, *inside.elements.acts(), *inside.acts(lambda _: None)}
    texts = [node.tag_id for title in parser.tags("title") for node in title.iter(include_text=True)]
    return {**{name: parser.create_node(name).tag_id for name in names}, "": texts[0]}


def _plans(acts: Mapping[str, Act]) -> dict[int, tuple[str, Act | None]]:
    """Return by its number what an element puts before its text, and what to do where it begins."""
    return {number: (_SEPARATORS.get(name, ""), acts.get(name)) for name, number in _ids().items() if name}


def _descend(root: LexborNode, inside: Inside, described: frozenset[int]) -> None:
    """Visit every node in order, and tell each element's end; no recursion, whatever the depth, but for what is `inside`."""
    elements = inside.elements
    acts = elements.acts() | inside.acts(partial(_descend, inside=inside, described=described))
    text, plans, out = _ids()[""], _plans(acts), elements.out
    stack: list[tuple[LexborNode, str, End | None]] = []
    node: LexborNode | None = root
    while node is not None:
        tag = node.tag_id
        if tag == text:
            out.append(node.text_content or "")
        else:
            separator, act = plans.get(tag, _PLAIN)
            if separator:
                out.append(separator)
            item = elements.item(node) if described and node.mem_id in described else None
            end = act(node) if act else None
            child = None if end is leaf else node.first_child
            if item:
                end = _both(end, item)
            if child is not None:
                stack.append((node, separator, end))
                node = child
                continue
            if end:
                end()
            if separator is BLOCK:
                out.append(BLOCK)
        following = node.next
        while following is None and stack:
            node, separator, end = stack.pop()
            if end:
                end()
            if separator is BLOCK:
                out.append(BLOCK)
            following = node.next
        node = following


def _both(first: End | None, second: End) -> End:
    """Return what does both."""

    def end() -> None:
        if first:
            first()
        second()

    return end
