"""What kind of site it is, before anything is scored."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmcheck.reading.sellers import SELLERS
from tests.sites import evidence, report

SHOP = "<h2>Tadalafil 20 mg, 30 tablets</h2><p class='price'>$45.00</p><form action='/cart' method='post'><button>Add to cart</button></form>"
ARTICLE = (
    "<h1>What tadalafil does</h1><p>By Jo Example, medically reviewed.</p><p>Tadalafil is a medicine on prescription that "
    "relaxes blood vessels. Doctors usually start with 10 mg. Avoid sites that sell it without a prescription.</p>"
)


def test_a_cart_with_a_medicine_makes_a_pharmacy() -> None:
    """A priced prescription medicine with a cart is sold here."""
    assert evidence(SHOP).kind.name == "pharmacy"


def test_an_article_is_information() -> None:
    """Naming medicines, doses and rogue sites does not make a seller."""
    assert evidence(ARTICLE).kind.name == "information"


def test_an_article_does_not_hide_a_shop() -> None:
    """A shop that writes articles stays a shop."""
    assert evidence(ARTICLE + SHOP).kind.name == "pharmacy"


def test_nothing_readable_is_unreadable() -> None:
    """An empty page is no information page."""
    assert evidence("<html><body></body></html>").kind.name == "unreadable"


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<p>Oak desks and chairs, hand made. Delivery in two weeks.</p>" * 5, "not-a-seller"),
        (
            "<h1>BPC-157 5 mg</h1><p>For research use only.</p><p>$39.00</p><a href='/cart?add=3'>Add to cart</a>",
            "research-chemicals",
        ),
        (
            "<h1>Ibuprofen 200 mg, 24 tablets</h1><p>$4.00</p><form action='/cart'><button>Add to cart</button></form>",
            "otc-shop",
        ),
    ],
)
def test_other_kinds(html: str, kind: str) -> None:
    """Furniture, research peptides and painkillers without prescription each get their kind."""
    assert evidence(html).kind.name == kind


PHARMACY = "<title>Larkfield Pharmacy</title><p>Our pharmacists are here to help. Repeat dispensing. Send us your prescription.</p>"
CLINIC = "<p>Our online doctor service: our doctors can prescribe it. You may cancel until the clinician approves the prescription.</p>"
REFERRAL = "<p>We are a prescription referral service. We arrange the filling of your prescription.</p>"
COMPARISON = "<title>Drug price comparison</title><p>Compare medicine prices at pharmacies near you. Get a free discount card.</p>"


@pytest.mark.parametrize(
    ("html", "kind", "verdict"),
    [
        (PHARMACY, "pharmacy", "unverified"),
        (CLINIC, "telehealth-clinic", "unverified"),
        (REFERRAL, "intermediary", "intermediary"),
        (COMPARISON, "price-comparison", "not-a-pharmacy"),
        (
            "<p>Our pet pharmacy: flea and tick treatment for dogs. Ask your vet for a written prescription and send us your "
            "prescription.</p>",
            "vet-pharmacy",
            "unverified",
        ),
        (
            "<p>Wholesale only: trade customers only. Supplies for hospitals, no retail.</p>",
            "not-a-seller",
            "not-a-pharmacy",
        ),
        (
            "<p>Sitagliptin 100 mg. A prescription is required. Product of Canada, shipped from Canada.</p>",
            "intermediary",
            "intermediary",
        ),
        (
            "<p>Your own prescription is required; a Canadian doctor co-signs it and our pharmacist checks it.</p>",
            "intermediary",
            "intermediary",
        ),
        (
            "<title>Linden-Apotheke</title><p>Unser Apothekenteam berät Sie. E-Rezept einlösen, Botendienst.</p>",
            "pharmacy",
            "unverified",
        ),
        (
            "<title>Apteka Kasztan</title><p>Regulamin apteki Kasztan. Realizacja recept.</p>",
            "pharmacy",
            "unverified",
        ),
    ],
)
def test_lawful_kinds_are_told_apart(html: str, kind: str, verdict: str) -> None:
    """Pharmacies without prices, clinics, go-betweens, comparisons and wholesalers each get their kind, none accused."""
    result = report(html)
    assert (result.kind.name.value, result.verdict.value) == (kind, verdict)
    assert all(q.text or q.note for q in result.kind.quotes) and result.kind.quotes


@pytest.mark.parametrize(
    "html",
    [
        "<title>Pharmacy closes in Larkfield | The Courier</title><p>The pharmacist, who dispensed prescriptions for decades, retires.</p>",
        "<title>How to choose an online pharmacy</title><p>Look for the GPhC registration number and a superintendent pharmacist. "
        "The pharmacy must ask for your prescription.</p>",
        "<title>Council of Pharmacy</title><p>We inspect pharmacies. Report a site that sells medicines without a prescription.</p>",
        "<title>St Example Hospital</title><p>Our hospital pharmacists visit every ward. Our doctors and nurses care for you.</p>",
        "<title>Telehealth is growing</title><p>Doctors prescribe from afar. Patients like video visits, a study found.</p>",
        "<title>Apothekensterben</title><p>Immer mehr Apotheken schließen. Das E-Rezept hilft wenig, sagt der Verband.</p>",
    ],
)
def test_those_who_write_of_pharmacies_are_no_sellers(html: str) -> None:
    """News, guides, regulators and hospitals stay what they are."""
    assert evidence(html).kind.name not in SELLERS


_sellers = st.sampled_from([PHARMACY, CLINIC, REFERRAL, SHOP, SHOP + PHARMACY, CLINIC + COMPARISON])
_claims = st.sampled_from(
    [
        *(PHARMACY, CLINIC, REFERRAL, COMPARISON, ARTICLE),
        "<p>Wholesale only, trade customers only. For healthcare professionals only.</p>",
        "<p>No prescription needed. Prescription optional. Shipped from Canada, a CIPA member.</p>",
        "<p>Pet pharmacy: your vet's prescription, flea and tick, wormers for dogs and cats.</p>",
        "<p>Posted by admin, 12 replies. The agency warns of rogue pharmacies. In this article. Medically reviewed by a pharmacist.</p>",
        "<p>We do not dispense prescriptions. We are not a pharmacy. We sell no medicines.</p>",
        "<p>The council of pharmacy, a hospital, a journal, a school and a newspaper.</p>",
        '<script type=\'application/ld+json\'>{"@type":"NewsArticle"}</script>',
    ]
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seller=_sellers, before=st.lists(_claims, max_size=2), after=st.lists(_claims, max_size=2))
def test_no_text_turns_a_seller_into_a_bystander(seller: str, before: list[str], after: list[str]) -> None:
    """Whatever is written above or below, what sells, dispenses, prescribes or passes on stays a seller, and its risk stays."""
    alone, among = report(seller), report("".join([*before, seller, *after]))
    assert alone.kind.name in SELLERS
    assert among.kind.name in SELLERS
    assert among.risk >= alone.risk


def test_keyword_salad_is_promotion() -> None:
    """Keywords of a pill shop in a row promote, though they name no shop; innocent text around them changes nothing."""
    salad = "<p>achat tadalafil vente tadalafil acheter tadalafil</p>"
    assert evidence(salad, "https://blog.example/p").kind.name == "promotion"
    assert evidence(ARTICLE + salad, "https://blog.example/p").kind.name == "promotion"


def test_a_link_without_a_medicine_is_no_hacked_host() -> None:
    """Where no medicine is named, nothing shows that promotion was planted."""
    html = "<p>aB3xYz https://cheapzorbimeds.example/</p>"
    assert evidence(html, "https://blog.example/").kind.name == "promotion"


def test_planted_links_make_a_hacked_host() -> None:
    """Links for a medicine amid a site about something else were planted."""
    html = "<p>Our bakery makes bread.</p>" * 20 + "<p><a href='https://zorbi.example/'>buy cheap tadalafil</a></p>"
    assert evidence(html, "https://bakery.example/").kind.name == "hacked-host"


def test_a_guide_with_a_table_of_prices_sells_nothing() -> None:
    """Prices of one medicine, and no word of sale, are a guide's; a word of sale makes them a shop's."""
    table = "<h1>Tramadol</h1><table><tr><td>30 tablets 50 mg</td><td>$14.20</td></tr><tr><td>90 tablets 50 mg</td><td>$22.85</td></tr></table>"
    assert evidence(table).kind.name == "information"
    assert evidence(table + "<p>Buy now</p>").kind.name == "pharmacy"


def test_two_ways_to_pay_in_one_breath_show_no_shop() -> None:
    """Of a court's report, what overlaps is said once; a second thing that only a shop tells makes it one."""
    told = "<p>Zopiclone and alprazolam were pressed in a garage.</p><p>Paid by Zelle and Bitcoin.</p>"
    assert evidence(told).kind.name not in SELLERS
    assert evidence(told + "<p>All parcels leave in discreet packaging.</p>").kind.name == "pharmacy"


def test_a_medicine_named_in_passing_is_not_what_is_sold() -> None:
    """A shop of herbs with a buyer's word on one tablet sells herbs; naming it twice of its own makes it a subject."""
    herbs = "<p>We ship in discreet parcels and take Bitcoin.</p><p>I used to take zopiclone, says Ann.</p>"
    assert evidence(herbs).kind.name not in SELLERS
    assert evidence(herbs + "<p>Zopiclone 7.5 mg</p><p>Zopiclone 10 mg</p>").kind.name == "pharmacy"


def test_a_name_over_the_menu_makes_a_shop() -> None:
    """A line that is the name of a medicine and a word for a shop, twice, heads a shop."""
    assert evidence("<p>Steroid Mart</p><p>Brands</p><p>Steroid Mart</p>").kind.name == "pharmacy"
    assert evidence("<p>Steroid Mart</p><p>Brands</p>").kind.name not in SELLERS


def test_a_policy_of_its_own_orders_makes_a_pharmacy() -> None:
    """Who settles which of its orders need a prescription handles medicines."""
    policy = "<p>We may ask for a prescription for your order. Email us a scan of your prescription.</p>"
    assert evidence(policy).kind.name == "pharmacy"


def test_an_address_that_calls_to_buy_what_needs_no_prescription() -> None:
    """Such an address and such words promote; either alone informs."""
    html = "<p>Flunitrazepam ohne ärztliche Verschreibung in drei Tagen im Briefkasten.</p>"
    assert evidence(html, "https://blog.example/flunitrazepam-kaufen").kind.name == "promotion"
    assert evidence(html, "https://blog.example/schlaf").kind.name == "information"


def test_terms_for_prescriptions_make_a_pharmacy() -> None:
    """A scan by e-mail after the order, and in English only, are the terms of a seller of medicines."""
    policy = (
        "<p>Email a copy of your prescription after placing the order. The prescription must be written in English.</p>"
    )
    result = report(policy)
    assert result.kind.name == "pharmacy"
    assert {r.signal for r in result.reasons} == {"prescription-asked-after-order", "prescription-only-in-english"}


PEN_PRICES = "<p>Ozempic 1 mg 180 €</p><p>Saxenda 3 pens 210 €</p>"


def test_who_prices_medicines_and_asks_for_nothing_sells() -> None:
    """Prices without a button are a shop's where it says that it asks for no prescription and how it sells."""
    said = "<p>No prescription is needed. Order on Telegram.</p>"
    assert evidence(PEN_PRICES + said).kind.name == "pharmacy"
    reported = "<p>According to the police no prescription was needed. Buyers ordered on Telegram, the court heard.</p>"
    assert evidence(PEN_PRICES + reported).kind.name == "information"


def test_brands_of_one_substance_make_a_catalogue() -> None:
    """Three brands of one toxin with their prices are an assortment, where something is said of the sale."""
    brands = "<p>Botulax 100 u 45 €</p><p>Nabota 200 u 60 €</p><p>Innotox 50 u 40 €</p>"
    assert evidence(brands + "<p>We ship worldwide.</p>").kind.name == "pharmacy"
    assert evidence(brands).kind.name == "information"


def test_a_trade_name_that_hides_its_parcels_is_a_seller() -> None:
    """Under a name of the trade two tricks with parcels show what is sold; under another name one sells anything."""
    tricks = (
        "<h1>Delivery</h1><p>We declare every parcel as skin care.</p><p>Customs took it? We send another one free.</p>"
    )
    assert evidence(tricks, "https://medexpress-nord.example/delivery").kind.name == "pharmacy"
    assert evidence(tricks, "https://garden-tools.example/delivery").kind.name != "pharmacy"
