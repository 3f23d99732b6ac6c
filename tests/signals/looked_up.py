"""What a live check looks up, with sane defaults, for the tests of the signals that ask it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from pharmcheck.model import Certificate, Names, Quote, Registration
from tests.builders import NOW

PROVED = ("created", "expires", "country", "privacy_service", "registrar")


def registration(age_days: int = 2000, **fields: Any) -> Registration:
    """Return the registration of shop.example, that many days old and paid for five years more."""
    created = NOW - timedelta(days=age_days)
    given = {
        "created": created,
        "expires": NOW + timedelta(days=5 * 365),
        "registrar": "Sample Registrar Ltd",
        **fields,
    }
    quotes = tuple(
        (f, Quote("https://rdap.registry.example/", str(given.get(f)), digest="d" * 64, offset=7)) for f in PROVED
    )
    return Registration("shop.example", "rdap", **given, quotes=quotes)


def names(**fields: Any) -> Names:
    """Return the DNS of shop.example, with a mail host."""
    given = {"mail": ("mx.host.example",), "answered": ("A", "MX"), **fields}
    quotes = tuple(
        (kind, Quote(f"dns:shop.example?type={kind}", "", f"{kind}: none", "d" * 64)) for kind in ("MX", "NS")
    )
    return Names("shop.example", "shop.example", **given, quotes=quotes)


def certificate(error: str = "") -> Certificate:
    """Return the certificate of shop.example, with what is wrong with it."""
    quote = Quote("tls://shop.example:443/", error, "what the verifier of certificates says", "d" * 64, 13)
    since, until = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
    return Certificate("shop.example", "Sample CA", ("shop.example",), since, until, quote, error=error)
