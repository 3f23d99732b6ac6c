"""The home page and the pasted page once more: as someone from a search result, as a crawler, and as a phone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from pharmcheck.capture.body import is_text
from pharmcheck.capture.budget import Share
from pharmcheck.capture.client import Client
from pharmcheck.capture.exchange import Exchange, Fetched
from pharmcheck.capture.visitors import OTHERS
from pharmcheck.model import Gap, Page, View, Visitor
from pharmcheck.reading.page import read_page

_ELSEWHERE = 2  # requests: the robots.txt of the place, and its page
_NAMES = {Visitor.SEARCHER: "someone from a search result", Visitor.CRAWLER: "a crawler", Visitor.PHONE: "a phone"}


def view_of(visitor: Visitor, asked: str, answer: Fetched) -> View:
    """Return what `visitor` got: an error page is what it got as well, a failure is a Gap."""
    last = answer.last
    kind = last.header("content-type")
    if answer.error or not is_text(kind, last.body):
        return View(visitor, asked, answer.ways, last.url, Gap("view", answer.error or f"{last.url} is not a text"))
    page = read_page(last.url, last.body, content_type=kind, role="view", status=last.status, hops=answer.hops)
    return View(visitor, asked, answer.ways, last.url, page)


def requests_for(ordinary: Sequence[View]) -> int:
    """Return how many requests it takes to look: the ways of the ordinary visitor thrice, and one way elsewhere."""
    ways = sum(len(view.hops) + 1 for view in ordinary if isinstance(view.page, Page))
    return ways * len(OTHERS) + _ELSEWHERE if ways else 0


async def look(
    ordinary: Sequence[View], client: Client, progress: Callable[[str], None]
) -> tuple[tuple[View, ...], tuple[Gap, ...], tuple[Exchange, ...]]:
    """Return what others see where `ordinary` was asked, and a gap for each who saw nothing.

    They take the places at a host that its pages leave. An address that gave the ordinary visitor no answer is not asked
    again.
    """

    async def ask(asked: str, visitor: Visitor) -> Fetched:
        progress(f"reading {asked} as {_NAMES[visitor]}")
        return await client.fetch(asked, visitor, Share.VIEWS)

    wanted = [(view.asked, visitor) for view in ordinary if isinstance(view.page, Page) for visitor in OTHERS]
    answers = await asyncio.gather(*(ask(asked, visitor) for asked, visitor in wanted))
    views = tuple(view_of(who, asked, answer) for (asked, who), answer in zip(wanted, answers, strict=True))
    gaps = tuple(
        Gap("vantage", f"vantage: {view.asked} seen as {_NAMES[view.visitor]}: {view.page.why}")
        for view in views
        if isinstance(view.page, Gap)
    )
    return views, gaps, tuple(exchange for answer in answers for exchange in answer.exchanges)
