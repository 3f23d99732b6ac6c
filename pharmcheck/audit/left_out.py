"""Which addresses of a message are not what it promotes, and why: each keeps its reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from pharmcheck.audit.identity import domain_of, is_chat, is_shared
from pharmcheck.reading.host import is_official

IMAGE = "an image is loaded from there"
MACHINERY = "part of the page's machinery (style, script, document type)"
TRACKER = "a tracker"
MAIL = "the host of a mail address"
KNOWN = "a well-known site"
UNRESOLVED = "unresolved redirector"
REMOVAL = "a removal link"
FOOTER = "the footer of a mailing list"
TEXT_ONLY = "stands in the text part only, not in the letter that is shown"
NAMED = "a name without a link, beside links"
SHARE = "a button to share, no account"
HIDDEN = "hidden from readers, beside links that they see"
OWN = "the page's own site"

_BRAND = re.compile(r"(?:google|amazon|ebay|yahoo|microsoft|hotmail|msn|live|gmx|yandex)\.(?:com?\.)?[a-z]{2}")
_LIST_URL = re.compile(
    r"https?://groups\.(?:google|yahoo)\.com/(?:d/|group/[^/]+/(?:un)?subscribe|a/[^/]+/d/)|/mailman/(?:listinfo|options)/|/listinfo/"
)
_REMOVAL = re.compile(
    r"\b(?:un-?subscri\w*|opt[\s_-]?out|opt-?in|remov(?:e|al|ed)(?:me)?|take me off|abmelden|austragen|abbestellen|d[ée]sabonn\w*"
    r"|d[ée]sinscri\w*|darse de baja|baja|cancellarsi|disiscri\w*|descadastr\w*|afmelden|отписа\w*|wypisz\w*"
    r"|no longer (?:wish|want)|email preferences|manage (?:your )?(?:preferences|subscription)|mailing list"
    r"|leave (?:this|the|our) (?:e?-?mail(?:ing)? )?list|exclu(?:de|sion)|do ?not ?(?:e?mail|contact)|stop (?:receiving|mail)\w*)\b",
    re.IGNORECASE,
)
_REMOVAL_URL = re.compile(
    r"(?:unsub|opt-?out|optout|/remove|removal|removeme|remove\.|[?&/]rm\b|\bremove\b|abuse)", re.IGNORECASE
)


Reasons = list[str | None]


@dataclass(slots=True)
class Candidate:
    """An address of a message with what decides about it."""

    url: str
    host: str
    domain: str
    identity: str
    shape: str
    html: bool
    anchor: str = ""
    picture: bool = False
    hidden: bool = False
    named: bool = False
    footer: bool = False
    opaque: bool = False
    near: str = ""


@cache
def _known() -> frozenset[str]:
    table = tomllib.loads(files("pharmcheck.audit").joinpath("left_out.toml").read_text("utf-8"))["known"]
    return frozenset(name for names in table.values() for name in names.split())


@lru_cache(maxsize=4_096)
def is_known(host: str) -> bool:
    """True for a host of a site that no spam promotes."""
    bare = host.removeprefix("www.")
    if is_shared(host):
        return False
    domain = domain_of(host)
    return bare in _known() or domain in _known() or bool(_BRAND.fullmatch(domain)) or is_official(host)


def leave_out(candidates: Sequence[Candidate], own: str = "") -> list[str | None]:
    """Return for each address of one message why it is left out, None for what the message promotes.

    `own` is the domain of a page that is the message.
    """
    reasons: Reasons = [OWN if own and c.domain == own else _alone(c) for c in candidates]
    if reasons == [None]:
        return reasons  # what stands alone stands beside nothing
    for rule in (_removal_by_words_before, _only_below_a_footer, _hidden_decoys, _not_linked):
        reasons = rule(candidates, reasons)
    return reasons


def _kept(candidates: Sequence[Candidate], reasons: Reasons) -> list[Candidate]:
    return [c for c, why in zip(candidates, reasons, strict=True) if why is None]


def _removal_by_words_before(candidates: Sequence[Candidate], reasons: Reasons) -> Reasons:
    """Leave out what stands behind "to be removed …", but not who is promoted first."""
    first = next((c.identity for c in _kept(candidates, reasons)), "")
    return [
        REMOVAL if why is None and c.identity != first and c.near and _REMOVAL.search(c.near) else why
        for c, why in zip(candidates, reasons, strict=True)
    ]


def _only_below_a_footer(candidates: Sequence[Candidate], reasons: Reasons) -> Reasons:
    """Take back that a line began a list's footer where nothing is promoted above it."""
    if None in reasons:
        return reasons
    return [
        None if why == FOOTER and not _LIST_URL.search(c.url) and not _REMOVAL.search(c.near) else why
        for c, why in zip(candidates, reasons, strict=True)
    ]


def _hidden_decoys(candidates: Sequence[Candidate], reasons: Reasons) -> Reasons:
    """Leave out links that no reader sees where there are links to others that they see."""
    seen = {c.identity for c in _kept(candidates, reasons) if _is_linked(c) and not c.hidden}
    return [
        HIDDEN if why is None and seen and c.hidden and c.identity not in seen else why
        for c, why in zip(candidates, reasons, strict=True)
    ]


def _not_linked(candidates: Sequence[Candidate], reasons: Reasons) -> Reasons:
    """Leave out what is only written where others are linked."""
    linked = {c.identity for c in _kept(candidates, reasons) if _is_linked(c)}
    if linked:
        words = " ".join(c.anchor.lower() for c in candidates if "." in c.anchor)
        return [
            _beside(c, words) if why is None and c.identity not in linked else why
            for c, why in zip(candidates, reasons, strict=True)
        ]
    whole = {c.identity for c in _kept(candidates, reasons) if not c.named}
    return [
        NAMED if why is None and whole and _is_bare(c) and c.identity not in whole else why
        for c, why in zip(candidates, reasons, strict=True)
    ]


def _is_bare(c: Candidate) -> bool:
    """True for a name that mail programs do not make a link of."""
    return c.named and not c.host.startswith("www.")


def _beside(c: Candidate, words: str) -> str | None:
    """Return why an address that no link opens is left out of a letter with links, whose `words` hold a dot.

    A whole address that readers see is one that mail programs let them click; a QR code is seen as well.
    """
    if c.shape == "qr":
        return None
    if not c.html:
        return TEXT_ONLY
    return NAMED if _is_bare(c) or c.host in words else None


def _is_linked(candidate: Candidate) -> bool:
    return candidate.html and candidate.shape not in ("text", "qr")


def _alone(c: Candidate) -> str | None:
    """Return why an address is left out whatever stands beside it."""
    if c.shape == "mail":
        return MAIL
    if c.shape in ("machinery", "tracker", "image"):
        return {"machinery": MACHINERY, "tracker": TRACKER, "image": IMAGE}[c.shape]
    if is_chat(c.host):
        return SHARE if ":" not in c.identity else None
    if is_known(c.host):
        return KNOWN
    if c.footer or _LIST_URL.search(c.url):
        return FOOTER
    if c.opaque:
        return UNRESOLVED
    if c.shape != "form" and (_REMOVAL.search(c.anchor) or _REMOVAL_URL.search(c.url)):
        return REMOVAL
    return None
