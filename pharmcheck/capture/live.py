"""Captures a site over the network, and plays a recorded one again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from pharmcheck.capture.archive import Recording, ReplayTransport, load, save
from pharmcheck.capture.client import Client
from pharmcheck.capture.crawl import Crawl, Progress
from pharmcheck.capture.options import CaptureOptions
from pharmcheck.model import Gap, Site, Target


async def capture(target: Target, options: CaptureOptions, progress: Progress = lambda _: None) -> Site:
    """Read the site of `target` within the limits of `options`; `progress` is told what is being read.

    Whatever the network does becomes a Gap. With `options.record` all exchanges are kept as WARC; then OSError is
    raised where the file cannot be written.
    """
    async with Client(options) as client:
        crawl = Crawl(target, client, progress, None)
        site = await crawl.run()
    if options.record:
        save(options.record, target, options, crawl.exchanges())
    return site


async def play(recording: Recording, progress: Progress = lambda _: None) -> Site:
    """Return the site that recorded answers show: the same crawl runs again over them, and nothing else is asked."""
    transport = ReplayTransport(recording.exchanges)
    async with Client(recording.options, transport) as client:
        site = await Crawl(recording.target, client, progress, transport.holds).run()
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
