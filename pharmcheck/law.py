"""The law by country: may medicines be sold online there, since when, and where a suspicious seller is reported."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

QUESTIONS = ("prescription-online", "otc-online")
ANSWERS = frozenset(("yes", "no", "limited", "unknown"))
CONFIDENCES = frozenset(("high", "medium", "low"))
_GOOD_FOR_DAYS = 730  # laws on online sale change every few years; an older answer may weaken a red flag, not raise one
_COLUMNS = ("country", "question", "answer", "since", "until", "why", "source", "confidence", "as_of")
_REPORTING = ("country", "authority", "address", "source", "confidence")


class LawError(ValueError):
    """The table of laws is not in order: the message names file and line."""


@dataclass(frozen=True, slots=True)
class Law:
    """A dated answer to one question for buyers and sellers in one country.

    `answer` is `yes`, `no`, `limited` or `unknown`. `yes` to `prescription-online` always means: against a valid
    prescription. `confidence` is high (an official or specialist source was read), medium (a secondary one) or low
    (memory only): a low answer may weaken a red flag, never create one. `as_of` is None where nothing is known.
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

    def in_force(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def answer(country: str, question: str, day: date) -> Law:
    """Return what the law of `country` (ISO 3166-1 alpha-2, or `GB-NIR`) said on `day`; `unknown` if we do not know.

    ValueError for a question other than `prescription-online` and `otc-online`.
    """
    if question not in QUESTIONS:
        raise ValueError(f"no such question: {question}; ask {' or '.join(QUESTIONS)}")
    country = country.upper()
    for law in _laws().get((country, question), ()):
        if law.in_force(day):
            stale = law.as_of is not None and (day - law.as_of).days > _GOOD_FOR_DAYS
            return replace(law, confidence="low") if stale else law
    return Law(country, question, "unknown", f"We hold no law of {country} on this.", "", "low")


def reporting(country: str) -> tuple[str, str] | None:
    """Return who takes reports of suspicious online sellers in `country`, and at which address; None if not known."""
    return _authorities().get(country.upper())


@cache
def _laws() -> Mapping[tuple[str, str], tuple[Law, ...]]:
    laws: dict[tuple[str, str], tuple[Law, ...]] = {}
    for law in read_laws(Path(__file__).with_name("law.csv")):
        key = (law.country, law.question)
        laws[key] = (*laws.get(key, ()), law)
    return laws


@cache
def _authorities() -> Mapping[str, tuple[str, str]]:
    rows = _rows(Path(__file__).with_name("reporting.csv"), _REPORTING)
    return {country: (authority, address) for _, (country, authority, address, _, _) in rows}


def read_laws(path: Path) -> tuple[Law, ...]:
    """Return the laws of a file; LawError naming file and line where a word, a date or a field is not in order."""
    laws: list[Law] = []
    for line, row in _rows(path, _COLUMNS):
        country, question, reply, since, until, why, source, confidence, as_of = row
        if question not in QUESTIONS or reply not in ANSWERS or confidence not in CONFIDENCES:
            raise LawError(f"{path.name}, line {line}: unknown word in {question}, {reply}, {confidence}")
        if not (country and why and source):
            raise LawError(f"{path.name}, line {line}: country, why and source must be given")
        try:
            days = [date.fromisoformat(text) if text else None for text in (as_of, since, until)]
        except ValueError as error:
            raise LawError(f"{path.name}, line {line}: {error}") from None
        laws.append(Law(country, question, reply, why, source, confidence, *days))
    return tuple(laws)


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
