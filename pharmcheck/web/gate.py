"""Whether a check may start now: the budgets of one client and of all, and the room in the queue."""

from __future__ import annotations

import asyncio
import math

from pharmcheck.web.job import Bill, BusyError, Check
from pharmcheck.web.jobs import Jobs
from pharmcheck.web.limits import Budget
from pharmcheck.web.link_lists import LinkLists
from pharmcheck.web.links import LONGEST_LINK, read_links, read_target
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
        self._most, self._unit_s = settings.list_links, settings.unit_s
        self._reading = asyncio.Lock()
        self._links = Budget(settings.client_per_hour / 3600, settings.client_burst)
        self._lists = Budget(settings.list_links_per_hour / 3600, settings.list_links)
        self._total = Budget(settings.total_per_hour / 3600, max(settings.total_per_hour / 4, settings.list_links))

    async def check(self, link: str, countries: tuple[str, ...], client: str) -> tuple[str, bool]:
        """Return the id of the check of a link, and whether it is new; the same question again costs nothing.

        Raises BusyError (503), RateError (429) and TargetError: what is no link costs as well, for it had to be read.
        """
        self._spend(self._links, client, 1)
        check = Check(read_target(link), countries)
        known = self._jobs.known(check)
        try:
            if not known:
                return await self._jobs.submit(check, bill=self._bill(self._links, client)), True
        except BusyError:
            self._give_back(self._links, client, 1)
            raise
        self._give_back(self._links, client, 1)
        return known, False

    async def several(self, text: str, countries: tuple[str, ...], client: str) -> str:
        """Return the id of a new list of the links in `text`. Raises BusyError, RateError and LinksError.

        It costs its links, or its length where that is more: a text in which nothing is a link had to be read as well.
        """
        async with self._reading:  # one after another
            self._link_lists.room()
            paid = min(math.ceil(len(text) / LONGEST_LINK), self._most)
            self._spend(self._lists, client, paid)
            lines = await asyncio.to_thread(read_links, text, self._most)  # beside the answers to all others
            self._spend(self._lists, client, max(0, len(lines) - paid))
            return await self._link_lists.submit(lines, countries, self._bill(self._lists, client))

    def _bill(self, budget: Budget, client: str) -> Bill:
        """Return what charges a client for the seconds of a check that its first unit does not cover."""
        return lambda seconds: budget.charge(client, max(0.0, seconds / self._unit_s - 1))

    def _spend(self, budget: Budget, client: str, cost: int) -> None:
        if wait_s := budget.take(client, cost):
            raise RateError(wait_s)
        if wait_s := self._total.take("", cost):
            budget.give_back(client, cost)
            raise BusyError(wait_s)

    def _give_back(self, budget: Budget, client: str, cost: int) -> None:
        budget.give_back(client, cost)
        self._total.give_back("", cost)
