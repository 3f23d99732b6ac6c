"""Traces of an affiliate programme in links."""

from __future__ import annotations

import pytest

from pharmcheck.reading.page import read_page
from pharmcheck.reading.referrals import affiliate_traces


def traces(link: str) -> int:
    page = read_page("https://pills.example/", link.encode(), content_type="text/html")
    return len(list(affiliate_traces([page])))


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/p?id=3&aff=1207'>Buy</a>",
        "<a href='/partners'>For Webmasters</a>",
        "<a href='/webmasters/'>Earn</a>",
        "<a href='https://pills.example/?affid=9'>Home</a>",
    ],
)
def test_traces(link: str) -> None:
    """The number of an affiliate in a link of its own, and a door for webmasters."""
    assert traces(link) == 1


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/affiliates'>Affiliates</a>",
        "<a href='/p?ref=footer&source=home'>Shop</a>",
        "<a href='https://books.example/?aff=12'>Book</a>",
        "<a href='https://search.example/webmasters'>Webmaster tools</a>",
        "<a href='mailto:webmaster@pills.example'>Webmaster</a>",
    ],
)
def test_no_traces(link: str) -> None:
    """A voucher programme of a lawful shop, plain parameters, links to other sites and the webmaster's mail are none."""
    assert traces(link) == 0
