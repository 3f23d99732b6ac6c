"""Two traps that real registers hold: a listed domain that its agency warns of, and one whose pharmacy has closed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pharmcheck.evidence import gather
from pharmcheck.examine import examine
from pharmcheck.grade import grade
from pharmcheck.model import Report, Verdict
from pharmcheck.pipeline import check_offline
from pharmcheck.registries import load_registries, read_registries
from tests.registries.test_registries import write
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
