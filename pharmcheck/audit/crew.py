"""A process that checks sites for an audit on this machine, and the sites that it has at hand."""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

from pharmcheck.audit.assignments import Answer, OwnFaultError, Settings
from pharmcheck.audit.waiting import Placed

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

PRELOADED = ("pharmcheck.audit.warm",)  # by the server that forks
_LONGEST_FOLDER = 70  # bytes; the path of a socket has 107 at most, and 32 are added
_STARTING_S = 60.0  # a process may need so long to start on a busy machine


@contextmanager
def crew_of(settings: Settings, sites: int) -> Iterator[list[Worker]]:
    """Give the processes for so many sites; at the end they are stopped."""
    crew = [Worker(settings) for _ in range(min(settings.processes, sites))]
    try:
        yield crew
    finally:
        for worker in crew:
            worker.stop()


def _serve(connection: Connection, settings: Settings) -> None:
    """Check sites until the connection is closed; runs in the process, which alone needs what this imports."""
    from pharmcheck.audit.worker import serve  # noqa: PLC0415

    serve(connection, settings)


def begins_by_fork() -> bool:
    """True where a process may be forked from one without threads: on macOS libraries of the system start some unasked.

    Its socket stands in the folder for temporary files, which must be there and have a name that is not too long.
    """
    if sys.platform == "darwin" or "forkserver" not in multiprocessing.get_all_start_methods():
        return False
    try:
        return len(os.fsencode(tempfile.gettempdir())) <= _LONGEST_FOLDER
    except FileNotFoundError:
        return False


@cache
def _beginning() -> SpawnContext | ForkServerContext:
    """Return how processes begin: forked from one that has loaded all tables, whose memory they share; else each anew."""
    if not begins_by_fork():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*PRELOADED])
    return context


@dataclass(slots=True, eq=False)
class Worker:
    """A process and the jobs that it has at hand, with the moment from which the time of each counts."""

    settings: Settings
    jobs: dict[str, tuple[Placed, float]] = field(default_factory=dict)
    process: BaseProcess = field(init=False)
    connection: Connection = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        context = _beginning()
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, self.settings), daemon=True)
        try:
            self.process.start()
        except (EOFError, OSError) as error:
            raise OwnFaultError(f"a process that checks could not be started: {error or 'it ended at once'}") from None
        theirs.close()

    def give(self, placed: Placed, pages: list[bytes]) -> None:
        self.jobs[placed.job.identity] = (placed, time.monotonic() + _STARTING_S)
        try:
            self.connection.send((placed.job, pages))
        except OSError:
            self.process.kill()  # seen by its sentinel; the job is tried again

    def received(self) -> Iterator[tuple[Placed, Answer]]:
        """Yield the answers that have come. Raises EOFError or OSError where the process has died, OwnFaultError where it says
        that this machine failed."""
        while self.connection.poll():
            answer: Answer | OwnFaultError = self.connection.recv()
            if isinstance(answer, OwnFaultError):
                raise answer
            placed, _ = self.jobs.pop(answer.identity)
            if answer.report is None:
                self.jobs[answer.identity] = (placed, time.monotonic())
            else:
                yield placed, answer

    def bury(self) -> list[Placed]:
        """Start the process anew and return the sites that it had at hand."""
        lost = [placed for placed, _ in self.jobs.values()]
        self.jobs.clear()
        self.stop()
        self.start()
        return lost

    def ages(self) -> Iterator[tuple[str, float]]:
        now = time.monotonic()
        return ((name, max(0.0, now - since)) for name, (_, since) in self.jobs.items())

    def oldest(self) -> float:
        return max((age for _, age in self.ages()), default=0.0)

    def stop(self) -> None:
        self.connection.close()  # at which the process ends by itself
        self.process.join(2)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
