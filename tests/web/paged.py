"""A page of the form in a real browser, and checks whose course a test decides."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from pharmcheck.web.job import Check, CheckError, Step, Tell
from pharmcheck.web.store import Outcome
from tests.web.outcomes import HOSTILE, outcome_of

PLENTY: dict[str, Any] = {"client_burst": 1_000, "client_per_hour": 100_000, "requests_per_minute": 100_000}
VERDICT_MS = 60_000  # the machine may be busy


class Scripted:
    """Checks whose course the test decides: `stepping.example` reads on with `more`, and it and
    `slow.example` end with `go`; some targets fail or are hostile."""

    def __init__(self) -> None:
        self.more = threading.Event()
        self.go = threading.Event()

    async def __call__(self, check: Check, tell: Tell) -> Outcome:
        host = check.target.host
        tell(Step("resolving"))
        tell(Step("reading", 3))
        if host == "stepping.example":
            await asyncio.to_thread(self.more.wait, 60)
            tell(Step("reading", 7))
        if host in ("slow.example", "stepping.example"):
            await asyncio.to_thread(self.go.wait, 60)
        if host == "broken.example":
            raise CheckError("The check broke off. Nothing can be said about the site; please try again.")
        return outcome_of(check, HOSTILE) if host == "evil.example" else outcome_of(check)


def ask(page: Any, target: str) -> None:
    page.get_by_label("Link of the shop").fill(target)
    page.get_by_role("button", name="Check it").click()
