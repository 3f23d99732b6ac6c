"""Coin addresses on a page: only those whose checksum holds, so that hashes and encoded data are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from pharmcheck.model import Detail, Page, Quote
from pharmcheck.reading.checksums import base58check, is_eip55, is_monero, is_segwit
from pharmcheck.reading.landmarks import landmarks
from pharmcheck.reading.signs import byte_table, sifted

# A page of a shop shows a few; a longer list is a ledger, and each Keccak costs 0.4 ms.
_MAX_CANDIDATES = 30
_B58 = "1-9A-HJ-NP-Za-km-z"
_SEGWIT = r"1[02-9ac-hj-np-zAC-HJ-NP-Z]{11,87}"
# It begins with the first letter itself, so that the search may skip to one.
_ADDRESS = re.compile(
    rf"[bBlL013489ADMTX](?<![0-9A-Za-z+/=].)(?:(?:(?<=b)c|(?<=l)tc|(?<=B)C|(?<=L)TC){_SEGWIT}|(?<=0)x[0-9a-fA-F]{{40}}"
    rf"|(?<=[48])[{_B58}]{{94}}(?:[{_B58}]{{11}})?|(?<=[139ALMDTX])[{_B58}]{{25,34}})(?![0-9A-Za-z+/=])"
)
_ALPHANUMERIC = byte_table(lambda sign: "a" if sign.isalnum() else " ")
_SHORTEST = b"a" * 14
# Base58Check version byte: coin (chainparams of Bitcoin, Litecoin, Dogecoin and Dash; TRON developer guide).
_VERSIONS = {
    0x00: "bitcoin",
    0x05: "bitcoin",
    0x30: "litecoin",
    0x32: "litecoin",
    0x1E: "dogecoin",
    0x16: "dogecoin",
    0x41: "tron",
    0x4C: "dash",
}
_PAYLOAD = 21  # version byte and a 160-bit hash
# An Ethereum address in one case has no checksum: then a word for coins must stand near it.
_COIN_WORD = re.compile(
    r"\b(?:eth|ethereum|ether|erc-?20|bep-?20|bnb|usdt|usdc|tether|polygon|matic|crypto\w*|coins?|wallet)\b", re.I
)
_NEAR = 120
_ATTRIBUTE = re.compile(r"""\b(?:value|data-[a-z-]{1,30})=["']([a-z]{0,12}:?[0-9A-Za-z]{26,106})["']""")


def find_wallets(page: Page) -> Iterator[Detail]:
    """Yield the coin addresses of the page as details of kind `wallet`, each once.

    They are sought in the text, in links and pictures (`bitcoin:…`, QR codes) and in what a field or a copy button
    holds. The value is the address as written, in lower case where case says nothing; the note names the coin.
    """
    seen: set[str] = set()
    for text, start, quote in _written(page):
        address = text[start : start + len(quote.text)]
        coin = coin_of(address, near=text[max(0, start - _NEAR) : start + len(address) + _NEAR])
        value = address.lower() if coin == "ethereum" or is_segwit(address) else address
        if coin and value not in seen:
            seen.add(value)
            yield Detail("wallet", value, Quote(quote.url, quote.text, f"{coin} address, {quote.note}", quote.digest))


def coin_of(address: str, near: str = "") -> str:
    """Return the coin of a valid address, "" for anything else; `near` is the text around it."""
    if address[:2] == "0x":
        digits = address[2:]
        if len(digits) != 40 or len(set(digits)) < 8:  # 0x000…dead and the like are burnt or made up
            return ""
        mixed = digits not in (digits.lower(), digits.upper())
        return "ethereum" if (is_eip55(address) if mixed else _COIN_WORD.search(near.replace(address, ""))) else ""
    if address[:4].lower().startswith(("bc1", "ltc1")):
        return ("bitcoin" if address[0] in "bB" else "litecoin") if is_segwit(address) else ""
    if len(address) in (95, 106):
        return "monero" if is_monero(address) else ""
    payload = base58check(address)
    return _VERSIONS.get(payload[0], "") if len(payload) == _PAYLOAD else ""


def _written(page: Page) -> Iterator[tuple[str, int, Quote]]:
    """Yield what has the shape of an address: the string that it stands in, its offset there, and its quote."""
    left = _MAX_CANDIDATES
    for note, text in _strings(page):
        for match in _shaped(text):
            yield text, match.start(), Quote(page.url, match[0], note, page.digest)
            left -= 1
            if not left:
                return


def _shaped(text: str) -> Iterator[re.Match[str]]:
    """Yield what has the shape of an address: only letters and digits that stand in a long row are tried."""
    kinds = sifted(text, _ALPHANUMERIC)
    start = kinds.find(_SHORTEST)
    while start >= 0:
        end = kinds.find(b" ", start)
        end = end if end >= 0 else len(kinds)
        yield from _ADDRESS.finditer(text, start, end + 1)
        start = kinds.find(_SHORTEST, end)


def _strings(page: Page) -> Iterator[tuple[str, str]]:
    """Yield where to seek (a note for people) and the string there."""
    yield "in the text", page.text
    urls = [
        url for url in (*(link.url for link in page.links), *(image.url for image in page.images)) if len(url) >= 26
    ]
    if next(_shaped(unquote("\n".join(urls))), None):  # hardly ever: one search for all of them
        for url in urls:
            yield "in a link or picture", unquote(url) if "%" in url else url
    # The button says what it copies; to seek in every source would cost 20 ms a page.
    if "coin" in landmarks(page.text):
        for match in _ATTRIBUTE.finditer(page.source):
            yield "in a field or button", match[1]
