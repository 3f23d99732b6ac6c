"""Who is behind an address: a domain, a name on a platform, an account."""

from __future__ import annotations

import pytest

from pharmcheck.audit.identity import account_in, domain_of, identity_of
from pharmcheck.target import host_of


@pytest.mark.parametrize(
    ("url", "identity"),
    [
        ("http://a1.b2.pills.example/x", "pills.example"),
        ("http://www.pills.co.uk/", "pills.co.uk"),
        ("http://shop.blogspot.com/", "shop.blogspot.com"),
        ("http://pills.web.fc2.com/", "pills.web.fc2.com"),
        ("http://www.pills.yoyo.pl/", "pills.yoyo.pl"),
        ("http://geocities.com/pills/buy.html", "geocities.com/pills"),
        ("https://sites.google.com/view/pills/home", "sites.google.com/view/pills"),
        ("http://203.0.113.1:81/a", "203.0.113.1"),
        ("https://t.me/PillVendor", "telegram:pillvendor"),
        ("https://telegram.me/s/pillvendor", "telegram:pillvendor"),
        ("https://api.whatsapp.com/send?phone=15550100199", "whatsapp:+15550100199"),
        ("https://wa.me/+15550100199?text=hi", "whatsapp:+15550100199"),
        ("https://m.me/pillvendor", "messenger:pillvendor"),
        ("https://invite.viber.com/pillvendor", "viber:pillvendor"),
        ("https://t.me/share/url?url=x", "t.me"),
    ],
)
def test_identity(url: str, identity: str) -> None:
    """One owner, one identity."""
    assert identity_of(url, host_of(url)) == identity


def test_accounts_behind_other_schemes() -> None:
    """What a chat program or a telephone opens is an account or a number."""
    assert account_in("tg://resolve?domain=pillvendor") == "telegram:pillvendor"
    assert account_in("whatsapp://send?phone=15550100199") == "whatsapp:+15550100199"
    assert account_in("tel:+1-555-010-0199") == "phone:+15550100199"
    assert account_in("mailto:a@b.example") == ""


def test_a_platform_itself_is_one_domain() -> None:
    """Only names below a platform are owners of their own."""
    assert domain_of("www.weebly.com") == "weebly.com"
    assert domain_of("pills.weebly.com") == "pills.weebly.com"
