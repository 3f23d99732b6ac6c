"""Web addresses to which a page points: its links, and those in its text, bare, disguised or left in markup."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from pharmcheck.model import Page
from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.reading.signs import byte_table, each, places, sifted
from pharmcheck.target import TargetError, has_public_suffix, host_of, normal_url, registrable_domain

_MOST = 2_000  # a page that points to more places is a dump; the first ones tell what it is
_KEPT = 1_024  # addresses come again on each page of a site; 8 MB at worst, where each is long and in a foreign script
_LONGEST_KEPT = 500  # characters
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOT = r"[\u200b\u2060]?(?:\.|[\u3002\uff0e]|\\\.|\s?[\[({]\s?(?:\.|dot|d\.o\.t|punto)\s?[\])}]\s?)"
_TAIL = r"(?::\d{1,5})?(?:[/?#\\][^\s\"'<>\[\]{}|]{0,500})?"
# A link that was written in HTML, BBCode, Markdown or wiki markup, and stayed text.
_MARKUP = compile_on_use(
    r"<a\b[^<>]{0,300}?\bhref\s*=\s*[\"']?\s*(?P<html>[^\s\"'<>]{4,500})[^<>]{0,300}>(?P<html_text>[^<>]{0,200})"
    r"|\[url=\s*[\"']?(?P<bb>[^\[\]\s\"']{4,500})[\"']?\](?P<bb_text>[^\[\]]{0,200})\[/url"
    r"|\[(?P<md_text>[^\[\]\n]{1,200})\]\((?P<md>[^()\s]{4,500})\)"
    r"|\[(?P<wiki>https?://[^\s\]]{4,500})[ |](?P<wiki_text>[^\[\]\n]{1,200})\]",
    re.IGNORECASE,
)
_SCHEMED = compile_on_use(
    r"(?<![a-z0-9])(?:h(?:tt|xx|\*\*)ps?|meow):[\\/]{2,3}\s?(?P<rest>(?:[^\s/\\@<>\"']{1,60}@)?"
    rf"(?:{_LABEL}{_DOT}){{1,8}}[^\W_][\w-]{{1,60}}\.?{_TAIL})",
    re.IGNORECASE,
)
# Mail that went through a tokeniser: blanks around every sign.
_SPACED = compile_on_use(
    r"\bh(?:tt|xx)ps? ?: ?/ ?/ (?P<rest>(?:[a-z0-9-]{1,60}(?: [a-z0-9-]{1,60}){0,3} ?\. ?){1,6}[a-z]{2,24}\b)"
    r"(?P<path>(?: ?/ ?[\w-]{1,40}){0,4})",
    re.IGNORECASE,
)
_NAKED = compile_on_use(
    rf"(?<![\w@./:\\%=+-])(?P<rest>(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?{_DOT}){{1,5}}[a-z]{{2,24}}(?![\w@-]){_TAIL})",
    re.IGNORECASE,
)
# Suffixes that are no word of a language, so that the end of a sentence is no address.
_SPELT = re.compile(
    r"(?<![\w@.-])(?P<rest>(?:www(?: dot | \. ))?[a-z0-9][a-z0-9-]{2,61}(?: dot | \. )"
    r"(?:com|net|org|info|biz|xyz|ru|su|cn|cc|eu|fr|nl|pl|co (?:dot|\.) uk))\b"
)
# Signs of these shapes.
_SCHEME_SIGN = re.compile(r":[\\/]{2}")
_SCHEME_CHARS = (5, 4)  # `https`, and what is one shorter
_SPACED_SIGN = re.compile(r": ?/ ?/ ")
_BRACKETED_DOT = re.compile(r"[\[({]\s?(?:\.|dot|d\.o\.t|punto)\s?[\])}]", re.IGNORECASE)
_DOTTED = re.compile(r"[.\u3002\uff0e](?=[a-z]{2})", re.IGNORECASE)  # the last label of a name has two letters or more
_DOTS = byte_table(lambda sign: "." if sign == "." else "a" if sign.isalpha() else " ")
_OTHER_DOTS = "\u3002\uff0e\u0130\u0131\u017f\u212a"  # and what `re.IGNORECASE` takes for i, s and k
_BLANK = re.compile(r"\s")
# Suffixes that end more file names than addresses.
_FILES = frozenset(("md", "py", "sh", "zip", "mov", "pl", "rs", "so"))
_SHOWN = re.compile(r"(?:https?://|www\.)\S*|(?:[a-z0-9-]+\.)+[a-z]{2,24}(?:/\S*)?", re.IGNORECASE)
_HOST_END = re.compile(r"[/?#:\\]")
_INSIDE = re.compile(r"https?(?::|%3a|%253a)(?:/|%2f|%252f){2}[^&\s]+", re.IGNORECASE)
_ODD_SIGN = re.compile(r"[\[({\\ ]")
_UNDOTTED = re.compile(r"\s?[\[({]\s?(?:\.|dot|d\.o\.t|punto)\s?[\])}]\s?|\\\.| dot | \. ", re.IGNORECASE)


class Address(NamedTuple):
    """A web address on a page.

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


def find_addresses(page: Page, own: str = "") -> Iterator[Address]:
    """Yield the addresses of a page, its links first, then those in its text; at most 2,000 of either.

    The name `own`, a domain, is not read where it stands bare in the text: no name is on a shop's pages as often.

    Where one address carries another inside (a redirector, an archive), the inner one is meant. Links to a place on
    the same page and what opens no web address are left out. Time is linear in the length of the text.
    """
    yield from _linked(page)
    for count, found in enumerate(_written(page.text, own)):
        if count >= _MOST:
            return
        yield found


def _linked(page: Page) -> Iterator[Address]:
    """Yield the addresses of links that leave the host; one whose words are but an address is found in the text."""
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
    return ("." in words or "://" in words) and _SHOWN.fullmatch(words) is not None


def _written(text: str, own: str) -> Iterator[Address]:
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
    for matches, read in _shaped(text, own):
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


def _shaped(text: str, own: str) -> Iterator[tuple[Iterator[re.Match[str]], Callable[[re.Match[str]], str]]]:
    """Yield what has the shape of an address, and how to read it; a text without the signs of a shape is spared the search."""
    if ":/" in text or ":\\" in text:
        yield _schemed(text), _plain
    if _SPACED_SIGN.search(text):
        yield _SPACED.finditer(text), _joined
    spelt = " dot " in text or " . " in text
    bracketed = any(_BRACKETED_DOT.match(text, at) for at in places(text, "[({"))
    yield _NAKED.finditer(text) if bracketed else _dotted(text, "" if spelt else own), _bare
    if spelt:
        yield _SPELT.finditer(text), _bare


def _schemed(text: str) -> Iterator[re.Match[str]]:
    """Yield the addresses with a scheme: only what stands before `://` is tried."""
    end = 0
    for sign in _SCHEME_SIGN.finditer(text):
        for start in (sign.start() - back for back in _SCHEME_CHARS):
            match = _SCHEMED.match(text, start) if start >= end else None
            if match:
                end = match.end()
                yield match
                break


def _dotted(text: str, own: str) -> Iterator[re.Match[str]]:
    """Yield the bare names of a text, none of which holds a blank: only words with a dot inside are searched."""
    end = 0
    for dot in _dots(text):
        if dot < end:
            continue
        start = max(end, text.rfind(" ", end, dot), text.rfind("\n", end, dot))
        blank = _BLANK.search(text, dot)
        end = blank.start() if blank else len(text)
        if not (own and _is_name(own, text[start:end].lstrip())):
            yield from _NAKED.finditer(text, start, end)


def _dots(text: str) -> Iterator[int]:
    """Yield where a dot stands before two letters, ascending."""
    if not text.isascii() and any(sign in text for sign in _OTHER_DOTS):
        return (dot.start() for dot in _DOTTED.finditer(text))
    return each(sifted(text, _DOTS), b".aa")


def _is_name(own: str, word: str) -> bool:
    """True when a word is but a name, or a place below it that carries no other address."""
    rest = word[len(own) :]
    if not word.startswith(own) or rest[:1] not in ("", "/"):
        return False
    dotless = rest.isascii() and "." not in rest
    return (dotless or not _DOTTED.search(rest)) and "http" not in word.lower()


def _plain(match: re.Match[str]) -> str:
    return "http://" + _undotted(match["rest"])


def _joined(match: re.Match[str]) -> str:
    return "http://" + (match["rest"] + match["path"]).replace(" ", "")


def _bare(match: re.Match[str]) -> str:
    return _named(match["rest"])


@lru_cache(_KEPT)
def _named(written: str) -> str:
    """Return the address that a bare name is, "" where it is none."""
    name = _undotted(written)
    return "http://" + name if _plausible(name) else ""


def _undotted(written: str) -> str:
    """Return an address with plain dots, without the marks of the sentence behind it."""
    return (_UNDOTTED.sub(".", written) if _ODD_SIGN.search(written) else written).rstrip(".,;:!?*)")


def _plausible(written: str) -> bool:
    """True when a bare name is one of the web: a public suffix, not the joint of two sentences, not a file."""
    host = _HOST_END.split(written, maxsplit=1)[0]
    last = host.rpartition(".")[2]
    joint = last[:1].isupper() and not host.isupper()
    return not joint and last.lower() not in _FILES and has_public_suffix(host.lower())


def _address(url: str, anchor: str, start: int, end: int, *, named: bool = False) -> Address | None:
    found = _kept(url) if len(url) <= _LONGEST_KEPT else _opened(url)
    if found is None:
        return None
    if anchor and _is_address(anchor):
        anchor = ""
    return Address(*found, anchor, start, end, named)


def _opened(url: str) -> tuple[str, str, str] | None:
    """Return the address that is meant, its host and domain; None for what opens no web address."""
    inner = _INSIDE.search(url, 8) if "http" in url[8:].lower() else None
    if inner:
        url = unquote(unquote(inner[0])) if "%" in inner[0] else inner[0]
    try:
        url, host = normal_url(url)
    except TargetError:
        return None
    return (url, host, registrable_domain(host)) if "." in host else None


_kept = lru_cache(_KEPT)(_opened)
