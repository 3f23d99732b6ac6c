"""Target → capture → evidence → findings → report: the few lines on which everything stands."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pharmcheck.capture import CaptureOptions, capture, offline, replay, saved_page
from pharmcheck.evidence import gather
from pharmcheck.examine import examine
from pharmcheck.grade import grade
from pharmcheck.model import Report, Site
from pharmcheck.registries import load_registries
from pharmcheck.target import parse_target

Progress = Callable[[str], None]


def judge(site: Site, countries: Sequence[str] = (), progress: Progress = lambda _: None) -> Report:
    """Judge a captured site for buyers in `countries` (ISO 3166-1 alpha-2). Pure but for the shipped registries."""
    registries = load_registries()
    progress("asking the registers")
    evidence = gather(site, registries)
    progress("judging")
    return grade(evidence, examine(evidence), countries)


async def acheck(
    target: str,
    *,
    countries: Sequence[str] = (),
    options: CaptureOptions | None = None,
    progress: Progress = lambda _: None,
) -> Report:
    """Capture `target` (a URL, a bare or defanged domain) and judge it.

    What the network does never raises: it becomes gaps of the report. Raises TargetError for what is no web address.
    """
    options = options or CaptureOptions(now=datetime.now(UTC))
    issuers = tuple(sorted({host for registry in load_registries().all for host in registry.hosts}))
    site = await capture(parse_target(target), replace(options, issuer_hosts=issuers), progress)
    return judge(site, countries, progress)


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
    """Judge one saved page (HTML, plain text or .eml) as if it stood at `url`. Raises TargetError, OSError."""
    return judge(saved_page(path, url, now=now), countries)


def check_offline(target: str, *, countries: Sequence[str] = (), now: datetime) -> Report:
    """Judge by name and registries only, without any network. Raises TargetError."""
    return judge(offline(parse_target(target), now), countries)
