"""Checksums of coin addresses: Base58Check, Bech32 and Bech32m, EIP-55, Monero. Pure arithmetic and hashlib."""

from __future__ import annotations

from hashlib import sha256

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
# BIP 173 for witness version 0, BIP 350 for the later ones.
_BECH32_FINAL = {True: 1, False: 0x2BC830A3}
# Bytes that 2, 3, 5, 6, 7, 9, 10 or 11 Base58 characters of a Monero address stand for.
_MONERO_BLOCK = {2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8}
_KECCAK_RATE = 136
_KECCAK_MASK = (1 << 64) - 1


def base58check(text: str) -> bytes:
    """Return the payload of a Base58Check string, version byte first; b"" if its checksum fails.

    Source: Bitcoin wiki, Base58Check encoding.
    """
    number = 0
    for char in text:
        digit = BASE58.find(char)
        if digit < 0:
            return b""
        number = number * 58 + digit
    zeros = len(text) - len(text.lstrip("1"))
    raw = bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)
    payload, check = raw[:-4], raw[-4:]
    return payload if len(raw) > 4 and sha256(sha256(payload).digest()).digest()[:4] == check else b""


def is_segwit(text: str) -> bool:
    """True for a valid SegWit address, whatever its prefix, all in one case (BIP 173, BIP 350)."""
    if text != text.lower() and text != text.upper():
        return False
    prefix, _, data = text.lower().rpartition("1")
    if not prefix or len(data) < 8 or len(text) > 90 or set(data) - set(_BECH32):
        return False
    values = [_BECH32.index(char) for char in data]
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    size = len(values[1:-6]) * 5 // 8
    fits = size in (20, 32) if values[0] == 0 else 2 <= size <= 40
    return values[0] <= 16 and fits and _polymod(expanded + values) == _BECH32_FINAL[values[0] == 0]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate(_BECH32_GENERATOR):
            check ^= term if top >> bit & 1 else 0
    return check


def is_eip55(text: str) -> bool:
    """True when the capitals of `0x` and 40 hexadecimal digits are those that ERC-55 asks for."""
    digits = text[2:]
    marks = keccak256(digits.lower().encode()).hex()
    return all(
        char == (char.upper() if int(mark, 16) >= 8 else char.lower())
        for char, mark in zip(digits, marks, strict=False)
    )


def is_monero(text: str) -> bool:
    """True for a Monero address: main network, right length, Keccak checksum (monero-project, cryptonote_basic)."""
    raw = b""
    for at in range(0, len(text), 11):
        block, number = text[at : at + 11], 0
        for char in block:
            digit = BASE58.find(char)
            if digit < 0:
                return False
            number = number * 58 + digit
        size = _MONERO_BLOCK.get(len(block), 0)
        if not size or number >> 8 * size:
            return False
        raw += number.to_bytes(size)
    # 18: an account, 19: with a payment id, 42: a subaddress
    return len(raw) in (69, 77) and raw[0] in (18, 19, 42) and keccak256(raw[:-4])[:4] == raw[-4:]


def keccak256(message: bytes) -> bytes:
    """Return Keccak-256 with the padding of the original submission (Ethereum, Monero), not that of SHA3-256."""
    padded = bytearray(message) + b"\x01"
    padded += bytes(-len(padded) % _KECCAK_RATE)
    padded[-1] |= 0x80
    state = [0] * 25
    for at in range(0, len(padded), _KECCAK_RATE):
        for lane in range(_KECCAK_RATE // 8):
            state[lane] ^= int.from_bytes(padded[at + 8 * lane : at + 8 * lane + 8], "little")
        state = _permuted(state)
    return b"".join(lane.to_bytes(8, "little") for lane in state[:4])


def _permuted(state: list[int]) -> list[int]:
    """Return Keccak-f[1600] of 25 lanes (FIPS 202, section 3.3); its constants come from the register of 3.2.5."""
    register = 1
    for _ in range(24):
        columns = [state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20] for x in range(5)]
        mixed = [columns[x - 1] ^ _turned(columns[(x + 1) % 5], 1) for x in range(5)]
        state = [lane ^ mixed[i % 5] for i, lane in enumerate(state)]
        x, y, held = 1, 0, state[1]
        for step in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            held, state[x + 5 * y] = state[x + 5 * y], _turned(held, (step + 1) * (step + 2) // 2)
        state = [
            lane ^ (~state[i - i % 5 + (i + 1) % 5] & state[i - i % 5 + (i + 2) % 5]) & _KECCAK_MASK
            for i, lane in enumerate(state)
        ]
        for bit in range(7):
            register = (register << 1) ^ (register >> 7) * 0x171
            state[0] ^= (register >> 1 & 1) << ((1 << bit) - 1)
    return state


def _turned(lane: int, by: int) -> int:
    by %= 64
    return (lane << by | lane >> 64 - by) & _KECCAK_MASK
