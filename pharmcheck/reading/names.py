"""What a domain name tells: the name of a medicine beside other words, or the promise of no prescription."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

from pharmcheck.model import Page, Quote, Target
from pharmcheck.reading.medicine_table import load_medicines
from pharmcheck.reading.on_use import compile_on_use

# Families whose names shops put into domains; a name such as `insulin` or `testosterone` stands in those of clinics as well.
_FAMILIES = frozenset((
    "ed", "benzodiazepine", "hypnotic", "opioid", "stimulant", "wakefulness", "weight", "muscle-relaxant",
    "barbiturate", "sedative", "anabolic", "antibiotic",
))  # fmt: skip
_SHORTEST = 6  # letters; shorter names (Soma, Muse) are ordinary words too
_TEXTS = 16  # the pages of a site: the kind of site and two signals ask for the names on them
_TELLING = 8  # letters; a name so long at the beginning is no chance, whatever follows (`meridia` begins `meridian`)
# Words that stand beside a medicine in the names of shops; together with it they must make up the whole name.
_BESIDE = (
    r"(?:where|to|buy|order|get|no-?rx|my|the|best|top|cheap\w?|low|cost|price|generic\w?|brand|real|online|on|line|net|web|for|of|in|to|"
    r"rx|pharma?|pharmacy|pharmacies|drugs?|drugstore|meds?|medic\w{3,6}|pills?|tabs?|tablets?|caps|shop\w{0,4}|store|market|mart|express|direct|"
    r"sale|deals?|discount|world|hub|4u|you|now|fast|24|7|365|24h|us|usa|uk|gb|au|ca|eu|de|fr|es|it|nl|canada|canadian|india\w?|"
    r"kaufen|bestellen|rezeptfrei|apotheke|acheter|achat|pharmacie|prix|vente|comprar|farmacia|precio|acquist\w{1,3}|compra|prezzo|"
    r"kopen|apotheek|kup\w{0,2}|apteka|sklep|koupit|lekarna|kopa|apotek|soft|gel|jelly|oral|super|mg|\d+|-)"
)
# What follows a medicine in the name of a shop: a word for one, or the place that it serves.
_AFTER = (
    "Shop|Store|Mart|Market|Direct|Online|Hub|World|Express|Rx|Meds|Pharmacy|Pharma|Depot|Outlet|Source|Supply|Supplies|Zone|Villa|Club|"
    "Australia|Aussie|UK|USA|Canada|Europe|India|Deutschland|Germany|France|London|Sydney|Melbourne|Brisbane|Perth|Berlin|Paris|Toronto|24"
)
_ENDS = tuple(_AFTER.split("|"))
_AFTERWARDS = compile_on_use(rf"[ -]?(?:{_AFTER})\b")
# What stands before the name where a page speaks of its own shop. Each begins with a plain letter, so that the search may skip
# to one; hence the look back in place of \b.
_OPENINGS = ("At", "at", "Welcome to", "welcome to", "Choose", "choose", "Why", "About", "Contact", "Buy from")
_OPENING = compile_on_use(
    r"(?:Why(?<!\wWhy) [Ww]e [Ss]tarted |"
    + "".join(rf"{words}(?<!\w{words}) |" for words in _OPENINGS)
    + "|".join(rf"{sign}(?: ©)? ?(?:\d{{4}} ?)?" for sign in ("©", "Copyright", "copyright"))
    + ")(?=(?P<word>[A-Z0-9][A-Za-z0-9]{0,60}))"  # no name is longer
)
# Goods that are no medicine's name of six letters, and name shops as often.
_GOODS_NAMES = frozenset(
    ("Steroid", "Steroids", "Anabolic", "Anabolics", "Sarms", "SARMs", "Generic", "Nootropics", "Benzo", "Xanax")
)
_PROMISE = re.compile(
    r"(?:^|-)no-?rx(?![aeiou])|no-?prescription|without-?(?:a-?)?(?:prescription|rx)\b|non-?prescription-?drugs|rezeptfrei|ohne-?rezept|"
    r"sans-?ordonnance|sin-?receta|senza-?ricetta|sem-?receita|bez-?recept|bez-?predpisu|zonder-?recept|utan-?recept"
)


def medicine_in_name(target: Target) -> str:
    """Return the medicine whose name stands in the registrable domain beside other words, "" if none.

    A domain that is a brand or a generic name and nothing else is its maker's, as a rule.
    """
    return _medicine_in(_label(target))


@lru_cache(maxsize=_TEXTS)  # the kind of site and a signal ask for it
def _medicine_in(label: str) -> str:
    ends = range(_SHORTEST, len(label) + 1)
    found = {label[start:end] for end in ends for start in range(end - _SHORTEST + 1)} & _medicine_names() - {label}
    return next((name for name in sorted(found, key=lambda n: (-len(n), n)) if _of_a_shop(label, name)), "")


def shop_names(page: Page) -> Iterator[Quote]:
    """Yield where a page calls its shop after a medicine: `At Plenimax Direct, we …`, `© Plenimax Store`, or over its menu."""
    for start, end in _spoken(page.text):
        yield page.quote(start, end, "the name of the shop")
    yield from names_over_menus(page)


def names_over_menus(page: Page) -> Iterator[Quote]:
    """Yield the lines that are such a name and nothing else, where one comes again: it heads the site."""
    for start, end in _over_menus(page.text):
        yield page.quote(start, end, "the name of the shop")


@lru_cache(maxsize=_TEXTS)
def _spoken(text: str) -> tuple[tuple[int, int], ...]:
    spans = (_name_at(text, opening.end(), opening["word"]) for opening in _OPENING.finditer(text))
    return tuple(span for span in spans if span)


def _name_at(text: str, start: int, word: str) -> tuple[int, int] | None:
    """Return where the name of a shop stands that begins with this word, None where the word begins with no medicine."""
    for size in range(1, len(word) + 1):
        if word[:size] in _capitalised() and (after := _AFTERWARDS.match(text, start + size)):
            return start, after.end()
    return None


@lru_cache(maxsize=_TEXTS)
def _over_menus(text: str) -> tuple[tuple[int, int], ...]:
    lines = text.split("\n")
    repeated = {line for line, times in Counter(lines).items() if times > 1 and line.endswith(_ENDS) and _is_name(line)}
    found, start = [], 0
    for line in lines if repeated else ():
        if line in repeated:
            found.append((start, start + len(line)))
        start += len(line) + 1
    return tuple(found)


def _is_name(line: str) -> bool:
    """True when a line is the name of a shop and nothing else: a medicine, perhaps a blank or dash, a word for a shop."""
    heads = [line.removesuffix(end) for end in _ENDS if line.endswith(end)]
    return any(head in _capitalised() or (head.endswith((" ", "-")) and head[:-1] in _capitalised()) for head in heads)


@cache
def _capitalised() -> frozenset[str]:
    """Return the names, each with a capital letter."""
    return frozenset(n.capitalize() for n in _medicine_names() if n.isascii()) | _GOODS_NAMES


def promise_in_name(target: Target) -> str:
    """Return the words of the registrable domain that promise sale without a prescription, "" if none."""
    found = _PROMISE.search(_label(target))
    return found.group().strip("-") if found else ""


def _of_a_shop(label: str, name: str) -> bool:
    """True when the name begins the label and is long, or words of shops make up the rest."""
    if len(name) >= _TELLING and label.startswith(name):
        return True
    return re.fullmatch(rf"{_BESIDE}{{0,6}}{name}{_BESIDE}{{0,6}}", label) is not None


def _label(target: Target) -> str:
    """Return the registrable domain without its suffix, in Unicode."""
    label = target.domain.partition(".")[0]
    if label.startswith("xn--"):
        try:
            return label.removeprefix("xn--").encode("ascii").decode("punycode").casefold()
        except UnicodeError:
            return label
    return label.casefold()


@cache
def _medicine_names() -> frozenset[str]:
    """Return names and brands to look for."""
    names = {
        name.casefold().replace(" ", "").replace("-", "")
        for medicine in load_medicines()
        if medicine.family in _FAMILIES and medicine.use == "human" and medicine.prescription_only
        for name in (medicine.name, *medicine.brands, *(brand for brand, _ in medicine.export_brands))
    }
    return frozenset(name for name in names if len(name) >= _SHORTEST and name.isalnum())
