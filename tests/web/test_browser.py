"""The form in a real Chromium: with script and without, by keyboard, on a phone, in the dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pharmcheck.web.app import create_app
from pharmcheck.web.settings import Settings
from tests.loopback import Loopback
from tests.sites import NOW
from tests.web.paged import PLENTY, VERDICT_MS, Scripted, ask
from tests.web.serving import SITES, serving


def test_browser_stays_on_this_machine(browser: Any) -> None:
    """The browser of these tests asks nobody outside, neither for an address nor at one."""
    sync_api = pytest.importorskip("playwright.sync_api")
    page = browser.new_page()
    for url in ("http://192.0.2.1/", "http://shop.example/"):
        with pytest.raises(sync_api.Error, match="ERR_NAME_NOT_RESOLVED"):
            page.goto(url)
    page.close()


@pytest.fixture(scope="module")
def real() -> Iterator[str]:
    """A server whose worker processes read the invented sites."""
    with Loopback(SITES, NOW) as sites:
        values = {**PLENTY, "connect_to": sites.connect_to, "ca_file": sites.ca_file}
        with serving(create_app(Settings(**values))) as address:
            yield address


def test_paste_progress_verdict(real: str, open_page: Callable[..., Any]) -> None:
    """Paste, press, see what is done, and read the verdict of a real check with its reasons folded out."""
    page = open_page(real)
    page.get_by_label("I buy in").select_option("DE")
    ask(page, "hxxps://potenzwelt24[.]example")
    page.locator("article h2").wait_for(timeout=VERDICT_MS)
    assert "do not buy" in page.locator("article h2").inner_text()
    first = page.locator("section > details").first
    assert not first.locator("blockquote").first.is_visible()
    first.locator("summary").click()
    assert first.locator("blockquote").first.is_visible()
    assert "Report it in DE" in page.locator(".advice").inner_text()
    assert page.context.cookies() == []


def test_steps_appear_as_they_are_made(scripted: tuple[str, Scripted], open_page: Callable[..., Any]) -> None:
    """With script the steps change in place, without a new page, and the verdict follows by itself."""
    address, check = scripted
    page = open_page(address)
    ask(page, "stepping.example")
    page.locator("[data-count]:text-is('3')").wait_for(timeout=VERDICT_MS)
    assert page.locator("[aria-current=step]").get_attribute("data-step") == "reading"
    assert page.locator("li.past").count() == 2
    page.evaluate("window.sameDocument = true")
    check.more.set()
    page.locator("[data-count]:text-is('7')").wait_for(timeout=VERDICT_MS)
    assert page.evaluate("window.sameDocument")
    check.go.set()
    page.locator("article h2").wait_for(timeout=VERDICT_MS)


def test_without_script(scripted: tuple[str, Scripted], open_page: Callable[..., Any]) -> None:
    """Without script the page comes again by itself until the verdict is there."""
    address, check = scripted
    page = open_page(address, java_script_enabled=False)
    ask(page, "slow.example")
    page.locator("[aria-current=step]").wait_for(timeout=VERDICT_MS)
    check.go.set()
    page.locator("article h2").wait_for(timeout=VERDICT_MS)


def test_keyboard_only(scripted: tuple[str, Scripted], open_page: Callable[..., Any]) -> None:
    """Tab, type, Enter; then Tab to a reason and open it: no mouse is needed, and the focus can be seen."""
    address, _ = scripted
    page = open_page(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "target":
            break
    page.keyboard.type("pills.example")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.locator("article h2").wait_for(timeout=VERDICT_MS)
    for _ in range(15):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    assert page.locator("details[open] blockquote").first.is_visible()
