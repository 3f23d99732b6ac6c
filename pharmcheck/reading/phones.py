"""Telephone numbers of an operator: those of links and markup, and what in the text is one beyond doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

import phonenumbers

from pharmcheck.model import Detail, Page
from pharmcheck.reading.passages import quote_of, spans
from pharmcheck.reading.signs import byte_table, may_hold_other_digits, sifted
from pharmcheck.reading.structured import nested, text_of

_MAX_CANDIDATES = 2_000  # a number costs 33 us to parse; those with a country's code come first
# A cheap look for what may be a number: digits with the marks that people write between them.
_DIGITS = re.compile(r"(?<![\w.,/=#€$£%-])(?:\+|00)?\(?\d(?:[ \u00a0().\-–/]{0,3}\d){6,14}(?![\w%])(?!,\d)")
# What any of these holds, and most lines do not, once what may stand between is left out.
_SEVEN = b"0000000"
_DIGITS_AND_LINES = byte_table(lambda sign: "0" if sign.isdigit() else "\n" if sign == "\n" else "x")
_BETWEEN = b" ().-/?"
_CUE = re.compile(
    r"(?:tel|phone|call|dial|fon|téléphone|teléfono|telefon|telefono|telefone|tlf|puhelin|hotline|helpline|mobile|mobil|"
    r"ring|numéro|ligne|line|us at|contact|kontakt|freephone|toll[- ]free|☎|📞|✆|whatsapp|sms|text us)\W{0,20}$",
    re.IGNORECASE,
)
_FAX = re.compile(r"fax\W{0,12}$", re.IGNORECASE)
_NORTH_AMERICAN = re.compile(r"(?:1[-. ])?\(?[2-9]\d{2}\)?[-. ]\s?\d{3}[-. ]\d{4}\Z")
_UNTRUNKED = frozenset(("ES", "PT", "PL", "CZ", "DK", "NO", "IT", "GR"))  # no 0 before a number inside the country
_DATE = re.compile(r"(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}")
_TOLL_FREE = phonenumbers.PhoneNumberType.TOLL_FREE


def read_phones(page: Page, regions: Sequence[str]) -> Iterator[Detail]:
    """Yield telephone numbers in E.164, `tel:` links first; numbers without a country code are read as of `regions`.

    A number in the text needs a cue (`Tel.`), a `+`, the North American shape, or to be valid in one of `regions`. Fax
    numbers are left out. The country is that of the number, "" for a toll-free one, which says nothing about a seat.
    """
    for link in page.links:
        if link.url[:4].lower() == "tel:":
            dialled = unquote(link.url[4:])
            found = _phone(dialled, regions, lenient=True)
            if found:
                yield Detail(
                    "phone",
                    found[0],
                    quote_of(page, link.text if re.search(r"\d{3}", link.text) else link.url),
                    found[1],
                )
    for item in nested(page.structured):
        written = text_of(item, "telephone")
        found = _phone(written, regions, lenient=True) if written else None
        if found:
            yield Detail("phone", found[0], quote_of(page, written, "from structured data"), found[1])
    for match, cued in _candidates(page):
        found = _phone(match[0], regions if cued else _fitting(match[0], regions), lenient=cued)
        if found:
            yield Detail("phone", found[0], page.quote(match.start(), match.end()), found[1])


def _candidates(page: Page) -> list[tuple[re.Match[str], bool]]:
    """Return what may be numbers, and whether a cue or a country's code stands before; each once, in order."""
    found: dict[tuple[str, bool], re.Match[str]] = {}
    for start, end in (line for span in spans(page) for line in _of_digits(page.text, *span)):
        for match in _DIGITS.finditer(page.text, start, end):
            before = page.text[max(0, match.start() - 40) : match.start()]
            if not _FAX.search(before) and not _DATE.match(match[0]):
                cued = match[0].startswith(("+", "00")) or bool(_CUE.search(before))
                found.setdefault((match[0], cued), match)
    ranked = sorted(found.items(), key=lambda item: not item[0][0].startswith(("+", "00")))
    kept = sorted(ranked[:_MAX_CANDIDATES], key=lambda item: item[1].start())
    return [(match, cued) for (_, cued), match in kept]


def _of_digits(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the lines that have seven digits with nothing between them but what a number may have."""
    piece = text[start:end]
    if may_hold_other_digits(piece):
        yield start, end
        return
    digits = sifted(piece, _DIGITS_AND_LINES, _BETWEEN)
    for line, its_digits in zip(piece.split("\n"), digits.split(b"\n"), strict=True) if _SEVEN in digits else ():
        if _SEVEN in its_digits:
            yield start, start + len(line)
        start += len(line) + 1


def _fitting(written: str, regions: Sequence[str]) -> list[str]:
    """Return the regions in whose style a number without any cue is written: most digit runs are no numbers to call."""
    if _NORTH_AMERICAN.match(written):
        return [region for region in regions if region in ("US", "CA")] or ["US"]
    if written.startswith(("0", "(0")):
        return list(regions)
    return [region for region in regions if region in _UNTRUNKED and " " in written]


def _phone(written: str, regions: Sequence[str], *, lenient: bool) -> tuple[str, str] | None:
    """Return (E.164, country) of a number; a possible but unassigned one only if `lenient`."""
    written = "+" + written[2:] if written.startswith("00") else written
    for region in (None,) if written.startswith("+") else regions:
        try:
            number = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        valid = phonenumbers.is_valid_number(number)
        if valid or (lenient and phonenumbers.is_possible_number(number)):
            free = phonenumbers.number_type(number) == _TOLL_FREE
            country = "" if free else phonenumbers.region_code_for_country_code(number.country_code or 0)
            country = (phonenumbers.region_code_for_number(number) or country) if valid and not free else country
            e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            return e164, country if country not in ("001", "ZZ") else ""
    return None
