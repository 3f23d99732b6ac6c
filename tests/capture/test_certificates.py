"""Certificates as a server on loopback shows them: trusted, refused, expired, none."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from pharmcheck.capture.certificates import read_certificate
from pharmcheck.capture.exchange import Exchange
from pharmcheck.model import Certificate
from tests.capture.world import (
    World,
    look,
    shown,
    why,
)


def test_certificate() -> None:
    """The certificate of the host is read: issuer, names, dates, organisation; nothing is wrong with it."""
    found = look(World()).tls
    assert isinstance(found, Certificate)
    assert (found.host, found.error) == ("shop.example", "")
    assert "shop.example" in found.names
    assert found.issuer.startswith("trustme")
    assert found.organisation == "Sample Trading Ltd"
    assert found.since < found.until


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda ca: ca.issue_cert("shop.example"), "certificate"),
        (lambda ca: ca.issue_cert("other.example"), "certificate"),
    ],
)
def test_certificate_that_is_refused(make: Callable[[trustme.CA], trustme.LeafCert], words: str) -> None:
    """A refused certificate is looked at all the same, and what is wrong stands in the verifier's words."""
    found = look(World(certificate=shown(make))).tls
    assert isinstance(found, Certificate)
    assert words in found.error
    assert found.quote.text == found.error
    assert found.quote.offset


def test_expired_certificate(tmp_path: Path) -> None:
    """An expired certificate says so."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "own.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("shop.example", not_after=datetime(2020, 1, 1, tzinfo=UTC)).configure_cert(context)
    found = look(World(certificate=context), ca_file=tmp_path / "own.pem").tls
    assert isinstance(found, Certificate)
    assert "expired" in found.error
    assert found.until == datetime(2020, 1, 1, tzinfo=UTC)


def test_no_tls() -> None:
    """A host that speaks no TLS is a gap with the reason."""
    world = World()
    world.shop.context = None
    assert "certificate of shop.example" in why(look(world, "http://shop.example", timeout_s=1).tls)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"[" * 100_000, b'{"certificate": 1, "error": ""}', b'{"certificate": "x"}']
)
def test_a_recorded_certificate_that_is_none(body: bytes) -> None:
    """What a recording holds in place of a certificate is a gap, whatever it is."""
    assert "it cannot be read" in why(read_certificate(Exchange("tls://shop.example:443/", body=body)))
