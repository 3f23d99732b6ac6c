"""Is the certificate of the host in order?"""

from __future__ import annotations

from collections.abc import Iterator

from pharmcheck.model import Certificate, Quote


def certificate_problem(tls: Certificate) -> Iterator[Quote]:
    """The host shows a certificate that browsers refuse.

    Why: card numbers and health details would go to nobody knows whom. A valid certificate says nothing for a site:
    anybody gets one.
    Source: RFC 9525 (names) and RFC 5280, section 6 (validation); the words are the verifier's.
    False alarm: a renewal that was forgotten, a host that never meant to answer https, or a network between that opens
    encrypted connections.
    """
    if tls.error:
        yield tls.quote
