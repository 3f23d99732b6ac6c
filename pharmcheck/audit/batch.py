"""A batch of sites, checked by whoever gets it: politely, each within its time, all within that of the batch.

Knows nothing of what carried it here.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass

from pharmcheck.audit.politeness import Politeness, timed_out
from pharmcheck.audit.waiting import Placed
from pharmcheck.audit.worker import Answer, Settings, check_job, failed

_LOOK_S = 0.2


@dataclass(frozen=True, slots=True)
class Order:
    """A site of a batch, with its recorded pages or their places."""

    placed: Placed
    pages: tuple[bytes, ...] = ()


def check_batch(orders: tuple[Order, ...], settings: Settings) -> list[Answer]:
    """Check the sites of a batch. After `settings.batch_limit_s`, or when only such are left as rest, none is begun."""
    with ThreadPoolExecutor(1, "judging") as judging:
        return asyncio.run(_check(deque(orders), settings, judging))


async def _check(left: deque[Order], settings: Settings, judging: Executor) -> list[Answer]:
    politeness = Politeness(settings.limits)
    end = time.monotonic() + settings.batch_limit_s
    running: dict[asyncio.Task[Answer], Order] = {}
    answers: list[Answer] = []
    while True:
        if time.monotonic() < end:
            _begin(left, running, politeness, settings, judging)
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
    left: deque[Order],
    running: dict[asyncio.Task[Answer], Order],
    politeness: Politeness,
    settings: Settings,
    judging: Executor,
) -> None:
    """Begin what there is room for, in the order of the batch."""
    for _ in range(len(left)):
        if len(running) >= settings.at_hand:
            return
        order = left.popleft()
        if politeness.blocked(order.placed.lanes):
            left.append(order)
            continue
        politeness.begin(order.placed.lanes)
        running[asyncio.ensure_future(_answer(order, settings, judging))] = order


async def _answer(order: Order, settings: Settings, judging: Executor) -> Answer:
    job = order.placed.job
    try:
        async with asyncio.timeout(settings.site_limit_s):
            return await check_job(job, list(order.pages), settings, judging)
    except TimeoutError:
        return Answer(job.identity, failed(job, f"it was not done in {settings.site_limit_s:g} s", settings))
