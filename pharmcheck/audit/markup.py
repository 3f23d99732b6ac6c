"""Addresses in markup: where a click, a form, a frame or a script leads, what is only loaded; and the text between."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass, field

from pharmcheck.audit.href import read_href
from pharmcheck.audit.undo import MAX_WRITTEN, Written, find_written
from pharmcheck.redirectors import unbase64

_MAX_TAG_CHARS = 20_000
_MAX_ANCHOR_CHARS = 500
_TOKEN = re.compile(
    rf"(?P<comment><!--)|<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]{{0,30}})(?P<body>[^<>]{{0,{_MAX_TAG_CHARS}}})>?|<![^<>]{{0,2000}}>",
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[a-z][\w:-]{0,30})\s*=\s*(?:3D)?(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|[\"']?(?P<bare>[^\s\"'>]+))",
    re.IGNORECASE,
)
_CLICKED = {
    "a": "href",
    "area": "href",
    "form": "action",
    "v:rect": "href",
    "v:roundrect": "href",
    "button": "formaction",
}
_FRAMES = {"iframe": "src", "frame": "src", "object": "data", "embed": "src"}
_OTHER = {("base", "href"): "base", ("meta", "content"): "meta", ("script", "src"): "machinery"}
_ANYWHERE = {"ping": "tracker", "xmlns": "machinery", "style": "style"}
_LOADED = frozenset(("img", "input", "v:imagedata", "v:fill", "source", "video", "audio", "image", "bgsound"))
_MACHINERY = re.compile(r"stylesheet|icon|preload|dns-prefetch|preconnect|schema", re.IGNORECASE)
_REFRESH = re.compile(r"url\s*+=\s*+[\"']?+\s*+(?P<url>[^\s\"']+)", re.IGNORECASE)
_CSS_URL = re.compile(r"url\(\s*+[\"']?+\s*+(?P<url>[^\s\"')]{4,2000})", re.IGNORECASE)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*+:\s*+[01](?:\.\d++)?+\s*+(?:px|pt|em)?+\s*+(?:;|\"|'|\Z|!)|mso-hide\s*:\s*all"
    r"|(?:max-height|line-height|opacity)\s*:\s*0(?:px)?\s*(?:;|\"|'|\Z)",
    re.IGNORECASE,
)
_BLOCKS_WORDS = """
    address blockquote body br center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main ol
    option p pre section table td textarea th title tr ul
"""
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_VOID_WORDS = """
    area base br col embed hr img input link meta param source track wbr
"""
_VOID = frozenset(_VOID_WORDS.split())
_ATOB = re.compile(r"(?:atob|decode64)\s*\(\s*[\"']([\w+/=-]{8,2000})", re.IGNORECASE)
_ESCAPED = re.compile(r"(?:unescape|decodeURI(?:Component)?)\s*\(\s*[\"']([^\"']{8,4000})", re.IGNORECASE)
_GLUE = re.compile(r"[\"']\s*\+\s*[\"']")
_CODE_ESCAPE = re.compile(r"\\x([0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\(/)")


@dataclass(slots=True)
class Seen:
    """An address in markup. `shape`: `link`, `form`, `frame`, `image`, `script`, `machinery`, `tracker` or `text`.

    `anchor` is what a reader sees of a link; `picture` tells that this is an image; `place` is where
    in the visible text it stands.
    """

    found: Written
    shape: str
    anchor: str = ""
    picture: bool = False
    hidden: bool = False
    place: int = 0


@dataclass(slots=True)
class Markup:
    """What one pass over markup gave: addresses, accounts' raw addresses (`tg:`, `mailto:`), and the visible text."""

    seen: list[Seen] = field(default_factory=list)
    other: list[tuple[str, int]] = field(default_factory=list)
    text: str = ""
    starts: list[int] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)

    def source_of(self, at: int) -> int:
        """Return the offset in the markup of an offset in `text`."""
        piece = bisect_right(self.starts, at) - 1
        return self.sources[piece] + at - self.starts[piece] if piece >= 0 else 0


def read_markup(source: str) -> Markup:
    """Return the addresses of markup and its text. Nothing is run or fetched; time is linear in the length."""
    return _Reader(source).run()


class _Reader:
    """One pass over the tags of a source."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.found = Markup()
        self.out: list[str] = []
        self.length = 0
        self.open_link: tuple[Seen, int] | None = None  # and where in `out` what it shows begins
        self.hidden: list[str] = []
        self.base = ""

    def run(self) -> Markup:
        at, code = 0, ""
        last_comment = self.source.rfind("-->")
        for token in _TOKEN.finditer(self.source):
            if token.start() < at:
                continue  # inside a comment
            name = (token["name"] or "").lower()
            if code and not (token["end"] and name == code):
                continue
            self._between(at, token.start(), code)
            at = token.end()
            if token["comment"] and at <= last_comment:
                at = self.source.find("-->", at) + 3
            code = self._tag(name, token) if name else ""
        self._between(at, len(self.source), code)
        self._close("a")
        self.found.text = "".join(self.out)
        return self.found

    def _between(self, start: int, end: int, code: str) -> None:
        """Read what stands between two tags: text, or the `code` of a script or a style sheet."""
        if code:
            self._code(self.source[start:end], start, code)
        elif end > start:
            self._text(start, end)

    def _tag(self, name: str, token: re.Match[str]) -> str:
        """Read a tag; return its name where code follows, not text."""
        if token["end"]:
            self._close(name)
            return ""
        if name in ("http:", "https:") or token["body"].startswith("."):  # <http://…> or <www.…> in a text
            self._text(token.start() + 1, token.end() - token[0].endswith(">"))
            return ""
        self._open(name, token)
        return name if name in ("script", "style") and not token[0].endswith("/>") else ""

    def _text(self, start: int, end: int) -> None:
        piece = self.source[start:end]
        if "&" in piece:
            piece = html.unescape(piece)
        self._put("" if self.hidden and not self.open_link else piece, start)

    def _put(self, text: str, at: int) -> None:
        self.found.starts.append(self.length)
        self.found.sources.append(at)
        self.out.append(text)
        self.length += len(text)

    def _close(self, name: str) -> None:
        if name == "a" and self.open_link:
            seen, start = self.open_link
            shown = "".join(self.out[start:])[: 20 * _MAX_ANCHOR_CHARS]  # blanks in it count once
            seen.anchor = " ".join(shown.split())[:_MAX_ANCHOR_CHARS]
            self.open_link = None
        if self.hidden and self.hidden[-1] == name:
            self.hidden.pop()
        if name in _BLOCKS:
            self._put("\n", 0)

    def _open(self, name: str, token: re.Match[str]) -> None:
        body = token["body"]
        if name == "a" and self.open_link:
            self._close("a")  # links do not nest (HTML Standard 13.2.6.4.7): one that begins ends the other
        if name in _BLOCKS:
            self._put("\t" if name in ("td", "th") else "\n", token.start())
        if not body or "=" not in body:
            if self.hidden and self.hidden[-1] == name:
                self.hidden.append(name)
            return
        lowered = body.lower()
        if (self.hidden and self.hidden[-1] == name) or (
            name not in _VOID and ("style" in lowered) and _HIDING.search(body)
        ):
            self.hidden.append(name)
        if not (
            name in _CLICKED or name in _FRAMES or name in _LOADED or "://" in body or "url" in lowered or "//" in body
        ):
            return
        if len(self.found.seen) >= MAX_WRITTEN:
            return
        attributes: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(body):
            attributes.setdefault(match["name"].lower(), match["double"] or match["single"] or match["bare"] or "")
        self._attributes(name, attributes, token.start())

    def _attributes(self, name: str, attributes: dict[str, str], at: int) -> None:
        for key, value in attributes.items():
            shape = _shape(name, key, attributes)
            if shape == "base":
                seen = self._add(value, "machinery", at)
                self.base = seen.found.url if seen else ""
            elif shape == "meta":
                refresh = _REFRESH.search(value)
                if refresh or "://" in value:
                    self._add(refresh["url"] if refresh else value, "link" if refresh else "machinery", at)
            elif shape == "style":
                for url in _CSS_URL.finditer(html.unescape(value)):
                    self._add(url["url"], "image", at)
            elif shape == "script":
                self._code(html.unescape(value), at, "script")
            elif shape:
                self._link(name, value, shape, attributes, at)
        if name == "img":
            self._picture(attributes, at)

    def _link(self, name: str, value: str, shape: str, attributes: dict[str, str], at: int) -> None:
        seen = self._add(value, shape, at)
        if seen and name == "a":
            self.open_link = seen, len(self.out)
        elif seen and name == "area":
            seen.picture, seen.anchor = True, attributes.get("alt", "")

    def _picture(self, attributes: dict[str, str], at: int) -> None:
        if not self.open_link:
            return
        self.open_link[0].picture = True
        if attributes.get("alt"):
            self._put(f" {html.unescape(attributes['alt'])} ", at)

    def _add(self, value: str, shape: str, at: int) -> Seen | None:
        found = read_href(value, at, self.base)
        if isinstance(found, str):
            if found:
                self.found.other.append((found, at))
            return None
        seen = Seen(found, shape, hidden=bool(self.hidden), place=self.length)
        self.found.seen.append(seen)
        return seen

    def _code(self, code: str, at: int, kind: str) -> None:
        """Take the addresses in a script or a style sheet, those that it builds from pieces or decodes too."""
        if kind == "style":
            for match in _CSS_URL.finditer(code[:200_000]):
                self._add(match["url"], "image", at + match.start())
            return
        code = code[:200_000]
        if "://" in code or ":\\/" in code or "http" in code:
            plain = _CODE_ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else "/", _GLUE.sub("", code))
            self._script(plain, at, () if plain == code else ("script",))
        for match in _ATOB.finditer(code):
            self._script(unbase64(match[1]), at, ("base64",))
        for match in _ESCAPED.finditer(code):
            from_percent = re.sub(r"%([0-9a-fA-F]{2})", lambda m: chr(int(m[1], 16)), match[1])
            inner = read_markup(from_percent) if "<" in from_percent and "unescape" not in from_percent else None
            self.found.seen += [
                Seen(_moved(s.found, at, "script"), s.shape, s.anchor) for s in (inner.seen if inner else ())
            ]
            if inner is None:
                self._script(from_percent, at, ("script",))

    def _script(self, text: str, at: int, undone: tuple[str, ...]) -> None:
        for found in find_written(text, deep=False):
            if not found.named:
                moved = Written(found.url, found.host, at, at + 1, (*found.undone, *undone))
                self.found.seen.append(Seen(moved, "script"))


def _shape(tag: str, key: str, attributes: dict[str, str]) -> str:
    """Return what an attribute of a tag is, as `Seen.shape` or one of `base`, `meta`, `style`; "" for no address."""
    if key == _CLICKED.get(tag) or key == "xlink:href":
        return "form" if key in ("action", "formaction") else "link"
    if key == _FRAMES.get(tag):
        return "frame"
    if key == "background" or (tag in _LOADED and key in ("src", "lowsrc", "dynsrc", "href")):
        return "image"
    if tag == "link" and key == "href":
        return "machinery" if _MACHINERY.search(attributes.get("rel", "") + attributes.get("type", "")) else "link"
    if key.startswith("on") or key in ("data-href", "data-url", "data-saferedirecturl", "originalsrc"):
        return "script"
    return _OTHER.get((tag, key)) or _ANYWHERE.get(key.partition(":")[0], "")


def _moved(found: Written, at: int, name: str) -> Written:
    return Written(found.url, found.host, at, at + 1, (*found.undone, name))
