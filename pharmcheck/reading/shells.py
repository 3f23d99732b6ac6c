"""What stands in place of content: a bot wall, a parked page, a script shell, a login form, or nothing."""

from __future__ import annotations

import re

from pharmcheck.reading.elements import Walk
from pharmcheck.reading.on_use import compile_on_use

MAX_WORDS = 60  # a page with more words than this besides the phrase has content, whatever phrase is put into it

_BOT_WALL = compile_on_use(
    r"just a moment\W|checking (?:if the site connection is secure|your browser)|verify(?:ing)? (?:that )?you are "
    r"(?:a )?human|are you (?:a )?(?:human|robot)|i'?m not a robot|(?:complete|solve) the (?:captcha|security check)|"
    r"captcha|access denied|attention required|ddos protection by|request (?:was )?blocked|you have been blocked|"
    r"enable javascript and cookies to continue|unusual traffic|security check(?:point)?|403 forbidden|"
    r"pardon our interruption|press (?:&|and) hold",
    re.IGNORECASE,
)
_BOT_SOURCE = re.compile(
    r"challenges\.cloudflare\.com|/cdn-cgi/challenge-platform|cf-browser-verification|_incapsula_resource|"
    r"captcha-delivery\.com|px-captcha|hcaptcha\.com/1/api|recaptcha/api|awswafintegration|sucuri_cloudproxy",
    re.IGNORECASE,
)
_PARKED = compile_on_use(
    r"(?:this )?domain(?: name)? (?:\S+ )?(?:is|may be|might be) (?:available )?for sale|buy this domain|"
    r"domain (?:is )?parked|parked (?:free|domain|page)|(?:this|the) domain (?:has|is) (?:recently )?(?:been )?"
    r"(?:registered|expired)|make an offer on this domain|inquire about this domain|related searches|"
    r"future home of|diese domain (?:steht|ist) .{0,20}(?:verkauf|verkaufen)|domaine est (?:à vendre|en vente)|"
    r"dominio (?:está )?en venta|dominio (?:è )?in vendita|domena (?:jest )?na sprzedaż|doména (?:je )?na prode[jy]|"
    r"domein is te koop|this site is (?:currently )?under construction|website coming soon",
    re.IGNORECASE,
)
_PARKING_HOSTS = re.compile(
    r"https?://(?:[\w.-]+\.)?(?:sedoparking|parkingcrew|bodis|afternic|dan|hugedomains|sedo|above|parklogic|undeveloped|"
    r"domainmarket|cashparking)\.(?:com|net)\b",
    re.IGNORECASE,
)
_JAVASCRIPT = re.compile(
    r"(?:enable|activate|requires?|need|turn on|without) (?:\w+ ){0,4}javascript|"
    r"javascript (?:is|must be|appears to be) (?:\w+ )?(?:disabled|required|enabled)|"
    r"javascript (?:aktivieren|activé|desactivado)|bitte .{0,20}javascript",
    re.IGNORECASE,
)
_ROOT = re.compile(
    r"<(?:div|main)[^>]{0,200}\bid\s*=\s*[\"']?(?:root|app|__next|__nuxt|main-app|q-app|svelte)\b|<app-root",
    re.IGNORECASE,
)
_MIN_SCRIPT_CHARS = 2_000
# What no wall shows: a price, a strength, a call to a cart, or several fields to fill in (a contact form may carry a check against robots).
_GOODS = re.compile(
    r"(?:[$£€]|\b(?:usd|eur|gbp)) ?\d|\d ?(?:[$£€]|zł|kč|mg\b|mcg\b)|\badd(?:ed)? to (?:\w+ )?(?:cart|basket|bag)\b",
    re.IGNORECASE,
)
_FILLED_IN = frozenset(("text", "email", "tel", "number", "date", "file", "select", "textarea"))


def shell(text: str, source: str, found: Walk) -> str:
    """Return `bot-wall`, `parked`, `login`, `javascript`, `empty`, or "" for a page with content of its own.

    Looks only at pages of at most `MAX_WORDS` words, so that a phrase added to a full page changes nothing.
    """
    words = len(text.split(maxsplit=MAX_WORDS + 1))  # more are not counted
    if words > MAX_WORDS:
        return ""
    told = f"{text}\n{found.noscript}"
    if _has_content(text, found):
        return "parked" if _is_parked(told, source) else ""
    if _BOT_WALL.search(told) or _BOT_SOURCE.search(source):
        return "bot-wall"
    if _is_parked(told, source):
        return "parked"
    if any(field.kind == "password" for form in found.forms for field in form.fields):
        return "login"
    if found.scripts and _drawn_by_script(told, source, found, words):
        return "javascript"
    return "empty" if not words else ""


def _is_parked(told: str, source: str) -> bool:
    return bool(_PARKED.search(told) or _PARKING_HOSTS.search(source))


def _has_content(text: str, found: Walk) -> bool:
    kinds = [[field.kind for field in form.fields] for form in found.forms]
    asked = any(sum(kind in _FILLED_IN for kind in form) >= 2 and "password" not in form for form in kinds)
    return asked or bool(_GOODS.search(text))


def _drawn_by_script(told: str, source: str, found: Walk, words: int) -> bool:
    if _JAVASCRIPT.search(told):
        return True
    return words < 20 and (words < 3 or found.script_chars > _MIN_SCRIPT_CHARS or bool(_ROOT.search(source)))
