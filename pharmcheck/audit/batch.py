"""A batch of sites, checked by whoever gets it: politely, each within its time, all within that of the batch.

Knows nothing of what carried it here.
"""

from __future__ import annotations

import asyncio
import platform
import time
from collections import deque
from concurrent.futures import Executor, ThreadPoolExecutor

from pharmcheck.audit.orders import Answer, Done, Order, OwnFaultError, Settings
from pharmcheck.audit.politeness import Politeness, timed_out
from pharmcheck.audit.worker import check_job, failed

_LOOK_S = 0.2


def check_batch(orders: tuple[Order, ...], settings: Settings) -> Done:
    """Check the sites of a batch. After `settings.batch_limit_s`, or when only such are left as rest, none is begun.

    Where this machine fails, the batch ends with what was done by then.
    """
    with ThreadPoolExecutor(1, "judging") as judging:
        return asyncio.run(_check(deque(orders), settings, judging))


async def _check(left: deque[Order], settings: Settings, judging: Executor) -> Done:
    politeness = Politeness(settings.limits)
    end = time.monotonic() + settings.batch_limit_s
    running: dict[asyncio.Task[Answer], Order] = {}
    answers: list[Answer] = []
    fault = ""
    while True:
        if time.monotonic() < end:
            _begin(left, running, politeness, settings, judging)
        if not running:
            return Done((*answers, *(Answer(order.placed.job.identity, None) for order in left)))
        done, _ = await asyncio.wait(running, timeout=_LOOK_S, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            lanes = running.pop(task).placed.lanes
            politeness.end(lanes)
            try:
                answers.append(answer := task.result())
            except OwnFaultError as error:
                fault = f"{platform.node()}: {error}"
                continue
            politeness.note(lanes, answered=not (answer.report and timed_out(answer.report)))
        if fault:
            for task in running:
                task.cancel()
            return Done(tuple(answers), fault)


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
