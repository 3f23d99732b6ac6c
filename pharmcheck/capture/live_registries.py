"""Asks registers themselves about a site: one request after another, politely, and no more of one that wants none."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from pharmcheck.capture.body import is_text
from pharmcheck.capture.client import Client
from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.missing import status_of
from pharmcheck.enquiries import Question, questions
from pharmcheck.model import Gap, Page, Target
from pharmcheck.reading.licences import read_licences
from pharmcheck.reading.page import read_page
from pharmcheck.registries import load_registries
from pharmcheck.target import host_of

_REFUSALS = (403, 429, 503)  # after one of these a register is not asked again


def what_to_ask(target: Target, pages: Sequence[Page]) -> tuple[Question, ...]:
    """Return the questions to registers about a site: its domain, and the numbers that its pages print."""
    known = load_registries().all
    readable = [page for page in pages if page.text and not page.shell]
    return questions(target, [licence for page in readable for licence in read_licences(page, known, ())])


async def ask(
    asked: Sequence[Question], client: Client, progress: Callable[[str], None]
) -> tuple[tuple[Page, ...], tuple[Gap, ...], tuple[Exchange, ...]]:
    """Return the pages that registers answered with, a gap for each question that got none, and all exchanges."""
    pages: list[Page] = []
    gaps: list[Gap] = []
    trail: list[Exchange] = []
    refused: dict[str, str] = {}
    before = ""
    for question in asked:
        host = host_of(question.url)
        if host in refused:
            gaps.append(question.gap(f"not asked, because {refused[host]}"))
            continue
        if host == before:
            await asyncio.sleep(client.options.register_pause_s)
        before = host
        progress(f"asking {host} about {question.about}")
        answer = await client.fetch(question.url)
        trail += answer.exchanges
        last = answer.last
        if why := answer.error or _why_unusable(last):
            gaps.append(question.gap(why))
            if last.status in _REFUSALS:
                refused[host] = why
            continue
        kind = last.header("content-type")
        pages.append(read_page(last.url, last.body, content_type=kind, role="register", status=200, hops=answer.hops))
    return tuple(pages), tuple(gaps), tuple(trail)


def _why_unusable(last: Exchange) -> str:
    """Return why an answer is none that can be read, "" where it is one."""
    host = host_of(last.url)
    if last.status != 200:
        return status_of(last)
    if last.cut:
        return f"the answer of {host} is not whole"
    if not is_text(last.header("content-type"), last.body):
        return f"{host} answered with something that is not a text"
    return ""
