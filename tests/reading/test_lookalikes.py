"""Look-alikes: names that are borrowed are found, honest neighbours are left alone."""

from __future__ import annotations

import pytest

from pharmcheck.model import Resemblance
from pharmcheck.reading.false_hosts import imitated
from pharmcheck.reading.lookalikes import KnownName, KnownNames, index_names, well_known_names
from pharmcheck.registries import load_registries
from pharmcheck.target import parse_target

KNOWN = index_names(
    [
        KnownName("Walgrove", "walgrove.com", "name"),
        KnownName("Pillory", "pillory.de", "name"),
        KnownName("Pharmino", "pharmino.cz", "name"),
        KnownName("Pharmino", "pharmino.sk", "name"),
        KnownName("Nurvo", "nurvo.com", "name"),
        KnownName("Shop-Arznei", "shop-arznei.de", "name"),
        KnownName("Robin", "robin.com", "host"),
        KnownName("Lékárna Koroptvička", "lekarnakoroptvicka.cz", "listed"),
        KnownName("Lékárna U Lva", "lekarnaulva.cz", "listed"),
        KnownName("Moje lékárna", "mojelekarna.cz", "listed"),
        KnownName("Apotheke", "apotheke.de", "listed"),
        KnownName("Grove", "pharmacy.grovemart.com", "host"),
        KnownName("Little known", "walgrave.fi", ""),
    ]
)


def like(host: str) -> tuple[str, str] | None:
    found = KNOWN.like(parse_target(host))
    return (found.domain, found.how) if found else None


@pytest.mark.parametrize(
    ("host", "domain", "how"),
    [
        ("wa1grove.com", "walgrove.com", "letters"),
        ("waIgr0ve.net", "walgrove.com", "letters"),
        ("vvalgrove.com", "walgrove.com", "letters"),
        ("wаlgrоve.com", "walgrove.com", "letters"),  # Cyrillic а, о
        ("walgrövé.com", "walgrove.com", "letters"),
        ("r0bin.com", "robin.com", "letters"),
        ("phammino.cz", "pharmino.cz", "typing"),
        ("pharrnino.com", "pharmino.cz", "letters"),
        ("walgrov.com", "walgrove.com", "typing"),
        ("wallgrove.org", "walgrove.com", "typing"),
        ("wlagrove.com", "walgrove.com", "typing"),
        ("walrgove.com", "walgrove.com", "typing"),
        ("pillroy.de", "pillory.de", "typing"),
        ("lekarnakoroptvika.cz", "lekarnakoroptvicka.cz", "typing"),
        ("wal-grove.com", "walgrove.com", "hyphens"),
        ("walgrove-store.com", "walgrove.com", "words"),
        ("buy-walgrove-online24.example", "walgrove.com", "words"),
        ("walgroverx.shop", "walgrove.com", "words"),
        ("lekarna-koroptvicka-online.example", "lekarnakoroptvicka.cz", "words"),
        ("walgrove.shop", "walgrove.com", "ending"),
        ("pillory.com", "pillory.de", "ending"),
        ("nurvo.su", "nurvo.com", "ending"),
        ("walgrove.com.login.example", "walgrove.com", "subdomain"),
        ("www.walgrove.com-offers.walgrove.com.example.org", "walgrove.com", "subdomain"),
        ("www-walgrove-com.example", "walgrove.com", "subdomain"),
        ("robin.com.pills.example", "robin.com", "subdomain"),
        ("robin-com.example", "robin.com", "subdomain"),
    ],
)
def test_a_borrowed_name_is_found(host: str, domain: str, how: str) -> None:
    """By disguised letters, a slip, hyphens, added words, another ending, or the whole name before another domain."""
    assert like(host) == (domain, how)


@pytest.mark.parametrize(
    ("host", "why"),
    [
        ("walgrove.com", "its own domain"),
        ("shop.walgrove.com", "its own host"),
        ("walgrave.fi", "a name that is known, though it is like another"),
        ("grovemart.com", "the larger seller of which the pharmacy is a part"),
        ("pharmino.pl", "a chain in one more country"),
        ("pharmino.shop", "a chain has many endings of its own"),
        ("walgrove.co.uk", "a branch abroad"),
        ("walgrove.fr", "a branch abroad"),
        ("nurvo.de", "a short name in another country"),
        ("nurva.com", "a short name, one letter off"),
        ("robin-shop.com", "an ordinary word with words added"),
        ("robins.com", "an ordinary word, one letter off"),
        ("robin.shop", "an ordinary word with another ending"),
        ("walgrovefoods.com", "words of another trade"),
        ("walgrove-opticians.example", "words of another trade"),
        ("lekarnaulvu.cz", "an honest namesake, one letter off"),
        ("lekarna-u-lva-praha.cz", "an honest namesake in a town"),
        ("ulva.com", "too short"),
        ("apotheken.de", "words of the trade only"),
        ("apotheke.com", "words of the trade only"),
        ("mylekarna.cz", "words of the trade only"),
        ("top-arznei.de", "words of the trade only"),
        ("e-walgrove-forum.example", "a word that is not of the trade"),
        ("10.0.0.1", "an address in numbers"),
        ("xn--zzzzzz.com", "broken punycode"),
        ("localhost.example", "nothing like it"),
    ],
)
def test_an_honest_neighbour_is_left_alone(host: str, why: str) -> None:
    """Branches, namesakes, ordinary words and words of the trade imitate nobody."""
    assert like(host) is None, why


def test_hostile_names_cost_no_time() -> None:
    """Long labels of nothing but short words of the trade are settled like any other."""
    for label in ("ie" * 31, "online" * 10, "1" * 63, "-".join(["e"] * 31), "walgrove" * 7):
        assert KNOWN.like(parse_target(f"{label}.example")) is None or label.startswith("walgrove")


def test_no_known_name_imitates_another() -> None:
    """Of the names that are shipped or listed, each taken out in turn, only kin are like one of the rest."""
    listed = [x for x in load_registries().listings if x.status == "listed" and x.domain]
    names = [*well_known_names(), *(KnownName(x.name, x.domain, "" if x.path else "listed") for x in listed)]
    everything = index_names(names)
    found = {}
    for domain in everything.domains:
        rest = index_names([n for n in names if n.domain != domain and not n.domain.endswith("." + domain)])
        if resembled := rest.like(parse_target(domain)):
            found[domain] = resembled.domain
    assert len(everything.domains) > 400
    assert found == {"apo-discounter.pl": "apodiscounter.de", "costcopharmacy.ca": "costco.com"}


def test_the_well_known_are_protected_as_marked() -> None:
    """Names of memory only, with low confidence, are known but not protected; no name is a register's entry."""
    names = well_known_names()
    assert len(names) > 300
    assert {n.protect for n in names} == {"name", "host", ""}
    known = index_names(names)
    assert all(known.like(parse_target(n.domain)) is None for n in names)
    assert known.like(parse_target("apo-schloss.com")) == Resemblance("Schloss-Apotheke", "apo-schloss.de", "ending")


@pytest.mark.parametrize(
    ("host", "right", "is_like"),
    [
        ("register.example.shop.test", "register.example", True),
        ("www.amt.example.shop.example", "www.amt.example", True),
        ("pharmreg1ster.test", "www.pharmregister.example", True),
        ("pharmregistr.test", "pharmregister.example", True),
        ("pharmregister-online.test", "pharmregister.example", True),
        ("register.pharmregister.example", "www.pharmregister.example", False),
        ("notpharm.example", "pharm.example", False),
        ("pharmregisterblog.test", "pharmregister.example", False),
        ("amt.test", "www.amt.example", False),
        ("canadapharmacy.test", "canada.ca", False),
        ("canada.ca.shop.test", "canada.ca", True),
    ],
)
def test_hosts_that_imitate_an_authority(host: str, right: str, is_like: bool) -> None:
    """The whole host before another domain, swapped letters, a slip, words added; short or longer names are no proof."""
    assert imitated(host, frozenset({right})) == (right if is_like else "")


def test_an_empty_index_knows_nothing() -> None:
    """No names, no likeness."""
    assert KnownNames().like(parse_target("walgrove.com")) is None
