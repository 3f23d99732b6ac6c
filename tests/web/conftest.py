"""An application whose checks are made in the test's own hands, and a client that talks to it without a socket."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import httpx
import pytest

from pharmcheck.web.app import create_app
from pharmcheck.web.job import Check, Checker, Step, Tell
from pharmcheck.web.settings import Settings
from pharmcheck.web.store import Outcome
from tests.web.outcomes import outcome_of
from tests.web.paged import PLENTY, Scripted
from tests.web.serving import CHROMIUM_FLAGS, chromium, serving

Open = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def at_once(check: Check, tell: Tell) -> Outcome:
    """A check that reads one invented rogue page."""
    tell(Step("resolving"))
    tell(Step("reading", 1))
    tell(Step("judging", 1))
    return outcome_of(check)


@pytest.fixture
def opened() -> Open:
    """Return a function that opens an application and yields a client of it."""

    @asynccontextmanager
    async def open_(
        checker: Checker = at_once, address: str = "192.0.2.7", **settings: object
    ) -> AsyncIterator[httpx.AsyncClient]:
        app = create_app(Settings(**{**PLENTY, "names": ("test",), **settings}), checker)
        transport = httpx.ASGITransport(app, client=(address, 1), raise_app_exceptions=False)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(
                transport=transport, base_url="http://test", headers={"Sec-Fetch-Site": "same-origin"}
            ) as client,
        ):
            yield client

    return open_


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium of the system; without one, or without what drives it, the test is skipped."""
    missing = "browser tests skipped: Playwright is not installed"
    sync_api = pytest.importorskip("playwright.sync_api", reason=missing)
    if not chromium():
        pytest.skip("browser tests skipped: no Chromium on this machine (apt-get install chromium)")
    with (
        sync_api.sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS) as browser,
    ):
        yield browser


@pytest.fixture
def scripted() -> Iterator[tuple[str, Scripted]]:
    check = Scripted()
    with serving(create_app(Settings(**PLENTY), check)) as address:
        yield address, check


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a page which must not log an error or ask anything from elsewhere."""
    contexts: list[Any] = []
    trouble: list[str] = []

    def open_(address: str, path: str = "/", **look: Any) -> Any:
        context = browser.new_context(**{"locale": "en-GB", **look})
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda m: trouble.append(m.text) if m.type == "error" and "Failed to load" not in m.text else None,
        )
        page.on("pageerror", lambda e: trouble.append(str(e)))
        page.on("dialog", lambda d: trouble.append(f"dialog: {d.message}"))
        page.on("request", lambda r: None if r.url.startswith(address) else trouble.append(r.url))
        page.goto(address + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not trouble
