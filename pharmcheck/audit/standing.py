"""How far an audit is: its verdicts as they come, counted for whoever watches."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pharmcheck.audit.store import Store

_SHOWN = 3  # sites or batches that take longest


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an audit is: counts by verdict, sites a second, and the sites that take longest with their seconds."""

    done: int
    total: int
    verdicts: dict[str, int]
    rate: float
    slowest: tuple[tuple[str, float], ...]


class Count:
    """The verdicts of an audit: `total` sites at its beginning, `before` of which have theirs from an earlier run."""

    def __init__(self, store: Store) -> None:
        self._verdicts = Counter(store.counts())
        self.total = self._verdicts.total()
        self.before = self.total - self._verdicts.pop("", 0)
        self._started = time.monotonic()

    def add(self, verdicts: Iterable[str]) -> None:
        self._verdicts.update(verdicts)

    def standing(self, total: int, ages: Iterable[tuple[str, float]]) -> Standing:
        """Return how far it is with `total` sites; `ages` are names and seconds of what is under way."""
        done = self._verdicts.total()
        rate = (done - self.before) / max(0.001, time.monotonic() - self._started)
        slowest = sorted(ages, key=lambda named: -named[1])[:_SHOWN]
        return Standing(done, total, dict(self._verdicts), rate, tuple(slowest))
