"""Several links as one list: its rows fill as their checks end."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from pharmcheck.report.clean import clean, unlinked
from pharmcheck.report.rows import csv_row
from pharmcheck.report.words import UNJUDGED
from pharmcheck.web.job import Bill, BusyError, Check, State, View
from pharmcheck.web.jobs import Jobs
from pharmcheck.web.links import Line

_KEPT = 100
COLUMNS = ("link", "state", "verdict", "risk", "result", "why")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list as a table shows it: the link as given, and where its check stands (None: not a link)."""

    number: int
    text: str
    view: View | None
    why: str = ""

    @property
    def over(self) -> bool:
        """True when nothing more will come of it."""
        return self.view is None or self.view.state in (State.DONE, State.FAILED)

    def cells(self) -> tuple[str, ...]:
        """Return the row for a CSV file, as COLUMNS names it; without a risk where none was judged."""
        view = self.view
        state = view.state.value if view else "failed"
        done = view.summary if view and view.state is State.DONE else None
        risk = str(done.risk) if done and done.verdict not in UNJUDGED else ""
        told = (done.verdict, risk, done.sentence) if done else ("", "", "")
        return (self.text, state, *told, self.why or (view.summary.why if view else ""))


@dataclass(frozen=True, slots=True)
class _Entry:
    text: str
    check_id: str
    why: str


class LinkLists:
    """The lists of one server, in memory; the oldest go first."""

    def __init__(self, jobs: Jobs, most: int, keep_s: float) -> None:
        self._jobs, self._most, self._keep_s = jobs, most, keep_s
        self._kept: OrderedDict[str, tuple[float, tuple[_Entry, ...]]] = OrderedDict()

    def room(self) -> None:
        """Raise BusyError while as many lists as allowed are worked on."""
        busy = [b for _, b in self._kept.values() if any(self._jobs.going(e.check_id) for e in b)]
        if len(busy) >= self._most:
            raise BusyError(60)

    async def submit(self, lines: Sequence[Line], countries: tuple[str, ...], bill: Bill) -> str:
        """Put all links of a list into the queue and return the id of the list; each check is billed."""
        entries = []
        for number, line in enumerate(lines, 1):
            check = Check(line.target, countries) if line.target else None
            check_id = await self._jobs.submit(check, number, bill) if check else ""
            entries.append(_Entry(line.text, check_id, line.why))
        list_id = secrets.token_urlsafe(18)
        self._kept[list_id] = time.monotonic(), tuple(entries)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return list_id

    def rows(self, list_id: str) -> tuple[Row, ...] | None:
        """Return the rows of a list as they stand now, None where nobody knows it; to ask keeps its checks going."""
        made, entries = self._kept.get(list_id, (0.0, ()))
        if not entries or time.monotonic() - made > self._keep_s:
            return None
        return tuple(Row(n, e.text, self._jobs.view(e.check_id), e.why) for n, e in enumerate(entries, 1))


def as_csv(rows: Sequence[Row]) -> str:
    """Return the rows as CSV that no spreadsheet runs and no program links."""
    cells = (COLUMNS, *(row.cells() for row in rows))
    return "".join(csv_row(unlinked(clean(cell)) for cell in line) for line in cells)
