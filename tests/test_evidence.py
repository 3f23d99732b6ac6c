"""Evidence: what gathering adds to reading."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pharmcheck.evidence import gather
from pharmcheck.model import Answer, Evidence, Gap, Site
from pharmcheck.reading.page import read_page
from pharmcheck.registries import load_registries, read_registries
from pharmcheck.target import parse_target
from tests.builders import NOW, ask
from tests.registries.folders import write
from tests.sites import evidence, site


def test_a_promoted_seller_is_looked_up() -> None:
    """A seller that a page points to carries what warning lists hold on its domain."""
    registries = load_registries()
    warned = next(e for e in registries.listings if e.status == "warned" and e.domain)
    body = f"<p>Buy cheap Viagra online without prescription at https://{warned.domain}/ today</p>".encode()
    url = "https://forum.example/viewtopic.php?t=1"
    page = read_page(url, body, content_type="text/html", role="pasted", status=200)
    found = gather(Site(parse_target(url), datetime(2026, 11, 1, tzinfo=UTC), (page,)), registries).promoted
    assert warned in [e for seller in found for e in seller.listings]


CART = "<h2>Tadalafil 20 mg, 30 tablets</h2><p>Kc 450 <a href='/cart?add=1'>Add to cart</a></p>"


def test_a_host_that_borrows_a_known_name_is_told() -> None:
    """The well-known names are at hand without a network; where all that was read leads to its owner, nothing is told."""
    borrowed = evidence(CART, url="https://walgreens-store.example/")
    assert [(found.domain, found.how) for found in borrowed.resembles] == [("walgreens.com", "words")]
    target = parse_target("https://walgreens-store.example/")
    at_home = read_page("https://www.walgreens.com/", CART.encode(), hops=("https://walgreens-store.example/",))
    assert gather(Site(target, NOW, (at_home,)), load_registries()).resembles == ()
    pasted = read_page("https://walgreens-store.example/pills", CART.encode(), role="pasted")
    assert len(gather(Site(target, NOW, (pasted, at_home)), load_registries()).resembles) == 1


def test_a_listed_site_borrows_no_name() -> None:
    """Of the sites that a register names, none is taken for an imitation."""
    for listing in load_registries().listings:
        if listing.status == "listed" and listing.domain:
            site = Site(parse_target(f"https://{listing.domain}{listing.path}/"), NOW, ())
            assert gather(site, load_registries()).resembles == ()


def verdicts(found: Evidence) -> list[str]:
    """Return how each entry of a register that was held against the site fits it."""
    assert not isinstance(found.bindings, Gap)
    return [binding.verdict for binding in found.bindings]


def test_an_entry_tells_what_agrees_with_the_site() -> None:
    """The entry's note says so; a name and premises of its own on both sides are no reason."""
    listing = next(x for x in load_registries().listings if x.domain == "brnenskalekarna.cz")
    page = "<p>Brněnská lékárna s.r.o., Jugoslávská 768/9, 613 00 Brno</p>"
    found = evidence(page + CART, url="https://www.brnenskalekarna.cz/")
    assert verdicts(found) == ["agrees"]
    assert found.registers.by_domain[0].note == f"{listing.note}; web site, name and address as on the site"
    assert ask("listed-domain-shows-another-name", found).answer is Answer.ABSENT


def test_a_domain_that_another_seller_took_over_is_told() -> None:
    """A closed pharmacy's entry still names the domain, and the shop that stands there now is of elsewhere."""
    page = "<p>Bluewater Meds Ltd, 1 Sample Street, London SW1A 1AA</p>"
    found = evidence(page + CART, url="https://www.brnenskalekarna.cz/")
    assert verdicts(found) == ["partly"]
    assert ask("listed-domain-shows-another-name", found).answer is Answer.PRESENT


def test_whose_number_and_whose_site() -> None:
    """A printed number leads to its owner: by the web site where the register has one, else by name and premises."""
    owner = next(x for x in load_registries().listings if x.domain == "brnenskalekarna.cz")
    page = f"<p>Bluewater Meds Ltd, 1 Sample Street, London SW1A 1AA. Kód lékárny {owner.number}</p>"
    note = ask("licence-belongs-to-another-domain", evidence(page + CART)).quotes[0].note
    assert note == f"{owner.number} is the number of Brněnská lékárna, whose site is brnenskalekarna.cz"
    without = next(x for x in load_registries().listings if x.number == "00200379227")
    page = page.replace(owner.number, without.number)
    found = ask("licence-belongs-to-another-pharmacy", evidence(page + CART))
    assert (
        found.quotes[0].note
        == f"{without.number} is the number of {without.name}, Václavské náměstí 775/8, 11000 Praha"
    )


def test_a_seal_that_could_not_be_checked_is_a_gap() -> None:
    """Its issuer's page was not captured."""
    link = "https://www.pharmacyregulation.org/registers/pharmacy/registrationnumber/1099999"
    found = evidence(f"<a href='{link}'><img alt='GPhC registered pharmacy' src=/g.png></a>{CART}")
    assert [g.why for g in found.gaps] == ["gb-gphc: its page on www.pharmacyregulation.org could not be read"]


def test_the_number_in_a_seals_link_joins_the_list(tmp_path: Path) -> None:
    """The entry of a fresh copy confirms its own site, and tells on another one; in a stale copy it settles nothing."""
    rows = ("Finch,1001,finch.example,,listed,,,", "Heron,1002,heron.example,,listed,,,")
    for as_of, own in (("2026-10-20", "confirmed"), ("2024-01-31", "unchecked")):
        registries = read_registries(write(tmp_path, rows, "es-sample", as_of=as_of, country='"ES"'))
        for number, outcome in (("1001", own), ("1002", "another")):
            link = f"https://register.example/entry/{number}"
            html = f"<a href='{link}'><img alt='eu common logo' src=/l.png></a>{CART}"
            found = gather(site(html, "https://finch.example/"), registries)
            assert [str(seal.outcome) for seal in found.seals] == [outcome]  # type: ignore[union-attr]
            assert ask("seal-confirmed", found).answer is Answer.ABSENT  # the entry itself is counted
