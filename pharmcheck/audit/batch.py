"""A batch of sites, checked by whoever gets it: politely, each within its time, all within that of the batch.

Knows nothing of what carried it here.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pharmcheck.audit.politeness import Politeness, timed_out
from pharmcheck.audit.waiting import Placed
from pharmcheck.audit.worker import Settings, check_job, evidence_file, failed

_LOOK_S = 0.2


@dataclass(frozen=True, slots=True)
class Order:
    """A site of a batch, with its recorded pages or their places."""

    placed: Placed
    pages: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The report on a site, None where it was not begun in time, and its WARC file, b"" where none is kept."""

    identity: str
    report: dict[str, Any] | None
    evidence: bytes = b""


def check_batch(orders: tuple[Order, ...], settings: Settings) -> list[Answer]:
    """Check the sites of a batch. After `settings.batch_limit_s`, or when only such are left as rest, none is begun."""
    with TemporaryDirectory(prefix="pharmcheck-") as folder:
        here = replace(settings, evidence=Path(folder) if settings.evidence else None)
        return asyncio.run(_check(deque(orders), here))


async def _check(left: deque[Order], settings: Settings) -> list[Answer]:
    politeness = Politeness(settings.limits)
    end = time.monotonic() + settings.batch_limit_s
    running: dict[asyncio.Task[Answer], Order] = {}
    answers: list[Answer] = []
    while True:
        if time.monotonic() < end:
            _begin(left, running, politeness, settings)
        if not running:
            return [*answers, *(Answer(order.placed.job.identity, None) for order in left)]
        done, _ = await asyncio.wait(running, timeout=_LOOK_S, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            lanes = running.pop(task).placed.lanes
            answer = task.result()
            politeness.end(lanes)
            politeness.note(lanes, answered=not (answer.report and timed_out(answer.report)))
            answers.append(answer)


def _begin(
    left: deque[Order], running: dict[asyncio.Task[Answer], Order], politeness: Politeness, settings: Settings
) -> None:
    """Begin what there is room for, in the order of the batch."""
    for _ in range(len(left)):
        if len(running) >= settings.at_once:
            return
        order = left.popleft()
        if politeness.blocked(order.placed.lanes):
            left.append(order)
            continue
        politeness.begin(order.placed.lanes)
        running[asyncio.ensure_future(_answer(order, settings))] = order


async def _answer(order: Order, settings: Settings) -> Answer:
    job = order.placed.job
    try:
        async with asyncio.timeout(settings.site_limit_s):
            report = await check_job(job, list(order.pages), settings)
    except TimeoutError:
        report = failed(job, f"it was not done in {settings.site_limit_s:g} s", settings)
    path = evidence_file(job, settings)
    return Answer(job.identity, report, path.read_bytes() if path and path.exists() else b"")
