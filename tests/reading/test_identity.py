"""bind: a register's entry against a site's particulars, on pairs made from a shipped list and from invented registers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from pharmcheck.model import Fit, Listing
from pharmcheck.reading.identity import Claims, best, bind, told
from pharmcheck.reading.plain_names import same_name
from pharmcheck.registries import load_registries
from pharmcheck.target import parse_target

DAY = date(2026, 10, 1)
# Invented pharmacies by country: names, streets, (postcode, town) and telephone, as a register writes them.
INVENTED = {
    "PL": (("Apteka Pod Jaskółką", "Apteka Żabia", "Apteka Wrzosowa", "Apteka Słoneczna Polana", "Apteka Borsucza"),
           ("ul. Długa 4", "ul. Krótka 18A", "al. Zielona 7/2"), (("36-200", "Brzozów"), ("39-200", "Dębica"), ("37-100", "Łańcut")), "+48 13 55 {:05d}"),
    "DE": (("Lindwurm-Apotheke", "Müllersche Apotheke", "Apotheke am Größenberg", "Dachs-Apotheke", "Holunder Apotheke e.K."),
           ("Musterstraße 12", "Beispielweg 3a", "Am Anger 77"), (("04109", "Leipzig"), ("80331", "München"), ("50667", "Köln")), "0341 55{:05d}"),
    "GB": (("Wrenfield Pharmacy", "Otterburn Chemist", "Corncrake Pharmacy Ltd", "Larkspur & Sons Chemists", "Thistledown Pharmacy"),
           ("12 Sample Street", "Unit 3, 40 Test Road", "7 Example Lane"), (("LS1 4AP", "Leeds"), ("M1 1AE", "Manchester"), ("EH1 1BB", "Edinburgh")), "0113 49{:05d}"),
    "BG": (("Аптека Здравец", "Аптека Божур", "Аптека Синигер", "Аптека Минзухар", "Аптека Явор"),
           ("ул. Примерна 5", "бул. Образцов 21", "ул. Пробна 9"), (("4000", "Пловдив"), ("9000", "Варна"), ("8000", "Бургас")), "+359 32 5{:05d}"),
    "GR": (("Φαρμακείο Αλκυόνη", "Φαρμακείο Θύμιος", "Φαρμακείο Νεράιδα", "Φαρμακείο Πέρδικα", "Φαρμακείο Σπουργίτης"),
           ("Δοκιμής 14", "Παραδείγματος 8", "Προτύπου 33"), (("546 24", "Θεσσαλονίκη"), ("262 21", "Πάτρα"), ("382 21", "Βόλος")), "+30 2310 5{:05d}"),
}  # fmt: skip
ABROAD = {"Praha": "Prague", "Plzeň": "Pilsen", "Brno": "Brno", "München": "Munich", "Köln": "Cologne"}


def invented() -> Iterator[Listing]:
    """Yield five names times three streets times three towns for each country, every other one without a web site."""
    for country, (names, streets, towns, phone) in INVENTED.items():
        for number, (name, street, (code, town)) in enumerate(product(names, streets, towns)):
            domain = "" if number % 2 else f"shop{country.lower()}{number}.example"
            note = f"premises: {street}, {code} {town}; phone: {phone.format(number * 7 + 11)}"
            own = f"{name} {'ABCDEFGHI'[number % 9] * 3}uvian"  # a word of its own, so that no two are namesakes
            yield Listing(
                f"{country.lower()}-list", country, own, f"{number:05d}", domain, "listed", "", DAY, note=note
            )


def shipped() -> list[Listing]:
    """Return the Czech entries that the project ships, one of each number."""
    rows = [x for x in load_registries().listings if x.registry == "cz-sukl" and "premises: " in x.note]
    return list({row.number: row for row in rows}.values())


def parts(listing: Listing) -> tuple[str, str, str]:
    """Return street, postcode and town, and telephone, of an entry's note."""
    premises, _, rest = listing.note.removeprefix("premises: ").partition(";")
    street, _, place = premises.rpartition(", ")
    return street, place, rest.partition("phone: ")[2]


def claims(listing: Listing, way: int, host: str = "", street: str = "", place: str = "") -> Claims:
    """Return what an honest site of the entry says, in one of eight ways of writing; parts can be replaced."""
    own_street, own_place, phone = parts(listing)
    street, place = street or own_street, place or own_place
    name, text = listing.name, ""
    if way == 1:
        name, street, place = (plain(x) for x in (name, street, place))
    elif way == 2:
        name = f"{name.upper()} s.r.o."
    elif way == 3:
        for here, there in ABROAD.items():
            place = place.replace(here, there)
    elif way == 4 and listing.country == "CZ":
        place = f"{place[:3]} {place[3:5]}{place[5:]}"
    elif way == 5:
        name = name[:4] + name[5:] if len(name) > 14 else name
        place = f"{place}, {listing.country}"
    elif way == 6:
        name, text = "Umbrella Holding a.s.", f"Our shop: {name}, {street}, {place}"
    elif way == 7:
        street, place = f"{street}, {place}", ""
    given = () if way == 6 else (", ".join(filter(None, (street, place))),)
    phones = (phone.replace(" ", ""),) if phone and way % 2 == 0 else ()
    url = f"https://{'www.' if way % 2 else ''}{host or listing.domain or 'nowhere.example'}/"
    return Claims(parse_target(url), (name,), (f"{name} | online",) if way % 3 == 0 else (), given, phones, text)


def plain(text: str) -> str:
    """Return text without accents, as people type it."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


PAIRS = [*shipped(), *invented()]


def partners() -> Iterator[tuple[Listing, Listing]]:
    """Yield every entry with another one of its country, half a list away."""
    for country in dict.fromkeys(entry.country for entry in PAIRS):
        same = [entry for entry in PAIRS if entry.country == country]
        half = len(same) // 2
        yield from zip(same, [*same[half:], *same[:half]], strict=True)


def town_of(listing: Listing) -> str:
    return " ".join(word for word in parts(listing)[1].split() if not any(map(str.isdigit, word)))


def test_there_are_enough_pairs() -> None:
    """Some hundreds, about half of them of a real register."""
    assert len(shipped()) > 150
    assert len(PAIRS) > 350


def test_no_true_pair_is_flagged() -> None:
    """However a site writes its own name and address, nothing differs."""
    wrong = [
        (entry.name, way, told(bind(entry, claims(entry, way))))
        for entry in PAIRS
        for way in range(8)
        if bind(entry, claims(entry, way)).verdict != "agrees"
    ]
    assert wrong == []


def mutations() -> dict[str, list[bool]]:
    """Return for each kind of mutation whether it was caught, one truth value a pair."""
    caught: dict[str, list[bool]] = {"number": [], "domain": [], "town": [], "town and postcode": []}
    for at, (entry, other) in enumerate(partners()):
        way = at % 6
        caught["number"].append(bind(other, claims(entry, way)).verdict != "agrees")
        if entry.domain:
            caught["domain"].append(bind(entry, claims(entry, way, host="borrowed.example")).verdict == "another")
        if town_of(other) != town_of(entry):
            code = " ".join(w for w in parts(entry)[1].split() if any(map(str.isdigit, w)))
            moved = claims(entry, way, place=f"{code} {town_of(other)}")
            caught["town"].append(bind(entry, moved).address is Fit.DIFFERS)
            moved = claims(entry, way, place=parts(other)[1])
            caught["town and postcode"].append(bind(entry, moved).address is Fit.DIFFERS)
    return caught


@pytest.mark.parametrize("kind", ["number", "domain", "town", "town and postcode"])
def test_swaps_are_caught(kind: str) -> None:
    """A number, a domain or a town of another pharmacy is caught in at least 98 of 100 pairs."""
    found = mutations()[kind]
    assert len(found) > 150
    assert sum(found) / len(found) >= 0.98, f"{sum(found)} of {len(found)}"


def test_a_borrowed_number_without_a_web_site_is_anothers() -> None:
    """Where the register names no site, another name and another place together tell."""
    entry = next(x for x in PAIRS if not x.domain and x.country == "PL")
    thief = Claims(
        parse_target("https://shop.example"), ("Bluewater Meds Ltd",), (), ("1 Sample Street, Leeds LS1 4AP",)
    )
    assert bind(entry, thief).verdict == "another"
    assert bind(entry, replace(thief, addresses=())).verdict == "partly"
    assert bind(entry, replace(thief, names=(), addresses=())).verdict == "unknown"


def test_a_chain_is_judged_by_its_best_entry() -> None:
    """A domain with many premises agrees when one of them does."""
    branches = [x for x in shipped() if x.domain == "drmax.cz"]
    assert len(branches) > 20
    shown = claims(branches[11], 0)
    found = best(bind(x, shown) for x in branches)
    assert found is not None
    assert (found.verdict, found.listing.number) == ("agrees", branches[11].number)
    assert told(found) == "web site, name and address as on the site"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lékárna U Anděla", "Lékárna U Lva"),
        ("Apteka Słoneczna", "Apteka Księżycowa"),
        ("Wrenfield Pharmacy", "Otterburn Pharmacy"),
        ("Apotheke am Markt", "Apotheke am Ring"),
        ("Pharmacy Ltd", "Wrenfield Pharmacy Ltd"),
        ("Аптека Божур", "Apteka Zdravets"),
    ],
)
def test_words_of_the_trade_make_no_namesakes(one: str, other: str) -> None:
    """Kind of shop, legal form and small words tell nobody apart, so they bring nobody together."""
    assert not same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dr. Max LÉKÁRNA", "drmax"),
        ("Apotheke Müller", "Mueller-Apotheke e.K."),
        ("Аптека Здравец", "Apteka Zdravets OOD"),
        ("Φαρμακείο Αλκυόνη", "Farmakeio Alkyoni"),
        ("Lékárna Borohrádek s.r.o.", "BOROHRADEK"),
    ],
)
def test_one_name_in_two_ways_of_writing(one: str, other: str) -> None:
    """Accents, umlauts, alphabets, blanks and legal forms make no difference."""
    assert same_name(one, other)
