"""An application whose checks are made in the test's own hands, and a client that talks to it without a socket."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import httpx
import pytest

from pharmcheck.web.app import create_app
from pharmcheck.web.jobs import Check, Order, Step, Tell
from pharmcheck.web.settings import Settings
from pharmcheck.web.store import Outcome
from tests.web.outcomes import outcome_of

Open = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]
PLENTY = {"client_burst": 1_000, "client_per_hour": 100_000, "requests_per_minute": 100_000}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def at_once(order: Order, tell: Tell) -> Outcome:
    """A check that reads one invented rogue page."""
    tell(Step("resolving"))
    tell(Step("reading", 1))
    tell(Step("judging", 1))
    return outcome_of(order)


@pytest.fixture
def opened() -> Open:
    """Return a function that opens an application and yields a client of it."""

    @asynccontextmanager
    async def open_(
        check: Check = at_once, address: str = "192.0.2.7", **settings: object
    ) -> AsyncIterator[httpx.AsyncClient]:
        app = create_app(Settings(**{**PLENTY, "names": ("test",), **settings}), check)  # type: ignore[arg-type]
        transport = httpx.ASGITransport(app, client=(address, 1), raise_app_exceptions=False)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(
                transport=transport, base_url="http://test", headers={"Sec-Fetch-Site": "same-origin"}
            ) as client,
        ):
            yield client

    return open_
