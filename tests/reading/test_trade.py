"""Trade: currencies, ways to pay, destinations."""

from __future__ import annotations

import pytest

from pharmcheck.model import Field, Form, Image, Mention, Page, Stance, Trade
from pharmcheck.reading.trade import read_trade


def page(text: str, url: str = "https://pills.example/", **parts: object) -> Page:
    return Page(**{"url": url, "role": "home", "status": 200, "text": text} | parts)  # type: ignore[arg-type]


def trade(text: str, url: str = "https://pills.example/", **parts: object) -> Trade:
    return read_trade([page(text, url, **parts)], [])


def test_currencies_come_most_frequent_first() -> None:
    """Prices and product data tell the currencies; the one most used leads."""
    found = trade("Xanax €5\nValium €6\nCialis $7", structured=({"@type": "Offer", "priceCurrency": "GBP"},))
    assert found.currencies[0].value == "EUR"
    assert {d.value for d in found.currencies} == {"EUR", "USD", "GBP"}


@pytest.mark.parametrize(
    ("url", "code"), [("https://a.example/", "USD"), ("https://a.com.au/", "AUD"), ("https://a.ca/", "CAD")]
)
def test_a_bare_dollar_is_that_of_the_country(url: str, code: str) -> None:
    """A bare dollar sign on an Australian or Canadian address is the local dollar; the quote says that it was bare."""
    [found] = trade("Panadol $4.50", url).currencies
    assert (found.value, found.quote.note) == (code, "a bare dollar sign")


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("We accept Visa, MasterCard and Bitcoin.", {"card", "crypto"}),
        ("Payment by Western Union or Zelle", {"wire", "cash-app"}),
        ("Zahlung: Kreditkarte, Lastschrift, PayPal, auf Rechnung", {"card", "direct-debit", "paypal", "invoice"}),
        ("Płatność: przelew", {"wire"}),
        ("We do not accept PayPal", set()),
        ("Bitcoin fell on Monday", set()),
    ],
)
def test_ways_to_pay_in_text(line: str, kinds: set[str]) -> None:
    """Lines about paying name the ways; what they deny, and lines about other things, do not count."""
    assert {d.value for d in trade(line).payments} == kinds


def test_ways_to_pay_in_forms_and_icons() -> None:
    """The choices of a checkout form and the icons in the foot of a page are ways to pay."""
    choice = Field("select", "payment", "", options=("Bitcoin", "Bank transfer"))
    radio = Field("radio", "pay", "Credit card")
    form = Form("https://pills.example/checkout", "POST", (choice, radio), "")
    found = trade("", forms=(form,), images=(Image("https://pills.example/p.png", "PayPal"),))
    assert {d.value for d in found.payments} == {"crypto", "wire", "card", "paypal"}


def test_phrases_give_ways_and_destinations() -> None:
    """What the site says of itself counts; what it denies or warns of does not."""
    here = page("Crypto only. Worldwide shipping. Pay with Cash App.")
    said = [
        Mention("crypto-only", here, 0, 11, Stance.ASSERTED),
        Mention("worldwide-shipping", here, 13, 31, Stance.ASSERTED),
        Mention("wire-payment", here, 33, 50, Stance.ASSERTED),
    ]
    found = read_trade([here], said)
    assert {d.value for d in found.payments} == {"crypto", "cash-app"}
    assert [d.value for d in found.destinations] == ["WORLD"]
    warned = Mention("gift-card-payment", here, 0, 11, Stance.WARNED)
    assert "giftcard" not in {d.value for d in read_trade([here], [warned]).payments}


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("We ship to the United States, Canada and Australia.", {"US", "CA", "AU"}),
        ("Versand nach Deutschland und Österreich", {"DE", "AT"}),
        ("We do not ship to Germany.", set()),
        ("Orders are shipped from India.", set()),
        ("Shipped from India to France.", {"FR"}),
        ("We ship everywhere from our warehouse in India", set()),
        ("Our office is in Spain.", set()),
    ],
)
def test_destinations(line: str, codes: set[str]) -> None:
    """Countries named as destinations are found; origins, exclusions and addresses are not."""
    assert {d.value for d in trade(line).destinations} == codes


def test_quotes_are_verbatim() -> None:
    """Every detail from text quotes its place on the page."""
    here = page("Pay by Visa.\nWe ship to France.\nXanax €5")
    found = read_trade([here], [])
    for detail in (*found.currencies, *found.payments, *found.destinations):
        assert detail.quote.text and detail.quote.text in here.text


@pytest.mark.parametrize(
    ("url", "alt", "kinds"),
    [
        ("https://pills.example/img/btc.svg", "", {"crypto"}),
        ("https://pills.example/img/pay-visa-mastercard.png", "", {"card"}),
        ("https://pills.example/img/p2.png", "Bitcoin", {"crypto"}),
        ("https://pills.example/img/cryptosporidium-test-kit.jpg", "Cryptosporidium test", set()),
        ("https://pills.example/img/why-i-would-not-pay-with-bitcoin-today.jpg", "", set()),
    ],
)
def test_icons_by_their_text_or_file(url: str, alt: str, kinds: set[str]) -> None:
    """An icon shows a way to pay by its text or its file's name; a parasite and the picture of an article do not."""
    assert {d.value for d in trade("", images=(Image(url, alt),)).payments} == kinds


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("Payment: PIX, Bizum or BLIK", {"instant-transfer"}),
        ("We accept Perfect Money and WebMoney", {"e-currency"}),
        ("Pay by Venmo or PayPal friends and family", {"cash-app", "paypal"}),
        ("Pay with Skrill", {"e-wallet"}),
        ("The ideal way to pay attention", set()),
    ],
)
def test_ways_of_many_countries(line: str, kinds: set[str]) -> None:
    """What lawful shops of a country use is kept apart from what nobody can call back."""
    assert {d.value for d in trade(line).payments} == kinds


def test_wallets_and_onramps_belong_to_the_trade() -> None:
    """A coin address is among the wallets, a company that turns cards into coins among the payments."""
    found = trade("Pay to bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4\nor pay by card through MoonPay")
    assert [d.kind for d in found.wallets] == ["wallet"]
    assert "onramp" in {d.value for d in found.payments}
