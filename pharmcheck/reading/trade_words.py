"""Words that names of shops of medicines are made of, so that what is left of a name is its own."""

from __future__ import annotations

from functools import lru_cache

from pharmcheck.reading.on_use import compile_on_use

_PHARMACIES = (
    "pharmacy pharmacies pharmacie parapharmacie pharma pharm apotheke apotheken apotheek apotheker apo apotek apoteket apotekeren "
    "apteka apteki aptieka apteek apteekki lekarna lekarny lekaren lekarne ljekarna farmacia farmacias farmacie farmacii farma farmasiet "
    "farmakeio patika gyogyszertar eczane vaistine drogerie drogist drogisterij drogaria drug drugs drugstore chemist chemists"
)
_GOODS = (
    "med meds medz medic medics medicine medicines medicament medicaments medikamente medicamentos medical medicare rx pill pills tablet "
    "tablets tab tabs health healthcare care wellness vitamin vitamins doctor dr clinic leky leki lieky arznei arzneimittel"
)
_SELLING = (
    "shop shops shopping store stores market mart outlet depot warehouse express direct delivery mail order orders buy cheap discount "
    "discounts discounter sale sales deal deals best top super mega extra plus pro prime first easy quick fast smart my mein moja moje "
    "our the your get go new original official real genuine true trusted safe secure verified login account help support service info "
    "group team online on line net web internet digital www e i h for to and und et y a u na pod de la le el los las di del des versand"
)
_PLACES = (
    "us usa uk gb ie eu europe ca canada au aus australia nz at ch fr france es it italia nl be pl cz sk se dk no fi hu ro bg gr lt lv ee "
    "deutschland germany america american british canadian euro inter national global world worldwide com org co"
)
_WORDS: dict[str, list[str]] = {}
for _word in f"{_PHARMACIES} {_GOODS} {_SELLING} {_PLACES}".split():
    _WORDS.setdefault(_word[0], []).append(_word)
_FOR_A_PHARMACY = "|".join(sorted(_PHARMACIES.split(), key=len, reverse=True))
_HEAD = compile_on_use(rf"(?:{_FOR_A_PHARMACY})(?=[^\W\d_]{{3}})")
_TAIL = compile_on_use(rf"(?<=[^\W\d_]{{3}})(?:{_FOR_A_PHARMACY})$")
_MOST_CHARS = 63  # of a label (RFC 1035)


@lru_cache(maxsize=65_536)
def only_trade_words(words: str) -> bool:
    """True when a piece of a name, plain and without hyphens, is made of such words and digits alone, or is empty.

    At most one of them may be a word of one or two letters, for with enough of these any name can be spelt.
    """
    if len(words) > _MOST_CHARS:
        return False
    short_words = [0, *(len(words) + 1 for _ in words)]  # the fewest on the way to each place
    for at, sign in enumerate(words):
        if short_words[at] > 1:
            continue
        if sign.isdigit():
            short_words[at + 1] = min(short_words[at + 1], short_words[at])
        for word in _WORDS.get(sign, ()):
            if words.startswith(word, at):
                end = at + len(word)
                short_words[end] = min(short_words[end], short_words[at] + (len(word) < 3 and word != "rx"))
    return short_words[-1] <= 1


def own_part(name: str) -> str:
    """Return a plain name without the word for a pharmacy at its beginning and end; "" where nothing else is in it."""
    if only_trade_words(name):
        return ""
    head = _HEAD.match(name)
    rest = name[head.end() :] if head else name
    tail = _TAIL.search(rest)
    return rest[: tail.start()] if tail else rest
