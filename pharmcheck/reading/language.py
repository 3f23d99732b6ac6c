"""The language of a text, from its script, its commonest words and its special letters."""

from __future__ import annotations

import re
from collections import Counter

from pharmcheck.reading.on_use import compile_on_use

_SAMPLE_CHARS = 6_000  # about 1,000 words: more change nothing
_MIN_WORDS = 5
_SCRIPTS = (
    ("ja", compile_on_use("[\u3040-\u30ff]")),
    ("ko", compile_on_use("[\uac00-\ud7af]")),
    ("th", compile_on_use("[\u0e00-\u0e7f]")),
    ("el", compile_on_use("[\u0370-\u03ff]")),
    ("he", compile_on_use("[\u0590-\u05ff]")),
    ("ar", compile_on_use("[\u0600-\u06ff]")),
    ("hi", compile_on_use("[\u0900-\u097f]")),
    ("ru", compile_on_use("[\u0400-\u04ff]")),
    ("zh", compile_on_use("[\u4e00-\u9fff]")),
)
_COMMON = {
    "en": "the of and to in is for you with that your are this on be or we our from not can have it as by",
    "de": "der die das und ist nicht sie wir mit für auf ein eine von zu im den dem bei oder auch werden ihre wird",
    "fr": "le la les et des est une un pour dans vous nous que qui sur avec pas votre par sont au du ce cette",
    "es": "el la los las y de que en un una por para con no se su es del al más como sus le nuestra",
    "it": "il la di che e per un una con non sono del della gli le nel è da si al più come anche i",
    "pt": "o a os as de que e do da em um uma para com não no na por mais se dos como ou seu você",
    "nl": "de het een en van is voor niet met op wij u zijn dat te aan door bij ook uw naar wordt",
    "pl": "i w na nie z się do to jest że o dla po od przez oraz jak za lub są przy być",
    "cs": "a v na se je že s z do o pro jsou nebo jako ve si není po od být při také které",
    "sk": "a v na sa je že s z do o pre sú alebo ako vo si nie po od byť pri aj ktoré",
    "sv": "och i att det som en på är av för med till den inte om ett vi du har kan eller från",
    "da": "og i at det som en på er af for med til den ikke om et vi du har kan eller fra de dig mig efter mere",
    "no": "og i at det som en på er av for med til den ikke om et vi du har kan eller fra deg meg av etter mer bli",
    "fi": "ja on ei se että joka tai myös ovat kun mutta voi sekä jos niin ole kuin olla tämä",
    "hu": "a az és hogy nem is egy van meg ez de ha vagy csak már el még mint azt",
    "ro": "și de la în cu pe nu că este un o care din pentru sau mai să au fi prin",
    "tr": "ve bir bu için ile da de çok en olarak daha gibi olan ya var ne kadar sonra veya",
}
_LETTERS = {
    "de": "äöüß", "fr": "éèêàçùœ", "es": "ñáóíú¿¡", "it": "àèìòù", "pt": "ãõçáê", "pl": "ąęłńśźżć", "cs": "ěřůčšž",
    "sk": "ľĺŕôčšž", "sv": "åäö", "da": "æøå", "no": "æøå", "fi": "äö", "hu": "őűáé", "ro": "ăâîșț", "tr": "ğışç",
}  # fmt: skip
COMMON_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_LANGUAGES_OF = {
    word: tuple(language for language, common in COMMON_WORDS.items() if word in common)
    for word in frozenset().union(*COMMON_WORDS.values())
}
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
# Everything of ASCII but letters is a blank; bytes of other letters stay.
_LETTERS_ALONE = bytes(sign if sign > 127 or chr(sign).isalpha() else 32 for sign in range(256))
_FOREIGN = re.compile("[^\x00-\u036f]")  # beyond Latin letters and their accents
_UKRAINIAN, _BULGARIAN = re.compile("[іїєґ]"), re.compile("[ъщ]")


def detect(text: str) -> str:
    """Return the ISO 639-1 code of the language that `text` is written in, "" where it cannot be told."""
    sample = text[:_SAMPLE_CHARS].lower()
    beyond = "" if sample.isascii() else "".join(_BEYOND_ASCII.findall(sample))
    words = _words(sample, beyond)
    if beyond and (told := _by_script(sample, "".join(_FOREIGN.findall(beyond)), sum(map(len, words)))):
        return told
    if len(words) < _MIN_WORDS:
        return ""
    scores = dict.fromkeys(COMMON_WORDS, 0.0)
    for word, count in Counter([word for word in words if word in _LANGUAGES_OF]).items():
        for language in _LANGUAGES_OF[word]:
            scores[language] += count
    signs = Counter(beyond)
    for language, special in _LETTERS.items() if beyond else ():
        scores[language] += sum(min(signs[letter], len(words) / 10) for letter in special) / 4
    first, second = sorted(scores, key=scores.__getitem__, reverse=True)[:2]
    sure = scores[first] >= max(2, len(words) / 20) and scores[first] > scores[second]
    return first if sure else ""


def _words(sample: str, beyond: str) -> list[str]:
    """Return the runs of letters in `sample`; `beyond` are its signs that are not ASCII. As bytes, ten times as fast."""
    for sign in set(beyond):
        if not sign.isalnum() or sign.isdecimal():
            sample = sample.replace(sign, " ")
    return sample.encode("utf-8", "surrogatepass").translate(_LETTERS_ALONE).decode("utf-8", "surrogatepass").split()


def _by_script(sample: str, foreign: str, length: int) -> str:
    """Return the language that alone is written in the script of a quarter of the letters, "" where there is none."""
    for language, letters in _SCRIPTS if 4 * len(foreign) > length else ():
        if len(letters.findall(foreign)) * 4 > length:
            return _cyrillic(sample) if language == "ru" else language
    return ""


def language(declared: str, text: str) -> str:
    """Return what `detect` finds, or the declared `lang` where the text is too short to tell."""
    code = re.match(r"[a-zA-Z]{2,3}\b", declared.strip())
    return detect(text) or (code[0].lower() if code else "")


def _cyrillic(sample: str) -> str:
    if _UKRAINIAN.search(sample):
        return "uk"
    return "ru" if re.search("[ыэё]", sample) else ("bg" if _BULGARIAN.search(sample) else "ru")
