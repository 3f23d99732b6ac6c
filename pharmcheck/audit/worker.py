"""A process that checks sites for an audit: several at once, and none of its troubles reach the others."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from multiprocessing.connection import Connection
from typing import Any

from pharmcheck.audit.assignments import OWN_FAULTS, Answer, OwnFaultError, Settings
from pharmcheck.audit.store import Job
from pharmcheck.capture import CaptureOptions, offline
from pharmcheck.capture.options import MAX_PAGES, replayed
from pharmcheck.model import Gap, Site
from pharmcheck.pipeline import issuer_hosts, judge
from pharmcheck.target import TargetError, parse_target

_NEW_OBJECTS = 50_000  # between two looks of the collector; judging a page makes as many that are no garbage


def serve(connection: Connection, settings: Settings) -> None:
    """Answer the jobs that come over `connection` until it is closed, be it because the other end was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    asyncio.run(_serve(connection, settings))


async def _serve(connection: Connection, settings: Settings) -> None:
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    running: set[asyncio.Task[None]] = set()
    judging, sending = ThreadPoolExecutor(1, "judging"), ThreadPoolExecutor(1, "sending")

    def begin() -> None:
        try:
            job, pages = connection.recv()
        except (EOFError, OSError):
            loop.remove_reader(connection.fileno())
            ended.set()
            return
        task = loop.create_task(answer(job, pages))
        running.add(task)
        task.add_done_callback(running.discard)

    async def answer(job: Job, pages: list[bytes]) -> None:
        await send(Answer(job.identity, None))  # it has begun
        try:
            await send(await check_job(job, pages, settings, judging))
        except OwnFaultError as error:
            await send(error)

    async def send(found: Answer | OwnFaultError) -> None:
        """Send from a thread: while the other end writes it does not read, and here somebody must go on reading."""
        try:
            await loop.run_in_executor(sending, connection.send, found)
        except OSError:
            os._exit(0)

    loop.add_reader(connection.fileno(), begin)
    await ended.wait()
    os._exit(0)  # nobody waits for the answers in the making


async def check_job(job: Job, pages: list[bytes], settings: Settings, judging: Executor) -> Answer:
    """Return the report on a site as plain JSON values; whatever goes wrong is a gap of it.

    Judging, work for the processor, is done in `judging`: meanwhile the other sites are read, and nobody's answer comes
    too late because we did not listen. Raises OwnFaultError where nothing can be opened any more.
    """
    evidence = b""
    try:
        if settings.source == "live":
            site, evidence = await _read(job, settings)
        elif settings.source == "warc":
            site = await _replayed(job, pages, settings)
        else:
            site = offline(parse_target(job.target), settings.started)
        report = await asyncio.get_running_loop().run_in_executor(judging, _judged, site, settings)
    except OwnFaultError:
        raise
    except TargetError as error:
        report = failed(job, f"it is no web address: {error}", settings)
    except Exception as error:  # one site that we fail on must not cost the others; told in its report
        report = failed(job, f"pharmcheck failed on it: {type(error).__name__}: {error}", settings)
    return Answer(job.identity, report, evidence)


def _judged(site: Site, settings: Settings) -> dict[str, Any]:
    report = judge(site, settings.countries).as_dict()
    _settle()
    return report


@cache
def _settle() -> None:
    """Keep the garbage collector from what stays: tables of words and registers, which it would walk again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 100)


async def _read(job: Job, settings: Settings) -> tuple[Site, bytes]:
    """Return a site as it is now, and its recording where evidence is kept."""
    from pharmcheck.audit.recordings import recording_of  # noqa: PLC0415 - imports the HTTP client
    from pharmcheck.capture.live import read_site  # noqa: PLC0415

    target = parse_target(job.target)
    options = CaptureOptions(now=datetime.now(UTC), issuer_hosts=issuer_hosts(), **settings.options)
    try:
        found = await read_site(target, options)
    except OSError as error:
        if error.filename is None and error.errno not in OWN_FAULTS:
            raise  # of the network, which should have been a gap: one site must not end the audit of the others
        raise OwnFaultError(str(error)) from None
    return found.site, recording_of(job.identity, target, found) if settings.evidence else b""


@contextmanager
def _told_as_ours() -> Iterator[None]:
    """Tell a failure of this machine from one of a file."""
    try:
        yield
    except OSError as error:
        if error.errno not in OWN_FAULTS:
            raise
        raise OwnFaultError(str(error)) from None


async def _replayed(job: Job, pages: list[bytes], settings: Settings) -> Site:
    from pharmcheck.audit.located import page_of  # noqa: PLC0415 - reads with the HTTP client
    from pharmcheck.audit.recordings import recording_at  # noqa: PLC0415
    from pharmcheck.capture.archive import Recording  # noqa: PLC0415 - imports the HTTP client
    from pharmcheck.capture.live import play  # noqa: PLC0415

    if job.target.startswith(("file:", "part:")):
        with _told_as_ours():
            recording = recording_at(job.target)
    else:
        with _told_as_ours():
            exchanges = tuple(map(page_of, pages))
        options = replayed(settings.started, markup_hops=False)
        recording = Recording(parse_target(job.target), options, exchanges, ())
    site = await play(recording)
    if len(pages) < MAX_PAGES or job.links <= MAX_PAGES:
        return site
    why = f"recording: of the pages of this site that were recorded the first {MAX_PAGES} were judged"
    return replace(site, gaps=(*site.gaps, Gap("recording", why)))


def failed(job: Job, why: str, settings: Settings) -> dict[str, Any]:
    """Return the report on a site that could not be checked at all."""
    target = replace(parse_target("unreadable.invalid"), input=job.target)
    for name in (job.target, job.identity):  # a recording is named by its file, its site by itself
        with suppress(TargetError):
            target = parse_target(name)
            break
    return judge(Site(target, settings.started, (), (Gap("pages", why),)), settings.countries).as_dict()
