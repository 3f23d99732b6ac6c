"""The law by country: what may be sold online there, after which check of the buyer, and where a seller is reported."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from pharmcheck.model import Medicine, Rung

QUESTIONS = ("prescription-online", "otc-online")
SENT = ("prescription-from:", "otc-from:")  # and the seller's country, `EEA` or `*`: may it be sent from there?
_EEA_CODES = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO"
EEA = frozenset(_EEA_CODES.split())
RUNG = "rung:"  # and the rung: may a seller leave it at that before it sends a prescription medicine?
# Of medicines, for which a rung has an answer of its own: families, and what the country itself schedules.
_CLASSES = "controlled weight opioid benzodiazepine hypnotic stimulant gabapentinoid antibiotic anabolic"
CLASSES = frozenset(("", *_CLASSES.split()))
ANSWERS = frozenset(("yes", "no", "limited", "unknown"))
CONFIDENCES = frozenset(("high", "medium", "low"))
_GOOD_FOR_DAYS = 730  # laws on online sale change every few years; an older answer may weaken a red flag, not raise one
_COLUMNS = ("country", "question", "class", "answer", "since", "until", "why", "source", "confidence", "as_of")
# Where a rung has no answer of its own, that of another holds: a prescription that may be left out is none, and any way
# to take the buyer's own prescription is taken as the demand for one.
_SAME_AS = {
    Rung.OPTIONAL: Rung.NONE,
    Rung.UPLOAD: Rung.REQUIRED,
    Rung.E_PRESCRIPTION: Rung.REQUIRED,
    Rung.ORIGINAL: Rung.REQUIRED,
}
_ALIASES = {"UK": "GB", "EL": "GR"}  # what people type for a country, and its code
_REPORTING = ("country", "authority", "address", "source", "confidence")


class LawError(ValueError):
    """The table of laws is not in order: the message names file and line."""


@dataclass(frozen=True, slots=True)
class Law:
    """A dated answer to one question for buyers and sellers in one country.

    `answer` is `yes`, `no`, `limited` or `unknown`. `yes` to `prescription-online` always means: against a valid
    prescription. `confidence` is high (an official or specialist source was read), medium (a secondary one) or low
    (memory only): a low answer may weaken a red flag, never create one. `as_of` is None where nothing is known.
    `medicines` is the class of CLASSES that it is about, "" for all. The country `EEA` stands for what all its members share.
    """

    country: str
    question: str
    answer: str
    why: str
    source: str
    confidence: str
    as_of: date | None = None
    since: date | None = None
    until: date | None = None
    medicines: str = ""

    def in_force(self, day: date) -> bool:
        """True on the days from `since` to `until`, both included; None is without end."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def answer(country: str, question: str, day: date) -> Law:
    """Return what the law of `country` (ISO 3166-1 alpha-2, or `GB-NIR`) said on `day`; `unknown` if we do not know.

    ValueError for a question other than `prescription-online` and `otc-online`.
    """
    if question not in QUESTIONS:
        raise ValueError(f"no such question: {question}; ask {' or '.join(QUESTIONS)}")
    country = country.upper()
    return _held(country, question, "", day) or _unknown(country, question)


def sent_answer(country: str, seller: str, day: date, *, prescription: bool) -> Law:
    """Return whether a lawful seller in the country `seller` may send medicines to a buyer in `country`.

    The rule for that very country comes first, then one for sellers of the EU and EEA, then one for any seller abroad;
    rules of the buyer's country come before those that all of the EEA shares.
    """
    kind = SENT[0] if prescription else SENT[1]
    country, seller = country.upper(), seller.upper()
    origins = [seller, *(["EEA"] if seller in EEA else []), "*"]
    for place in (country, *(["EEA"] if country in EEA else [])):
        for origin in origins:
            if found := _held(place, kind + origin, "", day):
                return found
    why = f"Whether a seller in {seller} may send to {country} is not known to us."
    return Law(country, kind + seller, "unknown", why, "", "low")


def needs_prescription(country: str, medicine: Medicine) -> bool:
    """True when the medicine is for people and on prescription, in every strength and pack that we know, in `country`."""
    return medicine.use == "human" and medicine.prescription_only and not _without_prescription(country, medicine)


def rung_answer(country: str, rung: Rung, medicine: Medicine | None, day: date) -> Law:
    """Return whether a seller may leave it at `rung` before it sends `medicine` (None: any prescription medicine) there.

    The class of the medicine comes first, then any medicine, then whether prescription medicines may be sold online at
    all. What a pharmacist there may supply without a prescription, in some strength or pack, is `limited`, never `no`.
    """
    country = country.upper()
    if rung is Rung.OTC_ONLY:
        return answer(country, "otc-online", day)
    if medicine and rung.height < Rung.REQUIRED.height and _without_prescription(country, medicine):
        why = medicine.without_prescription or f"Some packs of {medicine.name} need no prescription there."
        return Law(country, RUNG + rung, "limited", why, medicine.source, medicine.confidence)
    for name in _classes(country, medicine):
        for asked in filter(None, (rung, _SAME_AS.get(rung))):
            found = _held(country, RUNG + asked, name, day)
            if found:
                return found
    sold = answer(country, "prescription-online", day)
    if rung is not Rung.NOT_A_SELLER and (sold.answer == "no" or rung.height >= Rung.REQUIRED.height):
        return sold
    return _unknown(country, RUNG + rung)


def _held(country: str, question: str, medicines: str, day: date) -> Law | None:
    """Return the answer in force on `day`; one that nobody has looked at for long has lost its confidence."""
    for law in _laws().get((country, question, medicines), ()):
        if law.in_force(day):
            stale = law.as_of is not None and (day - law.as_of).days > _GOOD_FOR_DAYS
            return replace(law, confidence="low") if stale else law
    return None


def _unknown(country: str, question: str) -> Law:
    return Law(country, question, "unknown", f"We hold no law of {country} on this.", "", "low")


def _without_prescription(country: str, medicine: Medicine) -> bool:
    """True when the medicine, in some strength or pack, needs no prescription in the country."""
    named = re.search(rf"\b{re.escape(country)}\b", medicine.without_prescription)
    return named is not None or medicine.status.get(country) in ("otc", "pharmacist", "mixed")


def _classes(country: str, medicine: Medicine | None) -> Iterator[str]:
    """Yield the classes of a medicine in a country, the most telling first, "" at the end."""
    if medicine:
        if country in medicine.schedule:
            yield "controlled"
        yield medicine.family
        if medicine.family == "glp1":
            yield "weight"
    yield ""


def country_code(text: str) -> str:
    """Return the code of the country that people mean by `text`: ISO 3166-1 alpha-2 in upper case, or `GB-NIR`.

    Raises ValueError, with a sentence for people, where it is none.
    """
    code = text.strip().upper()
    code = _ALIASES.get(code, code)
    if code != "GB-NIR" and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise ValueError(
            f"{code!r} is not a country code of two letters (ISO 3166-1), such as DE or US; Northern Ireland is GB-NIR."
        )
    return code


@cache
def countries() -> tuple[str, ...]:
    """Return the countries (ISO 3166-1 alpha-2) of which a law is held."""
    return tuple(sorted({country for country, _, _ in _laws() if len(country) == 2}))


@dataclass(frozen=True, slots=True)
class Reporting:
    """Who takes reports of suspicious online sellers in a country, and at which address; `confidence` as in Law."""

    authority: str
    address: str
    source: str
    confidence: str


def reporting(country: str) -> Reporting | None:
    """Return who takes reports of suspicious online sellers in `country`; None if not known."""
    return _authorities().get(country.upper())


@cache
def _laws() -> Mapping[tuple[str, str, str], tuple[Law, ...]]:
    laws: dict[tuple[str, str, str], tuple[Law, ...]] = {}
    for law in read_laws(Path(__file__).with_name("law.csv")):
        key = (law.country, law.question, law.medicines)
        laws[key] = (*laws.get(key, ()), law)
    return laws


@cache
def _authorities() -> Mapping[str, Reporting]:
    return read_reporting(Path(__file__).with_name("reporting.csv"))


def read_reporting(path: Path) -> Mapping[str, Reporting]:
    """Return the reporting addresses of a file by country; LawError where a row is not in order."""
    found: dict[str, Reporting] = {}
    for line, (country, authority, address, source, confidence) in _rows(path, _REPORTING):
        if not all((country, authority, source)) or confidence not in CONFIDENCES or country in found:
            raise LawError(
                f"{path.name}, line {line}: a field is empty, {country} stands twice, or {confidence} is unknown"
            )
        if not re.fullmatch(r"https?://\S+|[\w.+-]+@[\w.-]+", address):
            raise LawError(f"{path.name}, line {line}: {address} is neither a web address nor an e-mail address")
        found[country] = Reporting(authority, address, source, confidence)
    return found


def read_laws(path: Path) -> tuple[Law, ...]:
    """Return the laws of a file; LawError naming file and line where a word, a date or a field is not in order."""
    laws: list[Law] = []
    for line, row in _rows(path, _COLUMNS):
        country, question, medicines, reply, since, until, why, source, confidence, as_of = row
        if not _asked(question, medicines) or reply not in ANSWERS or confidence not in CONFIDENCES:
            raise LawError(f"{path.name}, line {line}: unknown word in {question}, {medicines}, {reply}, {confidence}")
        if not (country and why and source):
            raise LawError(f"{path.name}, line {line}: country, why and source must be given")
        try:
            read, first, last = (date.fromisoformat(text) if text else None for text in (as_of, since, until))
        except ValueError as error:
            raise LawError(f"{path.name}, line {line}: {error}") from None
        laws.append(Law(country, question, reply, why, source, confidence, read, first, last, medicines))
    return tuple(laws)


def _asked(question: str, medicines: str) -> bool:
    """True for a question of QUESTIONS or SENT on all medicines, and for a rung of the ladder on a class of them."""
    if question in QUESTIONS or re.fullmatch(rf"(?:{'|'.join(SENT)})(?:[A-Z]{{2}}|EEA|\*)", question):
        return not medicines
    return question.removeprefix(RUNG) in tuple(Rung) and question.startswith(RUNG) and medicines in CLASSES


def _rows(path: Path, columns: tuple[str, ...]) -> list[tuple[int, list[str]]]:
    """Return the rows of a CSV file with their line numbers; LawError if header or width differ from `columns`."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines, strict=True)
        if tuple(next(reader, ())) != columns:
            raise LawError(f"{path.name}, line 1: the columns must be {','.join(columns)}")
        rows = [(reader.line_num, row) for row in reader]
    for line, row in rows:
        if len(row) != len(columns):
            raise LawError(f"{path.name}, line {line}: {len(row)} fields, expected {len(columns)}")
    return rows
