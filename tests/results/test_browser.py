"""The summary in a real Chromium: sorted, filtered, accessible, and quiet under its own policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pharmcheck.results.summary import write_summary
from tests.results.audits import SEVERAL, hostile, network, write_audit
from tests.web.serving import CHROMIUM_FLAGS, chromium

sync_api = pytest.importorskip("playwright.sync_api", reason="browser tests skipped: Playwright is not installed")
if not chromium():
    pytest.skip("browser tests skipped: no Chromium on this machine", allow_module_level=True)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    ties = [network("site3.example", "site4.example"), network("pills.example", "site1.example")]
    out = write_audit(tmp_path_factory.mktemp("audit"), (*SEVERAL, hostile()), ties)
    return write_summary(out, {}, lambda _: None).as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with (
        sync_api.sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS) as browser,
    ):
        yield browser


def names(page: Any) -> list[str]:
    shown: list[str] = page.eval_on_selector_all(
        ".sites tbody tr:not([hidden]) th", "cells => cells.map(c => c.textContent)"
    )
    return shown


def test_sorted_and_filtered(browser: Any, address: str) -> None:
    """A press on a head sorts by it and again the other way; words and verdict filter; the count is told."""
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.locator(".sites th button").first.click()
    up = names(page)
    page.locator(".sites th button").first.click()
    assert (up, names(page)) == (sorted(up), sorted(up, reverse=True))
    page.locator("#verdict").select_option("rogue")
    assert len(names(page)) == 2
    page.locator("#words").fill("site4")
    assert names(page) == ["site4.example"]
    assert page.locator("#shown").inner_text() == f"1 of {len(SEVERAL) + 1} rows"
    assert (said, asked) == ([], [address])


def test_without_script_it_is_a_plain_table(browser: Any, address: str) -> None:
    """All rows stand there, and no field that would do nothing."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    assert page.locator(".sites tbody tr").count() == len(SEVERAL) + 1
    assert not page.locator(".filter").is_visible()


def test_networks_can_be_read_on_a_phone(browser: Any, address: str) -> None:
    """Their table is laid out one cell below the other, none of them a few letters wide."""
    page = browser.new_context(viewport={"width": 360, "height": 800}).new_page()
    page.goto(address)
    widths = page.eval_on_selector_all(".networks tbody td", "cells => cells.map(c => c.getBoundingClientRect().width)")
    assert min(widths) > 250


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_violation_and_no_sideways_scrolling(browser: Any, address: str, scheme: str, width: int) -> None:
    """axe-core finds nothing, and the page is never wider than the screen."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed").Axe()
    page = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True
    ).new_page()
    page.goto(address)
    violations = axe.run(page).response["violations"]
    assert [f"{v['id']}: {v['nodes'][0]['html']}" for v in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
