"""Checksums of coin addresses, against the vectors of their specifications."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmcheck.reading.checksums import BASE58, base58check, is_eip55, is_monero, is_segwit, keccak256
from tests.reading.coins import BITCOIN, monero


@pytest.mark.parametrize(
    ("message", "digest"),
    [
        (b"", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
        (b"abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
    ],
)
def test_keccak_of_known_messages(message: bytes, digest: str) -> None:
    """Keccak-256 gives the published digests (Keccak team, known answers), and reads messages of many blocks."""
    assert keccak256(message).hex() == digest
    assert len(keccak256(message * 200 + b"x" * 136)) == 32


@pytest.mark.parametrize(
    "address",
    [
        "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    ],
)
def test_segwit_vectors_hold(address: str) -> None:
    """Valid addresses of BIP 173 and BIP 350 are valid, in either case."""
    assert is_segwit(address)


@pytest.mark.parametrize(
    "address",
    [
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
        "tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47",
        "bc1Qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        "bc1",
        "",
    ],
)
def test_segwit_vectors_fail(address: str) -> None:
    """A changed letter, the checksum of the other version, mixed case and stumps are invalid (BIP 350)."""
    assert not is_segwit(address)


@pytest.mark.parametrize(
    "address", ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"]
)
def test_eip55_vectors(address: str) -> None:
    """The examples of ERC-55 hold; with one capital changed they do not."""
    assert is_eip55(address)
    assert not is_eip55(address[:-1] + address[-1].swapcase() if address[-1].isalpha() else address[:-3] + "D59")


@given(st.integers(0, len(BITCOIN) - 1), st.sampled_from(BASE58))
def test_one_wrong_letter_breaks_base58check(at: int, letter: str) -> None:
    """An address with one letter changed has no payload; the address itself has 21 bytes."""
    changed = BITCOIN[:at] + letter + BITCOIN[at + 1 :]
    assert len(base58check(changed)) == (21 if changed == BITCOIN else 0)


@given(st.integers(0, 94), st.sampled_from(BASE58))
def test_one_wrong_letter_breaks_monero(at: int, letter: str) -> None:
    """A Monero address with one letter changed is none."""
    right = monero()
    changed = right[:at] + letter + right[at + 1 :]
    assert is_monero(changed) == (changed == right)


@given(st.text(max_size=110))
def test_any_text_is_read(text: str) -> None:
    """No text raises, and none of these is an address."""
    assert base58check(text) == b"" or len(base58check(text)) > 0
    assert not is_monero(text)
    assert not is_segwit(text)
