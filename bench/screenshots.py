"""Take the pictures of the web form from real runs of `pharmcheck serve` over the invented sites of cassettes/.

`python bench/screenshots.py` writes the pictures of the README into bench/screenshots/; `--all DIR` writes every page at 360
and 1200 pixels, light and dark, for those who change a page. Needs an installed Chromium.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.loopback import Loopback  # noqa: E402
from tests.web.serving import CHROMIUM_FLAGS, SITES, chromium, served  # noqa: E402

RESULTS = {
    "rogue": ("northgatemeds.example", "DE"),
    "verified": ("lindwurm-apotheke.example", "DE"),
    "cannot-assess": ("medora-app.example", "GB"),
    "unverified": ("wrenfield-pharmacy.example", "GB"),
    "hacked": ("st-aldhelm-hospital.example", "GB"),
}
OF_README = ("form", "rogue", "verified", "cannot-assess")


def main(arguments: list[str]) -> int:
    """Take the pictures that the arguments ask for."""
    browser_path = chromium()
    if not browser_path:
        print("No Chromium is installed: `apt-get install chromium`, then run this again.")
        return 1
    everything = arguments[:1] == ["--all"]
    folder = Path(arguments[1]) if everything else ROOT / "bench" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with (
        Loopback(SITES, datetime.now(UTC)) as sites,
        served(sites, "--per-client", "100000") as (address, _),
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=browser_path, args=CHROMIUM_FLAGS) as browser,
    ):
        looks = [(w, s) for w in (360, 1200) for s in ("light", "dark")] if everything else [(420, "light")]
        for width, scheme in looks:
            for name, page in _pages(browser, address, width, scheme, everything):
                if everything or name in OF_README:
                    file = folder / (f"{name}-{width}-{scheme}.png" if everything else f"{name}.png")
                    page.screenshot(path=file, full_page=everything)
                    print(file)
    return 0


def _pages(browser: Browser, address: str, width: int, scheme: str, everything: bool) -> Iterator[tuple[str, Page]]:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        locale="en-GB",
        device_scale_factor=1.5,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto(address)
    yield "form", page
    for name, (site, country) in RESULTS.items():
        if everything or name in OF_README:
            _check(page, address, site, country)
            yield name, page
    if everything:
        yield from _more(page, address)
    context.close()


def _check(page: Page, address: str, site: str, country: str) -> None:
    page.goto(address)
    page.get_by_label("Link of the shop").fill(site)
    page.get_by_label("I buy in").select_option(country)
    page.get_by_role("button", name="Check it").click()
    page.locator("article").wait_for(timeout=60_000)


def _more(page: Page, address: str) -> Iterator[tuple[str, Page]]:
    page.goto(f"{address}/about")
    yield "about", page
    page.goto(f"{address}/checks/nowhere")
    yield "error", page
    page.goto(address)
    page.get_by_label("Link of the shop").fill("no address")
    page.get_by_role("button", name="Check it").click()
    page.locator("#trouble").wait_for()
    yield "trouble", page
    page.goto(f"{address}/list")
    yield "list-form", page
    page.get_by_label("Links", exact=True).fill("\n".join([site for site, _ in RESULTS.values()] + ["no address"]))
    page.get_by_role("button", name="Check them").click()
    page.locator("table").wait_for()
    page.locator("tr[data-open]").first.wait_for(state="detached", timeout=60_000)
    page.locator("[data-while]").wait_for(state="detached", timeout=60_000)
    yield "list", page
    page.goto(f"{address}/?lang=de")
    yield "form-de", page


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
