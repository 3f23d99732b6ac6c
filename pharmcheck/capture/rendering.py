"""What a browser made of the pages of a site: which pages are given to it, what is read of it, and how it is recorded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace

from pharmcheck.capture.exchange import Exchange, Fetched
from pharmcheck.model import Gap, Page, Picture
from pharmcheck.model.captured import FIRST
from pharmcheck.reading.page import read_page

VISITOR = "browser"  # of what scripts led to, in recordings
DRAWN = ("javascript", "empty")  # shells in whose place a browser's page is read
MAX_RENDERED = 6  # home, the pasted page, and of a shop drawn by scripts the pages that tell most
_NEVER = ("bot-wall", "parked")  # a wall against robots is respected; a parking page says what it is
_ABOUT, _TREE, _SEEN = "urn:pageinfo:", "urn:dom:", "urn:view:"
_TYPE = (("Content-Type", "text/html; charset=utf-8"),)
_NOT_RUN = "rendering: scripts were not run; a live check with --render reads the pages that they draw"


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a browser made of the page `asked`: its tree as HTML in UTF-8 and a PNG of it, b"" where there is none.

    `way` are the answers through which scripts led on, `why` says what went wrong, "" for nothing. `loaded` are the
    addresses that the page asked for, each with its HTTP status or why it got nothing. `cut`: the tree is not whole.
    """

    asked: str
    tree: bytes = b""
    picture: bytes = b""
    way: tuple[Exchange, ...] = ()
    why: str = ""
    loaded: tuple[tuple[str, str], ...] = ()
    cut: bool = False

    def exchanges(self) -> tuple[Exchange, ...]:
        """Return what a recording holds of it besides the way."""
        about = {
            "url": self.asked,
            "way": [[e.url, e.via] for e in self.way],
            "why": self.why,
            "urls": dict(self.loaded),
            **({"cut": True} if self.cut else {}),
        }
        parts = (
            (_ABOUT, "application/json", json.dumps(about, ensure_ascii=False, indent=1).encode("utf-8", "replace")),
            (_TREE, _TYPE[0][1], self.tree),
            (_SEEN, "image/png", self.picture),
        )
        return tuple(
            Exchange(f"{prefix}{self.asked}", headers=(("Content-Type", kind),), body=body)
            for prefix, kind, body in parts
            if body
        )


Render = Callable[[Exchange], Awaitable[Rendering]]


def recorded_render(exchanges: Iterable[Exchange]) -> Render:
    """Return a renderer that gives what a recording of ours holds; what is not in it could not be rendered then either."""
    kept = tuple(exchanges)
    parts = {e.url: e.body for e in kept if e.url.startswith("urn:")}
    led = {e.url: e for e in kept if e.visitor == VISITOR}

    async def render(page: Exchange) -> Rendering:
        try:
            about = json.loads(parts[_ABOUT + page.url])
            way = tuple(replace(led[url], via=str(via)) for url, via in about["way"])
            loaded = tuple((str(url), str(end)) for url, end in about["urls"].items())
            why, cut = str(about["why"]), about.get("cut") is True
        except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
            return Rendering(page.url, why=f"{page.url} is not among the rendered pages of this recording")
        tree, picture = (parts.get(prefix + page.url, b"") for prefix in (_TREE, _SEEN))
        return Rendering(page.url, tree, picture, way, why, loaded, cut)

    return render


def unscripted(answer: Fetched) -> Fetched:
    """Return the answer without what scripts led to."""
    return replace(answer, exchanges=tuple(e for e in answer.exchanges if e.visitor != VISITOR))


class Rendered:
    """The rendered pages of one site, in the order in which they were read; without a renderer there are none."""

    def __init__(self, render: Render | None) -> None:
        self._render = render
        self._made: dict[str, Rendering] = {}  # by the address at which each ended
        self._all: dict[str, Rendering] = {}  # by the address that was given to the browser

    async def follow(self, role: str, answer: Fetched) -> Fetched:
        """Return the answer, with what scripts led to where it is a page that a browser should see."""
        last = answer.last
        if self._render is None or answer.error or not 200 <= last.status < 300 or not last.is_html:
            return answer
        if last.url in self._all or len(self._all) >= MAX_RENDERED:
            return answer
        shell = _shell(last)
        first = role in FIRST
        if role == "issuer" or shell in _NEVER or not (first or shell in DRAWN):
            return answer
        made = await self._render(last)
        end = made.way[-1] if made.way else last
        if _shell(end) not in DRAWN:
            made = replace(made, tree=b"")  # the page itself is read: what scripts leave out of it still stands there
        elif not made.why and made.tree and _shell(replace(end, body=made.tree, headers=_TYPE)) in DRAWN:
            made = replace(made, why=f"{end.url} shows nothing to read to a browser either")
        elif made.cut and not made.why:
            made = replace(made, why=f"{end.url} was not read to its end: what scripts made of it is too large")
        if not first:
            made = replace(made, picture=b"")
        self._all[last.url] = self._made[end.url] = made
        return replace(answer, exchanges=(*answer.exchanges, *made.way))

    def page(self, last: Exchange, role: str, hops: tuple[str, ...]) -> Page | None:
        """Return what a browser made of an answer in whose place only a shell stood, else None."""
        made = self._made.get(last.url)
        if made is None or not made.tree:
            return None
        kind = _TYPE[0][1]
        return read_page(last.url, made.tree, content_type=kind, role=role, status=last.status, hops=hops, cut=made.cut)

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """What a recording holds of the rendered pages."""
        return tuple(e for made in self._all.values() for e in made.exchanges())

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """What visitors see of the home page and of the pasted page."""
        return tuple(
            Picture(end, hashlib.sha256(made.picture).hexdigest(), made.picture)
            for end, made in self._made.items()
            if made.picture
        )

    def gaps(self, pages: Iterable[Page]) -> tuple[Gap, ...]:
        """Return what could not be rendered of these pages, or that nothing was where it would have told more."""
        if self._render is None:
            return (Gap("rendering", _NOT_RUN),) if any(page.shell == "javascript" for page in pages) else ()
        whys = dict.fromkeys(made.why for made in self._all.values() if made.why)
        return tuple(Gap("rendering", f"rendering: {why}") for why in whys)


def _shell(answer: Exchange) -> str:
    return read_page(answer.url, answer.body, content_type=answer.header("content-type")).shell
