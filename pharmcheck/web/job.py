"""One check of the web form: what is asked, where it stands, and how it ends."""

from __future__ import annotations

import asyncio
import hashlib
import math
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from pharmcheck.model import Target
from pharmcheck.target import scheme_given
from pharmcheck.web.store import Outcome, Summary

STEPS = ("waiting", "resolving", "reading", "registers", "judging")


class State(StrEnum):
    """Where a check stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Step:
    """What a check is doing: one of STEPS, and how many pages were asked for so far."""

    name: str
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """What is to be checked, and for buyers in which countries."""

    target: Target
    countries: tuple[str, ...] = ()

    @property
    def asked(self) -> str:
        """What the check is made of: without the user names, passwords and fragments that somebody pasted with it.

        Others who ask the same get the same report, and a report shows what was asked.
        """
        return self.target.url if scheme_given(self.target.input) else self.target.url.partition("://")[2]

    @property
    def question(self) -> str:
        """The same for the same target and countries; it gives neither away."""
        return hashlib.sha256("\n".join((self.asked, *sorted(self.countries))).encode()).hexdigest()


class CheckError(Exception):
    """A check that gave no report; the message is a sentence for people."""


class BusyError(Exception):
    """No room for another check; `wait_s` says when to come again."""

    def __init__(self, wait_s: float) -> None:
        super().__init__("Too many checks are waiting. Please try again in a moment.")
        self.wait_s = math.ceil(wait_s)


Tell = Callable[[Step], None]
Bill = Callable[[float], None]
Checker = Callable[[Check, Tell], Awaitable[Outcome]]


class Job:
    """One check that is not yet over, or has just ended. `row` is 0 for a single link, else its place in a list.

    `bill` is told how many seconds it ran.
    """

    def __init__(self, check: Check, row: int, serial: int, bill: Bill) -> None:
        self.id = secrets.token_urlsafe(18)  # 144 bits: who does not know it cannot guess it
        self.check = check
        self.rank = (row, serial)
        self.bill = bill
        self.state = State.WAITING
        self.steps = [Step("waiting")]
        self.watchers = 0
        self.seen = self.created = time.monotonic()
        self.task: asyncio.Future[Outcome] | None = None
        self._changed = asyncio.Event()

    @property
    def over(self) -> bool:
        """True when it has ended, with a report or without."""
        return self.state in (State.DONE, State.FAILED)

    def tell(self, step: Step) -> None:
        """Note a step, and wake all who follow."""
        if step != self.steps[-1]:
            self.steps.append(step)
        self.wake()

    def wake(self) -> None:
        """Let all who follow look again."""
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def follow(self, beat_s: float) -> AsyncIterator[Step | None]:
        """Yield each step, None where `beat_s` passed without one, and end with the check."""
        told = 0
        self.watchers += 1
        try:
            while True:
                changed = self._changed
                while told < len(self.steps):
                    told += 1
                    yield self.steps[told - 1]
                if self.over:
                    return
                try:
                    async with asyncio.timeout(beat_s):
                        await changed.wait()
                except TimeoutError:
                    yield None
        finally:
            self.watchers -= 1
            self.seen = time.monotonic()


@dataclass(frozen=True, slots=True)
class View:
    """What anybody who knows the id may see of a check."""

    id: str
    state: State
    step: Step
    summary: Summary
    ahead: int = 0
    kept_at: float = 0.0
