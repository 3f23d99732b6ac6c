"""What sites of one operator share is read from the evidence, normalised and quoted; what platforms share is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pharmcheck.identifiers import MOST, MOST_SENTENCES, identify
from pharmcheck.model import Evidence, Form, Gap, Kind, Link, Operator, Page, SiteKind, Trade
from tests.builders import detail, evidence, licence, mention, offer, page, unread
from tests.signals.looked_up import certificate
from tests.signals.looked_up import names as looked_up_names

STOCK = "No prescription is needed, and if customs keep the parcel we send another."


def found(given: Evidence, kind: str) -> list[str]:
    """Return the values of one kind."""
    return [d.value for d in identify(given) if d.kind == kind]


def operated(**fields: object) -> Evidence:
    """Return the evidence of a pharmacy with these particulars of the operator."""
    return evidence(operator=Operator(**fields))  # type: ignore[arg-type]


def read(home: Page, kind: SiteKind = SiteKind.PHARMACY) -> Evidence:
    """Return the evidence of a site of one page."""
    return evidence(pages=(home,), kind=Kind(kind, "so it is"))


def test_contacts_are_read_with_their_quotes() -> None:
    """Telephone, mail, account, wallet, number and address stand in the report, each once, with its quote."""
    given = evidence(
        operator=Operator(
            phones=(detail("phone", "+15005550123"),),
            emails=(detail("email", "pills.invented@gmail.com"),),
            messengers=(detail("messenger", "telegram @Invented"), detail("messenger", "telegram invented")),
            licences=(licence(), licence()),
            addresses=(detail("address", "Sample Pharmacy, 1 Sample Street, Town ZZ1 1ZZ", "GB"),),
        ),
        trade=Trade(wallets=(detail("wallet", "bc1qinvented"),)),
    )
    assert [(d.kind, d.value) for d in identify(given)] == [
        ("wallet", "bc1qinvented"),
        ("messenger", "telegram invented"),
        ("phone", "+15005550123"),
        ("email", "pills.invented@gmail.com"),
        ("licence", "gb-list 9000001"),
        ("address", "GB zz11zz 1 samplest"),
    ]
    assert all(d.quote.text for d in identify(given))


def test_a_number_is_one_however_it_is_given() -> None:
    """A WhatsApp link is the telephone number as well."""
    given = operated(
        messengers=(detail("messenger", "whatsapp 15005550123"), detail("messenger", "whatsapp +15005550123"))
    )
    assert found(given, "messenger") == ["whatsapp 15005550123"]
    assert found(given, "phone") == ["+15005550123"]


@pytest.mark.parametrize(
    "address",
    ["privacy@platform.example", "dmca@host.example", "no-reply@shop.example", "you@domain.com", "name@shop.example",
     "info@example.com", "0123456789abcdef0123456789abcdef@in.sentry.io"],
)  # fmt: skip
def test_addresses_of_duties_and_templates_are_nobodys(address: str) -> None:
    """Those of a platform's lawyers, of machines and of unfinished templates."""
    assert found(operated(emails=(detail("email", address),)), "email") == []
    assert found(operated(emails=(detail("email", "sales@shop.example"),)), "email") == ["sales@shop.example"]


@pytest.mark.parametrize("number", ["+11234567890", "+10000000000", "+4999999999"])
def test_numbers_of_templates_are_nobodys(number: str) -> None:
    """A row of digits is a sample."""
    assert found(operated(phones=(detail("phone", number),)), "phone") == []


def test_a_foreign_checkout_is_found_and_a_payment_service_is_not() -> None:
    """By a form that posts the order, and by a link into a cart; chats, shares and payment services are everybody's."""
    form = Form("https://pay-portal.example/order", "POST", (), "Buy now")
    urls = (
        "https://tills.example/cart?add=7",
        "https://www.paypal.com/checkout",
        "https://wa.me/1?text=Order",
        "https://news.example/a",
    )
    links = tuple(Link(url, "Buy") for url in (*urls, "https://shop.example/cart"))
    assert found(read(page("Sample", forms=(form,), links=links)), "checkout") == [
        "pay-portal.example",
        "tills.example",
    ]


def test_sentences_of_the_trade_are_kept_without_numbers_and_the_sites_name() -> None:
    """What stays is what another site of the operator says too."""
    home = page(f"Welcome.\nShop says: 24 h. {STOCK} Bye.")
    given = evidence(pages=(home,), mentions=(mention("customs-guarantee", "if customs keep", on=home),))
    assert found(given, "sentence") == ["no prescription is needed and if customs keep the parcel we send another"]
    assert identify(given)[0].quote.text == STOCK
    assert identify(given)[0].quote.offset == home.text.index(STOCK)


@pytest.mark.parametrize("concept", ["prescription-required", "rights-waived", "telehealth-service"])
def test_sentences_of_lawful_trade_are_not(concept: str) -> None:
    """They come from the law, or from templates that everybody has."""
    home = page(STOCK)
    assert found(evidence(pages=(home,), mentions=(mention(concept, "customs", on=home),)), "sentence") == []


def test_slogans_are_not() -> None:
    """Strangers share a few words."""
    home = page("No prescription needed at our store!")
    assert (
        found(evidence(pages=(home,), mentions=(mention("no-prescription-needed", "No", on=home),)), "sentence") == []
    )


def test_a_table_of_packs_is_one_value() -> None:
    """Quantities with prices, from four; the same prices in another order are the same table."""
    packs = [offer(strength_mg=100.0, quantity=q, price=f"{q}.50") for q in (30, 10, 90, 60)]
    assert found(evidence(offers=tuple(packs)), "prices") == [
        "sildenafil 100 mg USD: 10=10.50 30=30.50 60=60.50 90=90.50"
    ]
    assert found(evidence(offers=tuple(packs[:3])), "prices") == []


@pytest.mark.parametrize("kind", [SiteKind.HACKED_HOST, SiteKind.PROMOTION, SiteKind.MARKETPLACE_LISTING])
def test_on_foreign_ground_only_the_sellers_own_are_read(kind: SiteKind) -> None:
    """The telephone in the footer of a hacked school, a forum or a market is theirs."""
    operator, trade = Operator(phones=(detail("phone", "+15005550123"),)), Trade(wallets=(detail("wallet", "bc1q"),))
    given = evidence(kind=Kind(kind, "pills on a school"), operator=operator, trade=trade)
    assert [d.kind for d in identify(given)] == ["wallet"]


@pytest.mark.parametrize("kind", [SiteKind.INFORMATION, SiteKind.NOT_A_SELLER, SiteKind.COMPARISON])
def test_who_sells_nothing_has_none(kind: SiteKind) -> None:
    """An article that quotes a rogue's telephone is no part of its network."""
    assert (
        identify(evidence(kind=Kind(kind, "so it is"), operator=Operator(phones=(detail("phone", "+15005550123"),))))
        == ()
    )


def test_what_was_not_read_has_none() -> None:
    """A gap gives nothing to tie."""
    assert identify(unread()) == ()
    assert (
        identify(evidence(operator=Gap("operator", "not read"), trade=Gap("trade", "not read"), mentions=Gap("m", "w")))
        == ()
    )


def test_a_page_full_of_them_is_bounded() -> None:
    """A directory prints other people's."""
    phones = tuple(detail("phone", f"+1500555{i:04}") for i in range(200))
    assert len(found(operated(phones=phones), "phone")) == MOST
    home = page("\n".join(f"{'abcdefgh'[i % 8] * (3 + i)} {STOCK}" for i in range(40)))
    mentions = tuple(m for line in home.text.split("\n") for m in [mention("customs-guarantee", line, on=home)])
    assert len(found(evidence(pages=(home,), mentions=mentions), "sentence")) == MOST_SENTENCES


def shown(*names: str, organisation: str = "", error: str = "", kind: SiteKind = SiteKind.PHARMACY) -> Evidence:
    """Return the evidence of a pharmacy whose host shows a certificate of these names."""
    tls = replace(certificate(error), names=names, organisation=organisation)
    return evidence(tls=tls, kind=Kind(kind, "so it is"))


def test_domains_on_one_certificate_are_of_one_holder() -> None:
    """Who got it proved that each is his: two to eight domains, the site's own among them, with wildcards and hosts of theirs."""
    given = shown("shop.example", "*.shop.example", "www.pills.example", "pay.pills.example")
    assert found(given, "certificate") == ["pills.example", "shop.example"]
    assert all(d.quote.url == "tls://shop.example:443/" and d.quote.digest for d in identify(given))
    assert len(found(shown(*(f"{c}.example" for c in "abcdefg"), "shop.example"), "certificate")) == MOST


@pytest.mark.parametrize(
    ("names", "error"),
    [
        (("shop.example", "www.shop.example", "*.shop.example"), ""),  # its own alone
        (("shop.example", *(f"tenant{i}.example" for i in range(30))), ""),  # of a content network
        (("shop.example", "other.example", "sni4711.cloudflaressl.com"), ""),
        (("tenant.example", "platform.example"), ""),  # a hoster's, without the site's own name
        (("shop.example", "victim.example"), "self-signed certificate"),  # anybody writes what he likes there
        (("shop.example", "192.0.2.7"), ""),
    ],
)
def test_a_certificate_of_a_hoster_or_of_nobody_ties_nobody(names: tuple[str, ...], error: str) -> None:
    """Many names, a service's name, another's certificate, one that browsers refuse, an address."""
    assert found(shown(*names, error=error), "certificate") == []


def test_the_organisation_of_a_certificate_counts_where_it_is_no_hosters() -> None:
    """Its issuer looked it up; written however."""
    assert found(shown("shop.example", organisation="Sample Trading, LTD."), "organisation") == ["sample trading ltd"]
    for hoster in ("Cloudflare, Inc.", "Shopify Inc.", "STRATO AG"):
        assert found(shown("shop.example", "b.example", organisation=hoster), "organisation") == []
        assert found(shown("shop.example", "b.example", organisation=hoster), "certificate") == []
    assert found(shown("shop.example", organisation="Sample Ltd", error="expired"), "organisation") == []
    assert identify(shown("shop.example", "b.example", organisation="School", kind=SiteKind.HACKED_HOST)) == ()


def test_uncommon_name_servers_are_kept() -> None:
    """Those of large providers and parking services are everybody's, the site's own say nothing new."""
    servers = ("ns1.rx-servers.example", "ns2.rx-servers.example", "ns.shop.example", "ada.ns.cloudflare.com",
               "ns-7.awsdns-01.co.uk", "ns1-03.azure-dns.com", "ns1.sedoparking.com")  # fmt: skip
    assert found(evidence(dns=looked_up_names(name_servers=servers)), "name-servers") == ["rx-servers.example"]
    assert found(evidence(dns=looked_up_names()), "name-servers") == []
