"""Names of the pill trade in the address of a page, or in the mail address on it."""

from __future__ import annotations

import pytest

from pharmcheck.model import Page
from pharmcheck.reading.trade_names import under_trade_name


def under(host: str, text: str = "Hello") -> bool:
    return under_trade_name(Page(f"https://{host}/", "home", 200, text))


@pytest.mark.parametrize("host", ["plenimeds.example", "blue-drugs.example", "fernrx.example", "sleepingtabs.example"])
def test_a_host_of_the_trade(host: str) -> None:
    """Pills, drugs, meds and rx at the edge of the name tell the trade."""
    assert under(host)


@pytest.mark.parametrize("host", ["guitartabs.example", "marxism.example", "spills.example", "somedsweden.example"])
def test_a_host_that_only_looks_like_it(host: str) -> None:
    """Letters of the trade inside another word tell nothing."""
    assert not under(host)


def test_a_mail_address_tells_as_much() -> None:
    """A page of a mute host that answers from a mail host of the trade stands under that name."""
    assert under("shop.example", "Questions? Write to orders@bluefern-meds.example today.")
    assert not under("shop.example", "Questions? Write to orders@bluefern.example today.")


def test_it_tells_what_a_payment_page_is_for() -> None:
    """How money comes in makes a seller of medicines only under a name of the trade."""
    from tests.sites import report

    text = (
        "<p>We take USDT only. The bank details are valid for today only, we send them by e-mail after the order.</p>"
    )
    assert report(text, url="https://plenimeds.example/").kind.name == "pharmacy"
    assert report(text, url="https://plenimodel.example/").kind.name != "pharmacy"
