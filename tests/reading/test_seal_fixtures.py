"""Forty seals as shops show them: what becomes of each, and that none is confirmed without its issuer's side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from pharmcheck.model import Gap, Listing, Registry, Seal
from pharmcheck.reading.page import read_page
from pharmcheck.reading.seal_outcomes import Authorities
from pharmcheck.reading.seals import find_seals, unchecked
from pharmcheck.target import parse_target

DAY = date(2026, 11, 1)
FRESH, OLD = date(2026, 10, 20), date(2024, 1, 1)
HEX = "0123456789abcdef0123456789abcdef"
HEX2 = "fedcba9876543210fedcba9876543210"


def registry(name: str, hosts: str, **facts: Any) -> Registry:
    given = {"entries": 0, "as_of": FRESH, **facts}
    return Registry(
        name, name[:2].upper(), "x", "positive", f"https://{hosts.partition(' ')[0]}/", tuple(hosts.split()), **given
    )


REGISTRIES = (
    registry("de-bfarm-versandhandel", "versand.amt.example www.amt.example", number_pattern=r"^\d{1,5}$"),
    registry("es-aemps-distafarma", "lista.agencia.example", number_pattern="^[0-9a-f]{32}$", entries=2),
    registry("gb-gphc", "www.premises.example premises.example", number_pattern=r"^10\d{5}$", entries=3),
    registry("gb-mhra-dsl", "medicine-seller-register.mhra.gov.uk", closed=True),
    registry("nl-aanbiedersmedicijnen", "www.aanbieders.example", entries=2,
             entry_url="https://www.aanbieders.example/lijst/{slug}/index", number_pattern=r"^\d{12}$"),
    registry("pl-ra", "ra.rejestr.example", number_pattern=r"^\d{6,7}$", entries=2, as_of=OLD),
    registry("us-legitscript", "www.legitscript.com legitscript.com"),
    registry("us-nabp-accredited", "accredited.boards.example"),
    registry("us-pharmacychecker", "www.checker.example"),
    registry("ca-cipa", "www.exporters.example"),
    Registry("cz-warned", "CZ", "x", "negative", "https://warned.example/", ("warned.example",)),
)  # fmt: skip


def entry(registry_id: str, number: str, domain: str, as_of: date = FRESH) -> Listing:
    return Listing(registry_id, registry_id[:2].upper(), f"Firm {number}", number, domain, "listed", "", as_of)


HELD = (
    entry("es-aemps-distafarma", HEX, "finch.example"),
    entry("es-aemps-distafarma", HEX2, "heron.example"),
    entry("gb-gphc", "1099991", "finch.example"),
    entry("gb-gphc", "1099992", "heron.example"),
    entry("gb-gphc", "1099993", ""),
    entry("nl-aanbiedersmedicijnen", "finch-drogist", "finch.example"),
    entry("nl-aanbiedersmedicijnen", "heron-drogist", "heron.example"),
    entry("pl-ra", "1999001", "finch.example", OLD),
    entry("pl-ra", "1999002", "heron.example", OLD),
)
GPHC, EU = "GPhC registered pharmacy", "Click to verify if this website is operating legally"
GPHC1, GPHC2 = "https://www.premises.example/register/1099991", "https://www.premises.example/register/1099992"
DE = "https://versand.amt.example/entry/77"
LS = "https://www.legitscript.com/websites/?checker_keywords="


@dataclass(frozen=True)
class Case:
    """A seal on `https://{host}/`, its issuer's pages by address (what was captured), whether lists are held, and the outcome."""

    html: str
    outcome: str
    issuer: tuple[tuple[str, str], ...] = ()
    held: bool = False
    host: str = "finch.example"
    why: str = ""


def picture(alt: str, link: str = "") -> str:
    image = f"<img src=/i/badge.png alt='{alt}'>"
    return f"<a href='{link}'>{image}</a>" if link else image


CASES = {
    # confirmed: the issuer's page, or an entry of a fresh copy, for this very domain
    "page names the site": Case(picture(GPHC, GPHC1), "confirmed", ((GPHC1, "<p>Website: www.finch.example"),)),
    "page links to the site": Case(picture(EU, DE), "confirmed", ((DE, "<a href='https://finch.example/'>Shop</a>"),)),
    "redirected to the entry": Case(picture(EU, DE), "confirmed", (("https://www.amt.example/neu/77 " + DE, "<p>finch.example"),)),
    "search that speaks for it": Case(picture("LegitScript", LS + "finch.example"), "confirmed",
                                      ((LS + "finch.example", "<p>finch.example is LegitScript-certified"),)),
    "number in a fresh copy": Case(picture(EU, f"https://lista.agencia.example/l?farma={HEX}"), "confirmed", held=True, why=f"entry {HEX}"),
    "premises number in a fresh copy": Case(picture(GPHC, GPHC1), "confirmed", held=True),
    "name of the entry in a fresh copy": Case(picture(EU, "https://www.aanbieders.example/lijst/finch-drogist/index"), "confirmed", held=True),
    "own subdomain": Case(picture(GPHC, GPHC1), "confirmed", ((GPHC1, "<p>finch.example"),), host="shop.finch.example"),
    # another: the entry is somebody else's
    "number of another site": Case(picture(GPHC, GPHC2), "another", held=True, why="heron.example"),
    "farma of another site": Case(picture(EU, f"https://lista.agencia.example/l?farma={HEX2}"), "another", held=True),
    "slug of another site": Case(picture(EU, "https://www.aanbieders.example/lijst/heron-drogist/index"), "another", held=True),
    "unikalneId of another site": Case(picture(EU, "http://ra.rejestr.example/glowna.aspx?unikalneId=1999002%3B1&frame=x"), "another", held=True),
    "page names another site": Case(picture(EU, DE), "another", ((DE, "<table><tr><td>Website:<td>www.heron.example</table>"),), why="heron.example"),
    "asks about another site": Case(picture("LegitScript", LS + "heron.example"), "another", why="heron.example"),
    "asks about a longer name": Case(picture("LegitScript", LS + "finch.example.heron.example"), "another"),
    "old form of the question": Case(picture("LegitScript", "https://legitscript.com/pharmacy/heron.example"), "another"),
    # imitated, elsewhere, itself, unlinked
    "authority before another domain": Case(picture(GPHC, "https://www.premises.example.finch-check.example/1099991"), "imitated"),
    "authority with words added": Case(picture(GPHC, "https://premises-online.shop/1099991"), "imitated"),
    "letter swapped": Case(picture("LegitScript", "https://www.1egitscript.com/websites/"), "imitated", why="made to look like"),
    "authority with a claim added": Case(picture("LegitScript", "https://legitscript-verified.net/finch.example"), "imitated"),
    "authority as own subdomain": Case(picture(EU, "https://lista.agencia.example.login.finch.example/"), "imitated"),
    "without a telling picture": Case(f"<a href='https://lista.agencia.example.heron.example/?farma={HEX}'><img src=/l.png></a>", "imitated"),
    "a third host": Case(picture(GPHC, "https://heron.example/licence"), "elsewhere", why="not its issuer's"),
    "a host that ends alike": Case(picture(GPHC, "https://notpremises.example/1099991"), "elsewhere"),
    "another scheme's issuer": Case(picture(GPHC, "https://www.checker.example/finch"), "elsewhere"),
    "the issuer of warnings": Case(picture(EU, "https://warned.example/finch.example"), "elsewhere"),
    "own page": Case(picture("PharmacyChecker", "/certificate.html"), "itself"),
    "own picture": Case(picture("CIPA", "/i/cipa-large.png"), "itself"),
    "picture only": Case(picture(EU), "unlinked"),
    "picture that opens this page": Case(picture("LegitScript", "#"), "unlinked"),
    # ended
    "GB logo without link": Case("<img src=/i/mhra_logo.png>", "ended", host="finch.co.uk", why="2020-12-31"),
    "GB logo with its old link": Case(picture(EU, "https://medicine-seller-register.mhra.gov.uk/search-registry/777"), "ended",
                                      (("https://medicine-seller-register.mhra.gov.uk/search-registry/777", "<p>finch.example"),)),
    "EU logo without link in Britain": Case(picture(EU), "ended", host="finch.co.uk"),
    "VIPPS that opens NABP": Case(picture("VIPPS", "https://accredited.boards.example/vipps"), "ended"),
    # unchecked
    "page not read": Case(picture(GPHC, GPHC1), "unchecked", why="could not be read"),
    "home page of the authority": Case(picture(GPHC, "https://www.premises.example/"), "unchecked",
                                       (("https://www.premises.example/", "<p>Search the register"),)),
    "page warns of the site": Case(picture(GPHC, GPHC1), "unchecked", ((GPHC1, "<h1>Illegal sites</h1><p>finch.example"),)),
    "struck off": Case(picture(GPHC, GPHC1), "unchecked", ((GPHC1, "<p>finch.example. Status: removed"),)),
    "search that only repeats the name": Case(picture("LegitScript", LS + "finch.example"), "unchecked",
                                              ((LS + "finch.example", "<p>Results for finch.example"),)),
    "redirected away from the issuer": Case(picture(GPHC, GPHC1), "unchecked", (("https://friend.example/ " + GPHC1, "<p>finch.example"),)),
    "stale copy": Case(picture(EU, "http://ra.rejestr.example/glowna.aspx?unikalneId=1999001%3B1&frame=x"), "unchecked", held=True, why="2024-01-01"),
    "entry without a site": Case(picture(GPHC, "https://www.premises.example/register/1099993"), "unchecked", held=True),
    "drawn by a script": Case("<script src='https://static.legitscript.com/seals/99999999.js'></script>", "unchecked", why="script"),
    "name in an address for letters": Case(picture(GPHC, GPHC1), "unchecked", ((GPHC1, "<p>post@finch.example"),)),
}  # fmt: skip


def seals(case: Case, *, issuers: bool = True) -> tuple[Seal, ...]:
    """Return the seals of a case, with or without the issuers' pages and lists."""
    target = parse_target(f"https://{case.host}/")
    pages = [read_page(target.url, f"<p>Our shop finch.example</p>{case.html}".encode())]
    for addresses, html in case.issuer if issuers else ():
        url, *hops = addresses.split()
        pages.append(read_page(url, html.encode(), role="issuer", hops=tuple(hops)))
    held = HELD if case.held and issuers else ()
    own = tuple(x for x in held if x.domain == target.domain)
    known = Authorities(REGISTRIES, own, lambda r, n: [x for x in held if (x.registry, x.number) == (r, n)], DAY)
    return find_seals(pages, target, known)


def test_there_are_forty() -> None:
    """Of every outcome at least two."""
    assert len(CASES) >= 40
    for outcome in ("confirmed", "another", "imitated", "elsewhere", "itself", "unlinked", "ended", "unchecked"):
        assert sum(case.outcome == outcome for case in CASES.values()) >= 2


@pytest.mark.parametrize("name", CASES)
def test_outcome(name: str) -> None:
    """Each seal ends as its case says, and tells why."""
    case = CASES[name]
    (found,) = seals(case)
    assert found.outcome == case.outcome, found.why
    assert found.why
    assert case.why in found.why


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_confirmed_without_the_issuers_side(name: str) -> None:
    """The same site, its issuers' pages and lists taken away: not one seal is confirmed, and none has a proof."""
    assert [
        (s.outcome, s.proof) for s in seals(CASES[name], issuers=False) if s.outcome == "confirmed" or s.proof
    ] == []


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.outcome == "confirmed"])
def test_the_proof_of_a_confirmed_seal_is_the_issuers(name: str) -> None:
    """It stands on a host of the issuer's, or is an entry of our copy, and names this domain; for another site it proves nothing."""
    (found,) = seals(CASES[name])
    assert found.proof is not None
    assert "finch.example" in found.proof.text
    assert "finch.example" not in found.proof.url.split("/")[2:3]
    stranger = Case(CASES[name].html, "", CASES[name].issuer, CASES[name].held, host="jackdaw.example")
    assert all(seal.outcome != "confirmed" for seal in seals(stranger))


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.outcome == "unchecked"])
def test_what_could_not_be_checked_is_a_gap(name: str) -> None:
    """One gap, which names the scheme and says why; none of its own where the capture has told of that page already."""
    (found,) = seals(CASES[name])
    (gap,) = unchecked([found], ())
    assert (gap.artifact, gap.why) == ("seals", f"{found.scheme}: {found.why}")


def test_a_page_that_the_capture_missed_is_told_once() -> None:
    """The gap that the capture noted for an issuer's host stands for all seals that open it."""
    missed = Gap(
        "issuer", "issuer page www.premises.example: www.premises.example answered HTTP 503 (service unavailable)"
    )
    assert unchecked(seals(CASES["page not read"]), [missed]) == ()
    many = "".join(picture(GPHC, f"https://www.premises.example/register/{n}") for n in range(1099000, 1099030))
    assert len(unchecked(seals(Case(many, "")), ())) == 1


def test_trust_needs_a_page_of_an_authority_or_accreditor() -> None:
    """Our own copy is counted as an entry already; a trade body's word is no licence."""
    assert [s.earns_trust for s in seals(CASES["page names the site"])] == [True]
    assert [s.earns_trust for s in seals(CASES["number in a fresh copy"])] == [False]
    club = "https://www.exporters.example/member/9"
    (member,) = seals(Case(picture("CIPA", club), "", ((club, "<p>finch.example is an approved member"),)))
    assert (member.outcome, member.earns_trust) == ("confirmed", False)
