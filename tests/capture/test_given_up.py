"""Who gives up waiting for an answer takes it from nobody else."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from pharmcheck.capture.client import Client
from pharmcheck.capture.exchange import Exchange
from tests.capture.gathered import HOME
from tests.capture.shop import Shop, answer, silence

SLOW = "http://shop.example/slow"


async def give_up(client: Client, path: str, begun: asyncio.Event) -> None:
    """Ask for the page, and give up when the server was asked for `path`."""
    asking = asyncio.create_task(client.fetch(SLOW))
    await begun.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking


@pytest.mark.parametrize("path", ["/slow", "/robots.txt"])
def test_an_answer_outlives_who_gave_it_up(path: str) -> None:
    """A page that someone gave up waiting for, or its robots.txt, is there for the next who asks, and is asked for once."""

    async def run() -> tuple[Exchange, list[str]]:
        begun, go = asyncio.Event(), asyncio.Event()

        async def late(writer: asyncio.StreamWriter) -> None:
            begun.set()
            await go.wait()
            writer.write(answer(HOME if path == "/slow" else "User-agent: *\nDisallow:"))
            await writer.drain()

        async with Shop({"/slow": HOME, path: late}) as shop, Client(shop.options()) as client:
            await give_up(client, path, begun)
            go.set()
            return (await client.fetch(SLOW)).last, shop.asked

    last, asked = asyncio.run(run())
    assert (last.status, last.error) == (200, "")
    assert asked == ["/robots.txt", "/slow"]


def test_nothing_goes_on_behind_a_closed_client() -> None:
    """What is still asked for when a check ends is ended with it."""

    async def run() -> int:
        begun = asyncio.Event()

        async def never(writer: asyncio.StreamWriter) -> None:
            begun.set()
            await silence(writer)

        async with Shop({"/slow": never}) as shop:
            before = asyncio.all_tasks()
            async with Client(shop.options()) as client:
                await give_up(client, "/slow", begun)
                assert len(asking_in(before)) == 1
            return len(asking_in(before))

    assert asyncio.run(run()) == 0


def asking_in(before: set[asyncio.Task[Any]]) -> list[asyncio.Task[Any]]:
    """Return the tasks of a client that were begun since."""
    return [task for task in asyncio.all_tasks() - before if "_persist" in repr(task.get_coro())]
