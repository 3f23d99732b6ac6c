"""Coin addresses made for tests: right in shape and checksum, and nobody's."""

from __future__ import annotations

from hashlib import sha256

from pharmcheck.reading.checksums import BASE58, keccak256

PAYLOAD = bytes(range(7, 27))  # what an address stands for: the hash of a key


def base58(raw: bytes) -> str:
    """Return bytes in Base58."""
    number, text = int.from_bytes(raw), ""
    while number:
        number, digit = divmod(number, 58)
        text = BASE58[digit] + text
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + text


def address(version: int, payload: bytes = PAYLOAD) -> str:
    """Return the Base58Check address of that version byte."""
    raw = bytes([version]) + payload
    return base58(raw + sha256(sha256(raw).digest()).digest()[:4])


def monero(version: int = 18) -> str:
    """Return a Monero address."""
    raw = bytes([version]) + bytes(range(64))
    raw += keccak256(raw)[:4]
    blocks = [raw[at : at + 8] for at in range(0, len(raw), 8)]
    return "".join(base58(block).rjust({8: 11, 5: 7}[len(block)], "1") for block in blocks)


def ethereum(digits: str = "00112233445566778899aabbccddeeff01234567") -> str:
    """Return an Ethereum address with the capitals that ERC-55 asks for."""
    marks = keccak256(digits.encode()).hex()
    return "0x" + "".join(c.upper() if int(m, 16) >= 8 else c for c, m in zip(digits, marks, strict=False))


BITCOIN, LITECOIN, TRON, DOGECOIN = address(0), address(0x30), address(0x41), address(0x1E)
