"""Of which goods is it said that they need no prescription? Of those on this shelf, where the words or their place say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pharmcheck.model import Mention, Offer, Sighting
from pharmcheck.reading.lines import line_around
from pharmcheck.reading.on_use import compile_on_use

# What ties a sentence to the shelf (a page of goods) on which it stands, whatever is on others.
_THIS_SHELF = compile_on_use(
    r"\b(?:this|on this) (?:page|shelf|category|list)\b|in dieser (?:kategorie|rubrik)|cette (?:rubrique|catégorie)|"
    r"esta (?:sección|categoría)|questa (?:sezione|categoria)|n?esta (?:secção|seção|categoria)|deze (?:categorie|plank)|"
    r"tej (?:półce|kategorii)|této kategorii|этой полке|этой категории|(?:denna|den här) (?:hylla|kategori)",
    re.IGNORECASE,
)
# What does so as well, or means the whole site.
_THIS_PAGE = re.compile(
    r"auf dieser seite|(?:sur )?cette page|esta página|questa pagina|nesta página|deze pagina|tej stronie|této stránce|"
    r"этой странице|(?:denna|den här) sidan?",
    re.IGNORECASE,
)
_CARD_WORDS = 5  # of a line on a product's card
_HEADING_WORDS = 8  # also of a filter
_PATH_WORDS = 12  # of a title, or of a path of shelves
_PATH = re.compile(r" [/›»>·|] ")
_FEWEST = 2  # different medicines on a shelf
_MOST_LINKS = 5
_CARD_CHARS = 120  # from a product's name to the last line of its card
_REACH = 400  # characters of a sentence to either side; what is longer is no sentence


def means_these(
    mention: Mention, sentence: tuple[int, int], sightings: Sequence[Sighting], offers: Sequence[Offer]
) -> bool:
    """True when the sentence, with these bounds, or the one before it speaks of its shelf or page, or is the name of a shelf, and
    nothing there needs a prescription.

    A page may be the whole site where a language has one word for both: there something must be on offer beside it. Names of
    shelves and filters (`Medicines without prescription`) are short lines on a page that offers such medicines, or lead to it.
    """
    page, (start, end) = mention.page, sentence
    if _is_heading(mention) and any(_is_free_shelf(offers, url) for url in (page.url, *_led_to(mention))):
        return True
    here = [offer for offer in offers if offer.page is page]
    if any(offer.needs_prescription for offer in here) or any(_needs_one(s) for s in sightings if s.page is page):
        return False
    first, last = max(0, mention.start - _REACH), min(end, mention.end + _REACH)
    left = max(first, page.text.rfind("\n", first, start))
    return bool(_THIS_SHELF.search(page.text, left, last) or (here and _THIS_PAGE.search(page.text, left, last)))


def _needs_one(seen: Sighting) -> bool:
    """True for a medicine on prescription that no pharmacist anywhere supplies without one."""
    return seen.medicine.prescription_only and not seen.medicine.without_prescription and not seen.refused


def stands_on_a_card(mention: Mention, sightings: Sequence[Sighting]) -> bool:
    """True when the words take a line for themselves, directly below a medicine that needs no prescription."""
    text, page = mention.page.text, mention.page
    left, right = line_around(text, mention.start, mention.end, _CARD_CHARS)
    if len(text[left:right].split()) > _CARD_WORDS:
        return False
    above = [s for s in sightings if s.page is page and left - _CARD_CHARS <= s.start < left]
    nearest = max(above, key=lambda s: s.start, default=None)
    return nearest is not None and not nearest.medicine.prescription_only


def _is_free_shelf(offers: Sequence[Offer], url: str) -> bool:
    """True when a page offers medicines, and none that needs a prescription."""
    there = [offer for offer in offers if offer.page.url == url]
    return len({o.medicine.name for o in there}) >= _FEWEST and not any(o.needs_prescription for o in there)


def _led_to(mention: Mention) -> list[str]:
    """Return where links lead whose words are those of the mention's line."""
    left, right = line_around(mention.page.text, mention.start, mention.end, _CARD_CHARS)
    words = mention.page.text[left:right].strip()
    return [link.url for link in mention.page.links if words and link.text.strip() == words][:_MOST_LINKS]


def _is_heading(mention: Mention) -> bool:
    """True where the words can be the name of a shelf: in a title, on a line without much else, or at the end of a path
    (`Home / Medicines without prescription`)."""
    text, title = mention.page.text, mention.page.title
    left, right = line_around(text, mention.start, mention.end, _CARD_CHARS)
    line = text[left:right].strip()
    if line.endswith((".", "!", "。")):
        return False
    return len(line.split()) <= (_PATH_WORDS if line == title or _PATH.search(line) else _HEADING_WORDS)
