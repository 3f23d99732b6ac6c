"""Names of firms and towns in plain Latin letters, and whether two of them are the same one, written differently."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pharmcheck.reading.alike import likeness, likeness_of_words, one_slip_apart

# Cyrillic and Greek as passports and shop signs write them (ICAO 9303 for Cyrillic, ELOT 743 for Greek, without digraph rules).
_CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщъыьэюяђћљњјџѓќѕ"
_CYRILLIC_SOUNDS = (
    "a b v g g d e ie zh z i i i i k l m n o p r s t u f kh ts ch sh shch  y  e iu ia dj c lj nj j dz g k z"
)
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψω"
_GREEK_SOUNDS = "a v g d e z i th i k l m n x o p r s s t y f ch ps o"
_LATIN = {"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŋ": "n"}
_LETTERS = str.maketrans(
    {
        **dict(zip(_CYRILLIC, _CYRILLIC_SOUNDS.split(" "), strict=True)),
        **dict(zip(_GREEK, _GREEK_SOUNDS.split(" "), strict=True)),
        **_LATIN,
    }
)
# Mueller, Oeser.
_UMLAUT = re.compile(r"(?<=[bcdfghjklmnpqrstvwxz])([aou])e(?=[a-z])|^([aou])e(?=[bcdfghjklmnprstvwxz])")
_WORD = re.compile(r"[a-z0-9]+")
_LETTER_BY_LETTER = re.compile(r"\b(?:[a-z]\.\s?){2,}")  # s.r.o., sp. z o.o.
# What stands in the names of many pharmacies and firms, and tells none of them from another.
_KINDS_OF_SHOP = (
    "pharmacy pharmacies pharmacie pharma chemist chemists drugstore drug drugs apotheke apotheken apotheek apotek apteka apteki "
    "aptieka apteekki apteek lekarna lekarny lekaren ljekarna farmacia farmacie farmacii farmacias parafarmacia gyogyszertar patika "
    "eczane vaistine farmakeio drogerie drogist versandapotheke online internet internetova internetowa web shop store eshop premises"
)
_LEGAL_FORMS = (
    "gmbh ag kg ohg ug ek mbh co ltd limited llc llp plc inc corp corporation company sarl sas eurl selarl sa srl spa snc sl slu lda bv "
    "nv vof sprl sro as spol spolecnost sp zoo oo spzoo spj ab oy aps kft zrt bt doo dd ooo oao zao ood eood"
)
_SMALL_WORDS = (
    "the of and und et y a i in na nad pod u v z za pro de la le les des du del della di dei el los las do da dos im am zum zur "
    "dr mgr pharmdr com cz at pl fr es it nl be uk eu www"
)
_COMMON = frozenset(f"{_KINDS_OF_SHOP} {_LEGAL_FORMS} {_SMALL_WORDS}".split())
_NAME_CHARS = 200  # longer text is a page, and is not kept
_LONG = 10  # letters of a whole name, of which one may be wrong
_SHORTEST = 5  # letters of a name that may stand inside another one
_ALIKE = 86.0  # of 100: two letters wrong in a name of fifteen
# Towns whose names abroad share little with their own.
_TOWNS = {
    "prague": "praha", "prag": "praha", "vienna": "wien", "munich": "munchen", "cologne": "koln", "warsaw": "warszawa", "cracow": "krakow",
    "pilsen": "plzen", "brunn": "brno", "rome": "roma", "milan": "milano", "turin": "torino", "florence": "firenze", "naples": "napoli",
    "venice": "venezia", "genoa": "genova", "lisbon": "lisboa", "oporto": "porto", "seville": "sevilla", "athens": "athina",
    "bucharest": "bucuresti", "belgrade": "beograd", "copenhagen": "kobenhavn", "gothenburg": "goteborg", "brussels": "bruxelles",
    "brussel": "bruxelles", "antwerp": "antwerpen", "ghent": "gent", "hague": "haag", "geneva": "geneve", "genf": "geneve",
    "moscow": "moskva", "kiev": "kyiv", "sofia": "sofiia", "pressburg": "bratislava",
}  # fmt: skip


def plain(text: str) -> str:
    """Return text in small Latin letters and digits, one blank between words; other scripts are transliterated."""
    return _plain_name(text) if len(text) <= _NAME_CHARS else _plain(text)


def _plain(text: str) -> str:
    marked = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(c for c in marked if not unicodedata.combining(c)).translate(_LETTERS)
    bare = _LETTER_BY_LETTER.sub(lambda m: re.sub(r"[.\s]", "", m[0]) + " ", bare)
    return " ".join(_WORD.findall(bare))


_plain_name = lru_cache(maxsize=16_384)(_plain)


def own_words(name: str) -> str:
    """Return the words of a name that are its own, "" for one that tells but a kind of shop."""
    words = (_UMLAUT.sub(lambda m: m[1] or m[2], word) for word in plain(name).split())
    return " ".join(word for word in words if word not in _COMMON)


def same_name(one: str, other: str) -> bool:
    """True when two names of firms mean the same one: legal forms, kinds of shop, accents and a slip make no difference.

    Where one name has more words of its own than the other, those of the shorter one must all be there.
    """
    left, right = own_words(one), own_words(other)
    if not left or not right:
        return plain(one) == plain(other) != ""
    if likeness_of_words(left, right) >= _ALIKE or likeness(_joined(left), _joined(right)) >= _ALIKE:
        return True
    short, long = sorted((_joined(plain(one)), _joined(plain(other))), key=len)  # `drmax`, `Dr. Max Lékárna`
    if len(short) >= _LONG and one_slip_apart(short, long):
        return True
    return len(short) >= _SHORTEST and short not in _COMMON and short in long


def _joined(words: str) -> str:
    return words.replace(" ", "")


def town(name: str) -> str:
    """Return a town's name in plain letters as its own country writes it."""
    return " ".join(_TOWNS.get(word, word) for word in plain(name).split())
