"""The index: the same answers as a scan of the lists, built once, and never trusted when anything about it is odd."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmcheck.model import Listing, Target
from pharmcheck.registries import load_registries
from tests.registries.plain_scans import AS_OF, folders, listing, registries, scan_names, scan_number, scan_site

HOSTS = ("shop.example", "a.shop.example", "b.a.shop.example", "other.example", "xshop.example", "")
NUMBERS = ("1001", "01001", "10-01", "A1", "a 1", "0", "")
PATHS = ("", "/pharmacy", "/pharmacy/x")
WORDS = (
    "shop",
    "corner",
    "corner",
    "conrer",
    "korner",
    "market",
    "marketplace",
    "stadt",
    "apotheke",
    "stadtapotheke",
    "lékárna",
    "u",
    "old",
    "town",
)
entries = st.builds(
    listing,
    name=st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
    registry=st.sampled_from(("zz-a", "zz-b")),
    number=st.sampled_from(NUMBERS),
    domain=st.sampled_from(HOSTS),
    status=st.sampled_from(("listed", "warned", "lifted")),
    path=st.sampled_from(PATHS),
    since=st.none() | st.integers(0, 3).map(lambda days: AS_OF - timedelta(days)),
    note=st.sampled_from(("", "a", "b")),
    contested=st.booleans(),
)
many = st.lists(entries, max_size=12)


def in_order(rows: Sequence[Listing]) -> tuple[Listing, ...]:
    return tuple(x for _, kept in folders(rows) for x in kept)


@settings(max_examples=60, deadline=None)
@given(many, st.sampled_from(HOSTS[:5]), st.sampled_from(("/", "/pharmacy", "/pharmacy/x/y", "/pharmacy-x")))
def test_a_site_is_answered_as_by_a_scan(rows: list[Listing], host: str, path: str) -> None:
    """By host and path, all entries come back, field by field and in the same order."""
    url = f"https://www.{host}{path}"
    target = Target(url, url, f"www.{host}", ".".join(host.split(".")[-2:]))
    held = registries(rows)
    assert held.listings == in_order(rows)
    assert held.for_site(target) == scan_site(in_order(rows), target, path.rstrip("/"))


@settings(max_examples=60, deadline=None)
@given(many, st.sampled_from(NUMBERS[:6]))
def test_a_number_is_answered_as_by_a_scan(rows: list[Listing], number: str) -> None:
    """By registry and number the same entries come back in the same order."""
    assert registries(rows).by_number("zz-a", number) == scan_number(in_order(rows), "zz-a", number)


@settings(max_examples=150, deadline=None)
@given(many, st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), st.data())
def test_a_name_is_answered_as_by_a_scan(rows: list[Listing], sought: list[str], data: st.DataObject) -> None:
    """With up to three letters changed anywhere, the search finds what comparing all words finds, in its order."""
    text = " ".join(sought)
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, max(0, len(text) - 1)))
        text = data.draw(
            st.sampled_from(
                (
                    text[:at] + text[at + 1 :],
                    text[:at] + "k" + text[at:],
                    text[:at] + "x" + text[at + 1 :],
                    text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
                )
            )
        )
    assert registries(rows).search(text) == scan_names(in_order(rows), text, 100)


def test_the_shipped_lists_are_answered_as_by_a_scan() -> None:
    """Every shipped entry is found by its site, its number and its name, with all others that a scan finds."""
    held = load_registries()
    rows = held.listings
    for x in rows[::7]:
        if x.domain:
            target = Target("", f"https://{x.domain}{x.path}", x.domain, ".".join(x.domain.split(".")[-2:]))
            assert held.for_site(target) == scan_site(rows, target, x.path)
        if x.number:
            assert held.by_number(x.registry, x.number) == scan_number(rows, x.registry, x.number)
    for x in [x for x in rows if x.name][::40]:
        typed = x.name[:4] + x.name[5:]
        if not any(c in typed for c in ".0123456789"):
            assert held.search(typed) == scan_names(rows, typed, 100)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Löwen-Apotheke", "loewen apotheke"),
        ("Löwen-Apotheke", "Lowen Apotheke"),
        ("Löwenapotheke", "Löwen Apotheke"),
        ("Löwen Apotheke", "Löwenapoteke"),
        ("Аптека Здоровье", "apteka zdorove"),
        ("Apteka Zdorove", "Аптека Здоровье"),
        ("Φαρμακείο Ήλιος", "farmakeio ilios"),
        ("Lékárna Na Rohu, s.r.o.", "lekarna na rohu"),
        ("Lekarna na Rohu", "Lékárna Na Rohu s. r. o."),
        ("Apteka Pod Lwem sp. z o.o.", "apteka pod lwem"),
        ("Corner Pharmacy Ltd.", "Pharmacy Corner GmbH & Co. KG"),
        ("O'Corner Pharmacy", "ocorner pharmacy"),
        ("Corner Pharmacy", "Cornre Pharmacy"),
        ("Corner Pharmacy", "Cornr Phamracy"),
        ("Corner Pharmacy", "Corner Pharamcu"),
        ("Corner Pharmacy", "Corner"),
        ("Łódź Apteka", "lodz apteka"),
        ("Straße Apotheke", "strasse apotheke"),
        ("GmbH", "gmbh"),
    ],
)
def test_a_name_is_found_as_people_type_it(name: str, text: str) -> None:
    """Accents, alphabets, legal forms, order, blanks, and one or two typing errors stand in nobody's way."""
    held = registries((listing("Somebody Else"), listing(name)))
    assert [x.name for x in held.search(text)] == [name]


@pytest.mark.parametrize(
    "text", ["Corner Chemist", "Crnr Phrmcy", "Korner Farmaci Xyz", "Korner Bharnacy", "Corn Pharmacy X", "123"]
)
def test_another_name_is_not_found(text: str) -> None:
    """Three errors, another word, two errors with a wrong first letter, or a number do not make it the same name."""
    assert registries((listing("Corner Pharmacy Oldtown", domain="corner.example"),)).search(text) == ()


@pytest.mark.parametrize("text", ["old town pills", "Oldtown Pils", "old-town-pills"])
def test_an_entry_that_gives_but_a_site_is_found_by_it(text: str) -> None:
    """Many warnings name a domain only: who remembers it as a name finds it as well."""
    warned = listing(domain="old-town-pills.example", status="warned")
    assert registries((listing("Somebody Else"), warned)).search(text) == (warned,)


def test_fewer_errors_and_shorter_names_come_first_and_warnings_before_others() -> None:
    """An exact name hides the merely similar; of equally long names the one with a warning is shown first."""
    rows = (
        listing("Corner Pharmacy Oldtown"),
        listing("Corner Pharmacy"),
        listing("Corner Chemist", registry="zz-b", status="warned"),
        listing("Cornel Pharmacy"),
    )
    assert [x.name for x in registries(rows).search("corner")] == [
        "Corner Chemist",
        "Corner Pharmacy",
        "Corner Pharmacy Oldtown",
    ]
    assert [x.name for x in registries(rows).search("Cornef Pharmacy")] == [
        "Corner Pharmacy",
        "Cornel Pharmacy",
        "Corner Pharmacy Oldtown",
    ]


def test_a_search_shows_no_more_than_a_person_reads() -> None:
    """At most 100 entries, by site, number or name, and those of warnings are among them."""
    rows = [listing("Corner", number="7", domain=f"s{i}.corner.example") for i in range(150)]
    held = registries(
        [*rows, listing("Corner", number="7", domain="z.corner.example", registry="zz-b", status="warned")]
    )
    for text in ("corner.example", "7", "Corner"):
        found = held.search(text)
        assert len(found) == 100
        assert found[0].status == "warned"
