"""The shapes in which people write addresses, plain and disguised, and how each is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pharmcheck.audit.instructed import has_blank, instructions, mended
from pharmcheck.target import TargetError, has_public_suffix, normal_url

_WORDS = "dot|d\\.o\\.t|d0t|punto|punkt|ponto|point|nokta|kropka|tečka|точка|點|点|ドット|نقطة"
_SPOKEN = rf"\s(?:{_WORDS})\s"
_BRACKETED = rf"\s?[\[({{<]\s?(?:\.|{_WORDS})\s?[\])}}>]\s?|[\[({{]\.(?=\w)|\.[\])}}](?=\w)"
_SIGNS = r"[.\u3002\uff0e\uff61\u2024\u00b7]"
_DOT = rf"(?:{_SIGNS}|{_BRACKETED}|\\\.|%2e)"
_LOOSE_DOT = rf"(?:{_DOT}|[ \t]?\.[ \t]?|{_SPOKEN}|[ \t]{{1,2}}(?=\.[a-z]{{2,6}}\b))"
_SIGN = r"[\w%\u2600-\u27bf\U0001f300-\U0001faff]"  # emoji are lawful in some suffixes
_LABEL = rf"(?:{_SIGN}(?:(?:{_SIGN}|-){{0,90}}{_SIGN})?)"
_TAIL = r"(?::\d{0,5})?(?P<tail>[/?#\\][^\s\"'<>\u201c\u201d]{0,2000})?"
_SCHEME = re.compile(
    r"(?<![a-z0-9])(?P<scheme>h\s?[tx*]\s?[tx*]\s?p\s?s?|h?[tx]{1,2}ps?|[a-z][a-z+]{1,9})"
    r"(?P<colon>\s?\[\s?:\s?(?P<inside>//|\\\\)?\s?\]|\s?\(:\)|\s{0,2}:)\s?(?P<slashes>(?:[\\/]\s?){1,4}|\[//\])?",
    re.IGNORECASE,
)
_COLON = re.compile(r":(?=[\s\])]{0,3}[\\/\[]|(?<=[pPsS]:))")  # with a slash behind it, or an "http" before it
_BEFORE_COLON = re.compile(
    r"(?:h\s?[tx*]\s?[tx*]\s?p\s?s?|(?<![a-z0-9])h?[tx]{1,2}ps?|(?<![a-z0-9])[a-z][a-z+]{1,9})\s{0,2}[\[(]?\s?\Z", re.I
)
_REST = re.compile(
    rf"\s{{0,2}}(?P<again>(?:https?:[\\/]{{0,3}}){{0,3}})(?P<user>[^\s/\\@<>\"']{{1,100}}@)?"
    rf"(?P<host>\[[0-9a-f:.]{{2,45}}\]|(?P<strict>{_LABEL}(?:{_DOT}{_LABEL}){{0,10}})(?:{_LOOSE_DOT}{_LABEL}){{0,10}}\.?){_TAIL}",
    re.IGNORECASE,
)
_BEGIN = r"(?:(?<![\w@./:\\%=+\-#&])|(?<=(?<![\w:/.)])//)|(?<=[ul]rl[=:])|(?<=link=)|(?<=href=))"
_NAKED = re.compile(rf"{_BEGIN}(?P<host>{_LABEL}(?:{_DOT}{_LABEL}){{1,8}})(?![\w@])\.?{_TAIL}", re.IGNORECASE)
# Suffixes that are no word of a language, so that the end of a sentence is no address.
_SPELT = re.compile(
    rf"(?<![\w@.-])(?P<host>(?:www(?:\s?dot\s|\s?\.\s?| d\.o\.t ))?[^\W_][\w-]{{2,61}}"
    rf"(?:{_SPOKEN}|\s\.\s|\s\.(?=com\b)|\.\s(?=com\b)|{_BRACKETED})(?:(?:co|com|org|net)(?:\sdot\s|\s?\.\s?))?"
    r"(?:com|net|org|info|biz|xyz|shop|store|online|ru|su|cn|cc|eu|fr|nl|pl|br|uk|de|es|it|c\so\sm))\b(?P<tail>/[^\s\"'<>]{0,500})?",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"(?<!\S)(?P<host>(?:[\w-]\s){3,60}\.\s(?:[\w-]\s){0,20}(?:\.\s(?:\w\s){0,10})?\w)(?!\S)")
_SUFFIX = r"(?:com|net|org|info|biz|xyz|top|shop|store|online|site|club|ru|su|cn|cc|eu|de|fr|es|it|pl|nl|br|in|us|uk|me|io|co)"
_TOKENISED = re.compile(
    rf"\bwww ?\. ?(?P<host>[\w-]{{1,60}}(?: ?- ?[\w-]{{1,40}}){{0,3}} ?\. ?{_SUFFIX}(?: ?\. ?{_SUFFIX})?)\b",
    re.IGNORECASE,
)
_ANY_BRACKETED = re.compile(rf"[\[({{<]\s?(?:\.|{_WORDS})\s?[\])}}>]|[\[({{]\.\w|\.[\])}}]\w|\\\.|%2e", re.IGNORECASE)
_SPELT_SIGNS = (
    *(f" {word} " for word in _WORDS.replace("\\", "").split("|")),
    " . ",
    " .com",
    ". com",
    "dot\n",
    "\ndot",
)
_ANY_DOT = re.compile(rf"(?<=[\w\U0001f300-\U0001faff]){_SIGNS}(?=[^\W\d_])")
_BLANK = re.compile(r"[\s<>\"']")
_SPACES = re.compile(r"\s+")
_BRACKET = re.compile(r"[\[\])]")
_PLAIN = re.compile(r"[a-zA-Z0-9._-]+")  # of a host nothing is to be undone
# Scripts without look-alikes of Latin letters: where they touch a Latin name, a word ends.
_GLUED = re.compile("[^.]*[\u0590-\u08ff\u0900-\u0fff\u3040-\u9fff\uac00-\ud7af](?=[a-zA-Z0-9])")
# Suffixes that end more file names than addresses.
_FILES = "md py sh zip mov pl rs so js php asp aspx jsp htm html txt jpg png gif css exe doc pdf cc ps ms ai".split()  # noqa: SIM905
_NOT_WEB_WORDS = """
    mailto tel sms javascript data file cid mid about irc news nntp magnet sip skype callto ldap ldaps ssh git
    bitcoin urn note re fw fwd subject from to date ftps sftp ws wss view source steam mms geo xmpp tg whatsapp
    viber content url
"""
_NOT_WEB = frozenset(_NOT_WEB_WORDS.split())
_COMMON_WORDS = """
    the and this that our your their der die das los las les via per one big old new not nor for are was end full
    good no main any key each same next last more
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_OPENING = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Found:
    """An address in a text and what was undone to read it."""

    url: str
    host: str
    undone: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shape:
    """What has a shape of addresses, and how to read it; `named` shapes carry no scheme."""

    matches: Iterator[re.Match[str]]
    read: Callable[[re.Match[str]], Found | None]
    named: bool = True


def shapes(text: str) -> Iterator[Shape]:
    """Yield what has the shape of an address, the surest shape first; the search costs time only where a sign of it is."""
    if ":" in text:
        yield Shape(_schemes(text), _schemed, named=False)
    yield Shape(instructions(text), _instructed)
    if " . " in text or ". c" in text:
        yield Shape(_LETTERS.finditer(text), _joined)
        yield Shape(_TOKENISED.finditer(text), _joined)
    bracketed = bool(_ANY_BRACKETED.search(text))
    yield Shape(_NAKED.finditer(text) if bracketed else _with_dots(text), _bare)
    lowered = text.lower() if has_blank(text) else ""  # each of the signs stands between others
    if bracketed or any(sign in lowered for sign in _SPELT_SIGNS if lowered):
        yield Shape(_SPELT.finditer(text), _spelt)


def _schemes(text: str) -> Iterator[re.Match[str]]:
    """Yield what may be schemes: colons are rare, so what stands before each is looked at, and not every word."""
    end = 0
    for colon in _COLON.finditer(text):
        left = max(end, colon.start() - 24)
        before = _BEFORE_COLON.search(text[left : colon.start()])
        match = _SCHEME.match(text, left + before.start()) if before else None
        if match:
            end = match.end()
            yield match


def _with_dots(text: str) -> Iterator[re.Match[str]]:
    """Yield bare names of a text; none holds a blank, so only the words with a dot inside are searched."""
    end = 0
    for dot in _ANY_DOT.finditer(text):
        if dot.start() < end:
            continue
        start = max(dot.start() - 300, end)
        blanks = list(_BLANK.finditer(text, start, dot.start()))
        start = blanks[-1].end() if blanks else start
        blank = _BLANK.search(text, dot.end(), dot.end() + 3_000)
        end = blank.start() if blank else min(len(text), dot.end() + 3_000)
        yield from _NAKED.finditer(text, start, end)


def _schemed(match: re.Match[str]) -> Found | None:
    scheme = _SPACES.sub("", match["scheme"]).lower()
    slashes = match["slashes"] or match["inside"] or ""
    sure = scheme in ("http", "https")
    if scheme in _NOT_WEB or (not slashes and not sure):
        return None
    rest = _REST.match(match.string, match.end())
    if not rest:
        return None
    undone = [] if sure and scheme == match["scheme"].lower() and match["colon"].strip() == ":" else ["scheme"]
    undone += ["slashes"] if slashes.strip() != "//" else []
    undone += ["scheme"] if rest["again"] else []
    undone += ["spaces"] if slashes != slashes.rstrip() or rest[0][:1].isspace() else []
    return _after_scheme(rest, undone, match.start(), "https" if scheme.endswith("s") else "http", strict=not sure)


def _after_scheme(rest: re.Match[str], undone: list[str], start: int, scheme: str, *, strict: bool) -> Found | None:
    """Return the address after a scheme; a dot with blanks around it is the host's only if there is none without it."""
    user, written, tail, end = rest["user"] or "", rest["host"], rest["tail"] or "", rest.end()
    host, how = _dotted(written)
    if rest["strict"] and len(rest["strict"]) < len(written.rstrip(".")):
        near, near_how = _dotted(rest["strict"])
        if (has_public_suffix(near.lower()) and "." in near) or not _is_host(host, written):
            host, how, tail, end = near, near_how, "", rest.end("strict")
    cut = _trimmed(tail)
    port = re.match(r":\d{1,5}", rest.string[rest.end("host") : rest.end("host") + 6]) if end == rest.end() else None
    found = _normal(f"{scheme}://{user}{host}{port[0] if port else ''}{cut}")
    if not found or not _is_web(found[1], strict=strict):
        return None
    odd = {
        "percent": "%" in host,
        "idn": not host.isascii() or "xn--" in host.lower(),
        "userinfo": bool(user),
        "number": found[1] != host.lower().rstrip(".") and re.fullmatch(r"[\d.]+", found[1]),
    }
    return Found(
        *found, (*undone, *how, *(name for name, is_so in odd.items() if is_so)), start, end - len(tail) + len(cut)
    )


def _is_host(host: str, written: str) -> bool:
    """True for a host under a public suffix; a capital after a loose dot begins a sentence."""
    last = host.rpartition(".")[2]
    return has_public_suffix(host.lower()) and (last == last.lower() or written == written.upper())


def _is_web(host: str, *, strict: bool) -> bool:
    """True for a host that can be one: with a public suffix, an onion's, or, after a real scheme, an address."""
    if host[-1:].isdigit() or ":" in host:
        return not strict
    return has_public_suffix(host) or host.endswith(".onion")


def _dotted(written: str) -> tuple[str, list[str]]:
    """Return a host with plain dots, and what was undone."""
    if _PLAIN.fullmatch(written):
        return written.rstrip("."), []
    how: list[str] = []
    if not written.startswith("[") and re.search(r"[\[({<\])}\\\u00b7]", written):
        written = re.sub(rf"{_BRACKETED}|\\\.|\u00b7", ".", written, flags=re.IGNORECASE)
        how.append("dot")
    if "%2e" in written.lower():
        written = re.sub("%2e", ".", written, flags=re.IGNORECASE)
        how.append("percent")
    if re.search(r"\s", written):
        word = re.sub(_SPOKEN, ".", written, flags=re.IGNORECASE)
        how.append("dot" if word != written else "spaces")
        written = _SPACES.sub("", word)
    return re.sub(_SIGNS, ".", written).rstrip("."), how


def _bare(match: re.Match[str]) -> Found | None:
    glued = _GLUED.match(match["host"])
    start = match.start("host") + (glued.end() if glued else 0)
    host, how = _dotted(match["host"][glued.end() :] if glued else match["host"])
    name, _, last = host.rpartition(".")
    worldwide = host.lower().startswith("www.")
    if not last or last.isdigit() or "%" in host or host.startswith("_"):
        return None
    if not worldwide and (not last.isascii() or (last[0].isupper() and not host.isupper())):
        return None  # two sentences, in a script whose words are suffixes too or with a capital
    tail = _trimmed(match["tail"] or "")
    if (
        not worldwide
        and not tail
        and ((last.lower() in _FILES and not how) or ("." not in name and len(name) < 2 and name.isascii()))
    ):
        return None  # a file; e.g, i.e, a.m
    found = _normal(f"http://{host}{tail}")
    if not found or not _is_web(found[1], strict=True):
        return None
    return Found(*found, tuple(how) if host.isascii() else (*how, "idn"), start, match.end("host") + len(tail))


def _spelt(match: re.Match[str]) -> Found | None:
    written = match["host"]
    host = re.sub(
        r"c\so\sm\Z", "com", re.sub(rf"{_BRACKETED}|{_SPOKEN}|\s?\.\s?", ".", written, flags=re.I), flags=re.I
    )
    labels = host.lower().split(".")
    label, spaced = labels[labels[0] == "www"], " . " in written
    if label in _COMMON or (spaced and match["host"][0].isupper() and labels[0] != "www"):
        return None
    if spaced and label.isalpha() and labels[-1] not in ("com", "net", "info", "biz"):
        return None  # more likely the end of a sentence
    return _checked(f"http://{host}{_trimmed(match['tail'] or '')}", ("dot",), match)


def _joined(match: re.Match[str]) -> Found | None:
    return _checked("http://" + _SPACES.sub("", match[0]), ("spaces",), match)


def _instructed(match: re.Match[str]) -> Found | None:
    """Return the address that results from an instruction to mend what stands near it."""
    for text, start, end in mended(match):
        bare = _NAKED.fullmatch(text)
        found = _bare(bare) if bare else None
        if found:
            return Found(found.url, found.host, ("instruction",), start, end)
    return None


def _checked(text: str, undone: tuple[str, ...], match: re.Match[str]) -> Found | None:
    found = _normal(text)
    return Found(*found, undone, match.start(), match.end()) if found and _is_web(found[1], strict=True) else None


def _trimmed(tail: str) -> str:
    """Cut what ends the sentence, not the address."""
    if _BRACKET.search(tail):
        for mark in ("](", "[/url", "[/URL", "[/link"):
            tail = tail.partition(mark)[0]
        for closing, opening in (")(", "]["):
            cut = tail.find(closing)
            tail = tail[:cut] if cut >= 0 and opening not in tail[:cut] else tail
    while tail and (
        tail[-1] in ".,;:!?*|\u2026" or (tail[-1] in _OPENING and tail.count(tail[-1]) > tail.count(_OPENING[tail[-1]]))
    ):
        tail = tail[:-1]
    return tail


def _normal(text: str) -> tuple[str, str] | None:
    try:
        url, host = normal_url(text)
    except TargetError:
        return None
    return (url, host) if "." in host or ":" in host else None
