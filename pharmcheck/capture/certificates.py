"""The certificate that a host showed, as recorded → Certificate."""

from __future__ import annotations

import json
from datetime import UTC
from urllib.parse import urlsplit

from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.proof import WRONG_SHAPE, quote_from, tidy
from pharmcheck.model import Certificate, Gap

_MOST_NAMES = 100  # authorities allow that many on one certificate


def read_certificate(exchange: Exchange) -> Certificate | Gap:
    """Return the certificate, or why none was seen."""
    from cryptography import x509  # noqa: PLC0415 - on use: it takes 0.1 s
    from cryptography.x509.oid import NameOID  # noqa: PLC0415

    host = urlsplit(exchange.url).hostname or ""
    if exchange.error:
        return Gap("tls", f"certificate of {host}: {exchange.error}")
    try:
        seen = json.loads(exchange.body)
        found = x509.load_pem_x509_certificate(str(seen["certificate"]).encode())
        error = tidy(seen["error"])
        try:
            listed = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
            names = [*listed.get_values_for_type(x509.DNSName), *map(str, listed.get_values_for_type(x509.IPAddress))]
        except x509.ExtensionNotFound:
            names = []

        def first(name: x509.Name, *kinds: x509.ObjectIdentifier) -> str:
            return next((tidy(a.value) for kind in kinds for a in name.get_attributes_for_oid(kind)), "")

        return Certificate(
            host=host,
            issuer=first(found.issuer, NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME),
            names=tuple(sorted({tidy(n).lower() for n in names[:_MOST_NAMES]})),
            since=found.not_valid_before_utc.astimezone(UTC),
            until=found.not_valid_after_utc.astimezone(UTC),
            organisation=first(found.subject, NameOID.ORGANIZATION_NAME) if not error else "",
            error=error,
            quote=quote_from(exchange, error, "what the verifier of certificates says" if error else "certificate"),
        )
    except (*WRONG_SHAPE, x509.DuplicateExtension, x509.UnsupportedGeneralNameType) as error_:
        return Gap("tls", f"certificate of {host}: it cannot be read: {error_}")
