"""A few worker processes: each makes one check at a time, and is killed where a check ends early or goes wrong."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any

from pharmcheck.web.job import Check, CheckError, Step, Tell
from pharmcheck.web.settings import Settings
from pharmcheck.web.store import Outcome, Summary

_LINE_BYTES = 32 << 20  # a report in four languages takes less than one MB
_CHECKS = 100  # then the worker is replaced: what a parser leaks goes with it
_START_S = 60.0
_END_S = 2.0  # from the end of its output to that of the process
_GONE = "The check broke off. Nothing can be said about the site; please try again."
_COSTLY = "The site took more than {seconds:g} seconds of computing and was left. Nothing can be said about it."
_KEPT = frozenset(
    {"PATH", "PYTHONPATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "VIRTUAL_ENV", "PHARMCHECK_CHROMIUM"}
    # where the lists, tables and indexes of the server are: its workers judge by the same
    | {"PHARMCHECK_DATA", "PHARMCHECK_CACHE", "XDG_DATA_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "HOME", "USERPROFILE"}
)


class Worker:
    """One process, ready for a check."""

    def __init__(self, process: Process, cpu_s: float) -> None:
        self._process, self._cpu_s = process, cpu_s
        self.checks = 0

    @classmethod
    async def start(cls, settings: Settings) -> Worker:
        """Start a process and wait until it is warm; raises CheckError where it does not come up."""
        environment = {k: v for k, v in os.environ.items() if k in _KEPT} | {"MALLOC_ARENA_MAX": "2"}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "pharmcheck.web.worker"),
            stdin=PIPE,
            stdout=PIPE,
            stderr=None if settings.log_targets else DEVNULL,  # a traceback may name what was checked
            limit=_LINE_BYTES,
            env=environment,
            start_new_session=True,  # Ctrl-C is for the server
        )
        worker = cls(process, settings.cpu_s)
        named = ("check_s", "cpu_s", "timeout_s", "site_timeout_s", "max_pages", "connect_to", "render")
        limits = {k: asdict(settings)[k] for k in named}
        try:
            async with asyncio.timeout(_START_S):
                await worker._send({**limits, "ca_file": str(settings.ca_file or "")})
                await worker._message()
        except BaseException:
            worker.kill()
            raise
        return worker

    async def check(self, check: Check, tell: Tell) -> Outcome:
        """Make one check; raises CheckError where the process breaks off."""
        self.checks += 1
        await self._send({"target": check.asked, "countries": check.countries})
        while True:
            message = await self._message()
            if "step" in message:
                tell(Step(message["step"], message["pages"]))
            else:
                return Outcome(Summary(**message["summary"]), message["report"], message["articles"])

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def ended(self) -> None:
        """Wait until the process is gone."""
        await self._process.wait()

    async def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(message).encode() + b"\n")
        try:
            await self._process.stdin.drain()
        except ConnectionError:
            raise CheckError(_GONE) from None

    async def _message(self) -> dict[str, Any]:
        assert self._process.stdout
        try:
            line = await self._process.stdout.readline()
        except ValueError:  # longer than any report
            line = b""
        if not line.endswith(b"\n"):
            raise CheckError(await self._why())
        message: dict[str, Any] = json.loads(line)
        return message

    async def _why(self) -> str:
        """Return why the process broke off, in a sentence."""
        code = 0  # it may still run, and is killed by who gets the error
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_END_S):
                code = await self._process.wait()
        costly = sys.platform != "win32" and code == -signal.SIGPROF  # what its timer sends
        return _COSTLY.format(seconds=self._cpu_s) if costly else _GONE


class Pool:
    """Workers that wait for checks. Call it to make a check; use `open()` around its life."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._idle: list[Worker] = []
        self.busy: set[Worker] = set()

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Start the workers, and end them with the context. Raises CheckError where they do not start."""
        try:
            started = (Worker.start(self._settings) for _ in range(self._settings.workers))
            self._idle += await asyncio.gather(*started)
            yield
        finally:
            for worker in (*self._idle, *self.busy):
                worker.kill()
                await worker.ended()

    async def __call__(self, check: Check, tell: Tell) -> Outcome:
        """Make a check in a process that makes no other meanwhile."""
        worker = self._idle.pop() if self._idle else await Worker.start(self._settings)
        self.busy.add(worker)
        sound = False
        try:
            outcome = await worker.check(check, tell)
            sound = worker.checks < _CHECKS
            return outcome
        finally:
            self.busy.discard(worker)
            if sound:
                self._idle.append(worker)
            else:
                worker.kill()
