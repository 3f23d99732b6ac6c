"""Rows of a published list become rows of our `list.csv`: filtered, dated, one for each web address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urljoin, urlsplit

from pharmcheck.readers import json
from pharmcheck.readers.our_list import COLUMNS, HOST, RegistryError
from pharmcheck.readers.spec import Condition, Reader, columns_of
from pharmcheck.readers.table import Row, read_table
from pharmcheck.reading.host import belongs_to_many
from pharmcheck.target import TargetError, has_public_suffix, parse_target, registrable_domain

Entry = tuple[str, ...]  # in the order of COLUMNS

_STATUS = {"positive": "listed", "negative": "warned", "neutral": "recorded"}
_NONE = frozenset(("", "-", "–", "—", "n/a", "none"))  # written for "there is no web address"
_START_PAGE = re.compile(r"/(?:index|default|home|homepage)\.\w{2,5}\Z", re.IGNORECASE)
_TOP = re.compile(r"(?:/[a-z]{2}(?:[-_][a-z]{2})?)?", re.IGNORECASE)  # the start page in one language
_GAPS = re.compile(r"(?:[,;:]\s*)+(?=[,;.]|\Z)|\A\s*[,;]\s*")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: `read` counts the published rows, `unread` gives addresses that are none, with their places."""

    entries: tuple[Entry, ...]
    read: int
    unread: tuple[str, ...]


def read_list(reader: Reader, bodies: Iterable[bytes], polarity: str, base: str = "") -> Reading:
    """Return the entries of a published list, addresses of entries taken relative to `base`.

    RegistryError where we do not understand it.
    """
    bodies = tuple(bodies)
    entries: dict[Entry, None] = {}
    unread: list[str] = []
    read = addresses = 0
    for row in read_table(reader, bodies):
        read += 1
        if not all(_holds(one, row) for one in reader.keep) or any(_holds(one, row) for one in reader.drop):
            continue
        pieces = _addresses(row.cells.get(reader.fields.get("site", ""), ""))
        if not pieces and polarity == "negative":
            pieces = [""]  # a warning of no site is not understood
        sites = [_site(piece, reader.whole_sites) for piece in pieces]
        addresses += len(sites)
        unread += [f"{row.where}: {piece!r}" for piece, site in zip(pieces, sites, strict=True) if not site]
        entries.update(dict.fromkeys(_entries(row, reader, polarity, base, [site for site in sites if site])))
    if reader.total and (stated := {json.count(reader, body) for body in bodies}) != {read}:
        raise RegistryError(f"the register counts {' or '.join(map(str, sorted(stated)))} records, and {read} came")
    if len(unread) * 100 > reader.unread_percent * addresses:
        raise RegistryError(f"{len(unread)} of {addresses} web addresses are none; the first is in {unread[0][:120]}")
    return Reading(tuple(entries), read, tuple(unread))


def _entries(row: Row, reader: Reader, polarity: str, base: str, sites: list[tuple[str, str]]) -> Iterator[Entry]:
    """Yield an entry for each site; without one, a lawful seller is kept by name and number, a warning is of no use."""

    def cell(field: str) -> str:
        text = row.cells.get(reader.fields.get(field, ""), "")
        return "" if text.lower() in _NONE else text

    notes = [_note(reader.fields.get("note", ""), row)]
    status = _STATUS[polarity]
    ended = row.cells.get(reader.lifted, "") if reader.lifted else ""
    if ended:
        status = "lifted"
        notes.append(f"entry deleted on {_day(ended, reader, row)}; no longer in force")
    if not sites and polarity == "negative":
        return
    if not sites and "site" in reader.fields:
        notes.append("no web address in the register")
    since = _day(cell("since"), reader, row) if cell("since") else ""
    note = "; ".join(filter(None, notes))
    url = urljoin(base, cell("url")) if cell("url") else ""
    for domain, path in sites or [("", "")]:
        yield cell("name"), cell("number"), domain, path, status, since, note, url


assert COLUMNS == ("name", "number", "domain", "path", "status", "since", "note", "url")  # the order of an Entry


def _note(template: str, row: Row) -> str:
    """Return a note with its columns filled in; where all of them are empty, none."""
    names = columns_of(template)
    if names and not any(row.cells.get(name) for name in names):
        return ""
    filled = re.sub(r"\{([^{}]*)\}", lambda found: row.cells.get(found[1], ""), template)
    return _GAPS.sub("", " ".join(filled.split())).replace(" ,", ",").strip()


def _day(text: str, reader: Reader, row: Row) -> str:
    """Return a date of the list as `YYYY-MM-DD`."""
    for form in reader.dates:
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    raise RegistryError(f"{row.where}: {text[:40]!r} is not a date like {' or '.join(reader.dates)}")


def _addresses(text: str) -> list[str]:
    """Return the web addresses in a cell that people filled in: several stand apart by a comma, a bar or a blank."""
    pieces = (piece.strip("()<>\"'.") for piece in re.split(r"[\s,;|]+", text))
    return [piece for piece in pieces if piece.lower() not in _NONE]


def _site(text: str, whole: str = "") -> tuple[str, str] | None:
    """Return host and path of a web address, None where it is none, or one of many owners (a platform, a suffix)."""
    try:
        target = parse_target(text)
    except TargetError:
        return None
    host = target.host.removeprefix("www.")
    if "@" in text or not HOST.fullmatch(host) or not has_public_suffix(host):
        return None
    path = _START_PAGE.sub("", unquote(urlsplit(target.url).path)).rstrip("/")
    if (whole and re.search(whole, host)) or _TOP.fullmatch(path):
        path = ""
    if not path and (belongs_to_many(target) or registrable_domain(f"x.{host}").startswith("x.")):
        return None
    return host, path


def _holds(condition: Condition, row: Row) -> bool:
    """Tell whether one of the condition's columns is as it says."""
    cells = [row.cells.get(column, "") for column in condition.columns]
    if condition.filled:
        return any(cells)
    if condition.host:
        return any(_is_host(cell) for cell in cells)
    if condition.pattern:
        return any(re.search(condition.pattern, cell) for cell in cells)
    return any(cell in condition.values for cell in cells)


def _is_host(text: str) -> bool:
    """Tell whether a cell is a web address and nothing else; a firm's name with a dot in it is none."""
    return bool(re.fullmatch(r"(?:https?://)?[\w.-]+\.[a-z]{2,}(?:/\S*)?", text, re.IGNORECASE)) and any(
        _site(piece) for piece in _addresses(text)
    )
