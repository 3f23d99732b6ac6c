"""A batch of sites, checked by whoever gets it: politely, each within its time, all within that of the batch.

Knows nothing of what carried it here.
"""

from __future__ import annotations

import asyncio
import platform
import time
from collections import deque
from concurrent.futures import Executor, ThreadPoolExecutor

from pharmcheck.audit.assignments import Answer, Assignment, Done, OwnFaultError, Settings
from pharmcheck.audit.politeness import Politeness, timed_out
from pharmcheck.audit.worker import check_job, failed

_LOOK_S = 0.2


def check_batch(assigned: tuple[Assignment, ...], settings: Settings) -> Done:
    """Check the sites of a batch. After `settings.batch_limit_s`, or when only such are left as rest, none is begun.

    Where this machine fails, the batch ends with what was done by then.
    """
    with ThreadPoolExecutor(1, "judging") as judging:
        return asyncio.run(_check(deque(assigned), settings, judging))


async def _check(left: deque[Assignment], settings: Settings, judging: Executor) -> Done:
    politeness = Politeness(settings.limits)
    end = time.monotonic() + settings.batch_limit_s
    running: dict[asyncio.Task[Answer], Assignment] = {}
    answers: list[Answer] = []
    fault = ""
    while True:
        if time.monotonic() < end:
            _begin(left, running, politeness, settings, judging)
        if not running:
            return Done((*answers, *(Answer(one.placed.job.identity, None) for one in left)))
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
    left: deque[Assignment],
    running: dict[asyncio.Task[Answer], Assignment],
    politeness: Politeness,
    settings: Settings,
    judging: Executor,
) -> None:
    """Begin what there is room for, in the order of the batch."""
    for _ in range(len(left)):
        if len(running) >= settings.at_hand:
            return
        site = left.popleft()
        if politeness.blocked(site.placed.lanes):
            left.append(site)
            continue
        politeness.begin(site.placed.lanes)
        running[asyncio.ensure_future(_answer(site, settings, judging))] = site


async def _answer(site: Assignment, settings: Settings, judging: Executor) -> Answer:
    job = site.placed.job
    try:
        async with asyncio.timeout(settings.site_limit_s):
            return await check_job(job, list(site.pages), settings, judging)
    except TimeoutError:
        return Answer(job.identity, failed(job, f"it was not done in {settings.site_limit_s:g} s", settings))
