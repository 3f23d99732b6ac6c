"""How many answers a capture waits for one after another: a server that answers in steps, whenever nothing more is asked."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import httpx

from pharmcheck.capture import CaptureOptions
from pharmcheck.capture.client import Client
from pharmcheck.capture.crawl import Crawl
from pharmcheck.capture.gate import Gate
from pharmcheck.model import Site
from pharmcheck.target import parse_target
from tests.capture.shop import NOW

WORDS = "<p>An invented shop with more than enough words on its page to be taken for a page with content.</p>"
SHOP = "https://shop.example"
ROLES = ("contact", "about", "faq", "terms", "privacy", "shipping", "returns", "prescription")
LINKS = "".join(f"<a href=/{role}>{role}</a>" for role in ROLES)
SITE = {f"{SHOP}/{role}": WORDS for role in ROLES}


class Steps(httpx.AsyncBaseTransport):
    """Holds what is asked until `answer` is called, then answers all of it at once: one step."""

    def __init__(self, pages: dict[str, str]) -> None:
        self._pages = pages
        self._held: list[tuple[str, asyncio.Future[None]]] = []
        self.steps: list[list[str]] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        turn = asyncio.get_running_loop().create_future()
        self._held.append((f"{request.extensions['visitor']} {url}".strip(), turn))
        await turn
        page = self._pages.get(url, "")
        body = httpx.ByteStream(page.encode())
        return httpx.Response(200 if page else 404, headers={"Content-Type": "text/html"}, stream=body)

    def answer(self) -> None:
        held, self._held = self._held, []
        if held:
            self.steps.append([what for what, _ in held])
        for _, turn in held:
            turn.set_result(None)


def read(pages: dict[str, str], target: str = SHOP, **options: Any) -> tuple[Site, list[list[str]]]:
    """Capture a site, and return what was asked in each step."""

    async def run() -> tuple[Site, list[list[str]]]:
        transport = Steps(pages)
        async with Client(CaptureOptions(NOW, retries=0, **options), transport) as client:
            crawl = asyncio.create_task(Crawl(parse_target(target), client, lambda _: None).run())
            while not crawl.done():
                for _ in range(100):  # everything that can go on without an answer does
                    await asyncio.sleep(0)
                transport.answer()
            return crawl.result(), transport.steps

    return asyncio.run(run())


def test_no_place_stays_empty() -> None:
    """After robots.txt and home, two requests at once: no step is spent on one where another could be asked as well."""
    site, steps = read({f"{SHOP}/": WORDS + LINKS, **SITE}, vantage=True)
    assert [len(step) for step in steps] == [1, 1, 2, 2, 2, 2, 2, 1]  # eight pages and three visitors
    assert steps[:2] == [[f"{SHOP}/robots.txt"], [f"{SHOP}/"]]
    assert len(site.views) == 4


def test_pages_before_other_visitors() -> None:
    """Other visitors take the places that the pages leave, so that the links of links are not kept waiting."""
    pages = {
        f"{SHOP}/": WORDS + LINKS,
        **SITE,
        f"{SHOP}/terms": WORDS + "<a href=/cart>Cart</a>",
        f"{SHOP}/cart": WORDS,
    }
    del pages[f"{SHOP}/faq"]
    pages[f"{SHOP}/"] = pages[f"{SHOP}/"].replace("<a href=/faq>faq</a>", "")
    _, steps = read(pages, vantage=True)
    others = [n for n, step in enumerate(steps) for what in step if not what.startswith("https")]
    assert others[0] == 5  # seven pages take four steps, in the last of which a place is free
    assert f"{SHOP}/cart" in steps[6]
    assert len(steps) == 8


def test_at_most_two_at_once_at_a_host() -> None:
    """However much there is to ask, no host is asked for more than two things at once."""
    seals = "".join(f"<a href=https://issuer{n}.example/e><img src=/s.png></a>" for n in range(3))
    hosts = tuple(f"issuer{n}.example" for n in range(3))
    _, steps = read({f"{SHOP}/": WORDS + LINKS + seals, **SITE}, vantage=True, issuer_hosts=hosts)
    at_once = [Counter(what.split("/")[2] for what in step) for step in steps]
    assert max(max(step.values()) for step in at_once) == 2


def test_home_and_pasted_page_at_once() -> None:
    """The pasted page is asked for beside the home page."""
    _, steps = read({f"{SHOP}/": WORDS, f"{SHOP}/pills": WORDS}, f"{SHOP}/pills")
    assert steps == [[f"{SHOP}/robots.txt"], [f"{SHOP}/", f"{SHOP}/pills"]]


def test_issuers_of_seals_beside_the_pages() -> None:
    """A seal on the home page is asked for at its issuer while the pages are read, and costs no step of its own."""
    seal = "<a href=https://issuer.example/e><img src=/s.png></a>"
    pages = {f"{SHOP}/": WORDS + LINKS + seal, **SITE, "https://issuer.example/e": WORDS}
    site, steps = read(pages, issuer_hosts=("issuer.example",))
    assert len(steps) == 6
    assert [what for what in steps[2] if "issuer" in what] == ["https://issuer.example/robots.txt"]
    assert [what for what in steps[3] if "issuer" in what] == ["https://issuer.example/e"]
    assert site.pages[-1].role == "issuer"


def test_robots_before_everything() -> None:
    """Nothing of a host is asked for in the step of its robots.txt."""
    seal = "<a href=https://issuer.example/e><img src=/s.png></a>"
    pages = {f"{SHOP}/": WORDS + LINKS + seal, **SITE, "https://issuer.example/e": WORDS}
    _, steps = read(pages, vantage=True, issuer_hosts=("issuer.example",))
    for host in ("shop.example", "issuer.example"):
        first = next(step for step in steps if any(f"//{host}/" in what for what in step))
        assert [what for what in first if f"//{host}/" in what] == [f"https://{host}/robots.txt"]


def test_who_gives_up_at_the_gate_leaves_the_place_to_others() -> None:
    """Somebody who is cancelled while waiting, or just when a place is handed over, takes none with them."""

    async def run() -> None:
        gate = Gate(1)

        async def pass_through(*, can_wait: bool) -> str:
            async with gate.enter(can_wait=can_wait):
                return "through"

        async with gate.enter(can_wait=False):
            waiting = [asyncio.create_task(pass_through(can_wait=bool(n % 2))) for n in range(4)]
            await asyncio.sleep(0)
            waiting[0].cancel()
        waiting[2].cancel()
        ended = await asyncio.gather(*waiting, return_exceptions=True)
        assert [end for end in ended if end == "through"] == ["through", "through"]
        assert await pass_through(can_wait=True) == "through"

    asyncio.run(run())
