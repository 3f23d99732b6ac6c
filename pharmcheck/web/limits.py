"""Budgets that refill evenly: per client, and for all together."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

_MOST_KEYS = 20_000  # at 100 bytes each: a flood of addresses costs 2 MB


class Budget:
    """`per_s` units a second for each key, at most `burst` at once (the generic cell rate algorithm, ITU-T I.371)."""

    def __init__(self, per_s: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval_s = 1 / per_s
        self._slack_s = burst / per_s
        self._clock = clock
        self._paid_until: OrderedDict[str, float] = OrderedDict()

    def take(self, key: str, cost: float = 1) -> float:
        """Spend `cost` units of `key` and return 0, or spend nothing and return the seconds to wait."""
        owed_s = self._owed_s(key) + cost * self._interval_s
        wait_s = owed_s - self._slack_s
        if wait_s > 1e-9:  # floats: a full burst is still a burst
            return wait_s
        self._owe(key, owed_s)
        return 0.0

    def charge(self, key: str, cost: float) -> None:
        """Spend `cost` units of `key`, also where they are not there: of what had its price only when it was over."""
        self._owe(key, self._owed_s(key) + cost * self._interval_s)

    def give_back(self, key: str, cost: float = 1) -> None:
        """Return what was taken for something that then was not done."""
        if key in self._paid_until:
            self._paid_until[key] -= cost * self._interval_s

    def _owed_s(self, key: str) -> float:
        """Return in how many seconds all that `key` spent will have come back."""
        return max(self._paid_until.get(key, 0.0) - self._clock(), 0.0)

    def _owe(self, key: str, owed_s: float) -> None:
        self._paid_until[key] = self._clock() + owed_s
        self._paid_until.move_to_end(key)
        if len(self._paid_until) > _MOST_KEYS:
            self._paid_until.popitem(last=False)


def client_key(address: str) -> str:
    """Return whose budget an address draws on: an IPv4 address, or the /64 that one IPv6 subscriber holds."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address or "local"
    if not isinstance(ip, IPv6Address):
        return str(ip)
    if ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return f"{IPv6Address(int(ip) >> 64 << 64)}/64"
