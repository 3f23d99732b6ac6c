"""Where a name that stands in folded text begins and ends as a word of its script."""

from __future__ import annotations

# A case ending may follow a name of this many letters; a shorter one would meet other words.
_INFLECTED = {"latin": 5, "cyrillic": 5, "greek": 5}
# Russian, Ukrainian and Bulgarian, as they stand in folded text (y and i are one letter there).
_CYRILLIC_ENDINGS = frozenset((
    "а", "у", "е", "и", "о", "я", "ю", "ом", "ем", "ой", "ою", "ей", "ею", "ов", "ев", "ив", "ам", "ям", "ах", "ях",
    "ами", "ями", "та", "то", "ът", "те", "ите",
))  # fmt: skip
_LONGEST_ENDING = 3
# Polish and Czech endings without their accents, the vowels of French, Italian and Spanish, and the plural.
_LATIN_ENDINGS = frozenset(["s", "a", "e", "o", "as", "os", "u", "y", "i", "em", "ie", "om", "ow", "owi", "ami", "ach"])
_LATIN_AFTER_STEM = frozenset(["e", "u", "y", "i", "ze", "ou"])
_GREEK_ENDINGS = frozenset(["σ", "ν", "υ", "ου", "ων", "α"])
_KATAKANA_ALONE = 4  # letters from which a Japanese compound may follow a name, as in "name" + "generic"
# Words that only look like a name with an ending (found among the 300,000 commonest words of each language).
_ALIKE = (
    "abstrai airola airole airolo alinie allegras allegre allegri allegrone allegru allegry ambiens andriola "
    "andrioli andriolo anguste angusti atacando ataraxie bellasta carduri caribana clavame clavamos clenila "
    "comtessa comtesse concerte concerti concertou concertu constelle contraves corega cytologi cytologie "
    "cytology diabete diabetu duratie finaste gastrula helleve hellevi indocina indocine indocinu indociny "
    "inspre jakavia kerala keralas kerale kerali kybele latude leventaa levente lovime lucrino lyrice makene "
    "makeni nabote nesini nootropi novoline olynthe olyntho omnicom opilla opille parabolani parabolano "
    "parabolanos parieto prandina prandini principens proverai restandole restyle savelle savelli savitri "
    "serestas slinde solages soliani starile stelare sustivy tadore targino tricora tricoro vantine vantini "
    "vantino vigorou"
)
OTHER_WORDS = frozenset(_ALIKE.split())


def word_end(text: str, start: int, end: int, *, inflected: bool = True, stem: bool = False) -> int:
    """Return where the word ends if `text[start:end]` is a whole word of its script, 0 if it is part of another.

    Latin next to Chinese or Thai ends the word, and scripts without spaces have no bounds of their own; a strength
    may be glued to a name (`viagra100mg`). If `inflected`, a Slavonic or Greek case ending may follow; after a
    `stem` one must.
    """
    last = text[end - 1]
    if start and _joined(text[start - 1], text[start]):
        return 0
    if end == len(text) or not _joined(last, text[end]):
        return 0 if stem else end
    script = _script(last)
    if script == "katakana":
        return end if end - start >= _KATAKANA_ALONE else 0
    if text[end].isdigit():
        return end if last.isalpha() and end - start >= 5 and not stem else 0
    letters = _INFLECTED.get(script, len(text)) - stem
    if not inflected or end - start < letters or not text[end - letters : end].isalpha():
        return 0
    stop = end
    while stop < len(text) and stop - end <= _LONGEST_ENDING and _joined(last, text[stop]):
        stop += 1
    if not _is_ending(text[end:stop], script, stem) or text[start:stop] in OTHER_WORDS:
        return 0
    return stop


def _is_ending(letters: str, script: str, stem: bool) -> bool:
    if script == "latin":
        return letters in (_LATIN_AFTER_STEM if stem else _LATIN_ENDINGS)
    return letters in (_GREEK_ENDINGS if script == "greek" else _CYRILLIC_ENDINGS)


def _joined(one: str, other: str) -> bool:
    """True when two neighbouring characters belong to one word."""
    if not one.isalnum() or not other.isalnum():
        return False
    script = _script(one)
    return script != "unspaced" and script == _script(other)


def _script(letter: str) -> str:
    """Return the script of a letter or digit, as far as it matters for the bounds of words."""
    if letter < "\u0250":
        return "latin"
    if letter < "\u0400":
        return "greek"
    if letter < "\u0530":
        return "cyrillic"
    if "\u30a0" <= letter <= "\u30ff":
        return "katakana"
    if "\u0e00" <= letter <= "\u0eff" or letter >= "\u2e80":
        return "unspaced"
    return "other"
