"""Counts for the operator in the Prometheus text format; they name no site and no client."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

_BUCKETS_S = (0.5, 1, 2, 5, 10, 20, 40, 80)
_FIRST_GUESS_S = 10.0  # what a check takes, until one was seen


class Metrics:
    """What happened since the start."""

    def __init__(self) -> None:
        self.answers: Counter[int] = Counter()
        self._checks: Counter[str] = Counter()
        self._took: Counter[float] = Counter()
        self._seconds = 0.0
        self._gauges: dict[str, Callable[[], float]] = {}
        self.usual_s = _FIRST_GUESS_S

    def gauge(self, name: str, value: Callable[[], float]) -> None:
        """Name a value that is read when somebody asks."""
        self._gauges[name] = value

    def ended(self, verdict: str, seconds: float) -> None:
        """Count a check that ended."""
        self._checks[verdict] += 1
        self._seconds += seconds
        self._took.update(b for b in _BUCKETS_S if seconds <= b)
        self.usual_s += (seconds - self.usual_s) / 8  # a moving mean: what the next ones will take

    def text(self) -> str:
        """Return the page for Prometheus (text format 0.0.4)."""
        return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield "# HELP pharmcheck_answers_total Answers by status."
        yield "# TYPE pharmcheck_answers_total counter"
        for status, count in sorted(self.answers.items()):
            yield f'pharmcheck_answers_total{{status="{status}"}} {count}'
        yield "# HELP pharmcheck_checks_total Checks that ended, by verdict."
        yield "# TYPE pharmcheck_checks_total counter"
        for verdict, count in sorted(self._checks.items()):
            yield f'pharmcheck_checks_total{{verdict="{verdict}"}} {count}'
        yield "# HELP pharmcheck_check_seconds From the question to the answer, waiting included."
        yield "# TYPE pharmcheck_check_seconds histogram"
        for bucket in _BUCKETS_S:
            yield f'pharmcheck_check_seconds_bucket{{le="{bucket}"}} {self._took[bucket]}'
        yield f'pharmcheck_check_seconds_bucket{{le="+Inf"}} {self._checks.total()}'
        yield f"pharmcheck_check_seconds_sum {self._seconds:.3f}"
        yield f"pharmcheck_check_seconds_count {self._checks.total()}"
        for name, value in self._gauges.items():
            yield f"# HELP pharmcheck_{name} Now."
            yield f"# TYPE pharmcheck_{name} gauge"
            yield f"pharmcheck_{name} {value():g}"
