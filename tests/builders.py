"""Small values of the model with sane defaults, so that a test says only what it is about.

The shop is `https://shop.example/`, captured on 1 November 2026. Nothing here reads HTML: `tests/sites.py` does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from pharmcheck.examine import examine
from pharmcheck.model import (
    Consultation,
    Detail,
    Difference,
    Evidence,
    Finding,
    Gap,
    Kind,
    Licence,
    Listing,
    Medicine,
    Mention,
    Offer,
    Operator,
    Page,
    Prescription,
    Programme,
    Quote,
    Registry,
    Rung,
    Seal,
    SealOutcome,
    Sighting,
    SiteKind,
    Stance,
    Statement,
    Target,
    Trade,
    Visitor,
)
from pharmcheck.reading.ladder import read_ladder

URL = "https://shop.example/"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
RX = {"US": "rx", "GB": "rx", "EU": "rx"}


def target(url: str = URL) -> Target:
    """Return the target of `url`; the registrable domain is its last two labels."""
    host = url.split("/")[2]
    return Target(url, url, host, ".".join(host.split(".")[-2:]))


def page(text: str = "", url: str = URL, role: str = "home", **fields: Any) -> Page:
    """Return a page of that text; its body is the text in UTF-8."""
    return Page(url, role, 200, text, **{"source": text, "digest": "d" * 64, **fields})


def quote(text: str = "as it stands", url: str = URL) -> Quote:
    """Return a quote of that text."""
    return Quote(url, text, digest="d" * 64)


def mention(concept: str, text: str = "", stance: Stance = Stance.ASSERTED, on: Page | None = None) -> Mention:
    """Return a mention that covers `text` on the page, or the whole of a page of its own."""
    text = text or concept
    on = on or page(text)
    start = max(on.text.find(text), 0)
    return Mention(concept, on, start, start + len(text), stance)


def medicine(name: str = "sildenafil", **fields: Any) -> Medicine:
    """Return a human medicine on prescription everywhere."""
    return Medicine(**{"name": name, "use": "human", "family": "ed", "status": RX, **fields})


def over_the_counter(**fields: Any) -> Medicine:
    """Return a medicine that anybody may buy."""
    return medicine("ibuprofen", **{"family": "pain", "status": {"US": "otc", "GB": "otc", "EU": "otc"}, **fields})


def programme(**fields: Any) -> Programme:
    """Return a safety programme of the US in force since 2020."""
    return Programme(**{"name": "Sample REMS", "country": "US", "since": date(2020, 1, 1), **fields})


def sighting(of: Medicine | None = None, on: Page | None = None, disguised: bool = False) -> Sighting:
    """Return the medicine's name on the page, or on a page of its own."""
    of = of or medicine()
    on = on or page(of.name)
    start = max(on.text.find(of.name), 0)
    return Sighting(of, of.name, on, start, start + len(of.name), disguised)


def offer(of: Medicine | None = None, text: str = "", on: Page | None = None, **fields: Any) -> Offer:
    """Return an offer with a price that goes into the cart."""
    of = of or medicine()
    on = on or page(text or of.name, f"{URL}product", "product")
    given = {
        "written": of.name,
        "quote": quote(text or of.name, on.url),
        "order": "cart",
        "price": "49.00",
        "currency": "USD",
    }
    return Offer(of, page=on, **{**given, **fields})


def statement(rung: Rung, text: str = "as it stands", url: str = URL, of: str = "") -> Statement:
    """Return one rung as said or done at `url`."""
    return Statement(rung, quote(text, url), of)


def prescription(
    said: Iterable[Rung] = (), done: Iterable[Statement] = (), checkout: Page | None = None
) -> Prescription:
    """Return the ladder; without a checkout page its place is taken by a Gap."""
    words = tuple(statement(rung, f"words: {rung}") for rung in said)
    return Prescription(words, tuple(done), checkout or Gap("checkout", "no checkout was found"))


def detail(kind: str, value: str, country: str = "", text: str = "") -> Detail:
    """Return a particular whose quote is its value, unless `text` says how it stands on the page."""
    return Detail(kind, value, quote(text or value), country)


def address(country: str) -> Detail:
    """Return a postal address in the country."""
    return detail("address", f"1 Sample Street, {country}", country)


def phone(value: str, country: str) -> Detail:
    """Return a telephone number of the country."""
    return detail("phone", value, country)


def wrong_number(kind: str) -> Detail:
    """Return a number whose check digit fails."""
    return Detail(kind, f"{kind} 123", quote(f"{kind} 123"), "GB", valid=False)


def licence(number: str = "9000001") -> Licence:
    """Return a registration number of `gb-list` as printed on a page."""
    return Licence("gb-list", number, quote(f"registration number {number}"))


def registry(id: str = "gb-list", **fields: Any) -> Registry:  # noqa: A002 - the model's word
    """Return a fresh, exhaustive register of pharmacies with 100 entries; its country is the first two letters."""
    given = {
        "country": id[:2].upper(),
        "authority": "An authority",
        "polarity": "positive",
        "url": f"https://{id}.example/",
    }
    held = {"exhaustive": "pharmacies", "entries": 100, "as_of": date(2026, 10, 1)}
    return Registry(id, **{**given, **held, **fields})


def listing(domain: str = "shop.example", status: str = "listed", **fields: Any) -> Listing:
    """Return an entry of `gb-list` for the domain."""
    given = {"registry": "gb-list", "country": "GB", "name": "Sample Pharmacy", "number": "9000001"}
    dated = {"url": "https://gb-list.example/9000001", "as_of": date(2026, 10, 1)}
    return Listing(domain=domain, status=status, **{**given, **dated, **fields})


def registers(
    by_domain: Iterable[Listing] = (),
    by_number: Iterable[tuple[Licence, tuple[Listing, ...]]] = (),
    consulted: Iterable[Registry] = (),
) -> Consultation:
    """Return the registries' answers."""
    return Consultation(tuple(by_domain), tuple(by_number), tuple(consulted))


def seal(outcome: str, scheme: str = "eu-logo", link: str = "", **fields: Any) -> Seal:
    """Return a seal with that outcome; a confirmed one has the issuer's page for proof."""
    given = {"issuer": "nobody"} if scheme == "invented" else {}
    proof = quote("shop.example", "https://issuer.example/7") if outcome == "confirmed" else None
    return Seal(scheme, SealOutcome(outcome), quote("seal"), link, "so it is", **{"proof": proof, **given, **fields})


def evidence(**fields: Any) -> Evidence:
    """Return the evidence of a pharmacy of one readable page of which nothing else is known."""
    home = page("Sample shop")
    given: dict[str, Any] = {
        "target": target(),
        "captured": NOW,
        "pages": (home,),
        "kind": Kind(SiteKind.PHARMACY, "offers medicines itself"),
        "mentions": (),
        "sightings": (),
        "offers": (),
        "prescription": prescription(),
        "checkout": Gap("checkout", "no checkout was found"),
        "operator": Operator(read=(home,)),
        "seals": (),
        "trade": Trade(),
        "registers": registers(),
    }
    given |= fields
    read = [given[name] for name in ("kind", "prescription", "offers", "sightings")]
    unread = next((artifact for artifact in read if isinstance(artifact, Gap)), None)
    given.setdefault("ladder", unread or read_ladder(*read))
    return Evidence(**given)


def unread(why: str = "the site did not answer") -> Evidence:
    """Return the evidence of a site of which no page could be read: of what is read in pages all is a gap."""
    gap = Gap("pages", why)
    read = "pages mentions sightings offers prescription checkout ladder operator seals trade pitches bindings"
    return evidence(kind=Kind(SiteKind.UNREADABLE, why), **dict.fromkeys(read.split(), gap))


def difference(visitor: str, url: str = "") -> Difference:
    """Return what a visitor sees otherwise: other content in the same place, or, with `url`, another domain."""
    return Difference(Visitor(visitor), URL, url or URL, bool(url), 0.1, (quote(url or "Viagra 100 mg, 90 pills"),))


def ask(signal: str, given: Evidence) -> Finding:
    """Return the finding of one signal."""
    return next(f for f in examine(given) if f.signal == signal)
