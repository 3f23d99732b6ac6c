"""How many sites of one owner, address or network are read at once, and when to leave those alone that do not answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Any

from pharmcheck.audit.store import Job

_PATIENCE = 3  # sites in a row without an answer until a lane rests; one or two dead sites say nothing of their host
_FIRST_REST_S = 2.0
_MOST_LANES = 20_000  # then those in which nothing is read and nothing rests are forgotten, the oldest first
_LONGEST_REST_S = 30.0  # a dead address with a hundred sites must still be through within the hour
_NO_ANSWER = "home page: no answer from "  # as capture/client.py says it


@dataclass(frozen=True, slots=True)
class Limits:
    """Sites at once: of one registrable domain, of one IP address, of one network (/24, or /48 of IPv6)."""

    domain: int = 1
    address: int = 4  # each site asks at most two pages at once of a host, so eight
    network: int = 16

    def of(self, lane: str) -> int:
        """Return the limit of a lane, whose first word is its kind."""
        return {"domain": self.domain, "address": self.address}.get(lane.partition(" ")[0], self.network)


@dataclass(slots=True)
class _Lane:
    limit: float
    used: int = 0
    missed: int = 0
    rests_until: float = 0.0


def lanes_of(job: Job, address: str) -> tuple[str, ...]:
    """Return what a site shares with others: its domain and, where its address is known, that and its network."""
    if not address:
        return (f"domain {job.lock}",)
    bits = 24 if ip_address(address).version == 4 else 48
    return f"domain {job.lock}", f"address {address}", f"network {ip_network(f'{address}/{bits}', strict=False)}"


def timed_out(report: dict[str, Any]) -> bool:
    """True for a report on a site whose home page gave no answer in time."""
    return any(gap["artifact"] == "home" and str(gap["why"]).startswith(_NO_ANSWER) for gap in report["gaps"])


class Politeness:
    """Counts what is being read by lane. Pure but for `clock`, which counts seconds.

    From the third site in a row without an answer a lane rests, each time twice as long, and its limit is halved; each
    answer gives one place back. What is at its rule is forgotten, and so is the older half of
    what is idle when there are too many lanes.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._lanes: dict[str, _Lane] = {}

    def blocked(self, lanes: Iterable[str], mine: Collection[str] = ()) -> str:
        """Return the first lane with no room now, "" where there is none; lanes in `mine` are full for others only."""
        now = self._clock()
        for name in lanes:
            lane = self._lanes.get(name)
            if lane and (now < lane.rests_until or (lane.used >= int(lane.limit) and name not in mine)):
                return name
        return ""

    def begin(self, lanes: Iterable[str]) -> None:
        """Take a place in each lane."""
        for name in lanes:
            self._lane(name).used += 1

    def end(self, lanes: Iterable[str]) -> None:
        """Give the places back."""
        for name in lanes:
            self._lane(name).used -= 1
            self._forget(name)

    def note(self, lanes: Iterable[str], *, answered: bool) -> None:
        """Learn from a site that was read."""
        for name in lanes:
            lane = self._lane(name)
            if answered:
                lane.missed, lane.rests_until = 0, 0.0
                lane.limit = min(lane.limit + 1, self._limits.of(name))
            else:
                lane.missed += 1
                if lane.missed >= _PATIENCE:
                    lane.limit = max(1.0, lane.limit / 2)
                    rest = min(_LONGEST_REST_S, _FIRST_REST_S * 2 ** min(lane.missed - _PATIENCE, 10))
                    lane.rests_until = self._clock() + rest
            self._forget(name)

    def __len__(self) -> int:
        return len(self._lanes)

    def _lane(self, name: str) -> _Lane:
        if len(self._lanes) > _MOST_LANES:
            now = self._clock()
            busy = {k: v for k, v in self._lanes.items() if v.used or now < v.rests_until}
            self._lanes = dict(list(self._lanes.items())[-_MOST_LANES // 2 :]) | busy
        return self._lanes.setdefault(name, _Lane(float(self._limits.of(name))))

    def _forget(self, name: str) -> None:
        lane = self._lanes[name]
        if not (lane.used or lane.missed) and lane.limit >= self._limits.of(name):
            del self._lanes[name]
