"""Says why a page could not be had, or not whole: sentences for gaps."""

from __future__ import annotations

from http.client import responses

from pharmcheck.capture.choose import PLACES
from pharmcheck.capture.exchange import Exchange, Fetched
from pharmcheck.model import Page
from pharmcheck.target import host_of

LABELS = {
    "contact": "a contact page or imprint",
    "prescription": "a prescription or how-to-order page",
    "checkout": "a cart or checkout",
    "about": "an about page",
    "faq": "an FAQ page",
}
SHELLS = {
    "bot-wall": "a check against robots stood in place of the page",
    "parked": "the domain is parked: no site stands there",
    "javascript": "the page is drawn by scripts, which are not run here",
    "login": "the page asks visitors to log in",
    "empty": "the page is empty",
}
_CUTS = {"time": "it did not end in time", "disconnect": "the connection broke off"}
SHELLS_BEHIND_ERRORS = ("bot-wall", "parked", "login")  # what is worth keeping of an answer that is an error


def name_of(role: str, answer: Fetched) -> str:
    """Return what a page is called: by its role, and by its host or address where there may be several of that."""
    if role == "issuer":
        return f"issuer page {host_of(answer.last.url)}"
    return f"{role} page {answer.exchanges[0].url}" if role in PLACES else f"{role} page"


def status_of(last: Exchange) -> str:
    """Return the sentence for an answer by whose status it is none."""
    phrase = responses.get(last.status, "not a known status").lower()
    return f"{host_of(last.url)} answered HTTP {last.status} ({phrase})"


def why_not_whole(page: Page, last: Exchange, max_bytes: int) -> str:
    if page.shell:
        return SHELLS[page.shell]
    size = f"{len(last.body):,} bytes"
    why = _CUTS.get(last.cut, "the recording broke off there")
    if last.cut == "length":
        whole = len(last.body) >= max_bytes
        why = f"it is larger than {size}" if whole else "that is all that was left of the bytes of the check"
    return f"only its first {size} were read, because {why}"


def count_of(pages: int) -> str:
    return "1 page" if pages == 1 else f"{pages} pages"
