"""Evidence: what gathering adds to reading."""

from __future__ import annotations

from datetime import UTC, datetime

from pharmcheck.evidence import gather
from pharmcheck.model import Site
from pharmcheck.reading.page import read_page
from pharmcheck.registries import load_registries
from pharmcheck.target import parse_target


def test_a_promoted_seller_is_looked_up() -> None:
    """A seller that a page points to carries what warning lists hold on its domain."""
    registries = load_registries()
    warned = next(e for e in registries.listings if e.status == "warned" and e.domain)
    body = f"<p>Buy cheap Viagra online without prescription at https://{warned.domain}/ today</p>".encode()
    url = "https://forum.example/viewtopic.php?t=1"
    page = read_page(url, body, content_type="text/html", role="pasted", status=200)
    found = gather(Site(parse_target(url), datetime(2026, 11, 1, tzinfo=UTC), (page,)), registries).promoted
    assert warned in [e for seller in found for e in seller.listings]
