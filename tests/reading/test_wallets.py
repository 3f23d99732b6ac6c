"""Wallets: coin addresses whose checksum holds, and nothing that only looks like one."""

from __future__ import annotations

import hashlib

import pytest

from pharmcheck.model import Detail
from pharmcheck.reading.page import read_page
from pharmcheck.reading.wallets import coin_of, find_wallets
from tests.reading.coins import BITCOIN, DOGECOIN, LITECOIN, TRON, ethereum, monero

SEGWIT = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
HASH = hashlib.sha1(b"commit").hexdigest()


def wallets(html: str) -> list[Detail]:
    return list(find_wallets(read_page("https://pills.example/pay", html.encode(), content_type="text/html")))


@pytest.mark.parametrize(
    ("address", "coin"),
    [
        (BITCOIN, "bitcoin"),
        (SEGWIT, "bitcoin"),
        (LITECOIN, "litecoin"),
        (TRON, "tron"),
        (DOGECOIN, "dogecoin"),
        (monero(), "monero"),
        (monero(42), "monero"),
        (ethereum(), "ethereum"),
    ],
)
def test_addresses_in_text(address: str, coin: str) -> None:
    """An address in a sentence is found with its coin, and quoted as it stands."""
    [found] = wallets(f"<p>Send the sum to {address}, then write to us.</p>")
    assert (found.kind, found.quote.text) == ("wallet", address)
    assert found.quote.note.startswith(f"{coin} address")


def test_addresses_in_links_pictures_and_buttons() -> None:
    """A link of the coin's scheme, the picture of a QR code and a copy button carry an address as well."""
    html = (
        f"<p>Pay in BTC</p><a href='bitcoin:{BITCOIN}?amount=0.01'>Pay</a>"
        f"<img src='https://qr.example/make?data=litecoin%3A{LITECOIN}'>"
        f'<button data-clipboard-text="{SEGWIT}">Copy</button>'
    )
    assert [found.value for found in wallets(html)] == [BITCOIN, LITECOIN, SEGWIT]


def test_one_address_counts_once() -> None:
    """The same address again, in other case where case says nothing, is the same wallet."""
    assert len(wallets(f"<p>{SEGWIT}</p><p>{SEGWIT.upper()}</p>")) == 1


@pytest.mark.parametrize(
    "text",
    [
        BITCOIN[:-1] + ("2" if BITCOIN[-1] != "2" else "3"),
        f"commit {HASH}",
        f"0x{HASH}",
        f"sha256 {hashlib.sha256(b'x').hexdigest()}",
        "transaction 0x" + hashlib.sha256(b"y").hexdigest() + " of the wallet",
        "0x0000000000000000000000000000000000000000 is the null address of ethereum",
        "M13.5 3.2L18 7.9a1 1 0 0 1 0 1.4l-4.5 4.5",
        "data:image/png;base64,1BoatSLRHtKNngkdXEeobR76b53LETtpyT3abc+/=",
        "3AccessoriesForTheBathroomWithStyle",
        "LIMITEDEDITIONXLSUPERSOFTBLANKET7",
        "Order 100000000000000000000000000000",
    ],
)
def test_what_looks_like_an_address(text: str) -> None:
    """Mistyped addresses, commit ids, hashes, paths of drawings, encoded data and long words are no wallets."""
    assert wallets(f"<p>{text}</p>") == []


def test_ethereum_in_one_case_needs_a_coin_beside_it() -> None:
    """Without capitals there is no checksum: a word for coins must stand near, and the address itself is none."""
    plain = ethereum().lower()
    assert coin_of(plain, near=f"device {plain}") == ""
    assert coin_of(plain, near=f"USDT (ERC20): {plain}") == "ethereum"


def test_a_page_of_addresses_is_bounded() -> None:
    """A ledger of thousands is read up to a limit."""
    assert len(wallets("<p>" + f"{ethereum()} " * 5000 + "</p>")) == 1
