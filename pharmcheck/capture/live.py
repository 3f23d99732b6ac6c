"""Captures a site over the network, and plays a recorded one again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pharmcheck.capture.archive import Recording, load, save
from pharmcheck.capture.budget import LOOK_UP_REQUESTS, Share
from pharmcheck.capture.client import Client
from pharmcheck.capture.crawl import Arrived, Crawl, Progress
from pharmcheck.capture.exchange import Exchange, once
from pharmcheck.capture.options import CaptureOptions
from pharmcheck.capture.playback import ReplayTransport
from pharmcheck.capture.rendering import Render, recorded_render
from pharmcheck.model import Gap, Site, Target


@dataclass(frozen=True, slots=True)
class Captured:
    """A site, and what a recording of it holds: the options with which it was read, and all exchanges."""

    site: Site
    options: CaptureOptions
    exchanges: tuple[Exchange, ...]


async def capture(
    target: Target,
    options: CaptureOptions,
    progress: Progress = lambda _: None,
    arrived: Arrived | None = None,
) -> Site:
    """Read the site of `target` within the limits of `options`; `progress` is told what is being read.

    `arrived` is given pages while others are awaited, so that it can use that time; not all, and in no order.

    Whatever the network does becomes a Gap. OSError is raised where this machine cannot open a file any more; with
    `options.record` all exchanges are kept as WARC, and then also where that cannot be written.
    """
    found = await read_site(target, options, progress, arrived)
    if options.record:
        save(options.record, target, found.options, found.exchanges)
    return found.site


async def read_site(
    target: Target, options: CaptureOptions, progress: Progress = lambda _: None, arrived: Arrived | None = None
) -> Captured:
    """Read the site of `target` as `capture` does, and return it with its exchanges; nothing is written."""
    from pharmcheck.capture.lookups import is_asked, look_up_live, servers  # noqa: PLC0415 - a replay asks nobody

    if is_asked(target, options):
        options = replace(options, registration_servers=servers(target, options))
    else:
        options = replace(options, look_ups=False)
    try:
        async with Client(options) as client, _browser(options, client) as render, asyncio.TaskGroup() as both:
            crawl = Crawl(target, client, progress, arrived=arrived, render=render)
            beside = None
            if options.look_ups:
                looks = look_up_live(target, options, client.budget)
                beside = client.budget.beside(both, Share.LOOK_UPS, LOOK_UP_REQUESTS, looks)
            site = await crawl.run()
    except ExceptionGroup as failed:  # of tasks that nobody outside knows of: the first failure says what happened
        raise _first(failed) from failed
    found = beside.result() if beside else None
    exchanges = tuple(once((*crawl.exchanges(), *(found.exchanges if found else ()))))
    return Captured(found.on(site) if found else site, options, exchanges)


def _first(failed: ExceptionGroup[Exception]) -> Exception:
    """Return the first failure of a group, which may hold groups itself."""
    first = failed.exceptions[0]
    return _first(first) if isinstance(first, ExceptionGroup) else first


@asynccontextmanager
async def _browser(options: CaptureOptions, client: Client) -> AsyncIterator[Render | None]:
    """Lend a browser, None where none is asked for."""
    if not options.render:
        yield None
        return
    from pharmcheck.capture.browser import Browser  # noqa: PLC0415 - only few checks render

    async with Browser(options, client) as browser:
        yield browser


async def play(recording: Recording, progress: Progress = lambda _: None) -> Site:
    """Return the site that recorded answers show: the same crawl runs again over them, and nothing else is asked."""
    transport = ReplayTransport(recording.exchanges)
    async with Client(recording.options, transport) as client:
        render = recorded_render(recording.exchanges) if recording.options.render else None
        site = await Crawl(recording.target, client, progress, recorded=transport.holds, render=render).run()
    if recording.options.look_ups:
        from pharmcheck.capture.lookups import look_up, recorded, recorded_tables  # noqa: PLC0415 - few recordings hold any

        ask, tables = recorded(recording.exchanges), recorded_tables(recording.exchanges)
        site = (await look_up(recording.target, recording.options, ask, tables)).on(site)
    others: tuple[Gap, ...] = ()
    if recording.others:
        held = f"it holds {recording.others + 1} sites, and only {recording.target.host} was judged"
        others = (Gap("recording", f"{held}: name one as TARGET, or use audit --from-warc"),)
    lost: tuple[Gap, ...] = ()
    if recording.problems:
        lost = (Gap("recording", f"{len(recording.problems)} records were left out ({recording.problems[0]})"),)
    return replace(site, gaps=(*others, *site.gaps, *lost))


def replay(path: Path, progress: Progress = lambda _: None) -> Site:
    """Return the site that a recording holds: target, clock and limits are those of the recording.

    Raises ArchiveError for a file that is cut off or no WARC, OSError where it cannot be read. Not for use inside a
    running event loop.
    """
    return asyncio.run(play(load(path), progress))
