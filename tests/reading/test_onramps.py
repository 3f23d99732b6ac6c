"""On-ramps: companies that sell coins for cards, where a page has its buyers pay them."""

from __future__ import annotations

import pytest

from pharmcheck.model import Detail
from pharmcheck.reading.onramps import find_onramps
from pharmcheck.reading.page import read_page


def onramps(html: str) -> list[Detail]:
    return list(find_onramps(read_page("https://pills.example/pay", html.encode(), content_type="text/html")))


@pytest.mark.parametrize(
    "html",
    [
        "<p>Your card is charged by MoonPay and we receive the coins.</p>",
        "<p>Pay with Visa: Simplex sells you the bitcoin for your order.</p>",
        "<a href='https://buy.moonpay.com/?currencyCode=btc'>Pay by card</a>",
        "<form action='https://checkout.banxa.com/start'><button>Pay</button></form>",
        "<p>Pay by card, we get crypto</p><iframe src='https://global.transak.com/?x=1'></iframe>",
    ],
)
def test_found(html: str) -> None:
    """A sentence about paying that names one, a link, a form or a frame that opens one."""
    [found] = onramps(html)
    assert (found.kind, found.value) == ("payment", "onramp")
    assert found.quote.text in html


@pytest.mark.parametrize(
    "html",
    [
        "<p>Herpes simplex: order your test by card.</p>",
        "<p>We never ask you to pay by MoonPay.</p>",
        "<p>MoonPay names a new head of finance.</p>",
        "<p>Zahlung: der Wert der Ware ist per Karte zu zahlen.</p>",
        "<a href='https://simplex.example/'>Simplex pay</a>",
        "<a href='https://notmoonpay.com.example/pay'>Pay</a>",
    ],
)
def test_not_found(html: str) -> None:
    """The virus, a denial, news, the German word for value and hosts of like names are none."""
    assert onramps(html) == []
