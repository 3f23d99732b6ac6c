"""Addresses to which a page points: its links, and those in its text, bare, disguised or left in markup."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from pharmcheck.model import Page
from pharmcheck.target import TargetError, has_public_suffix, host_of, normal_url, registrable_domain

_MOST = 2_000  # a page that points to more places is a dump; the first ones tell what it is
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOT = r"[\u200b\u2060]?(?:\.|[\u3002\uff0e]|\\\.|\s?[\[({]\s?(?:\.|dot|d\.o\.t|punto)\s?[\])}]\s?)"
_TAIL = r"(?::\d{1,5})?(?:[/?#\\][^\s\"'<>\[\]{}|]{0,500})?"
# A link that was written in HTML, BBCode, Markdown or wiki markup, and stayed text.
_MARKUP = re.compile(
    r"<a\b[^<>]{0,300}?\bhref\s*=\s*[\"']?\s*(?P<html>[^\s\"'<>]{4,500})[^<>]{0,300}>(?P<html_text>[^<>]{0,200})"
    r"|\[url=\s*[\"']?(?P<bb>[^\[\]\s\"']{4,500})[\"']?\](?P<bb_text>[^\[\]]{0,200})\[/url"
    r"|\[(?P<md_text>[^\[\]\n]{1,200})\]\((?P<md>[^()\s]{4,500})\)"
    r"|\[(?P<wiki>https?://[^\s\]]{4,500})[ |](?P<wiki_text>[^\[\]\n]{1,200})\]",
    re.IGNORECASE,
)
_SCHEMED = re.compile(
    r"(?<![a-z0-9])(?:h(?:tt|xx|\*\*)ps?|meow):[\\/]{2,3}\s?(?P<rest>(?:[^\s/\\@<>\"']{1,60}@)?"
    rf"(?:{_LABEL}{_DOT}){{1,8}}[^\W_][\w-]{{1,60}}\.?{_TAIL})",
    re.IGNORECASE,
)
# Mail that went through a tokeniser: blanks around every sign.
_SPACED = re.compile(
    r"\bh(?:tt|xx)ps? ?: ?/ ?/ (?P<rest>(?:[a-z0-9-]{1,60}(?: [a-z0-9-]{1,60}){0,3} ?\. ?){1,6}[a-z]{2,24}\b)"
    r"(?P<path>(?: ?/ ?[\w-]{1,40}){0,4})",
    re.IGNORECASE,
)
_NAKED = re.compile(
    rf"(?<![\w@./:\\%=+-])(?P<rest>(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?{_DOT}){{1,5}}[a-z]{{2,24}}(?![\w@-]){_TAIL})",
    re.IGNORECASE,
)
# Suffixes that are no word of a language, so that the end of a sentence is no address.
_SPELT = re.compile(
    r"(?<![\w@.-])(?P<rest>(?:www(?: dot | \. ))?[a-z0-9][a-z0-9-]{2,61}(?: dot | \. )"
    r"(?:com|net|org|info|biz|xyz|ru|su|cn|cc|eu|fr|nl|pl|co (?:dot|\.) uk))\b"
)
# Signs of these shapes.
_SPACED_SIGN = re.compile(r": ?/ ?/")
_BRACKETED_DOT = re.compile(r"[\[({]\s?(?:\.|dot|d\.o\.t|punto)\s?[\])}]", re.IGNORECASE)
_DOTTED = re.compile(r"[.\u3002\uff0e](?=[a-z0-9])", re.IGNORECASE)
_BLANK = re.compile(r"\s")
_FILES = frozenset(
    ("md", "py", "sh", "zip", "mov", "pl", "rs", "so")
)  # suffixes that end more file names than addresses
_SHOWN = re.compile(r"(?:https?://|www\.)\S*|(?:[a-z0-9-]+\.)+[a-z]{2,24}(?:/\S*)?", re.IGNORECASE)
_INSIDE = re.compile(r"https?(?::|%3a|%253a)(?:/|%2f|%252f){2}[^&\s]+", re.IGNORECASE)
_UNDOTTED = re.compile(r"\s?[\[({]\s?(?:\.|dot|d\.o\.t|punto)\s?[\])}]\s?|\\\.| dot | \. ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """An address on a page.

    `anchor` is the words that are linked, "" for a bare address. `start` and `end` bound in the page's text what a
    reader sees, anchor or address; both are -1 where that is nothing (a linked picture). `named` tells that it was
    written as a bare name, without a scheme.
    """

    url: str
    host: str
    domain: str
    anchor: str
    start: int
    end: int
    named: bool = False


def find_addresses(page: Page) -> Iterator[Address]:
    """Yield the addresses of a page, its links first, then those in its text; at most 2,000 of either.

    Where one address carries another inside (a redirector, an archive), the inner one is meant. Links to a place on
    the same page and what opens no web address are left out. Time is linear in the length of the text.
    """
    yield from _linked(page)
    for count, found in enumerate(_written(page.text)):
        if count >= _MOST:
            return
        yield found


def _linked(page: Page) -> Iterator[Address]:
    at, own = 0, "://" + host_of(page.url)
    for link in page.links[:_MOST]:
        if (
            link.url[4:].removeprefix("s").startswith((own + "/", own + "?"))
            or not link.url.startswith(("http://", "https://"))
            or _is_address(link.text)
        ):
            continue
        found = page.text.find(link.text, at) if link.text else -1
        at = found if found >= 0 else at
        address = _address(link.url, link.text, found, found + len(link.text) if found >= 0 else -1)
        if address:
            yield address


def _is_address(words: str) -> bool:
    """True when the words of a link are but an address: in the text it is found again."""
    return bool(_SHOWN.fullmatch(words))


def _written(text: str) -> Iterator[Address]:
    """Yield addresses in the text by shape; where one shape lies inside another only the outer one."""
    taken: list[tuple[int, int]] = []
    marked = "<a" in text or "<A" in text or "[" in text
    for match in _MARKUP.finditer(text) if marked else ():
        kind = next(k for k in ("html", "bb", "md", "wiki") if match[k])
        url = match[kind] if "://" in match[kind] else "http://" + match[kind]
        address = _address(url, match[kind + "_text"].strip(), match.start(), match.end())
        if address:
            taken.append(match.span())
            yield address
    for matches, read in _shaped(text):
        spans = []
        taken.sort()
        for match in matches:
            at = bisect_right(taken, (match.start(), len(text))) - 1
            if at >= 0 and match.start() < taken[at][1]:
                continue
            url = read(match)
            address = _address(url, "", match.start(), match.end(), named=read is _bare) if url else None
            if address:
                spans.append(match.span())
                yield address
        taken += spans


def _shaped(text: str) -> Iterator[tuple[Iterator[re.Match[str]], Callable[[re.Match[str]], str]]]:
    """Yield what has the shape of an address, and how to read it; a text without the signs of a shape is spared the search."""
    if ":/" in text or ":\\" in text:
        yield _SCHEMED.finditer(text), _plain
    if _SPACED_SIGN.search(text):
        yield _SPACED.finditer(text), _joined
    yield _NAKED.finditer(text) if _BRACKETED_DOT.search(text) else _dotted(text), _bare
    if " dot " in text or " . " in text:
        yield _SPELT.finditer(text), _bare


def _dotted(text: str) -> Iterator[re.Match[str]]:
    """Yield the bare names of a text, none of which holds a blank: only words with a dot inside are searched."""
    end = 0
    for dot in _DOTTED.finditer(text):
        if dot.start() < end:
            continue
        start = dot.start()
        while start > end and not text[start - 1].isspace():
            start -= 1
        blank = _BLANK.search(text, dot.end())
        end = blank.start() if blank else len(text)
        yield from _NAKED.finditer(text, start, end)


def _plain(match: re.Match[str]) -> str:
    return "http://" + _UNDOTTED.sub(".", match["rest"]).rstrip(".,;:!?*)")


def _joined(match: re.Match[str]) -> str:
    return "http://" + (match["rest"] + match["path"]).replace(" ", "")


def _bare(match: re.Match[str]) -> str:
    written = _UNDOTTED.sub(".", match["rest"]).rstrip(".,;:!?*)")
    return "http://" + written if _plausible(written) else ""


def _plausible(written: str) -> bool:
    """True when a bare name is one of the web: a public suffix, not the joint of two sentences, not a file."""
    host = re.split(r"[/?#:\\]", written, maxsplit=1)[0]
    last = host.rpartition(".")[2]
    joint = last[:1].isupper() and not host.isupper()
    return not joint and last.lower() not in _FILES and has_public_suffix(host.lower())


def _address(url: str, anchor: str, start: int, end: int, *, named: bool = False) -> Address | None:
    inner = _INSIDE.search(url, 8)
    if inner:
        url = unquote(unquote(inner[0])) if "%" in inner[0] else inner[0]
    try:
        url, host = normal_url(url)
    except TargetError:
        return None
    if "." not in host:
        return None
    return Address(url, host, registrable_domain(host), "" if _is_address(anchor) else anchor, start, end, named)
