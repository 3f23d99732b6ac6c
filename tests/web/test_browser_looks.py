"""The form in a real browser: how it looks, what it says to machines, what it withstands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pharmcheck.web.app import create_app
from pharmcheck.web.settings import Settings
from tests.loopback import Loopback
from tests.sites import NOW
from tests.web.paged import PLENTY, VERDICT_MS, Scripted, ask
from tests.web.serving import serving

PAGES = ("/", "/about", "/list", "/checks/none")


def unfold(page: Any) -> None:
    """Open all that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_sideways_scrolling(scripted: tuple[str, Scripted], open_page: Callable[..., Any], width: int) -> None:
    """From the smallest phone to a desk nothing sticks out, and the verdict stands on the first screen."""
    address, _ = scripted
    page = open_page(address, viewport={"width": width, "height": 640})
    places = [address + path for path in PAGES]
    ask(page, "pills.example")
    page.locator("article h2").wait_for(timeout=VERDICT_MS)
    assert page.locator("article h2").bounding_box()["y"] < 400
    places.append(page.url)
    page.goto(f"{address}/list")
    page.locator("#links").fill(
        "https://www.ashopwithaverylongname.example/shopping\nftp://ashopwithanothername.example/"
    )
    page.locator("form.ask button").click()
    page.locator(".results a").wait_for(timeout=VERDICT_MS)
    places.append(page.url)
    for place in places:
        page.goto(place)
        unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place


BROKEN_WORDS = """cells => cells.flatMap(cell => {
  const broken = [], texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) for (const word of texts.currentNode.data.matchAll(/[\\p{L}\\d.]+/gu)) {
    const range = document.createRange();
    range.setStart(texts.currentNode, word.index);
    range.setEnd(texts.currentNode, word.index + word[0].length);
    if (new Set([...range.getClientRects()].map(r => r.top)).size > 1) broken.push(word[0]);
  }
  return broken;
})"""


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_words_stay_whole_on_a_phone(
    scripted: tuple[str, Scripted], open_page: Callable[..., Any], language: str
) -> None:
    """The names and answers of signals, and the links of a list, are broken at hyphens and blanks only."""
    address, _ = scripted
    page = open_page(address, f"/?lang={language}", viewport={"width": 360, "height": 640})
    page.locator("#target").fill("pills.example")
    page.locator("form button").click()
    page.locator("article h2").wait_for(timeout=VERDICT_MS)
    unfold(page)
    cells = page.locator(".all :is(td:not(:last-child), th)")
    assert cells.count() > 100
    assert cells.evaluate_all(BROKEN_WORDS) == []
    for width in (360, 1100):
        page = open_page(address, f"/list?lang={language}", viewport={"width": width, "height": 640})
        page.locator("#links").fill("broken-apothecary-shop.example\npills.example")
        page.locator("form button").click()
        page.locator("tr[data-open]").first.wait_for(state="detached", timeout=VERDICT_MS)
        assert page.locator(".results th[scope=row]").evaluate_all(BROKEN_WORDS) == []


def test_touch_targets(scripted: tuple[str, Scripted], open_page: Callable[..., Any]) -> None:
    """Buttons and fields are at least 44 pixels high on a phone (WCAG 2.2, 2.5.5)."""
    page = open_page(scripted[0], viewport={"width": 360, "height": 640})
    for name in ("input#target", "button", "select"):
        assert page.locator(name).bounding_box()["height"] >= 44, name


def test_hostile_site(scripted: tuple[str, Scripted], open_page: Callable[..., Any]) -> None:
    """Scripts, SVG, escapes and bidi marks of a checked site are read as text; nothing runs, nothing leads there."""
    page = open_page(scripted[0])
    ask(page, "evil.example")
    page.locator("article h2").wait_for(timeout=VERDICT_MS)
    unfold(page)
    text = page.locator("article").inner_text()
    assert "<script>alert(7)</script>" in text
    assert not re.search(r"[\x1b\u202a-\u202e]", text)
    assert page.locator("a[href*='example']").count() == 0
    assert "owned" not in page.title()


def test_error_pages(scripted: tuple[str, Scripted], open_page: Callable[..., Any]) -> None:
    """A check that broke off, a wrong address and a result that is gone each say what to do next."""
    page = open_page(scripted[0])
    ask(page, "no address")
    assert "not a web address" in page.locator("#trouble").inner_text()
    ask(page, "broken.example")
    page.get_by_text("neither good nor bad").wait_for(timeout=VERDICT_MS)
    page.get_by_role("link", name="Check another link").click()
    page.goto(scripted[0] + "/checks/none")
    page.get_by_role("link", name="Back to the start").click()
    assert page.get_by_label("Link of the shop").is_visible()


def test_csv_of_200_links(scripted: tuple[str, Scripted], open_page: Callable[..., Any]) -> None:
    """A CSV file of 200 links fills its table in place, and can be downloaded."""
    page = open_page(scripted[0], "/list")
    file = "shop,link\n" + "".join(f"Shop {n},s{n}.example\n" for n in range(200))
    page.get_by_label("Or a CSV file").set_input_files(
        {"name": "links.csv", "mimeType": "text/csv", "buffer": file.encode()}
    )
    page.get_by_role("button", name="Check them").click()
    page.get_by_role("heading", name="200 of 200 checked").wait_for(timeout=VERDICT_MS)
    assert page.locator("tbody tr").count() == 200
    assert page.locator("tbody tr.red").count() == 200
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    text = download.value.path().read_text()
    assert text.count("rogue") == 200


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_accessible(scripted: tuple[str, Scripted], open_page: Callable[..., Any], scheme: str, language: str) -> None:
    """axe-core finds no violation on any page, light and dark, folded out."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed").Axe()
    address, check = scripted
    # axe itself is put into the page by the test, which the policy of the page forbids to everybody
    page = open_page(address, f"/?lang={language}", color_scheme=scheme, bypass_csp=True)
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        violations = axe.run(page).response["violations"]
        found[name] = [f"{v['id']}: {v['nodes'][0]['html']}" for v in violations]

    for path in PAGES:
        page.goto(f"{address}{path}?lang={language}")
        look(path)
    page.goto(f"{address}/?lang={language}")
    page.locator("#target").fill("slow.example")
    page.locator("form button").click()
    page.locator("[aria-current=step]").wait_for(timeout=VERDICT_MS)
    look("waiting")
    check.go.set()
    page.locator("article h2").wait_for(timeout=VERDICT_MS)
    look("result")
    unfold(page)
    look("result, folded out")
    page.goto(f"{address}/list?lang={language}")
    page.locator("#links").fill("pills.example\nbroken.example\nno address")
    page.locator("form button").click()
    page.locator("table").wait_for(timeout=VERDICT_MS)
    page.locator("tr[data-open]").first.wait_for(state="detached", timeout=VERDICT_MS)
    look("list")
    page.goto(f"{address}/?lang={language}")
    page.locator("#target").fill("no address")
    page.locator("form button").click()
    page.locator("#trouble").wait_for(timeout=VERDICT_MS)
    look("trouble")
    assert not {place: trouble for place, trouble in found.items() if trouble}
    assert len(found) == 9


def test_print_leaves_out_the_controls(scripted: tuple[str, Scripted], open_page: Callable[..., Any]) -> None:
    """On paper stand the verdict and the reasons, not the navigation."""
    page = open_page(scripted[0])
    ask(page, "pills.example")
    page.locator("article h2").wait_for(timeout=VERDICT_MS)
    page.emulate_media(media="print")
    assert page.locator("article h2").is_visible()
    assert not page.locator("header.top").is_visible()
    assert not page.get_by_role("link", name="Check another link").is_visible()


def test_leaving_ends_the_check(open_page: Callable[..., Any]) -> None:
    """A check whose page was closed is stopped, and its place is free."""
    check = Scripted()
    with serving(create_app(Settings(**PLENTY, patience_s=0.5, workers=1), check)) as address:
        page = open_page(address)
        ask(page, "slow.example")
        page.locator("[aria-current=step][data-step=reading]").wait_for(timeout=VERDICT_MS)
        page.context.close()
        other = open_page(address)
        ask(other, "pills.example")
        other.locator("article h2").wait_for(timeout=VERDICT_MS)
        metrics = open_page(address, "/metrics").locator("body").inner_text()
        check.go.set()
        assert 'verdict="failed"} 1' in metrics


def test_picture_of_a_shop_drawn_by_scripts(open_page: Callable[..., Any], tmp_path: Path) -> None:
    """With rendering a shop that only scripts draw gets its verdict, and the result shows it under the page's own policy."""
    from tests.capture.rendered import APP, GOODS, HOST, SHELL

    folder = tmp_path / HOST
    folder.mkdir()
    files = {"index.html": SHELL, "contact.html": SHELL, "app.js": APP, "goods.json": json.dumps(GOODS)}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Loopback(tmp_path, NOW) as sites:
        values = {**PLENTY, "workers": 1, "connect_to": sites.connect_to, "ca_file": sites.ca_file, "render": True}
        with serving(create_app(Settings(**values))) as address:
            page = open_page(address)
            ask(page, HOST)
            page.locator("article.red h2").wait_for(timeout=VERDICT_MS)
            page.get_by_text("What the page looks like").wait_for()
            unfold(page)
            assert (
                page.locator("article img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 1024
            )
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
