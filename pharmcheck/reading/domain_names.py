"""What a domain name tells: the name of a medicine beside other words, or the promise of no prescription."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pharmcheck.model import Target
from pharmcheck.reading.label_shapes import unicode_label
from pharmcheck.reading.medicine_table import load_medicines

# Families whose names shops put into domains; a name such as `insulin` or `testosterone` stands in those of clinics as well.
_FAMILIES = frozenset((
    "ed", "benzodiazepine", "hypnotic", "opioid", "stimulant", "wakefulness", "weight", "muscle-relaxant",
    "barbiturate", "sedative", "anabolic", "antibiotic",
))  # fmt: skip
_SHORTEST = 6  # letters; shorter names (Soma, Muse) are ordinary words too
_TELLING = 8  # letters; a name so long at the beginning is no chance, whatever follows (`meridia` begins `meridian`)
# Words that stand beside a medicine in the names of shops; together with it they must make up the whole name.
_BESIDE = (
    r"(?:where|to|buy|order|get|no-?rx|my|the|best|top|cheap\w?|low|cost|price|generic\w?|brand|real|online|on|line|net|web|for|of|in|to|"
    r"rx|pharma?|pharmacy|pharmacies|drugs?|drugstore|meds?|medic\w{3,6}|pills?|tabs?|tablets?|caps|shop\w{0,4}|store|market|mart|express|direct|"
    r"sale|deals?|discount|world|hub|4u|you|now|fast|24|7|365|24h|us|usa|uk|gb|au|ca|eu|de|fr|es|it|nl|canada|canadian|india\w?|"
    r"kaufen|bestellen|rezeptfrei|apotheke|acheter|achat|pharmacie|prix|vente|comprar|farmacia|precio|acquist\w{1,3}|compra|prezzo|"
    r"kopen|apotheek|kup\w{0,2}|apteka|sklep|koupit|lekarna|kopa|apotek|soft|gel|jelly|oral|super|mg|\d+|-)"
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


@lru_cache(maxsize=16)  # the kind of site and a signal ask for it
def _medicine_in(label: str) -> str:
    ends = range(_SHORTEST, len(label) + 1)
    found = {label[start:end] for end in ends for start in range(end - _SHORTEST + 1)} & medicine_names() - {label}
    return next((name for name in sorted(found, key=lambda n: (-len(n), n)) if _of_a_shop(label, name)), "")


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
    return unicode_label(target.domain.partition(".")[0]).casefold()


@cache
def medicine_names() -> frozenset[str]:
    """Return names and brands to look for."""
    names = {
        name.casefold().replace(" ", "").replace("-", "")
        for medicine in load_medicines()
        if medicine.family in _FAMILIES and medicine.use == "human" and medicine.prescription_only
        for name in (medicine.name, *medicine.brands, *(brand for brand, _ in medicine.export_brands))
    }
    return frozenset(name for name in names if len(name) >= _SHORTEST and name.isalnum())
