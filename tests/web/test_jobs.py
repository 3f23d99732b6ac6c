"""Checks wait, run and end within their bounds."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from pharmcheck.target import parse_target
from pharmcheck.web.job import BusyError, Check, Checker, CheckError, State, Step, Tell
from pharmcheck.web.jobs import Jobs, running
from pharmcheck.web.metrics import Metrics
from pharmcheck.web.settings import Settings
from pharmcheck.web.store import Outcome, Store, Summary

pytestmark = pytest.mark.anyio
DONE = Outcome(Summary(verdict="unverified"), "{}\n", {})


@asynccontextmanager
async def started(checker: Checker, **settings: float) -> AsyncIterator[Jobs]:
    values = Settings(**settings)  # type: ignore[arg-type]
    jobs = Jobs(values, checker, Store(None, 60, 100), Metrics())
    async with running(jobs):
        yield jobs


def check_of(name: str = "shop") -> Check:
    return Check(parse_target(f"{name}.example"))


class Held:
    """A check that lasts until it is let go; it notes what began and what was cut off."""

    def __init__(self) -> None:
        self.began: list[str] = []
        self.cut: list[str] = []
        self.go = asyncio.Event()
        self.news = asyncio.Event()

    async def __call__(self, check: Check, tell: Tell) -> Outcome:
        self.began.append(check.target.host)
        tell(Step("reading", 1))
        self.news.set()
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.cut.append(check.target.host)
            raise
        return DONE


async def until(fact: Callable[[], object]) -> None:
    """Let the other tasks run until a fact is there; AssertionError if it never is."""
    for _ in range(10_000):
        if fact():
            return
        await asyncio.sleep(0)
    raise AssertionError("it did not happen")


async def ended(jobs: Jobs, check_id: str) -> None:
    """Wait until a check is over, by following it as a page does."""
    if job := jobs.job(check_id):
        async for _ in job.follow(5):
            pass


async def test_from_question_to_answer() -> None:
    """A check waits, runs with its steps, and its outcome is kept under an id of 144 random bits."""
    held = Held()
    async with started(held) as jobs:
        check_id = await jobs.submit(check_of())
        await held.news.wait()
        view = jobs.view(check_id)
        assert view
        assert (view.state, view.step) == (State.RUNNING, Step("reading", 1))
        held.go.set()
        await ended(jobs, check_id)
        view = jobs.view(check_id)
        assert view
        assert view.state is State.DONE
        assert jobs.report(check_id) == DONE.report
        assert len(check_id) == 24
        assert jobs.view("A" * 24) is None


async def test_same_question_same_check() -> None:
    """The same target and countries share one check, while it runs and a while after; another country does not."""
    held = Held()
    async with started(held) as jobs:
        first = await jobs.submit(check_of())
        assert await jobs.submit(check_of()) == first
        held.go.set()
        await ended(jobs, first)
        assert await jobs.submit(check_of()) == first
        other = Check(parse_target("shop.example"), ("GB",))
        assert await jobs.submit(other) != first
    assert held.began == ["shop.example", "shop.example"]


async def test_queue_is_bounded() -> None:
    """A full queue refuses with a time to come again, and accepts once there is room."""
    held = Held()
    async with started(held, workers=1, queue=2) as jobs:
        await jobs.submit(check_of("a"))
        await held.news.wait()
        await jobs.submit(check_of("b"))
        last = await jobs.submit(check_of("c"))
        assert jobs.view(last)
        with pytest.raises(BusyError) as full:
            await jobs.submit(check_of("d"))
        assert full.value.wait_s >= 1
        held.go.set()
        await ended(jobs, last)
        assert await jobs.submit(check_of("d"))


async def test_time_limit() -> None:
    """A check that does not end is stopped, says so, and the next one runs."""
    held = Held()
    async with started(held, workers=1, check_s=0.05) as jobs:
        check_id = await jobs.submit(check_of())
        await ended(jobs, check_id)
        view = jobs.view(check_id)
        assert view
        assert view.state is State.FAILED
        assert "did not end within" in view.summary.why
        assert held.cut == ["shop.example"]
        held.go.set()
        again = await jobs.submit(check_of())
        assert again != check_id
        await ended(jobs, again)
        assert jobs.report(again) == DONE.report


async def test_ends_when_nobody_waits() -> None:
    """Checks that nobody follows or asks for are stopped, waiting or running; those that are followed go on."""
    held = Held()
    async with started(held, workers=1) as jobs:
        runs = await jobs.submit(check_of("runs"))
        await held.news.wait()
        waits = await jobs.submit(check_of("waits"))
        followed = await jobs.submit(check_of("followed"))
        job = jobs.job(followed)
        assert job
        following = asyncio.create_task(ended(jobs, followed))
        await until(lambda: job.watchers)
        jobs.give_up(time.monotonic() + 1)
        held.go.set()
        await following
        for check_id in (runs, waits):
            view = jobs.view(check_id)
            assert view
            assert "nobody waited" in view.summary.why
        assert held.cut == ["runs.example"]
        assert jobs.report(followed) == DONE.report


async def test_asking_keeps_it_going() -> None:
    """A check that somebody has just asked for is not given up."""
    held = Held()
    async with started(held) as jobs:
        check_id = await jobs.submit(check_of())
        before = time.monotonic()
        jobs.view(check_id)
        jobs.give_up(before)
        view = jobs.view(check_id)
        assert view
        assert view.state in (State.WAITING, State.RUNNING)


async def test_failures_are_sentences() -> None:
    """A check that breaks says so without a word of what broke it, and is asked anew the next time."""

    async def broken(check: Check, tell: Tell) -> Outcome:
        if check.target.host == "known.example":
            raise CheckError("The check broke off.")
        raise RuntimeError("secret detail")

    async with started(broken) as jobs:
        for name, why in (("known", "The check broke off."), ("unknown", "a mistake of ours")):
            check_id = await jobs.submit(check_of(name))
            await ended(jobs, check_id)
            view = jobs.view(check_id)
            assert view
            assert why in view.summary.why
            assert "secret" not in view.summary.why
            assert jobs.known(check_of(name)) is None


async def test_lists_leave_room_for_single_links() -> None:
    """However many rows of lists wait, a single link finds a runner of its own."""
    held = Held()
    async with started(held, workers=2, queue=1) as jobs:
        for row in range(1, 51):
            await jobs.submit(check_of(f"row{row}"), row)
        single = await jobs.submit(check_of("single"))
        await until(lambda: "single.example" in held.began)
        assert [name for name in held.began if name.startswith("row")] == ["row1.example"]
        view = jobs.view(single)
        assert view
        assert view.state is State.RUNNING


async def test_steps_for_those_who_come_late() -> None:
    """Who follows late hears all steps from the first."""

    async def stepping(check: Check, tell: Tell) -> Outcome:
        for step in (Step("resolving"), Step("reading", 1), Step("reading", 2), Step("judging", 2)):
            tell(step)
        await go.wait()
        return DONE

    go = asyncio.Event()
    async with started(stepping) as jobs:
        job = jobs.job(await jobs.submit(check_of()))
        assert job
        await until(lambda: job.steps[-1].name == "judging")
        go.set()
        heard = [step async for step in job.follow(5)]
        assert [s.name for s in heard if s] == ["waiting", "resolving", "reading", "reading", "judging"]


async def test_a_single_link_does_not_wait_for_a_list() -> None:
    """Who asks for a link that also stands at the end of a list gets it before the rest of the list."""
    held = Held()
    async with started(held, workers=1) as jobs:
        for row in range(1, 6):
            await jobs.submit(check_of(f"row{row}"), row)
        await held.news.wait()
        wanted = await jobs.submit(check_of("row5"))
        view = jobs.view(wanted)
        assert view
        assert view.ahead == 0
        held.go.set()
        await ended(jobs, wanted)
        assert held.began == ["row1.example", "row5.example"]


async def test_a_full_disk_costs_one_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a result cannot be kept, the next checks still run."""
    put = Store.put

    def full(self: Store, check_id: str, question: str, outcome: Outcome) -> None:
        if question == check_of("lost").question:
            raise sqlite3.OperationalError("database or disk is full")
        put(self, check_id, question, outcome)

    monkeypatch.setattr(Store, "put", full)
    held = Held()
    held.go.set()
    async with started(held) as jobs:
        lost = await jobs.submit(check_of("lost"))
        await ended(jobs, lost)
        assert jobs.view(lost) is None
        kept = await jobs.submit(check_of("kept"))
        await ended(jobs, kept)
        assert jobs.report(kept) == DONE.report
        assert jobs.works
    assert not jobs.works
