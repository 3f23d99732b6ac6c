"""The sites that wait for their turn: read from the store in bounded windows, set aside while others block them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass

from pharmcheck.audit.politeness import Politeness, lanes_of
from pharmcheck.audit.store import Job, Store

_WINDOW = 500
_MOST = 5_000  # sites in memory; 10,000 names at one address must not hide the others behind them

_LOOKS = 64  # at names being looked up, each time; looking at all for every site would cost more than the sites

Locate = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Placed:
    """A site and the lanes that it takes while it is read."""

    job: Job
    lanes: tuple[str, ...]


class Waiting:
    """Hands out each site of the store that has no report, once.

    `locate` gives the address for a URL, "" where there is none, None while it is being looked up. While `more_come` into
    the store, those that were tried before wait, for behind them no new one would be found.
    """

    def __init__(self, store: Store, politeness: Politeness, locate: Locate) -> None:
        self._store, self._politeness, self._locate = store, politeness, locate
        self.more_come = False
        self._behind = (0, 0)
        self._exhausted = False
        self._looked_up: deque[Job] = deque()
        self._ready: deque[Placed] = deque()
        self._parked: dict[str, deque[Placed]] = {}
        self._again: deque[Placed] = deque()
        self._tried: set[str] = set()

    def __len__(self) -> int:
        parked = sum(map(len, self._parked.values()))
        return len(self._looked_up) + len(self._ready) + len(self._again) + parked

    def take(self, mine: Collection[str] = ()) -> Placed | None:
        """Return a site that may be read now, None where there is none; lanes in `mine` do not block."""
        self._fill()
        self._place()
        while self._ready or self._wake(mine):
            placed = self._ready.popleft()
            lane = self._politeness.blocked(placed.lanes, mine)
            if not lane:
                return placed
            self._parked.setdefault(lane, deque()).append(placed)
        return None

    def take_again(self) -> Placed | None:
        """Return a site that was being read when its process died: it is to be read alone."""
        for _ in range(len(self._again)):
            placed = self._again.popleft()
            if not self._politeness.blocked(placed.lanes):
                return placed
            self._again.append(placed)
        return None

    def put_back(self, placed: Placed) -> None:
        """Have a site wait again: one that was tried before alone, another as if it had never been taken."""
        if placed.job.attempts:
            self._again.append(placed)
            self._tried.add(
                placed.job.identity
            )  # in the store it stands behind all others now, as if not yet handed out
        else:
            self._ready.append(placed)

    def _fill(self) -> None:
        if self._exhausted or len(self._ready) + len(self._looked_up) >= _WINDOW or len(self) >= _MOST:
            return
        jobs = self._store.todo(_WINDOW, self._behind, tried=not self.more_come)
        self._exhausted = not jobs and not self.more_come
        self._looked_up.extend(job for job in jobs if job.identity not in self._tried)
        if jobs:
            self._behind = (jobs[-1].attempts, jobs[-1].number)

    def _place(self) -> None:
        pending = 0
        for _ in range(len(self._looked_up)):
            job = self._looked_up.popleft()
            address = self._locate(job.target)
            if address is not None:
                self.put_back(Placed(job, lanes_of(job, address)))
                continue
            self._looked_up.append(job)
            pending += 1
            if pending == _LOOKS:
                return

    def _wake(self, mine: Collection[str]) -> bool:
        """Have the first site of each lane with room tried; False when there is none."""
        for lane in [name for name in self._parked if not self._politeness.blocked((name,), mine)]:
            self._ready.append(self._parked[lane].popleft())
            if not self._parked[lane]:
                del self._parked[lane]
        return bool(self._ready)
