"""Target → capture → evidence → findings → report: the few lines on which everything stands."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pharmcheck.capture import CaptureOptions, capture, offline, replay, saved_page
from pharmcheck.evidence import PageReading, gather, read_one
from pharmcheck.examine import examine
from pharmcheck.grade import grade
from pharmcheck.law import country_code
from pharmcheck.model import Destination, Difference, Gap, Page, Report, Site
from pharmcheck.model.judged import ACCUSED
from pharmcheck.reading.landing import Parted, part
from pharmcheck.redirectors import parse_link
from pharmcheck.registries import load_registries
from pharmcheck.target import host_of, parse_target, registrable_domain

Progress = Callable[[str], None]


def judge(
    site: Site,
    countries: Sequence[str] = (),
    progress: Progress = lambda _: None,
    ahead: Mapping[Page, PageReading] | None = None,
) -> Report:
    """Judge a captured site for buyers in `countries` (ISO 3166-1 alpha-2). Pure but for the shipped registries.

    `ahead` holds what was found on pages while others were still on their way. Where a link merely leads on to a site
    that is to be accused, the report is on that one: its target is where the link ends, its `input` what was given.
    Raises ValueError for what is no country.
    """
    countries = [country_code(country) for country in countries]
    parted = part(site)
    if parted and (landing := _accused_landing(parted, countries)):
        return landing
    registries = load_registries()
    progress("asking the registers")
    evidence = gather(site, registries, ahead)
    progress("judging")
    report = grade(evidence, examine(evidence), countries)
    return replace(report, destinations=_destinations(site, evidence.vantage, countries), pictures=site.pictures)


def _accused_landing(parted: Parted, countries: Sequence[str]) -> Report | None:
    """Return the report on where a link leads if that alone is to be accused, and the host that led there is not.

    A listed domain of which everything leads elsewhere is not spared: it was bought for its entry.
    """
    landing = judge(parted.landing, countries)
    if landing.verdict not in ACCUSED:
        return None
    host = judge(parted.host, countries)
    lost = parted.all and any(entry.positive for entry in host.listings)
    return None if lost or host.verdict in ACCUSED else landing


def _destinations(site: Site, vantage: Sequence[Difference] | Gap, countries: Sequence[str]) -> tuple[Destination, ...]:
    """Judge each domain to which only some visitors are led on its own, by the page that they were shown there."""
    led: dict[str, list[Difference]] = {}
    for difference in () if isinstance(vantage, Gap) else vantage:
        if difference.elsewhere:
            led.setdefault(registrable_domain(host_of(difference.url)), []).append(difference)
    pages = {view.url: view.page for view in site.views if isinstance(view.page, Page) and view.page.status < 400}
    found = []
    for domain, differences in led.items():
        url = differences[0].url
        shown = tuple(replace(pages[d.url], role="home") for d in differences[:1] if d.url in pages)
        gap = Gap("site", "only the page to which some visitors of another site are led was read")
        report = judge(Site(parse_target(url), site.captured, shown, (gap,)), countries)
        why = next((r.title for r in report.reasons if r.points > 0), "")
        visitors = tuple(dict.fromkeys(d.visitor.value for d in differences))
        found.append(Destination(url, domain, visitors, report.verdict, report.risk, why))
    return tuple(found)


async def acheck(
    target: str,
    *,
    countries: Sequence[str] = (),
    options: CaptureOptions | None = None,
    progress: Progress = lambda _: None,
) -> Report:
    """Capture `target` (a URL, a bare or defanged domain) and judge it.

    What the network does never raises: it becomes gaps of the report. Raises TargetError for what is no web address, and
    ValueError for what is no country.
    """
    countries = [country_code(country) for country in countries]
    options = options or CaptureOptions(now=datetime.now(UTC), vantage=True, look_ups=True)
    given = parse_link(target)
    ahead: dict[Page, PageReading] = {}

    def read(page: Page) -> None:
        ahead[page] = read_one(given, page)

    site = await capture(given, replace(options, issuer_hosts=issuer_hosts()), progress, read)
    return judge(site, countries, progress, ahead)


def issuer_hosts() -> tuple[str, ...]:
    """Return the hosts of the registers, whose pages tell whether a seal is real."""
    return tuple(sorted({host for registry in load_registries().all for host in registry.hosts}))


def check(
    target: str,
    *,
    countries: Sequence[str] = (),
    options: CaptureOptions | None = None,
    progress: Progress = lambda _: None,
) -> Report:
    """The same as `acheck`, for code without an event loop."""
    return asyncio.run(acheck(target, countries=countries, options=options, progress=progress))


def check_replay(path: Path, *, countries: Sequence[str] = ()) -> Report:
    """Judge a saved capture; its clock is the record's date. Raises ArchiveError for a cut-off or foreign file."""
    return judge(replay(path), countries)


def check_saved(path: Path, url: str, *, countries: Sequence[str] = (), now: datetime) -> Report:
    """Judge one saved page (HTML, MHTML, web archive, plain text or .eml) as if it stood at `url`. Raises TargetError, OSError."""
    return judge(saved_page(path, url, now=now), countries)


def check_offline(target: str, *, countries: Sequence[str] = (), now: datetime) -> Report:
    """Judge by name and registries only, without any network. Raises TargetError."""
    return judge(offline(parse_link(target), now), countries)
