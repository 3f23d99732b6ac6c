"""Three traps that real registers hold: a listed domain that its agency warns of, one whose pharmacy has closed, and one
that was registered anew since the register named it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pharmcheck.comparison import dated, without_former
from pharmcheck.evidence import gather
from pharmcheck.examine import examine
from pharmcheck.grade import grade
from pharmcheck.model import Page, Report, Site, Verdict
from pharmcheck.pipeline import check_offline
from pharmcheck.reading.page import read_page
from pharmcheck.registries import load_registries, read_registries
from pharmcheck.report import render
from pharmcheck.report.saved import read_report
from tests.builders import listing, registers, registry, seal
from tests.registries.folders import write
from tests.signals.looked_up import registration
from tests.sites import report, site

HARMLESS = (
    "<html lang=cs><h1>Lékárna</h1><div class=product><h2>Ibuprofen 400 mg</h2><span class=price>99 Kč</span>"
    "<form method=post action='/cart'><button name='add-to-cart' value='9'>Do košíku</button></form></div>"
)
ENTRY = "Lindenhof-Apotheke,1482,lindenhof.example,,listed,2014-03-01,,"
URL = "https://lindenhof.example/"
CART = "<form method=post action='/cart'><button name='add-to-cart' value='9'>In den Warenkorb</button></form>"


def _product(name: str, price: str) -> str:
    return f"<div class=product><h2>{name}</h2><span class=price>{price}</span>{CART}</div>"


SHOPS = {
    "the pharmacy, as it was": "<h1>Lindenhof-Apotheke</h1>" + _product("Ibuprofen 400 mg, 20 Tabletten", "4,50 €"),
    "no prescription": "<h1>Online-Apotheke</h1><p>Kein Rezept nötig.</p>" + _product("Viagra 100 mg", "59,00 €"),
    "controlled": "<h1>Bluewater Medicines</h1>" + _product("Xanax 2 mg, 90 tablets", "249,00 €"),
    "pill shop": "<h1>Potenzmittel</h1><p>Viagra, Cialis und Levitra ohne Rezept bestellen. Kein Rezept nötig.</p>"
    "<p>Weltweiter diskreter Versand. Wenn der Zoll Ihr Paket beschlagnahmt, senden wir kostenlos neu.</p>"
    "<p>Zahlen Sie mit Bitcoin und sparen Sie 20 %.</p>" + _product("Viagra 100 mg, 90 Pillen", "80,10 €"),
}


def judged(root: Path, shop: str, *rows: str) -> Report:
    """Return the report on a shop at the listed address, with a register of Germany and, with `rows`, its warnings."""
    facts = {"country": '"DE"', "confidence": '"high"', "as_of": "2026-10-20"}
    write(root, (ENTRY,), name="de-sample", **facts)
    if rows:
        write(root, rows, name="de-warns", **facts, polarity='"negative"', lists='["illegal-sites"]', exhaustive='""')
    evidence = gather(site(f"<html lang=de>{SHOPS[shop]}", URL), read_registries(root))
    return grade(evidence, examine(evidence), ("DE",))


def test_a_listed_domain_that_the_same_agency_declared_illegal_is_not_trusted() -> None:
    """The Czech register of February 2026 names it; the agency's illegal list of December 2024 decides, whatever is shown."""
    host = "lekarnauzamkubucovice.cz"
    assert {x.status for x in load_registries().for_site(site("", f"https://{host}/").target)} == {"listed", "warned"}
    for found in (
        report(HARMLESS, f"https://{host}/", ("CZ",)),
        check_offline(host, countries=("CZ",), now=datetime(2026, 11, 1, tzinfo=UTC)),
    ):
        assert found.verdict is Verdict.ROGUE
        assert [b.lawful for b in found.buyers] == ["no"]
        assert [entry.status for entry in found.listings] == ["warned", "listed"]


def test_the_same_words_on_another_listed_domain_are_lawful() -> None:
    """It is the warning that decides, not the register or the page."""
    assert report(HARMLESS, "https://lekarnanaudolni.cz/", ("CZ",)).verdict is not Verdict.ROGUE


@pytest.mark.parametrize("shop", [name for name in SHOPS if name != "the pharmacy, as it was"])
def test_the_lost_domain_of_a_closed_pharmacy_is_never_legitimate(tmp_path: Path, shop: str) -> None:
    """The register still names it, and the shop that took the domain shows what it is: no trust, no yes for a buyer."""
    found = judged(tmp_path, shop)
    assert found.verdict not in (Verdict.LEGITIMATE, Verdict.NOT_A_PHARMACY)
    assert [b.lawful for b in found.buyers] != ["yes"]
    assert any("a pharmacy can close and its domain pass to somebody else" in line for line in found.advice)


def test_a_pill_shop_on_a_listed_domain_is_rogue(tmp_path: Path) -> None:
    """An entry outweighs a doubt, not the whole pattern."""
    assert judged(tmp_path, "pill shop").verdict is Verdict.ROGUE


def test_the_same_entry_still_speaks_for_the_pharmacy_that_it_names(tmp_path: Path) -> None:
    """Where nothing speaks against the site, the entry does its work."""
    found = judged(tmp_path, "the pharmacy, as it was")
    assert (found.verdict, [b.lawful for b in found.buyers]) == (Verdict.LEGITIMATE, ["yes"])


def test_a_warning_of_the_lost_domain_outweighs_the_older_entry(tmp_path: Path) -> None:
    """Also while the thief still shows the pages of the pharmacy."""
    found = judged(tmp_path, "the pharmacy, as it was", ",,lindenhof.example,,warned,2026-09-01,,")
    assert (found.verdict, [b.lawful for b in found.buyers]) == (Verdict.ROGUE, ["no"])


OLD_ENTRY = "Lindenhof-Apotheke,1482,lindenhof.example,,listed,,,"  # of a copy of 20 October 2026
NAMED = "https://register.example/entry/1482"
SEAL = f"<a href='{NAMED}'><img src=/img/eu-common-logo.png></a>"
ITS_PAGE = "<h1>Eintrag 1482</h1><p>Lindenhof-Apotheke</p><p>https://lindenhof.example/</p>"


def looked_up(
    root: Path, shop: str, age_days: int | None, entry: str = OLD_ENTRY, issuer: bool = False, **fields: object
) -> Report:
    """Return the report on a listed shop whose domain has that age on 1 November 2026, None where that was not looked up."""
    facts = {"country": '"DE"', "confidence": '"high"', "as_of": "2026-10-20", "max_age_days": "60"}
    write(root, (entry,), name="de-sample", **facts)
    pages: tuple[Page, ...] = (
        read_page(NAMED, ITS_PAGE.encode(), role="issuer"),
    ) if issuer else ()  # fmt: skip
    of: Site = site(f"<html lang=de>{SHOPS[shop]}{SEAL if issuer else ''}", URL)
    known = replace(registration(age_days or 0, **fields), domain="lindenhof.example")
    of = replace(of, pages=(*of.pages, *pages), registration=known if age_days is not None else of.registration)
    evidence = gather(of, read_registries(root))
    return grade(evidence, examine(evidence), ("DE",))


AS_IT_WAS = "the pharmacy, as it was"


def test_a_domain_registered_anew_after_the_register_named_it_is_not_confirmed(tmp_path: Path) -> None:
    """Whoever took it and shows the old pages is no pharmacy to us: no trust, no yes, and the reader is told whose it was."""
    found = looked_up(tmp_path, AS_IT_WAS, 3)
    assert (found.verdict, [b.lawful for b in found.buyers]) == (Verdict.UNVERIFIED, ["unknown"])
    assert not any(r.points < 0 for r in found.reasons)
    assert [e.status for e in found.listings] == ["former"]
    assert any(
        "it was that of Lindenhof-Apotheke; since then the domain was registered anew" in a for a in found.advice
    )
    assert "newer than the registration" in found.counterfactual
    assert "the domain was registered anew since" in found.buyers[0].why


def test_it_is_not_accused_either(tmp_path: Path) -> None:
    """The owner may have let it lapse and taken it back: nothing but its youth is held against it, and its number is its own."""
    found = looked_up(tmp_path, AS_IT_WAS, 3)
    young = {r.signal for r in found.reasons}
    assert young <= {"young-domain", "no-licence-number", "no-postal-address", "no-phone", "no-responsible-pharmacist"}
    for signal in ("not-in-exhaustive-register", "licence-belongs-to-another-domain", "looks-like-a-known-pharmacy"):
        assert next(f for f in found.findings if f.signal == signal).answer != "present"


@pytest.mark.parametrize("age_days", [13, 2000, None])
def test_an_older_domain_keeps_its_confirmation(tmp_path: Path, age_days: int | None) -> None:
    """Also one that moved to another registrar lately, and one whose registration was not looked up."""
    found = looked_up(
        tmp_path, AS_IT_WAS, age_days, updated=datetime(2026, 10, 30, tzinfo=UTC), registrar="Another Ltd"
    )
    assert (found.verdict, [b.lawful for b in found.buyers]) == (Verdict.LEGITIMATE, ["yes"])


def test_the_day_of_the_entry_outlasts_newer_copies(tmp_path: Path) -> None:
    """A domain of 2021 under an entry of 2014, however new our copy is."""
    assert looked_up(tmp_path, AS_IT_WAS, 2000, ENTRY).verdict is Verdict.UNVERIFIED


def test_the_seal_that_opens_the_same_entry_is_not_believed_either(tmp_path: Path) -> None:
    """The register's page still names the domain, for it was never cleared; of an older domain it is a confirmation."""
    anew = looked_up(tmp_path / "anew", AS_IT_WAS, 3, issuer=True)
    assert anew.verdict is Verdict.UNVERIFIED
    assert not any(r.points < 0 for r in anew.reasons)
    old = looked_up(tmp_path / "old", AS_IT_WAS, 2000, issuer=True)
    assert {r.signal for r in old.reasons if r.points < 0} == {"listed-by-register", "seal-confirmed"}
    assert old.verdict is Verdict.LEGITIMATE


def test_a_pill_shop_on_a_domain_registered_anew_is_rogue(tmp_path: Path) -> None:
    """The entry weighs nothing any more."""
    found = looked_up(tmp_path, "pill shop", 3)
    assert found.verdict is Verdict.ROGUE
    assert found.risk >= looked_up(tmp_path, "pill shop", 2000).risk


def test_an_unreadable_page_on_a_domain_registered_anew_is_not_judged_by_its_entry(tmp_path: Path) -> None:
    """The entry alone made it legitimate; now nothing speaks for it."""
    write(tmp_path, (OLD_ENTRY,), name="de-sample", country='"DE"', confidence='"high"', as_of="2026-10-20")
    for age_days, verdict in ((3, Verdict.CANNOT_ASSESS), (2000, Verdict.LEGITIMATE)):
        known = replace(registration(age_days), domain="lindenhof.example")
        evidence = gather(replace(site("", URL), pages=(), registration=known), read_registries(tmp_path))
        assert grade(evidence, examine(evidence), ()).verdict is verdict


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_reports_say_for_whom_the_entry_speaks(tmp_path: Path, form: str) -> None:
    """Under what speaks for the site it does not stand; also when the report is read from its JSON."""
    found = looked_up(tmp_path, AS_IT_WAS, 3)
    for made in (found, read_report(found.as_dict())):
        told = render(made, form, explain=True)
        assert "What speaks for the site" not in told
        assert "was listed by de-sample (DE), for whoever held it then" in told.replace("\n" + " " * 7, " ").replace(
            "\\", ""
        )
        assert "registered anew" in told


def test_a_newer_copy_does_not_wash_the_entry_clean() -> None:
    """The register never clears it, and our copy of today has it again; that of July had it before the domain was registered."""
    entry = listing(registry="de-sample", domain="lindenhof.example", as_of=date(2026, 10, 31))
    of = replace(registration(60), domain="lindenhof.example")  # of 2 September
    assert [e.status for e in dated(registers([entry]), of).by_domain] == ["listed"]
    held = replace(entry, held_since=date(2026, 7, 1))
    assert [e.status for e in dated(registers([held]), of).by_domain] == ["former"]


def test_only_seals_of_that_register_lose_their_confirmation() -> None:
    """Also where the seal's link leads there by way of another host; the seal of another issuer stands by its own word."""
    of = replace(registration(3), domain="lindenhof.example")
    held = registry("de-sample", hosts=("issuer.example",))
    known = dated(registers([listing(registry="de-sample", domain="lindenhof.example")], consulted=[held]), of)
    by_way, another = (
        seal("confirmed", link="https://logo.example/7"),
        seal("confirmed", link="https://other.example/7"),
    )
    another = replace(another, proof=replace(another.proof, url="https://other.example/7"))  # type: ignore[type-var]
    assert [s.outcome.value for s in without_former((by_way, another), known)] == ["unchecked", "confirmed"]
