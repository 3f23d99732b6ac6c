"""Company and tax numbers: those whose word stands beside them, with their check digit where the country has one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from pharmcheck.model import Detail, Page
from pharmcheck.reading.check_digits import WRONG
from pharmcheck.reading.landmarks import landmarks
from pharmcheck.reading.lines import Span

_REACH_CHARS = 60  # "Umsatzsteuer-Identifikationsnummer gemäß § 27 a Umsatzsteuergesetz: "
_NO_DIGIT = r"(?!\b(?i:tel|fax|mob|phone|cont|kont|call))[^\n0-9]"  # or a telephone is taken for the number
_SIGNS = {"#": r"\d", "@": "[A-Z]", "*": "[A-Z0-9]"}


class _Scheme(NamedTuple):
    """A kind of number: country, its words, its shapes (`#` a digit, `@` a letter, `*` either), who checks it."""

    name: str
    country: str
    words: str
    shapes: str
    checked_by: str = ""


_VAT_WORDS = (
    r"vat|tva|ust|umsatzsteuer|uid|btw|p\.? ?iva|partita|nif|cif|nip|dič|ič|cvr|org|y-tunnus|adószám|cui|c\.u\.i"
)
_BRITISH = r"company (?:registration |reg\.? ?)?(?:no|number|reg)|companies house|registered in (?:england|wales|scotland|northern ireland)"
_ORG = r"org\.? ?-?(?:nr|nummer|no)|organisations(?:nummer|nr)|organisasjons(?:nummer|nr)"
# Shapes and checks: python-stdnum 2.2, one module a country; company registers: the registers' own descriptions.
_VAT = (  # those with their country's letters
    "ATU########|BE##########|BG#########|BG##########|CY########@|CZ########|CZ#########|CZ##########|DE#########|DK########|"
    "EE#########|EL#########|ES*#######*|FI########|FR**#########|GB#########|XI#########|HR###########|HU########|"
    "IE#*#####@|IE#*#####@@|IT###########|LT#########|LT############|LU########|LV###########|MT########|NL#########B##|"
    "PL##########|PT#########|RO######|RO#######|RO########|RO#########|SE############|SI########|SK##########"
)
_BRITISH_VAT = ("GB", "XI")  # of these eu.vat knows only Northern Ireland's
_ISO = {"EL": "GR", "XI": "GB"}
_SCHEMES = (
    _Scheme("VAT", "", _VAT_WORDS, _VAT, "eu.vat"),
    _Scheme("VAT", "GB", r"vat (?:registration |reg\.? ?)?(?:no|number|nr|id|#)", "#########", "gb.vat"),
    _Scheme("company", "GB", _BRITISH, "########|SC######|NI######|OC######"),
    _Scheme("HRB", "DE", "hrb|hra", "####|#####|######"),
    _Scheme("SIREN", "FR", "siren|rcs", "#########", "fr.siren"),
    _Scheme("SIRET", "FR", "siret", "##############", "fr.siret"),
    _Scheme("P.IVA", "IT", r"p\.? ?iva|partita", "###########", "it.iva"),
    _Scheme("NIF", "ES", "cif|nif", "@########|@#######@|########@", "es.nif"),
    _Scheme("NIF", "PT", "nif|nipc", "#########", "pt.nif"),
    _Scheme("NIP", "PL", "nip", "##########", "pl.nip"),
    _Scheme("REGON", "PL", "regon", "#########|##############", "pl.regon"),
    _Scheme("IČO", "CZ", "ič", "########", "cz.dic"),  # Slovakia checks its own by the same sum
    _Scheme("KvK", "NL", "kvk", "########"),
    _Scheme("orgnr", "SE", _ORG, "######-####", "se.orgnr"),
    _Scheme("orgnr", "NO", _ORG, "#########", "no.orgnr"),
    _Scheme("CVR", "DK", "cvr", "########", "dk.cvr"),
    _Scheme("Y-tunnus", "FI", "y-tunnus", "#######-#", "fi.ytunnus"),
    _Scheme("adószám", "HU", "adószám", "########|###########", "hu.anum"),
    _Scheme("UID", "CH", "uid|vat|tva|company|registered in", "CHE#########", "ch.uid"),
    _Scheme("CNPJ", "BR", "cnpj", "##############", "br.cnpj"),
    _Scheme("ABN", "AU", "abn", "###########", "au.abn"),
    _Scheme("ACN", "AU", "acn", "#########", "au.acn"),
    _Scheme("CUI", "RO", r"cui|c\.u\.i", "######|#######|########", "ro.cui"),
    _Scheme("ИНН", "RU", "инн", "##########|############", "ru.inn"),
    _Scheme("GSTIN", "IN", "gstin", "##@@@@@####@*Z*", "in_.gstin"),
    _Scheme("UEN", "SG", "uen", "########@|#########@|@##@@####@", "sg.uen"),
)
_ENGLISH = frozenset(scheme.words for scheme in _SCHEMES if scheme.country == "GB" and scheme.words != _VAT_WORDS)


def read_company_numbers(page: Page, countries: Collection[str]) -> Iterator[Detail]:
    """Yield company and tax numbers as `scheme number`, with their country; `valid` is whether the check digit holds.

    A number without its country's letters goes by the word beside it; English words (`VAT`, `company`) are those of
    Britain only if `countries`, those that the site names, hold it.
    """
    read = 0
    for word in landmarks(page.text).get("company", ()):
        if word.start < read:
            continue
        found = list(_numbers(page, word, countries))
        if found:
            yield next((number for number in found if number.valid), found[0])
            read = word.end


def _numbers(page: Page, word: Span, countries: Collection[str]) -> Iterator[Detail]:
    """Yield what each scheme makes of the number behind a word."""
    for scheme, pattern in _patterns():
        if scheme.words in _ENGLISH and "GB" not in countries:
            continue
        match = pattern.match(page.text, word.start)
        if match is None:
            continue
        number = re.sub(r"[ .\-/]", "", match["number"])
        valid = _check(scheme, number)
        if valid is not None:
            quote = page.quote(match.start(), match.end(), "" if valid else WRONG)
            country = scheme.country or _ISO.get(number[:2], number[:2])
            yield Detail("company-number", f"{scheme.name} {number}", quote, country, valid)


@cache
def _patterns() -> tuple[tuple[_Scheme, re.Pattern[str]], ...]:
    """Return each scheme with its pattern: digits stand between word and number only if letters lead the number."""
    return tuple((scheme, _pattern(scheme)) for scheme in _SCHEMES)


def _pattern(scheme: _Scheme) -> re.Pattern[str]:
    sign = "[^\\n]" if scheme.words == _VAT_WORDS else _NO_DIGIT
    shapes = "|".join(map(_spaced, scheme.shapes.split("|")))
    return re.compile(
        rf"(?i:{scheme.words})(?:{sign}){{0,{_REACH_CHARS}}}?(?:\n[^\n0-9]{{0,4}})?"
        rf"(?<![\w.,-])(?P<number>{shapes})(?![\w-]|[.,]\d)"
    )


def _spaced(shape: str) -> str:
    """Return the pattern of a shape whose signs may have a blank, full stop, dash or slash between them."""
    return r"[ .\-/]{0,2}".join(_SIGNS.get(sign, re.escape(sign)) for sign in shape if sign != "-")


def _check(scheme: _Scheme, number: str) -> bool | None:
    """Return whether the check digit holds, True where there is none, None for what is no such number at all."""
    checked_by = "gb.vat" if number.startswith(_BRITISH_VAT) else scheme.checked_by
    if not checked_by:
        return True
    module: Any = import_module(f"stdnum.{checked_by}")
    errors: Any = import_module("stdnum.exceptions")
    try:
        module.validate(number[:8] if scheme.country == "HU" else number)  # its last three digits are no part of it
    except errors.InvalidChecksum:
        return False
    except errors.ValidationError:
        return None
    return True
