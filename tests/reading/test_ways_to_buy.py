"""Where a site was read well and shows no way to buy, words alone make no seller of it."""

from __future__ import annotations

import pytest

from pharmcheck.reading.sellers import SELLERS
from tests.sites import evidence

HOME = "<h1>The Larkfield Post</h1><p>News of the county, since 1911. Editor: J. Example.</p>"
TRICKS = (
    "<h1>Pills by post</h1><p>Sleeping tablets and tramadol. Sent in discreet parcels, paid in Bitcoin, reshipped if seized. "
    "They ship worldwide by airmail.</p><p>Tramadol came from Belgravia, zopiclone from nowhere.</p>"
)
ABOUT = "<p>Who we are: six people, two dogs and a printing press.</p>"
CART = "<form action='/cart/add'><input name=product_id><button>Add to cart</button></form>"
FORM = "<form action=/send><input name=name placeholder='Your name'><input name=street placeholder=Street><input name=city placeholder=City></form>"


def kind(pages: dict[str, str]) -> str:
    return evidence(pages).kind.name


def test_a_newspaper_is_no_shop() -> None:
    """Home and two more pages without price, cart or order form: what one of them tells is told of others."""
    assert kind({"home": HOME, "further": TRICKS, "about": ABOUT}) not in SELLERS


def test_a_single_page_may_be_a_shop() -> None:
    """The same words on a page of which nothing else was read may be the terms of a shop."""
    assert kind({"home": TRICKS}) in SELLERS
    assert kind({"home": HOME, "further": TRICKS}) in SELLERS


@pytest.mark.parametrize(
    "more",
    [
        {"about": ABOUT + CART},
        {"about": ABOUT + FORM},
        {"about": ABOUT, "shipping": "<p>Where our parcels go.</p>"},
        {"about": ABOUT, "checkout": "<p>Your basket is empty.</p>"},
        {"about": ABOUT + "<p>Tramadol 50 mg</p><p>$2.10</p><p>Zopiclone 7.5 mg</p><p>$3.40</p>"},
        {"home": HOME + "<p>Orders by Telegram only: @larkfieldpost</p>", "about": ABOUT},
    ],
    ids=["cart", "order form", "delivery", "checkout", "prices", "messenger"],
)
def test_any_way_to_buy_counts(more: dict[str, str]) -> None:
    """Each of a shop's own things, on any page, makes the words count."""
    assert kind({"home": HOME, "further": TRICKS, **more}) in SELLERS


def test_a_form_for_reports_is_no_order_form() -> None:
    """Who reports a seller is asked for a name, a place and what was paid as well."""
    report = FORM.replace("</form>", "<button>Send report</button></form>")
    assert kind({"home": HOME, "further": TRICKS, "about": ABOUT + report}) not in SELLERS


def test_a_headline_is_no_cart() -> None:
    """`Add to cart: …` above an article orders nothing where no page has a cart."""
    assert (
        kind({"home": HOME + "<h2>Add to cart: oxycodone. Enough said.</h2>", "further": TRICKS, "about": ABOUT})
        not in SELLERS
    )


def test_who_compares_and_takes_no_orders_is_no_seller() -> None:
    """A list of prices on a site that compares and lets nobody order is a comparison."""
    prices = "".join(
        f"<p>{name} 50 mg, 30 tablets</p><p>$9.50</p>" for name in ("Sertraline", "Losartan", "Atorvastatin")
    )
    told = "<p>We compare prices of medicines at licensed pharmacies. We are not a pharmacy. Compare prices today.</p>"
    assert kind({"home": told, "product": prices, "about": ABOUT + told}) == "price-comparison"
    assert kind({"home": told, "product": prices + CART, "about": ABOUT + told}) in SELLERS
    assert kind({"home": told, "product": prices + "<p>Sent in discreet parcels.</p>", "about": ABOUT}) in SELLERS, (
        "said once"
    )


def test_a_messenger_told_of_inside_is_no_way_to_buy() -> None:
    """Whoever sells by messenger says so where people arrive."""
    inside = ABOUT + "<p>Orders by Telegram only, wrote one of them.</p>"
    assert kind({"home": HOME, "further": TRICKS, "about": inside}) not in SELLERS


CALLS = "<h1>Thyroid talk</h1><p>Order Xanax and Ozempic online without prescription, cheap, overnight, in any quantity.</p>"


def test_calls_on_one_page_of_many_are_told_of() -> None:
    """Comments or quotations on a page or two of a site that was read well are not the site's own calls; nor is it broken into."""
    pages = {"home": HOME, "further": CALLS, "about": ABOUT, "contact": "<p>Write to us.</p>"}
    assert kind(pages) == "information"
    assert kind({**pages, "home": HOME + CALLS}) == "promotion"


@pytest.mark.parametrize(
    "told",
    [
        "<p>Tramadol 50 mg</p><p>Subscribe for $1</p>",
        "<blockquote><p>ORDER VIAGRA AND XANAX – NO RX – WORLDWIDE DELIVERY</p></blockquote>",
        "<p>Clinic adds telehealth hours.</p><p>Telemedicine is excepted by law.</p>",
    ],
    ids=["a newspaper's own price", "a call quoted once", "telehealth told of"],
)
def test_what_an_article_shows_once_is_no_way_to_buy(told: str) -> None:
    """One price, one quoted call to order and telehealth of others sell nothing where no page lets anybody order."""
    assert kind({"home": HOME, "further": TRICKS, "about": ABOUT + told}) not in SELLERS


def test_calls_to_order_count_twice_or_where_people_arrive() -> None:
    """Two medicines to be ordered, or one on the home page, are a shop's."""
    two = "<p>ORDER VIAGRA NOW</p><p>Some words.</p><p>BUY XANAX NOW</p>"
    assert kind({"home": HOME, "further": TRICKS, "about": ABOUT + two}) in SELLERS
    assert kind({"home": HOME + "<p>ORDER VIAGRA NOW</p>", "further": TRICKS, "about": ABOUT}) in SELLERS


def test_a_forum_under_the_name_of_a_pharmacy_is_no_pharmacy() -> None:
    """Where nothing can be bought, a name and calls in somebody's posting make no seller."""
    name = "<title>Larkfield Pharmacy</title><p>Prescriptions, vaccinations, blood pressure: talk with colleagues.</p>"
    pages = {"home": name, "about": name + ABOUT, "contact": name}
    assert kind(pages) == "pharmacy"
    assert kind({**pages, "further": name + CALLS}) not in SELLERS
