"""Names of sellers, made comparable: folded to words, and the typing errors between what is sought and a name; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from pharmcheck.model import Listing

MAX_QUERY_WORDS = 12  # a name of more words is not one that a person types
# How much is forgiven, step by step, until something is found: typing errors in all, and in one word.
STEPS = ((0, 0), (1, 1), (2, 1), (2, 2))
_ONE_ERROR = 4  # letters from which on a word may hold an error: "apo" is too near to anything
_TWO_ERRORS = 8
TOO_MANY = 3

# Letters that NFKD leaves as they are, Cyrillic by ISO 9 without its diacritics (as passports have it), Greek by ELOT 743.
_LETTERS = str.maketrans(
    dict(zip("абвгґдезиіклмнопрстуфыэєђјљњћћџ", "abvggdeziiklmnoprstufyeedjlnccd", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia", "ъ": "", "ь": ""}
    | dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True))
    | {"θ": "th", "χ": "ch", "ψ": "ps"}
    | {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ı": "i", "ħ": "h", "æ": "a", "œ": "o", "þ": "th"}
    | dict.fromkeys("'’ʼ`´", "")
)
_UMLAUT = re.compile(r"(?<=[aou])e")  # ä is typed ae as often as a
_DOTTED = re.compile(r"\b(?:\w\.\s?){2,}(?:\w\b)?")  # s. r. o. and S.p.A. are one word each
_TRADE_WORDS = (
    "apotheke apotheek apotek apoteket apteka apteek apteekki aptieka vaistine pharmacy pharmacie farmacia farmacie farmacja "
    "lekarna lekaren ljekarna lekarnicka gyogyszertar drogerie drogist drugstore chemist chemists pharma med online shop"
)
_LEGAL_FORMS = (
    "gmbh mbh ag kg kgaa ohg gbr ug ek inh co cokg ltd limited llc llp lp inc plc corp corporation sro spol as vos ks doo dd "
    "ad ood eood sa sas sarl sasu eurl sci srl srls spa snc sl slu sc scp lda bv nv vof bvba ab aps asa oy oyj hf ehf "
    "kft bt zrt nyrt sia uab ou zoo sp oo pty pte bhd kk ooo zao oao pao"
)
_TRADE, _LEGAL = frozenset(_TRADE_WORDS.split()), frozenset(_LEGAL_FORMS.split())


def name_of(listing: Listing) -> str:
    """Return the name of an entry; of one that gives but a site, as many warnings do, the site's without its last label."""
    return listing.name or listing.domain.rpartition(".")[0]


def words(name: str) -> tuple[str, ...]:
    """Return the words of a name in Latin letters, without case, accents, punctuation and legal forms.

    A name of nothing but legal forms keeps them.
    """
    plain = _DOTTED.sub(lambda m: re.sub(r"[.\s]", "", m[0]) + " ", name.casefold())
    plain = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
    bare = "".join(x for x in plain if not unicodedata.combining(x)).translate(_LETTERS)
    found = [_UMLAUT.sub("", w) for w in "".join(x if x.isalnum() else " " for x in bare).split()]
    found = [w for w, after in zip_longest(found, found[1:]) if (w, after) != ("z", "oo")]  # sp. z o.o.
    return tuple(w for w in found if w not in _LEGAL) or tuple(found)


def tokens(name: Sequence[str]) -> frozenset[str]:
    """Return the words of a name, and each two neighbours as one: `Stadt Apotheke` is `Stadtapotheke` to many."""
    return frozenset((*name, *_joined(name)))


def mistakable(name: Sequence[str]) -> frozenset[str]:
    """Return the tokens of a name in which typing errors are forgiven: words, and neighbours of a word for a pharmacy."""
    pairs = (one + other for one, other in pairwise(name) if {one, other} & _TRADE)
    return frozenset((*name, *pairs))


def readings(query: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways to read what is sought as words: as it stands, and with two neighbours written as one."""
    given = words(query)[:MAX_QUERY_WORDS]
    if not given:
        return ()
    together = ((*given[:i], pair, *given[i + 2 :]) for i, pair in enumerate(_joined(given)))
    return tuple(dict.fromkeys((given, *together)))


def allowed(word: str) -> int:
    """Return how many typing errors a sought word may hold: none in a short one or one with digits, else one or two."""
    if len(word) < _ONE_ERROR or not word.isalpha():
        return 0
    return 1 if len(word) < _TWO_ERRORS else 2


def distance(sought: str, others: Sequence[str], most: int) -> dict[str, int]:
    """Return those of `others` that may be meant by a sought word, with the typing errors between them, at most `most`.

    An error is a letter missing, added or wrong, or two neighbours swapped; of two errors in a word neither is its first
    letter, which people hardly ever get wrong.
    """
    from rapidfuzz import process  # noqa: PLC0415 - 30 ms, and most look-ups are exact
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    limit = min(most, allowed(sought))
    near = process.extract(sought, others, scorer=OSA.distance, score_cutoff=limit, limit=None)
    return {other: int(errors) for other, errors, _ in near if errors < 2 or other[0] == sought[0]}


def _joined(given: Sequence[str]) -> Iterator[str]:
    return (one + other for one, other in pairwise(given))
