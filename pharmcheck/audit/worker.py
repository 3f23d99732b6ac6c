"""A process that checks sites for an audit: several at once, and none of its troubles reach the others."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import re
import signal
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pharmcheck.audit.politeness import Limits
from pharmcheck.audit.store import Job
from pharmcheck.capture import CaptureOptions, offline
from pharmcheck.model import Gap, Site
from pharmcheck.pipeline import acheck, judge
from pharmcheck.target import TargetError, parse_target

# Disks and descriptors; other errors with a file's name are of our files as well.
_OURS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EMFILE, errno.ENFILE})


class OwnFaultError(Exception):
    """This machine failed, a full disk for one: no fault of the site, which is still to be checked; the message says what."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How an audit checks: `source` is `live`, `offline` or `warc`; `started` an aware UTC time.

    `evidence` is the folder for the WARC file of each site, `at_once` how many sites one process reads at a time.
    Of a batch no site is begun after `batch_limit_s`; `grace_s` is what it may take besides for starting and sending.
    """

    started: datetime
    source: str = "live"
    countries: tuple[str, ...] = ()
    evidence: Path | None = None
    at_once: int = 16
    processes: int = 2
    site_limit_s: float = 180.0
    batch_limit_s: float = 300.0
    grace_s: float = 60.0
    limits: Limits = field(default_factory=Limits)
    options: dict[str, Any] = field(default_factory=dict)


def serve(connection: Connection, settings: Settings) -> None:
    """Answer the jobs that come over `connection` until it is closed, be it because the other end was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    asyncio.run(_serve(connection, settings))


async def _serve(connection: Connection, settings: Settings) -> None:
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    running: set[asyncio.Task[None]] = set()

    def begin() -> None:
        try:
            job, pages = connection.recv()
        except (EOFError, OSError):
            loop.remove_reader(connection.fileno())
            ended.set()
            return
        task = loop.create_task(_answer(connection, job, pages, settings))
        running.add(task)
        task.add_done_callback(running.discard)

    loop.add_reader(connection.fileno(), begin)
    await ended.wait()
    os._exit(0)  # nobody waits for the answers in the making


async def _answer(connection: Connection, job: Job, pages: list[bytes], settings: Settings) -> None:
    try:
        connection.send((job.identity, None))  # it has begun
        connection.send((job.identity, await _report(job, pages, settings)))
    except OSError:
        os._exit(0)


async def _report(job: Job, pages: list[bytes], settings: Settings) -> dict[str, Any] | OwnFaultError:
    try:
        return await check_job(job, pages, settings)
    except OwnFaultError as error:
        return error


async def check_job(job: Job, pages: list[bytes], settings: Settings) -> dict[str, Any]:
    """Return the report on a site as plain JSON values; what goes wrong with it is a gap of it.

    Raises OwnFaultError where the evidence cannot be written, or nothing can be opened any more.
    """
    try:
        if settings.source == "offline":
            return judge(offline(parse_target(job.target), settings.started), settings.countries).as_dict()
        if settings.source == "warc":
            return await _replayed(job, pages, settings)
        return await _live(job, settings)
    except OwnFaultError:
        raise
    except TargetError as error:
        return failed(job, f"it is no web address: {error}", settings)
    except Exception as error:  # one site that we fail on must not cost the others; told in its report
        return failed(job, f"pharmcheck failed on it: {type(error).__name__}: {error}", settings)


async def _live(job: Job, settings: Settings) -> dict[str, Any]:
    try:
        options = CaptureOptions(now=datetime.now(UTC), record=evidence_file(job, settings), **settings.options)
        return (await acheck(job.target, countries=settings.countries, options=options)).as_dict()
    except OSError as error:
        if error.filename is None and error.errno not in _OURS:
            raise  # of the network, which should have been a gap: one site must not end the audit of the others
        raise OwnFaultError(str(error)) from None


async def _replayed(job: Job, pages: list[bytes], settings: Settings) -> dict[str, Any]:
    from pharmcheck.audit.located import copied, page_of  # noqa: PLC0415 - reads with the HTTP client
    from pharmcheck.capture.archive import Recording, load  # noqa: PLC0415 - imports the HTTP client
    from pharmcheck.capture.live import play  # noqa: PLC0415

    if job.target.startswith("file:"):
        with copied(job.target.removeprefix("file:")) as path:
            recording = load(path)
    else:
        exchanges = tuple(map(page_of, pages))
        options = CaptureOptions(
            now=settings.started, timeout_s=3600, site_timeout_s=3600, retries=0, markup_hops=False
        )
        recording = Recording(parse_target(job.target), options, exchanges, ())
    return judge(await play(recording), settings.countries).as_dict()


def failed(job: Job, why: str, settings: Settings) -> dict[str, Any]:
    """Return the report on a site that could not be checked at all."""
    try:
        target = parse_target(job.target)
    except TargetError:
        target = replace(parse_target("unreadable.invalid"), input=job.target)
    return judge(Site(target, settings.started, (), (Gap("pages", why),)), settings.countries).as_dict()


def evidence_file(job: Job, settings: Settings) -> Path | None:
    """Return where the WARC file of a site goes, its folder made; None where none is kept."""
    if settings.evidence is None:
        return None
    path = evidence_path(job.identity, settings.evidence)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def evidence_path(identity: str, evidence: Path) -> Path:
    """Return the path of a site's WARC file: one of 256 folders, a name that no file system minds."""
    digest = hashlib.sha256(identity.encode()).hexdigest()
    name = re.sub(r"[^a-z0-9.-]+", "_", identity.lower())[:100].strip("._-")
    return evidence / digest[:2] / f"{name}-{digest[:8]}.warc.gz"
