"""How hard it sells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pharmcheck.model import Pitch, Quote
from pharmcheck.reading.on_use import compile_on_use

_PUSH = compile_on_use(
    r"\b(?:cheap\w*|lowest|bargain|bonus(?:es)?|free (?:pills|tablets)|bulk|wholesale|overnight|world ?wide|for less|"
    r"generic (?:viagra|cialis|levitra|propecia|xanax|valium|ambien|adderall|ozempic|accutane)|"
    r"(?:no|without)(?: an?| any)? (?:doctor|questions|script|rx|prescription)|"
    r"billig\w*|günstigste\w*|rezeptfrei\w*|ohne rezept|pas cher|sans ordonnance|barat[oa]s?|sin receta|economic[oi]|"
    r"senza ricetta|sem receita|goedkoop\w*|zonder recept|tani\w*|bez recepty|levn\w*|bez (?:předpisu|receptu)|"
    r"дешев\w*|недорого|без рецепта|billiga?\w*|receptfri\w*|utan recept)\b|処方箋(?:なし|不要)|最安|激安",
    re.IGNORECASE,
)


def pushes_prescription_medicine(pitches: Sequence[Pitch]) -> Iterator[Quote]:
    """A call to buy a prescription medicine praises it as cheap, generic under the brand's name, quick or free of questions.

    Why: a clinic may say where its treatment is to be had; bargains, bonuses and haste belong to goods.
    Source: Directive 2001/83/EC art. 87 and 88; FDA BeSafeRx (prices too low); Click Trajectories (IEEE S&P
    2011).
    False alarm: discount clinics of the US that advertise their price.
    """
    yield from (pitch.quote for pitch in pitches if _PUSH.search(pitch.quote.text))
