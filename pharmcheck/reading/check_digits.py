"""Check digits of the numbers that persons and pharmacies in the United States have, and what is told of a wrong one."""

from __future__ import annotations

from stdnum import luhn

WRONG = "the check digit of this number is wrong"
_NPI_PREFIX = "80840"  # the issuer number of US health identifiers (ISO 7812), part of an NPI's check digit


def npi_holds(number: str) -> bool:
    """True when the check digit of a National Provider Identifier is right (45 CFR 162.406)."""
    return bool(luhn.is_valid(_NPI_PREFIX + number))


def dea_holds(number: str) -> bool:
    """True when the last digit is that of the first, third and fifth plus twice the second, fourth and sixth.

    Source: US Department of Justice, DEA Diversion Control Division, on how registration numbers are built.
    """
    digits = [int(sign) for sign in number[2:]]
    return (sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])) % 10 == digits[6]
