"""Captures a site over the network, and plays a recorded one again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from pharmcheck.capture.archive import Recording, ReplayTransport, load, save
from pharmcheck.capture.client import Client
from pharmcheck.capture.crawl import Crawl, Progress
from pharmcheck.capture.lookups import is_asked, look_up, look_up_live, recorded, recorded_tables, servers
from pharmcheck.capture.options import CaptureOptions
from pharmcheck.model import Gap, Site, Target


async def capture(target: Target, options: CaptureOptions, progress: Progress = lambda _: None) -> Site:
    """Read the site of `target` within the limits of `options`; `progress` is told what is being read.

    Whatever the network does becomes a Gap. With `options.record` all exchanges are kept as WARC; then OSError is
    raised where the file cannot be written.
    """
    if is_asked(target, options):
        options = replace(options, registration_servers=servers(target, options))
    else:
        options = replace(options, look_ups=False)
    async with Client(options) as client, asyncio.TaskGroup() as both:
        crawl = Crawl(target, client, progress, None)
        beside = both.create_task(look_up_live(target, options)) if options.look_ups else None
        site = await crawl.run()
    found = beside.result() if beside else None
    if options.record:
        save(options.record, target, options, (*crawl.exchanges(), *(found.exchanges if found else ())))
    return found.on(site) if found else site


async def play(recording: Recording, progress: Progress = lambda _: None) -> Site:
    """Return the site that recorded answers show: the same crawl runs again over them, and nothing else is asked."""
    transport = ReplayTransport(recording.exchanges)
    async with Client(recording.options, transport) as client:
        site = await Crawl(recording.target, client, progress, transport.holds).run()
    if recording.options.look_ups:
        ask, tables = recorded(recording.exchanges), recorded_tables(recording.exchanges)
        site = (await look_up(recording.target, recording.options, ask, tables)).on(site)
    if not recording.problems:
        return site
    lost = Gap("recording", f"{len(recording.problems)} records were left out ({recording.problems[0]})")
    return replace(site, gaps=(*site.gaps, lost))


def replay(path: Path, progress: Progress = lambda _: None) -> Site:
    """Return the site that a recording holds: target, clock and limits are those of the recording.

    Raises ArchiveError for a file that is cut off or no WARC, OSError where it cannot be read. Not for use inside a
    running event loop.
    """
    return asyncio.run(play(load(path), progress))
