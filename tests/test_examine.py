"""Examining: gaps become unknown, quotes are traced, and added text never turns a red flag off (law 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmcheck.examine import examine
from pharmcheck.model import (
    Answer,
    Evidence,
    Field,
    Form,
    Gap,
    Operator,
    Pitch,
    Prescription,
    Resemblance,
    Rung,
    Sighting,
    Stance,
    Trade,
)
from pharmcheck.signals import catalogue
from tests import builders as b
from tests.signals.looked_up import certificate, names, registration

ABSENCES = {"no-postal-address", "no-phone", "no-responsible-pharmacist", "no-licence-number"}
TRUST = {"listed-by-register", "seal-confirmed", "dot-pharmacy-domain"}
# Told and not scored: a line of text would cure them, they speak neither for nor against, or they are on trial.
TOLD = {
    "cloaked-content",
    "domain-changed-hands",
    "hosting-country-against-claims",
    "host-compromised",
    "listed-domain-leads-elsewhere",
    "search-redirect",
    "licence-belongs-to-another-pharmacy",
    "listed-domain-shows-another-name",
    "registration-country-against-claims",
    "seal-of-ended-scheme",
}
RED_FLAGS = {s.id for s in catalogue()} - ABSENCES - TRUST - TOLD
ORDER = Form("http://shop.example/pay", "POST", (Field("email", "email", ""),), "Order")
CHECKOUT = b.page("Name Address Card", f"{b.URL}checkout", "checkout", forms=(ORDER,))
SALAD = b.page("buy sildenafil cheap sildenafil order sildenafil", f"{b.URL}links")
KAMAGRA = b.medicine(
    export_brands=(("Kamagra", "IN"),), max_strength_mg=100.0, schedule={"US": "C4"}, programmes=(b.programme(),)
)
CONTROLLED = b.medicine(schedule={"US": "C4"})
NEVER = b.medicine("retatrutide", use="research", status={"US": "unapproved", "GB": "unapproved"})
CONCEPTS = [
    "research-use-only",
    "human-dosing",
    "crypto-only",
    "customs-guarantee",
    "worldwide-shipping",
    "pack-table",
    "messenger-order",
    "miracle-claim",
    "invented-approval",
    "trust-claim",
    "excluded-destinations",
    "prescription-required",
    "consultation-offered",
    "article-voice",
    "warning-voice",
    "regulator-voice",
    "otc-only",
    "discount-card",
    "programme-words",
    "pharmacist-named",
]
# Concepts of which each is a red flag by itself.
FLAGS = [
    "seller-voice",
    "personal-import",
    "rights-waived",
    "buyer-vouches",
    "discreet-packaging",
    "brand-generic",
    "lowest-price",
    "saves-embarrassment",
    "prescription-after-order",
    "prescription-in-english",
    "anonymous-purchase",
    "payment-disguise",
    "airmail",
    "affiliate-programme",
    "invented-product",
    "customs-disclaimer",
    "reship-offer",
    "approval-promised",
    "approved-makers",
    "account-details-later",
    "crypto-payment",
    "urgency",
    "steroid-goods",
    "potency-goods",
]


LADDER = ((10, "39.00"), (30, "87.00"), (90, "189.00"), (180, "306.00"))
RATED = b.page("5", structured=({"aggregateRating": {"ratingValue": "5", "reviewCount": "99"}},))
LETTER = b.page("Subject: Cheap viagra, cialis\nFrom: Ann\nWelcome to Steroid Mart", "https://shop.example/letter")
PASTE = b.medicine("ivermectin paste", use="vet", family="vet")


def rogue() -> Evidence:
    """Return evidence in which every red flag is present."""
    home = b.page("sildenafil and all else")
    said = [Rung.NONE, Rung.WAIVED, Rung.OPTIONAL, Rung.QUESTIONNAIRE, Rung.REQUIRED]
    own, foreign = b.licence(number="9000001"), b.licence(number="9000002")
    taken = [(own, ()), (foreign, (b.listing("real.example"),))]
    registers = [b.registry(), b.registry("xx-warned", polarity="negative")]
    return b.evidence(
        pages=(home, CHECKOUT, SALAD, LETTER, RATED),
        target=b.target("https://sildenafil-hotel-without-prescription.example/viagra"),
        pitches=(
            Pitch("diazepam", True, b.quote("Buy Valium online")),
            Pitch("sildenafil", False, b.quote("Cheap Viagra")),
        ),
        mentions=(
            *(b.mention(concept, home.text, on=home) for concept in CONCEPTS[:9] + FLAGS),
            b.mention("invented-product", "sildenafil", on=home),
            b.mention("potency-goods", "and all else", on=home),
            b.mention("bonus-pills", "and all else", on=home),
        ),
        sightings=(
            b.sighting(CONTROLLED, home, disguised=True),
            b.sighting(PASTE, b.page("ivermectin paste for humans")),
            b.sighting(b.medicine("Ozempic", family="glp1"), b.page("buy generic Ozempic")),
            *(Sighting(b.medicine(), "sildenafil", SALAD, at, at + 10) for at in (4, 21, 38)),
        ),
        offers=(
            b.offer(KAMAGRA, "Kamagra 200 mg", written="Kamagra", strength_mg=200.0),
            b.offer(NEVER),
            b.offer(b.medicine("tirzepatide", family="glp1")),
            b.offer(PASTE),
            b.offer(b.medicine("botulinum toxin", family="aesthetic"), "Botox vial"),
            b.offer(b.medicine("tirzepatide"), written="Mounjaro", currency="GBP", price="29.00", strength_mg=5.0),
            *(b.offer(on=RATED, quantity=n, price=price, strength_mg=100.0) for n, price in LADDER),
        ),
        prescription=b.prescription(said, checkout=CHECKOUT),
        checkout=CHECKOUT,
        registration=registration(
            20, expires=b.NOW + timedelta(days=300), privacy_service="Sample Privacy ehf", registrar="GKG.NET, INC."
        ),
        dns=names(mail=(), name_servers=("ns1.sedoparking.com",), answered=("MX", "NS")),
        tls=certificate("certificate has expired"),
        operator=Operator(
            addresses=(b.address("GB"), b.detail("address", "PO box: Postfach 12", "DE", "Postfach 12")),
            phones=(b.phone("+91 22 5550 0100", "IN"),),
            messengers=(b.detail("messenger", "wickr pillking"),),
            numbers=(b.wrong_number("company-number"), b.wrong_number("practitioner-number")),
            together=((b.address("GB"), b.phone("+91 22 5550 0100", "IN")),),
            emails=(b.detail("email", "orders@gmail.com"), b.detail("email", "help@shop.example")),
            licences=(own, foreign),
            read=(home,),
        ),
        trade=Trade(payments=(b.detail("payment", "onramp"),), wallets=(b.detail("wallet", "a coin address"),)),
        seals=(b.seal("unlinked"), b.seal("elsewhere"), b.seal("imitated"), b.seal("another")),
        resembles=(Resemblance("Real Pharmacy", "real.example", "typing"),),
        registers=b.registers([b.listing(status="warned", registry="xx-warned")], taken, registers),
    )


def present(evidence: Evidence) -> set[str]:
    """Return the ids of the signals that fire."""
    return {finding.signal for finding in examine(evidence) if finding.answer is Answer.PRESENT}


def test_every_red_flag_can_fire_at_once() -> None:
    """The rogue of these tests raises every red flag, so that the invariant below is about all of them."""
    assert present(rogue()) & RED_FLAGS == RED_FLAGS


_PAGES = st.builds(
    b.page,
    text=st.sampled_from(["We are licensed", "sildenafil paracetamol", "+44 20 7946 0000 London"]),
    url=st.sampled_from([b.URL, f"{b.URL}contact", f"{b.URL}product"]),
    role=st.sampled_from(["home", "contact", "faq"]),
)
_MEDICINES = st.sampled_from([b.medicine(), b.over_the_counter(), KAMAGRA, b.medicine("metformin", family="diabetes")])
_COUNTRIES = st.sampled_from(["GB", "IN", "US", "CA", "DE", ""])
_ADDED = {
    "mentions": st.builds(
        lambda concept, stance, page: b.mention(concept, stance=stance, on=page),
        st.sampled_from(CONCEPTS),
        st.sampled_from(list(Stance)),
        _PAGES,
    ),
    "sightings": st.builds(b.sighting, _MEDICINES, _PAGES),
    "offers": st.builds(
        lambda of, order, price, currency: b.offer(of, order=order, price=price, currency=currency),
        _MEDICINES,
        st.sampled_from(["cart", "table", "link", ""]),
        st.sampled_from(["9.99", ""]),
        st.sampled_from(["USD", "INR", ""]),
    ),
    "said": st.builds(b.statement, st.sampled_from(list(Rung))),
    "addresses": st.builds(b.address, _COUNTRIES),
    "phones": st.builds(b.phone, st.sampled_from(["+44 20 7946 0000", "+1 800 555 0100"]), _COUNTRIES),
    "emails": st.builds(lambda value: b.detail("email", value), st.sampled_from(["a@shop.example", "a@gmail.com"])),
    "pharmacists": st.just(b.detail("pharmacist", "A. Example")),
    "licences": st.builds(lambda number: b.licence(number=number), st.just("9000003")),
    "destinations": st.builds(lambda country: b.detail("ships-to", country, country), _COUNTRIES),
}


def add_text(before: Evidence, added: dict[str, tuple[Any, ...]]) -> Evidence:
    """Return the evidence with everything that text on a page can add to it."""
    assert isinstance(before.operator, Operator)
    assert isinstance(before.trade, Trade)
    assert isinstance(before.prescription, Prescription)
    operator = before.operator
    numbers = before.registers.by_number + tuple((number, (b.listing(),)) for number in added["licences"])
    grown = {name: getattr(before, name) + added[name] for name in ("mentions", "sightings", "offers")}
    details = ("addresses", "phones", "emails", "pharmacists", "licences")
    return replace(
        before,
        **grown,
        prescription=replace(before.prescription, said=before.prescription.said + added["said"]),
        operator=replace(operator, **{name: getattr(operator, name) + added[name] for name in details}),
        trade=replace(before.trade, destinations=before.trade.destinations + added["destinations"]),
        registers=replace(before.registers, by_number=numbers),
    )


@settings(max_examples=150, deadline=None, derandomize=True)
@given(added=st.fixed_dictionaries({name: st.lists(one, max_size=3).map(tuple) for name, one in _ADDED.items()}))
def test_added_text_turns_no_red_flag_off(added: dict[str, tuple[Any, ...]]) -> None:
    """Whatever text adds (claims, addresses, numbers, offers, policies), every red flag that was present stays."""
    assert present(add_text(rogue(), added)) >= RED_FLAGS


CAN_BE_GAPS = {name for name, kind in get_type_hints(Evidence).items() if Gap in get_args(kind)}


@pytest.mark.parametrize(
    ("signal", "lacking"), [(s.id, name) for s in catalogue() for name in s.needs if name in CAN_BE_GAPS]
)
def test_a_gap_makes_unknown(signal: str, lacking: str) -> None:
    """A signal of which any one artifact could not be had answers unknown with the gap's reason, never absent."""
    artifacts: dict[str, Any] = {"vantage": (), "hosting": (), lacking: Gap(lacking, "robots.txt forbids reading")}
    found = b.ask(signal, replace(rogue(), **artifacts))
    assert (found.answer, found.why) == (Answer.UNKNOWN, "robots.txt forbids reading")


def test_one_finding_per_signal() -> None:
    """Every signal of the catalogue answers once, in its order, and twice the same."""
    first, second = examine(rogue()), examine(rogue())
    assert [f.signal for f in first] == [s.id for s in catalogue()]
    assert first == second


def test_quotes_are_traced_to_bytes() -> None:
    """A quote from a page gets that page's digest and the byte offset of its text; one from a list has neither."""
    home = b.page("Grüße: write to orders@gmail.com", digest="a" * 64)
    mail = b.detail("email", "orders@gmail.com")
    given_ = b.evidence(pages=(home,), operator=Operator(emails=(mail,), read=(home,)))
    quote = b.ask("freemail-contact", given_).quotes[0]
    assert (quote.digest, quote.offset) == ("a" * 64, len("Grüße: write to ".encode()))
    entry = b.ask("on-official-warning-list", rogue()).quotes[0]
    assert (entry.digest, entry.offset) == ("", None)


def test_at_most_five_quotes_different_places_first() -> None:
    """Of many quotes five are kept, one of each page before a second of any, and none twice."""
    pages = [b.page(f"sample {i} bitcoin only, bitcoin only!", f"{b.URL}{i}") for i in range(3)]
    mentions = [b.mention("crypto-only", text, on=p) for p in pages for text in ("bitcoin only,", "bitcoin only!")]
    found = b.ask("crypto-or-wire-only", b.evidence(pages=tuple(pages), mentions=(*mentions, *mentions)))
    assert [q.url[-1] for q in found.quotes] == ["0", "1", "2", "0", "1"]
    assert len({(q.url, q.text) for q in found.quotes}) == 5
