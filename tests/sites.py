"""Small sites from HTML, read by the real reader: the shortest way from bytes to a report in a test."""

from __future__ import annotations

from datetime import UTC, datetime

from pharmcheck.evidence import gather
from pharmcheck.model import Evidence, Prescription, Report, Site, Statement
from pharmcheck.pipeline import judge
from pharmcheck.reading.page import read_page
from pharmcheck.registries import load_registries
from pharmcheck.target import parse_target

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def site(pages: dict[str, str] | str, url: str = "https://shop.example/") -> Site:
    """Return a site of one page, or of {role: html}; the first role stands at `url`."""
    pages = {"home": pages} if isinstance(pages, str) else pages
    target = parse_target(url)
    addresses = [url] + [f"https://{target.host}/{role}" for role in list(pages)[1:]]
    read = [
        read_page(address, html.encode(), content_type="text/html; charset=utf-8", role=role)
        for address, (role, html) in zip(addresses, pages.items(), strict=True)
    ]
    return Site(target, NOW, tuple(read))


def evidence(pages: dict[str, str] | str, url: str = "https://shop.example/") -> Evidence:
    """Return the evidence of such a site, with the shipped registries."""
    return gather(site(pages, url), load_registries())


def said(pages: dict[str, str] | str) -> tuple[Statement, ...]:
    """Return what the words of such a site say about prescriptions."""
    prescription = evidence(pages).prescription
    assert isinstance(prescription, Prescription)
    return prescription.said


def report(pages: dict[str, str] | str, url: str = "https://shop.example/", countries: tuple[str, ...] = ()) -> Report:
    """Return the report on such a site, with the shipped registries."""
    return judge(site(pages, url), countries)


def fired(result: Report) -> set[str]:
    """Return the ids of the signals that moved the score."""
    return {reason.signal for reason in result.reasons}
