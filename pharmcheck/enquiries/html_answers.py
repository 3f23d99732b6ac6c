"""Registers that answer with a page: GPhC and PSI by number, LegitScript by domain.

Of GPhC and LegitScript the labels and words are known, not the layout: so a page counts only where label and value stand
together, for the very number or domain that was asked for, and "none" only where the page says so of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pharmcheck.enquiries.answers import Answer, StrangeAnswerError
from pharmcheck.model import Page
from pharmcheck.target import host_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_NUMBER_LABELS = frozenset(("registration number", "gphc registration number", "premises registration number"))
_NAME_LABELS = frozenset(("pharmacy name", "trading name", "premises name", "registered pharmacy"))
_STATUS_LABELS = frozenset(("status", "registration status"))
_SITE_LABELS = frozenset(("website", "web site", "web address", "website address"))
_CLASS_LABELS = frozenset(("status", "classification", "certification status", "legitimacy", "legitimacy status"))
# LegitScript, Merchant and Website Classifications Guide (legitscript.com): only "certified" is its word for a site.
_CLASSES = {
    "certified": "entry",
    "legitscript certified": "entry",
    "legitscript-certified": "entry",
    "probationary": "no-support",
    "legitimate": "no-support",
    "unapproved": "no-support",
    "rogue": "no-support",
    "unverified": "none",
    "inapplicable": "none",
}
_NOTHING = (
    r"(?:no (?:results|records|matches|matching \w+|pharmac(?:y|ies)|websites?|entr(?:y|ies)) (?:were |was |is |are )?"
    r"(?:found )?(?:for|match(?:es|ing)?|with)|(?:0|zero) results for|"
    r"(?:could not|couldn't|did not) (?:find|match)(?: any \w+)?(?: for| with| to)?)"
)
_MAX_LEVELS = 4  # from a label up to what holds the whole entry
_MAX_ELEMENTS, _MAX_DEPTH = 20_000, 200  # real pages hold some hundreds, 30 deep; to read costs the product of both
_MAX_VALUE_CHARS = 1_000


def read_gphc(page: Page, number: str) -> Answer:
    """Read an entry of the register of premises: label and value of the number that was asked for, its status, a name."""
    soup = _soup(page)
    pairs = [(label, value) for label, value, _ in _pairs(soup)]
    numbers = {value for label, value in pairs if label in _NUMBER_LABELS}
    if not numbers:
        return _nothing(page, number)
    if numbers != {number}:
        raise StrangeAnswerError("it answered with another number")
    statuses = {value for label, value in pairs if label in _STATUS_LABELS}
    if len(statuses) != 1:
        raise StrangeAnswerError("its entry lacks a status")
    status = statuses.pop()
    if status.casefold() != "registered":
        return Answer("no-support", status, number=number, note=status)
    name = next((value for label, value in pairs if label in _NAME_LABELS), "") or _heading(soup)
    if not name:
        raise StrangeAnswerError("its entry lacks a name")
    site = next((value for label, value in pairs if label in _SITE_LABELS), "")
    return Answer("entry", name, name=name, number=number, domain=_host(site))


def read_psi(page: Page, number: str) -> Answer:
    """Read the result page of the register's search; pharmacists' names on it are left out.

    Items that all carry other numbers mean "none" only if they are all there are: the search finds names as well.
    """
    soup = _soup(page)
    items = soup.select("div.search-register-result-item")
    if not items:
        return _nothing(page, number)
    held = {_registration(item): item for item in items}
    if "" in held:
        raise StrangeAnswerError("an entry lacks its registration number")
    if number in held:
        item = held[number]
        name, place = item.select_one("div.avatar-content h5"), item.select_one("div.avatar-content small")
        if name is None or not _text(name):
            raise StrangeAnswerError("its entry lacks a name")
        where = re.sub(r"\s+,", ",", _text(place)) if place else ""
        return Answer("entry", _text(name), name=_text(name), number=number, note=where)
    pages = soup.select_one(".pagination-description")
    if pages is None or not re.fullmatch(r"Page 1 of 1", _text(pages)):
        raise StrangeAnswerError("the number is not on the first page of its answer, and there are more")
    return Answer("none", _text(pages))


def read_legitscript(page: Page, domain: str) -> Answer:
    """Read the classification of this very domain: label and value inside what names no other domain.

    A form holds what may be asked for, and classifies nothing.
    """
    found = set()
    for label, value, tag in _pairs(_soup(page)):
        word = value.casefold().strip(" .")
        if label in _CLASS_LABELS and not tag.find_parent("form") and _is_about(tag, domain):
            if word not in _CLASSES:
                raise StrangeAnswerError("it answered with a classification that we do not know")
            found.add((_CLASSES[word], value))
    if not found:
        return _nothing(page, domain)
    if len(found) > 1 or _says_nothing(page, domain):
        raise StrangeAnswerError("it answered with more than one classification")
    outcome, value = found.pop()
    return Answer(outcome, value, domain=domain if outcome == "entry" else "", note=value)


def _soup(page: Page) -> BeautifulSoup:
    """Return the page as a tree; raises StrangeAnswerError for one of a size that no register's answer has."""
    from bs4 import BeautifulSoup  # noqa: PLC0415 - 0.1 s, and only a check that asks registers needs it

    if page.source.count("<") > 2 * _MAX_ELEMENTS:
        raise StrangeAnswerError(f"its page has more than {_MAX_ELEMENTS:,} elements")
    soup = BeautifulSoup(page.source, "lxml")
    depths = {id(soup): 0}
    for tag in soup.find_all(True):
        depths[id(tag)] = depths[id(tag.parent)] + 1
    if max(depths.values()) > _MAX_DEPTH:
        raise StrangeAnswerError(f"its page is nested more than {_MAX_DEPTH} deep")
    return soup


def _pairs(soup: BeautifulSoup) -> Iterator[tuple[str, str, Tag]]:
    """Yield labels, folded, with their values: of lists and tables, of bold labels before text, of labelled fields."""
    for tag in soup.find_all(["dt", "th", "b", "strong", "label", "span", "div"]):
        label = _beginning(tag)
        if not 2 < len(label) <= 40:
            continue
        after = tag.find_next_sibling(["dd", "td", "div", "span"])
        inline = tag.name in ("b", "strong", "label", "span") and tag.parent is not None
        whole = _beginning(tag.parent) if inline and tag.parent is not None else ""
        value = (
            whole[len(label) :] if whole.startswith(label) and whole != label else _beginning(after) if after else ""
        )
        if value := value.strip(" :"):
            yield label.rstrip(" :").casefold(), value, tag


def _registration(item: Tag) -> str:
    for label in item.select("p.srchlbls"):
        said, _, value = _text(label).partition(":")
        if said.strip().casefold() == "psi registration number":
            return value.strip()
    return ""


def _is_about(tag: Tag, domain: str) -> bool:
    """True where the nearest thing around a label that names any domain names this one, and no other."""
    around = tag.parent
    for _ in range(_MAX_LEVELS):
        if around is None:
            return False
        named = set(re.findall(r"(?<![\w.@-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w-])", _text(around).lower()))
        if named:
            return {name.removeprefix("www.") for name in named} == {domain}
        around = around.parent
    return False


def _nothing(page: Page, about: str) -> Answer:
    """Return "none" where the page says so of what was asked for; raises StrangeAnswerError where it does not."""
    said = _says_nothing(page, about)
    if not said:
        raise StrangeAnswerError("neither an entry nor the word that there is none was found on its page")
    return Answer("none", said[0])


def _says_nothing(page: Page, about: str) -> re.Match[str] | None:
    return re.search(
        rf"{_NOTHING}\W{{0,12}}(?:\w+ ){{0,3}}\W?{re.escape(about)}(?![\w.-]*\w)", page.text, re.IGNORECASE
    )


def _heading(soup: BeautifulSoup) -> str:
    headings = [_text(tag) for tag in soup.find_all("h1")]
    return headings[0] if len(headings) == 1 and not re.search(r"register|search", headings[0], re.IGNORECASE) else ""


def _host(site: str) -> str:
    host = host_of(site if "://" in site else f"http://{site}").removeprefix("www.") if site else ""
    return host if "." in host else ""


def _beginning(tag: Tag) -> str:
    """Return the text of an element on one line, at most a value's length of it."""
    words: list[str] = []
    length = 0
    for piece in tag.stripped_strings:
        words += piece.split()
        length += len(piece) + 1
        if length > _MAX_VALUE_CHARS:
            break
    return " ".join(words)[:_MAX_VALUE_CHARS]


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())
