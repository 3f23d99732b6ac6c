"""Do the words of a site show that prescription medicines are its goods?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.asserted import asserted, of
from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.reading.pitches import CLASSES
from pharmcheck.reading.shops import hides_or_shifts
from pharmcheck.reading.trade_names import under_trade_name

_MEDICINES = compile_on_use(
    r"medic|drug|pharma|prescri|rezept|ordonnance|receta|ricetta|recept|apothe|arznei|generi|médicament|farma|fármac|remédi|medicijn|geneesmiddel|lek[iu]?\b|leków|aptek|lékár|léky|"
    r"препарат|лекарств|аптек|дженерик|läkemedel|steroid",
    re.IGNORECASE,
)
# What a seller says of the prescriptions that it wants; who says both sells medicines.
_TERMS = ("prescription-after-order", "prescription-in-english")
_ASKED = 200  # characters from the question to the promise
_CUSTOMS = re.compile(
    r"customs|\bzoll|douane|aduan|dogan|alf[âa]ndeg|celni|celní|\bcł|\bcel[nuo]|таможн|митни|\btull|\btoll|税関|gümrü|vám|vam[aă]|τελων|colni",
    re.IGNORECASE,
)


def deals_in_prescription_medicines(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> bool:
    """True when it names a prescription medicine, or such goods as a whole (generics, sleeping tablets, steroids)."""
    return any(s.medicine.prescription_only and not s.refused for s in sightings) or bool(
        asserted(mentions, "prescription-trade", *CLASSES)
    )


def said_by_dealer(mentions: Sequence[Mention], sightings: Sequence[Sighting], *concepts: str) -> Iterator[Quote]:
    """Yield what the site says of these concepts, if prescription medicines are its goods."""
    found = asserted(mentions, *concepts)
    if found and (deals_in_prescription_medicines(mentions, sightings) or hides_or_shifts(mentions)):
        yield from _quotes(found)


def said_by_seller(mentions: Sequence[Mention], sightings: Sequence[Sighting], *concepts: str) -> Iterator[Quote]:
    """Yield what the site says of these concepts, if it sells medicines in its own words or under a name of the trade;
    pills alone may be vitamins."""
    found = asserted(mentions, *concepts)
    if not found:
        return
    said = (*asserted(mentions, "seller-voice"), *of(mentions, "medicine-goods"))
    if any(_MEDICINES.search(m.quote.text) for m in said) or any(under_trade_name(m.page) for m in found):
        yield from _quotes(found)
    else:
        yield from said_by_dealer(mentions, sightings, *concepts)


def _quotes(mentions: Iterable[Mention]) -> Iterator[Quote]:
    """Yield what mentions say, the same words of a page once: a shop may promise the same beside each of its goods."""
    seen: set[tuple[int, str]] = set()
    for mention in mentions:
        words = id(mention.page), mention.page.text[mention.start : mention.end]
        if words not in seen:
            seen.add(words)
            yield mention.quote


def asked_of_prescriptions(mentions: Sequence[Mention], sightings: Sequence[Sighting], concept: str) -> Iterator[Quote]:
    """Yield what a seller says of the prescriptions that it wants; two such terms together are no optician's."""
    if all(asserted(mentions, term) for term in _TERMS):
        yield from (mention.quote for mention in asserted(mentions, concept))
    else:
        yield from said_by_seller(mentions, sightings, concept)


def resent_after_seizure(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the promises to send again that answer the question what happens if customs stop the parcel."""
    for mention in asserted(mentions, "reship-offer"):
        asked = mention.page.text[max(0, mention.start - _ASKED) : mention.start]
        question = max(asked.rfind("?"), asked.rfind("？"))
        if question >= 0 and _CUSTOMS.search(asked[:question]):
            yield mention
