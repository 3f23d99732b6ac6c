"""What a browser without script does, and checks of a test's own."""

from __future__ import annotations

import asyncio

import httpx
from bs4 import BeautifulSoup

from pharmcheck.web.job import Check, Step, Tell
from pharmcheck.web.store import Outcome
from tests.web.outcomes import HOSTILE, outcome_of


def soup(answer: httpx.Response) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml")


async def result(
    client: httpx.AsyncClient, target: str = "pills.example", query: str = "", **fields: str
) -> httpx.Response:
    """Send the form, follow the check to its end, and return the page of the result."""
    sent = await client.post(f"/checks{query}", data={"target": target, **fields})
    assert sent.status_code == 303, sent.text
    place = sent.headers["location"]
    await client.get(f"{place.partition('?')[0]}/events")
    return await client.get(place)


async def hostile(check: Check, tell: Tell) -> Outcome:
    """A check of a page whose words attack whoever shows them."""
    return outcome_of(check, HOSTILE)


async def held(check: Check, tell: Tell) -> Outcome:
    """A check that goes on reading."""
    tell(Step("reading", 4))
    await asyncio.Event().wait()
    raise AssertionError
