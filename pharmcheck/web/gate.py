"""Whether a check may start now: the budgets of one client and of all, and the room in the queue."""

from __future__ import annotations

from pharmcheck.web.job import BusyError, Check
from pharmcheck.web.jobs import Jobs
from pharmcheck.web.limits import Budget
from pharmcheck.web.link_lists import LinkLists
from pharmcheck.web.links import Line
from pharmcheck.web.settings import Settings


class RateError(Exception):
    """This client asks too often; `wait_s` says when to come again."""

    def __init__(self, wait_s: float) -> None:
        super().__init__("Too many checks were asked for from your address. Please try again later.")
        self.wait_s = wait_s


class Gate:
    """The only way to start a check."""

    def __init__(self, settings: Settings, jobs: Jobs, lists: LinkLists) -> None:
        self._jobs, self._link_lists = jobs, lists
        self._links = Budget(settings.client_per_hour / 3600, settings.client_burst)
        self._lists = Budget(settings.list_links_per_hour / 3600, settings.list_links)
        self._total = Budget(settings.total_per_hour / 3600, max(settings.total_per_hour / 4, settings.list_links))

    async def check(self, check: Check, client: str) -> tuple[str, bool]:
        """Return the id of the check, and whether it is new. Raises BusyError (503) and RateError (429)."""
        if known := self._jobs.known(check):
            return known, False
        self._jobs.room()
        self._spend(self._links, client, 1)
        return await self._jobs.submit(check), True

    async def several(self, lines: tuple[Line, ...], countries: tuple[str, ...], client: str) -> str:
        """Return the id of a new list. Raises BusyError and RateError."""
        self._link_lists.room()
        self._spend(self._lists, client, len(lines))
        return await self._link_lists.submit(lines, countries)

    def _spend(self, budget: Budget, client: str, cost: int) -> None:
        if wait_s := budget.take(client, cost):
            raise RateError(wait_s)
        if wait_s := self._total.take("", cost):
            budget.give_back(client, cost)
            raise BusyError(wait_s)
