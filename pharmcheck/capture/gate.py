"""Lets a few through at once; of those who wait, the urgent first, then as they came."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from heapq import heappop, heappush
from itertools import count

# Turns of the event loop before those who can wait get a place: enough for a next round of links to be planned.
_GRACE = 20


class Gate:
    """A semaphore with two kinds of callers: those who can wait take the places that nobody else wants."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._came = count()

    @asynccontextmanager
    async def enter(self, *, can_wait: bool) -> AsyncIterator[None]:
        """Hold a place while the context lasts."""
        turn = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (can_wait, next(self._came), turn))
        self._admit()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # the place had just been handed over
                self._leave()
            raise
        try:
            yield
        finally:
            self._leave()

    def _leave(self) -> None:
        self._free += 1
        self._admit()

    def _admit(self, grace: int = _GRACE) -> None:
        """Hand free places to the urgent at once, and to those who can wait after some turns."""
        while self._free and self._waiting and not (self._waiting[0][0] and grace):
            *_, turn = heappop(self._waiting)
            if not turn.done():
                self._free -= 1
                turn.set_result(None)
        if self._free and self._waiting:
            asyncio.get_running_loop().call_soon(self._admit, grace - 1)
