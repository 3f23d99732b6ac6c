"""Checks that wait, run and end: a bounded queue, a time limit for each, and an end when nobody waits any more."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
import time
from collections.abc import AsyncIterator

from pharmcheck.web.job import Bill, BusyError, Check, Checker, CheckError, Job, State, Step, View
from pharmcheck.web.metrics import Metrics
from pharmcheck.web.settings import Settings
from pharmcheck.web.store import Outcome, Store, Summary

log = logging.getLogger("pharmcheck.web")

_SWEEP_S = 1.0
_KILL_S = 5.0  # a cancelled check has so long to let go of its worker


class Jobs:
    """All checks of one server. `run()` works them off until it is cancelled."""

    def __init__(self, settings: Settings, checker: Checker, store: Store, metrics: Metrics) -> None:
        self._settings, self._checker, self._store, self._metrics = settings, checker, store, metrics
        self._live: dict[str, Job] = {}
        self._questions: dict[str, str] = {}
        self._serial = 0
        self._news = asyncio.Condition()
        self.runner: asyncio.Task[None] | None = None
        metrics.gauge("waiting", lambda: len(self._waiting()))
        metrics.gauge("running", lambda: sum(j.state is State.RUNNING for j in self._live.values()))

    def known(self, check: Check, row: int = 0) -> str | None:
        """Return the id under which the same question was asked a short while ago, if it did not fail.

        Who asks for a single link does not wait for the list in which it stands as well.
        """
        if job := self._live.get(self._questions.get(check.question, "")):
            job.rank = min(job.rank, (row, job.rank[1]))
            return job.id
        return self._store.recent(check.question, self._settings.same_s)

    def room(self) -> None:
        """Raise BusyError where no single check can wait any more."""
        waiting = sum(j.rank[0] == 0 for j in self._waiting())
        if waiting >= self._settings.queue:
            raise BusyError(self._metrics.usual_s * waiting / self._settings.workers + 1)

    async def submit(self, check: Check, row: int = 0, bill: Bill = lambda seconds: None) -> str:
        """Put a check into the queue and return its id; the same question gets the id that it has, and pays nothing."""
        if found := self.known(check, row):
            return found
        if row == 0:
            self.room()
        self._serial += 1
        job = Job(check, row, self._serial, bill)
        self._live[job.id] = job
        self._questions[check.question] = job.id
        async with self._news:
            self._news.notify_all()
        return job.id

    def job(self, check_id: str) -> Job | None:
        """Return the check while it waits or runs; to ask for it keeps it going."""
        found = self._live.get(check_id)
        if found:
            found.seen = time.monotonic()
        return found

    def view(self, check_id: str) -> View | None:
        """Return where a check stands, None where nobody knows it; to ask for it keeps it going."""
        self.job(check_id)
        return self.glance(check_id)

    def glance(self, check_id: str) -> View | None:
        """Return the same without keeping it going."""
        if job := self._live.get(check_id):
            ahead = sum(j.rank < job.rank for j in self._waiting()) if job.state is State.WAITING else 0
            return View(job.id, job.state, job.steps[-1], Summary(), ahead)
        kept = self._store.summary(check_id)
        if not kept:
            return None
        summary, at = kept
        return View(check_id, State.FAILED if summary.why else State.DONE, Step("judging"), summary, kept_at=at)

    def going(self, check_id: str) -> bool:
        """True while a check waits or runs."""
        return check_id in self._live

    def report(self, check_id: str) -> str | None:
        """Return the report as JSON text, None while there is none, or no longer."""
        return self._store.report(check_id)

    def article(self, check_id: str, language: str) -> str | None:
        """Return the report as an HTML article in a language, None as above."""
        return self._store.article(check_id, language)

    @property
    def works(self) -> bool:
        """True while somebody works the queue off."""
        return self.runner is not None and not self.runner.done()

    async def run(self) -> None:
        """Work the queue off; one runner of several is kept for single links, so that no list holds everybody up."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._sweep())
            for number in range(self._settings.workers):
                group.create_task(self._work(singles_only=number == 0 and self._settings.workers > 1))

    async def _work(self, *, singles_only: bool) -> None:
        while True:
            job = await self._next(singles_only)
            begun = time.monotonic()
            try:
                outcome = await self._result(job)
            except CheckError as error:
                outcome = Outcome(Summary(why=str(error)))
            job.bill(time.monotonic() - begun)
            self._end(job, outcome)

    async def _next(self, singles_only: bool) -> Job:
        async with self._news:
            while True:
                waiting = [j for j in self._waiting() if j.rank[0] == 0 or not singles_only]
                if waiting:
                    job = min(waiting, key=lambda j: j.rank)
                    job.state = State.RUNNING
                    return job
                await self._news.wait()

    async def _result(self, job: Job) -> Outcome:
        """Return what the check gives within its time; raises CheckError."""
        limit_s = self._settings.check_s
        job.task = task = asyncio.ensure_future(self._checker(job.check, job.tell))
        try:
            await asyncio.wait({task}, timeout=limit_s)
            late = not task.done()
        finally:
            task.cancel()
            await asyncio.wait({task}, timeout=_KILL_S)
        if late:
            raise CheckError(f"The check did not end within {limit_s:g} seconds and was stopped.")
        if task.cancelled():
            raise CheckError("The check was stopped, because nobody waited for it any more.")
        error = task.exception()
        if isinstance(error, CheckError):
            raise error
        if error:
            log.error("a check failed: %s", type(error).__name__)
            raise CheckError("The check failed through a mistake of ours. Nothing can be said about the site.")
        return task.result()

    def _end(self, job: Job, outcome: Outcome) -> None:
        """Keep the outcome and let go of the job."""
        try:
            self._store.put(job.id, job.check.question, outcome)
        except sqlite3.Error as error:  # a full disk costs this result, and must not stop the next checks
            log.error("a result could not be kept: %s", error)
        job.state = State.FAILED if outcome.summary.why else State.DONE
        del self._live[job.id], self._questions[job.check.question]
        took_s = time.monotonic() - job.created
        self._metrics.ended(outcome.summary.verdict or "failed", took_s)
        about = f" {job.check.target.url}" if self._settings.log_targets else ""
        log.info("check%s: %s in %.1f s", about, outcome.summary.verdict or outcome.summary.why, took_s)
        job.wake()

    async def _sweep(self) -> None:
        """Give up what nobody asked for within the patience."""
        while True:
            await asyncio.sleep(_SWEEP_S)
            self.give_up(time.monotonic() - self._settings.patience_s)

    def give_up(self, seen_before: float) -> None:
        """Stop the checks that nobody follows and nobody asked for since `seen_before` (monotonic seconds)."""
        for job in [j for j in self._live.values() if not j.watchers and j.seen < seen_before]:
            if job.task:
                job.task.cancel()
            elif job.state is State.WAITING:
                self._end(job, Outcome(Summary(why="The check was stopped, because nobody waited for it any more.")))

    def _waiting(self) -> list[Job]:
        return [j for j in self._live.values() if j.state is State.WAITING]


@contextlib.asynccontextmanager
async def running(jobs: Jobs) -> AsyncIterator[None]:
    """Work the queue off in the background for as long as the context lasts."""
    jobs.runner = task = asyncio.create_task(jobs.run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
