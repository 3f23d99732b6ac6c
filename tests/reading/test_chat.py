"""Chat accounts on a page."""

from __future__ import annotations

import pytest

from pharmcheck.reading.chat import find_accounts
from pharmcheck.reading.web_addresses import find_addresses
from tests.builders import page


def accounts(text: str) -> set[tuple[str, str]]:
    on = page(text)
    return {(a.name, a.url) for a in find_accounts(on, list(find_addresses(on)))}


@pytest.mark.parametrize(
    ("text", "name", "url"),
    [
        ("https://t.me/zorbi_rx", "@zorbi_rx on Telegram", "https://t.me/zorbi_rx"),
        ("Telegram @zorbi_rx", "@zorbi_rx on Telegram", "https://t.me/zorbi_rx"),
        ("telegram id: zorbi_rx", "@zorbi_rx on Telegram", "https://t.me/zorbi_rx"),
        ("wa.me/15550100199", "+15550100199 on WhatsApp", "https://wa.me/15550100199"),
        ("https://api.whatsapp.com/send?phone=15550100199", "+15550100199 on WhatsApp", "https://wa.me/15550100199"),
        ("What's App +1 555-010-0199", "+15550100199 on WhatsApp", "https://wa.me/15550100199"),
        ("00999555010019 واتساب", "+999555010019 on WhatsApp", "https://wa.me/999555010019"),
        ("Wickr Me: zorbirx", "zorbirx on Wickr", ""),
        ("Signal: +15550100199", "+15550100199 on Signal", ""),
        ("Signal: zorbi0 | orders@zorbi.example", "zorbi0 on Signal", ""),
        ("Telegram: Contact @zorbi_rx", "@zorbi_rx on Telegram", "https://t.me/zorbi_rx"),
    ],
)
def test_accounts(text: str, name: str, url: str) -> None:
    """Handles and numbers, written or linked, become one account with its address."""
    assert accounts(text) == {(name, url)}


@pytest.mark.parametrize(
    "text",
    [
        "https://t.me/share/url?url=x",
        "Follow us on Telegram",
        "https://wa.me/?text=hello",
        "a signal of hope",
        "WhatsApp: available\nfrom nine to five",
        "WhatsApp: Available 24/7",
        "Telegram: Click here.",
        "Telegram: click here.",
        "Telegram: soon",
        "Telegram: Ozempic, Xanax",
    ],
)
def test_no_accounts(text: str) -> None:
    """Buttons to share a page, the mere name of a service, and words behind it that speak of it are nobody."""
    assert accounts(text) == set()
