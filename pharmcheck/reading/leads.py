"""Where a page sends its visitors by itself: a meta refresh, a simple script, or a frame that fills it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urldefrag

from ahocorasick_rs import BytesAhoCorasick
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pharmcheck.reading.bounds import tame
from pharmcheck.reading.decode import decode, is_binary, shown
from pharmcheck.reading.hrefs import absolute
from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.target import host_of

MAX_WAIT_S = 30  # a page that refreshes later than this is read before it goes
# An automaton of one word looks at many letters at once: 2 us for a page of 100 KB, where `in` takes 45.
_WORTH_PARSING = tuple(BytesAhoCorasick([word]) for word in (b"http-equiv", b"location", b"<frame", b"<iframe"))
_REFRESH = re.compile(r"\s*(\d+)[\d.]*\s*[;,]?\s*(?:url\s*=\s*)?['\"]?([^'\"]*)", re.IGNORECASE)
# A string ends with its quote. A quote that nothing closes stands in a regular expression, and is passed over; where escapes
# follow it, each of which may be a quote, the string goes to where it could end at most: to try each anew is quadratic.
_STRINGS = "|".join(
    rf"{quote}{inside}*+(?:{quote}|\\.(?:{inside}++|\\.)*+{quote}?)"
    for quote, inside in (("'", r"[^'\\\n]"), ('"', r'[^"\\\n]'), ("`", r"[^`\\]"))
)
# Strings, comments and braces are stepped over; what is left is an assignment of a literal, or a call with one.
_SCRIPT = compile_on_use(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)|"
    r"(?P<lead>(?<![\w$.])(?:(?:window|document|self|top|parent)\s*\.\s*)?location"
    r"(?:\s*\.\s*href)?\s*=(?!=)\s*(?P<q1>['\"])(?P<url1>[^'\"\\\n]{1,2000})(?P=q1)"
    r"|(?<![\w$.])(?:(?:window|document|self|top|parent)\s*\.\s*)?location\s*\.\s*(?:replace|assign)\s*\(\s*"
    r"(?P<q2>['\"])(?P<url2>[^'\"\\\n]{1,2000})(?P=q2)\s*\))|"
    rf"{_STRINGS}|(?P<open>[{{(\[])|(?P<close>[}})\]])",
    re.DOTALL,
)
_CONDITIONAL = re.compile(r"(?:[)&|?:=]|\belse)\s*\Z")
_WHOLE = re.compile(r"(?:^|;)\s*(?:height|min-height)\s*:\s*100(?:%|vh)", re.IGNORECASE)
_WIDE = re.compile(r"(?:^|;)\s*(?:width|min-width)\s*:\s*100(?:%|vw)", re.IGNORECASE)
_MAX_FRAME_WORDS = 30  # a page with more words than this is a page with a frame in it
_MAX_SCRIPT_CHARS = 200_000


def find_lead(url: str, body: bytes, content_type: str, refresh: str = "") -> tuple[str, str]:
    """Return how the page in `body` leads on and where to, or two empty strings; `refresh` is that HTTP header.

    Scripts are not run: only a literal address counts, in a statement that stands outside of functions and conditions.
    """
    page = urldefrag(url).url
    found = _refresh(refresh, page) if refresh else ""
    if found:
        return "meta refresh", found
    lowered = body.lower()
    if is_binary(body, content_type) or not any(word.find_matches_as_indexes(lowered) for word in _WORTH_PARSING):
        return "", ""
    root = LexborHTMLParser(tame(shown(decode(body, content_type)[0])), scripting=True).root
    if root is None:
        return "", ""
    base = root.css_first("base[href]")
    against = absolute(page, base.attributes.get("href") or "") if base is not None else page
    for how, leads in (("meta refresh", _metas), ("script", _scripts), ("frame", _frames)):
        for lead in leads(root, against or page):
            if urldefrag(lead).url != page and lead.startswith(("http://", "https://")):
                return how, lead
    return "", ""


def _refresh(content: str, base: str) -> str:
    found = _REFRESH.match(content)
    if not found or not found[2].strip() or len(found[1]) > 3 or int(found[1]) > MAX_WAIT_S:
        return ""
    return absolute(base, found[2].strip())


def _metas(root: LexborNode, base: str) -> Iterator[str]:
    for node in root.css("meta[http-equiv]"):
        if (node.attributes.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        if lead := _refresh(node.attributes.get("content") or "", base):
            yield lead


def _scripts(root: LexborNode, base: str) -> Iterator[str]:
    for node in root.css("script:not([src])"):
        for lead in _script_leads(node.text(deep=True)):
            if found := absolute(base, lead):
                yield found


def _script_leads(script: str) -> Iterator[str]:
    """Yield the literal addresses to which a script moves the window, whatever happens."""
    script = script[:_MAX_SCRIPT_CHARS]
    depth = 0
    for token in _SCRIPT.finditer(script):
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth -= 1
        elif (
            token["lead"] and depth == 0 and not _CONDITIONAL.search(script[max(0, token.start() - 20) : token.start()])
        ):
            yield token["url1"] or token["url2"]


def _frames(root: LexborNode, base: str) -> Iterator[str]:
    framed = [_source(node, base) for node in root.css("frameset frame")]
    shown_frames = list(dict.fromkeys(filter(None, framed)))
    if len(shown_frames) == 1:
        yield shown_frames[0]
    wide = [_source(node, base) for node in root.css("iframe[src]") if _fills(node)]
    own = next((url for url in wide if host_of(url) == host_of(base)), "")
    if own:
        yield own  # whatever words stand beside it: they are not what visitors see first
    body = root.css_first("body")
    words = len(body.text(deep=True, separator=" ").split()) if wide and body is not None else 0
    if len(wide) == 1 and wide[0] and words <= _MAX_FRAME_WORDS:
        yield wide[0]


def _source(node: LexborNode, base: str) -> str:
    return absolute(base, node.attributes.get("src") or "")


def _fills(node: LexborNode) -> bool:
    given = node.attributes
    style = given.get("style") or ""
    wide = (given.get("width") or "").strip() == "100%" or bool(_WIDE.search(style))
    high = (given.get("height") or "").strip() == "100%" or bool(_WHOLE.search(style))
    return wide and high
