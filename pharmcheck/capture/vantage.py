"""The home page and the pasted page once more: as someone from a search result, as a crawler, and as a phone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from pharmcheck.capture.body import is_text
from pharmcheck.capture.client import Client
from pharmcheck.capture.exchange import Exchange, Fetched
from pharmcheck.model import Gap, Page, View, Visitor
from pharmcheck.reading.page import read_page

OTHERS = (Visitor.SEARCHER, Visitor.CRAWLER, Visitor.PHONE)
_NAMES = {Visitor.SEARCHER: "someone from a search result", Visitor.CRAWLER: "a crawler", Visitor.PHONE: "a phone"}


def view_of(visitor: Visitor, asked: str, answer: Fetched) -> View:
    """Return what `visitor` got: an error page is what it got as well, a failure is a Gap."""
    last = answer.last
    kind = last.header("content-type")
    if answer.error or not is_text(kind, last.body):
        return View(visitor, asked, answer.ways, last.url, Gap("view", answer.error or f"{last.url} is not a text"))
    page = read_page(last.url, last.body, content_type=kind, role="view", status=last.status, hops=answer.hops)
    return View(visitor, asked, answer.ways, last.url, page)


async def look(
    ordinary: Sequence[View], client: Client, progress: Callable[[str], None], *, one_by_one: bool
) -> tuple[tuple[View, ...], tuple[Gap, ...], tuple[Exchange, ...]]:
    """Return what others see where `ordinary` was asked, and a gap for each who saw nothing.

    As many are asked for at once as the client lets through; of a recording `one_by_one`, as its records stand. An
    address that gave the ordinary visitor no answer is not asked again.
    """

    async def ask(asked: str, visitor: Visitor) -> Fetched:
        progress(f"reading {asked} as {_NAMES[visitor]}")
        return await client.fetch(asked, visitor)

    wanted = [(view.asked, visitor) for view in ordinary if isinstance(view.page, Page) for visitor in OTHERS]
    if one_by_one:
        answers = [await ask(asked, visitor) for asked, visitor in wanted]
    else:
        answers = await asyncio.gather(*(ask(asked, visitor) for asked, visitor in wanted))
    views = tuple(view_of(who, asked, answer) for (asked, who), answer in zip(wanted, answers, strict=True))
    gaps = tuple(
        Gap("vantage", f"vantage: {view.asked} seen as {_NAMES[view.visitor]}: {view.page.why}")
        for view in views
        if isinstance(view.page, Gap)
    )
    return views, gaps, tuple(exchange for answer in answers for exchange in answer.exchanges)
