"""Whom other systems are told of: which of a report's names may be acted upon, and what is said in one line."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from uuid import UUID, uuid5

from pharmcheck.audit.identity import is_chat
from pharmcheck.model import HostState, Report, Verdict
from pharmcheck.model.judged import ACCUSED
from pharmcheck.reading.landing import end_elsewhere
from pharmcheck.reading.sellers import SELLERS
from pharmcheck.report import words
from pharmcheck.report.clean import clean, shortened, spoken
from pharmcheck.report.verdicts import wording
from pharmcheck.results.reports import site_of
from pharmcheck.target import host_of, registrable_domain

SPACE = UUID("6d0f4c1e-9b0b-5a53-8d2c-7f4f3f1e8a10")  # ours: the same report gets the same identifiers
_NAME = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")


@dataclass(frozen=True, slots=True)
class Accused:
    """What of a site is named: `kind` is `domain`, `host`, `ipv4`, `ipv6` or `url`, and `value` that name."""

    kind: str
    value: str


def accused(report: Report) -> Accused | None:
    """Return what of a rogue or suspicious site may be acted upon, None for other verdicts.

    Where the host belongs to somebody else than the seller, a platform, a forum or a victim, or merely leads on, it is the
    address of the page.
    """
    if report.verdict not in ACCUSED:
        return None
    host = report.target.host
    shared = report.host.state is not HostState.OWN or "/" in site_of(report) or is_chat(host) or _only_leads_on(report)
    promotes = report.verdict is not Verdict.ROGUE and report.kind.name not in SELLERS
    if shared or promotes:
        return Accused("url", report.target.url)
    try:
        return Accused(f"ipv{ipaddress.ip_address(host.strip('[]')).version}", host.strip("[]"))
    except ValueError:
        if not is_name(host):
            return Accused("url", report.target.url)
    return Accused("domain" if host == report.target.domain else "host", host)


def _only_leads_on(report: Report) -> bool:
    """True where a link leads off its host, and nothing against it was quoted from other pages of that host."""
    target = report.target
    if not target.is_page or not end_elsewhere(report.views, target):
        return False
    quoted = {quote.url for reason in words.against(report) for quote in reason.quotes} - {target.url}
    return not any(registrable_domain(host_of(url)) == target.domain for url in quoted)


def is_name(host: str) -> bool:
    """True for a host name in the letters that DNS allows, with a top-level domain."""
    return _NAME.fullmatch(host) is not None


def in_short(report: Report) -> str:
    """Say in one line of clean text what was found and why; no address in it can be clicked."""
    why = "; ".join(spoken(r.title) for r in words.against(report)[:5])
    return shortened(f"{wording(report).sentence}; {words.risk_words(report)}. {why}.", 1_000)


def identifier(kind: str, *parts: str) -> str:
    """Return the UUID of a thing of that kind, the same for the same parts."""
    return str(uuid5(SPACE, "\n".join((kind, *map(clean, parts)))))
