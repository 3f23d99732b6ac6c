"""An address that only leads on: what lists say of the domain to which it leads."""

from __future__ import annotations

from typing import Any

from pharmcheck.evidence import gather
from pharmcheck.model import Evidence, Gap, Hop, Listing, Site, Verdict, View, Visitor
from pharmcheck.pipeline import judge
from pharmcheck.reading.page import read_page
from pharmcheck.registries import load_registries
from pharmcheck.report import render
from pharmcheck.target import parse_target
from tests.builders import ask
from tests.sites import NOW, fired

SHORT = "https://short.example/"
CART = "<h2>Tadalafil 20 mg, 30 tablets</h2><p>Kc 450 <a href='/cart?add=1'>Add to cart</a></p>"
SHOP = f"<html lang=cs>{CART}<p>Brněnská lékárna s.r.o., Jugoslávská 768/9, 613 00 Brno"
LAWFUL = "www.brnenskalekarna.cz"


def entry(status: str, end: str) -> Listing:
    return next(x for x in load_registries().listings if x.status == status and x.domain.endswith(end) and not x.path)


WARNED = entry("warned", "levne.net")


def led(domain: str, body: str = CART, given: str = SHORT, own: str = "", **fields: Any) -> Site:
    """Return the site of an address that leads to `domain`; `own` is a page of its own host."""
    target = parse_target(given)
    role = "pasted" if target.is_page else "home"
    pages = [read_page(f"https://{domain}/", body.encode(), role=role, status=200, hops=(given,))]
    pages += [read_page(f"{SHORT}about", own.encode(), role="about", status=200)] if own else []
    return Site(target, NOW, tuple(pages), **fields)


def of(site: Site) -> Evidence:
    return gather(site, load_registries())


def test_a_warning_of_the_landing_domain_counts() -> None:
    """It is shown, by that name, and weighs as if the domain itself had been given, also where a page of the host's own was read."""
    direct = judge(led(WARNED.domain, given=f"https://{WARNED.domain}/"))
    for site in (led(WARNED.domain), led(WARNED.domain, given=f"{SHORT}x?y"), led(WARNED.domain, own="<p>About us")):
        report = judge(site)
        assert "on-official-warning-list" in fired(report)
        assert (report.risk >= direct.risk, report.verdict) == (True, direct.verdict)
        told = " ".join(render(report, "text").split())
        assert f"{WARNED.domain.replace('.', '[.]')} is named on the official warning list" in told


def test_a_warning_decides_for_buyers_of_its_country() -> None:
    """In the authority's country the landing site is a rogue, whatever stands on it today."""
    assert judge(led(WARNED.domain, "<p>hi"), [WARNED.country]).verdict is Verdict.ROGUE


def test_a_landing_page_that_was_not_read() -> None:
    """Where the address leads is known from the way there, and the warning about that domain counts."""
    end = f"https://{WARNED.domain}/"
    view = View(Visitor.ORDINARY, SHORT, (Hop(SHORT, "HTTP 302"),), end, Gap("home", "no answer"))
    report = judge(Site(parse_target(SHORT), NOW, (), (Gap("home", "no answer"),), views=(view,)))
    assert report.verdict is Verdict.ROGUE


def test_an_address_without_end() -> None:
    """Where a way ends at an address longer than anybody would paste, its domain is looked up all the same."""
    end = f"{WARNED.domain}/{'a' * 5_000}"
    assert [e.status for e in of(led(end)).registers.by_domain][:1] == ["warned"]


def test_a_page_that_leads_nowhere() -> None:
    """What a host's other pages lead to, and ways within the domain, are not where the given page stands."""
    for given, domain in ((f"{SHORT}x", "shop.short.example"), (SHORT, "www.short.example")):
        assert of(led(domain, given=given)).registers.by_domain == ()
    home = read_page(f"https://{WARNED.domain}/", b"<p>hi", role="home", status=200, hops=(SHORT,))
    pasted = read_page(f"{SHORT}x", CART.encode(), role="pasted", status=200)
    assert of(Site(parse_target(f"{SHORT}x"), NOW, (pasted, home))).registers.by_domain == ()


def test_an_entry_of_the_landing_domain_is_told_and_lends_no_trust() -> None:
    """Whoever owns an address can lead to a lawful pharmacy: the report names its entry, and confirms nothing by it."""
    report = judge(led(LAWFUL, SHOP))
    assert [e.domain for e in report.listings] == ["brnenskalekarna.cz"]
    assert report.verdict not in (Verdict.LEGITIMATE, Verdict.ROGUE, Verdict.SUSPICIOUS)
    assert "listed-by-register" not in fired(report)
    assert any("lists brnenskalekarna.cz, to which this address leads" in sentence for sentence in report.advice)
    assert judge(led(LAWFUL, SHOP, given=f"https://{LAWFUL}/")).verdict is Verdict.LEGITIMATE


def test_a_lawful_pharmacy_behind_a_short_link_is_not_accused() -> None:
    """The register names the domain on which all its pages stand, and its number is its own."""
    number = entry("listed", "brnenskalekarna.cz").number
    shop = of(led(LAWFUL, f"{SHOP}<p>Kód lékárny {number}"))
    for signal in ("not-in-exhaustive-register", "licence-belongs-to-another-domain"):
        assert ask(signal, shop).answer == "absent"
    assert judge(led(LAWFUL, f"{SHOP}<p>Kód lékárny {number}")).risk < 50


def test_pages_of_its_own_borrow_no_entry() -> None:
    """A shop that leads to a lawful pharmacy from one page, and shows its own on others, is none the better for it."""
    number = entry("listed", "brnenskalekarna.cz").number
    mixed = of(led(LAWFUL, f"{SHOP}<p>Kód lékárny {number}", own=SHOP))
    assert (mixed.registers.by_domain, mixed.registers.of_landing) == ((), ())
    assert ask("licence-belongs-to-another-domain", mixed).answer == "present"
