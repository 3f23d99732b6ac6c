"""Of which goods is it said that they need no prescription? Of those on this shelf, where the words or their place say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pharmcheck.model import Mention, Offer, Sighting

# What ties a sentence to the goods around it: those on other pages are not meant.
_THESE = re.compile(
    r"\bth(?:is|ese) (?:page|shelf|category|list|products|items|medicines)|\bon this (?:page|shelf|list)|"
    r"auf dieser seite|in dieser (?:kategorie|rubrik)|diese (?:artikel|produkte|arzneimittel)|"
    r"(?:cette|sur cette) (?:page|rubrique|catégorie)|ces (?:produits|médicaments)|"
    r"est[ea] (?:página|sección|categoría)|estos (?:productos|medicamentos)|"
    r"(?:questa|in questa) (?:pagina|sezione|categoria)|questi (?:prodotti|farmaci)|"
    r"n?est[ea] (?:página|secção|seção|categoria)|estes (?:produtos|medicamentos)|"
    r"(?:deze|op deze) (?:pagina|categorie|plank)|deze (?:producten|middelen)|"
    r"(?:tej|na tej) (?:stronie|półce|kategorii)|te (?:produkty|leki)|"
    r"(?:této|na této) (?:stránce|kategorii)|tyto (?:produkty|přípravky|léky)|"
    r"(?:этой|на этой) (?:странице|полке)|эт(?:и|их) (?:товар|препарат|лекарств)|"
    r"(?:denna|på denna|den här) (?:sida|sidan|hylla|kategori)|dessa (?:produkter|varor|läkemedel)",
    re.IGNORECASE,
)
_CARD_WORDS = 5
_CARD_CHARS = 120  # from a product's name to the last line of its card
_PRICE = re.compile(r"[$€£₹]\s?\d|\d\s?(?:€|zł|Kč|kr\b|₽|руб)")
_PRICED, _LOOKED_AT = 3, 20_000  # so many prices in the first characters of a page make a shelf of it
_REACH = 400  # characters of a sentence to either side; what is longer is no sentence


def means_these(mention: Mention, sentence: tuple[int, int], offers: Sequence[Offer]) -> bool:
    """True when the sentence, with these bounds, or the one before it speaks of a shelf or page on which nothing needs a
    prescription."""
    here = [offer for offer in offers if offer.page is mention.page]
    shelf = here or len(_PRICE.findall(mention.page.text, 0, _LOOKED_AT)) >= _PRICED
    if not shelf or any(offer.needs_prescription for offer in here):
        return False
    text, (start, end) = mention.page.text, sentence
    first, last = max(0, mention.start - _REACH), min(end, mention.end + _REACH)
    return _THESE.search(text, max(first, text.rfind("\n", first, start)), last) is not None


def stands_on_a_card(mention: Mention, sightings: Sequence[Sighting]) -> bool:
    """True when the words take a line for themselves, directly below a medicine that needs no prescription."""
    text, page = mention.page.text, mention.page
    before, after = (
        text[max(0, mention.start - _CARD_CHARS) : mention.start],
        text[mention.end : mention.end + _CARD_CHARS],
    )
    line = before.rpartition("\n")[2] + text[mention.start : mention.end] + after.partition("\n")[0]
    if len(line.split()) > _CARD_WORDS:
        return False
    left = mention.start - len(before.rpartition("\n")[2])
    above = [s for s in sightings if s.page is page and left - _CARD_CHARS <= s.start < left]
    nearest = max(above, key=lambda s: s.start, default=None)
    return nearest is not None and not nearest.medicine.prescription_only
