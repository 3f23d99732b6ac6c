"""One budget over a whole check: pages, robots.txt, hops, other visitors and look-ups, at servers that count."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pharmcheck.capture import replay
from pharmcheck.capture.archive import load
from pharmcheck.capture.budget import Budget, Share
from pharmcheck.model import Page, Registration, Site
from pharmcheck.pipeline import judge
from tests.capture.shop import Route, answer, redirect, silence
from tests.capture.world import ASKED, TEXT, WHOIS, World, look, rdap_answer

WORDS = "<p>An invented shop with more than enough words on its page to be taken for a page with content.</p>"
ROLES = ("contact", "about", "faq", "terms", "privacy", "shipping", "returns", "cart", "prescription", "product/soap")
LINKS = "".join(f"<a href=/{role}>{role}</a>" for role in ROLES)
PAGES: dict[str, Route] = {f"shop.example/{role}": WORDS + LINKS for role in ROLES}
# Each page is one hop away: what is linked takes two requests.
FAR: dict[str, Route] = {
    **{f"shop.example/{role}": redirect(f"/en/{role}") for role in ROLES},
    **{f"shop.example/en/{role}": WORDS + LINKS for role in ROLES},
}
THIN: dict[str, Route] = {
    ASKED: rdap_answer(
        entities=[],
        links=[{"rel": "related", "type": "application/rdap+json", "href": "https://rdap.registrar.example/x"}],
    ),
    "rdap.registrar.example/x": rdap_answer(),
}


def requests(world: World) -> list[str]:
    """Return all that was asked of the servers of that world but of its name server."""
    return [*world.shop.asked, *world.servers.asked, *(a for a in world.asked if not a.startswith("dns"))]


def whys(site: Site) -> str:
    return "\n".join(gap.why for gap in site.gaps)


def test_at_most_25_requests_in_all() -> None:
    """Pages, hops, robots.txt, other visitors, RDAP and WHOIS together make at most 25 requests; the rest is told."""
    world = World({**FAR, **THIN, "shop.example/": redirect("/en/"), "shop.example/en/": WORDS + LINKS})
    site = look(world, vantage=True)
    assert len(requests(world)) == 25
    assert "not asked, because the 25 requests of a check were used" in whys(site)


def test_pages_starve_nobody() -> None:
    """A site whose pages would take all requests is looked up and looked at by others all the same."""
    world = World({**FAR, **THIN, "shop.example/": WORDS + LINKS})
    site = look(world, vantage=True)
    assert isinstance(site.registration, Registration)
    assert site.registration.organisation == "Sample Trading Ltd"
    assert sorted(view.visitor.value for view in site.views if isinstance(view.page, Page)) == [
        "crawler",
        "ordinary",
        "phone",
        "searcher",
    ]


def test_what_is_left_over_goes_to_the_pages() -> None:
    """Where look-ups and visitors need less than is kept for them, the pages get it: no page of the plan is missed."""
    world = World({**PAGES, "shop.example/": redirect("/home"), "shop.example/home": WORDS + LINKS, **THIN})
    site = look(world, vantage=True, max_requests=25, max_pages=11)
    assert len(requests(world)) == 1 + 2 + len(ROLES) + 6 + 2
    assert "requests" not in whys(site)


def test_a_small_budget_keeps_the_look_ups() -> None:
    """However few requests are allowed, those of the look-ups are kept."""
    world = World({**FAR, ASKED: rdap_answer("404 Not Found"), "shop.example/": WORDS + LINKS})
    site = look(world, max_pages=1, max_requests=12)
    assert "holds no shop.example" in whys(site)
    assert len(requests(world)) <= 12


def test_bytes_of_all_pages_together(tmp_path: Path) -> None:
    """Bodies are cut, and then asked for no more, where the bytes of a check are read; look-ups have theirs apart."""
    file = tmp_path / "site.warc"
    big = answer(WORDS + LINKS + "x" * 3_000_000)
    world = World({**dict.fromkeys(PAGES, big), "shop.example/": big, ASKED: rdap_answer()})
    site = look(world, record=file, max_site_bytes=4_000_000)
    assert 3_400_000 < sum(len(exchange.body) for exchange in load(file).exchanges) < 3_700_000
    assert isinstance(site.registration, Registration)
    assert "not asked, because the 4 MB of a check were read" in whys(site)
    assert "that is all that was left of the bytes of the check" in whys(site)


def test_look_ups_have_bytes_of_their_own_and_no_more() -> None:
    """WHOIS answers count too: with too few bytes for look-ups the answer is cut, which is a gap, not an absence."""
    world = World(whois={WHOIS: TEXT + "x" * 1_000})
    site = look(world, registration_servers=("", WHOIS), max_site_bytes=8_000)
    assert not isinstance(site.registration, Registration)


@pytest.mark.parametrize("limit", [{}, {"max_site_bytes": 60_000}])
def test_a_replay_of_a_spent_budget_gives_the_same(limit: dict[str, Any], tmp_path: Path) -> None:
    """What was not asked any more is so in the replay, with the same words; the reports are the same."""
    file = tmp_path / "site.warc.gz"
    filler = WORDS * 100 if limit else ""
    routes = {path: route + filler if isinstance(route, str) else route for path, route in FAR.items()}
    live = look(World({**routes, **THIN, "shop.example/": WORDS + LINKS + filler}), vantage=True, record=file, **limit)
    again = replay(file)
    assert "not asked" in whys(live)
    assert again.gaps == live.gaps
    assert judge(again).as_dict() == judge(live).as_dict()


def test_each_url_is_asked_once() -> None:
    """No visitor fetches a URL twice in a check, whoever links or leads to it: robots.txt, home, pages, issuers."""
    seal = "<a href=https://issuer.registry.example/e><img src=/seal.png alt=Seal></a><a href=https://issuer.registry.example/e>x</a>"
    routes: dict[str, Route] = {
        **PAGES,
        "shop.example/": WORDS + LINKS + seal,
        "shop.example/faq": redirect("/contact"),
        "shop.example/about": redirect("/contact"),
        "shop.example/terms": redirect("/"),
        "shop.example/pasted": redirect("/"),
        "issuer.registry.example/e": WORDS,
        ASKED: rdap_answer(),
    }
    world = World(routes)
    site = look(world, "https://shop.example/pasted", vantage=True, issuer_hosts=("issuer.registry.example",))
    assert "issuer" in {page.role for page in site.pages}
    heads = [*world.shop.heads, *world.servers.heads]
    keys = ("get ", "host:", "user-agent:", "referer:")
    asked = Counter(tuple(line for line in head.lower().split("\r\n") if line.startswith(keys)) for head in heads)
    assert [key for key, times in asked.items() if times > 1] == []
    assert len([head for head in heads if head.startswith("GET / ")]) == 4


def test_what_served_twice_is_recorded_once(tmp_path: Path) -> None:
    """An answer to which two links lead is one record, and the replay gives the same site."""
    file = tmp_path / "site.warc"
    routes: dict[str, Route] = {
        **PAGES,
        "shop.example/": WORDS + LINKS,
        "shop.example/faq": redirect("/contact"),
        "shop.example/about": redirect("/contact"),
    }
    site = look(World(routes), look_ups=False, record=file)
    answers = file.read_bytes().count(b"WARC-Type: response\r\n")
    assert answers == len(site.pages) + 3  # robots.txt, and the two pages that lead on
    assert judge(replay(file)).as_dict() == judge(site).as_dict()


def test_a_page_that_leads_to_itself_is_asked_again() -> None:
    """A page that sets a cookie and leads to itself is read: within one way the same URL may answer twice."""
    cookie = answer("", "302 Found", Location="/", Set_Cookie="seen=1")
    site = look(World({"shop.example/": [cookie, WORDS]}), look_ups=False)
    assert [page.hops for page in site.pages] == [("https://shop.example/",)]


def test_cookies_of_others() -> None:
    """What the ordinary visitor was given as a cookie, other visitors do not show: they come for the first time."""
    world = World({"shop.example/": answer(WORDS + LINKS, Set_Cookie="seen=1"), **PAGES})
    look(world, look_ups=False, vantage=True)
    others = [head for head in world.shop.heads if "User-Agent: pharmcheck" not in head]
    assert len(others) == 3
    assert not any("Cookie:" in head for head in others)
    assert any("Cookie: seen=1" in head for head in world.shop.heads)


def test_last_requests_wait_for_what_is_left_over() -> None:
    """A page waits while requests are kept for others, gets what they leave over, and is refused after that."""

    async def run() -> None:
        budget = Budget(5, 1_000)
        budget.keep(Share.VIEWS, 3)
        got = [asyncio.create_task(budget.take(Share.PAGES)) for _ in range(5)]
        assert await budget.take(Share.VIEWS) == ""
        await asyncio.sleep(0)
        assert [task.done() for task in got] == [True, True, False, False, False]
        assert "5 requests" in await budget.take(Share.PAGES, waits=False)
        budget.end(Share.VIEWS)
        assert [bool(why) for why in await asyncio.gather(*got)] == [False, False, False, False, True]
        assert budget.asked == 5

    asyncio.run(run())


def test_what_is_kept_is_sure_and_what_is_free_is_for_all() -> None:
    """Who needs more than is kept for it takes what is free, and nothing that is kept for another."""

    async def run() -> None:
        budget = Budget(4, 1_000, look_ups=True)
        budget.keep(Share.VIEWS, 1)
        budget.keep(Share.LOOK_UPS, 2)
        assert [await budget.take(Share.VIEWS) for _ in range(2)] == ["", ""]
        assert await budget.take(Share.VIEWS) == "the 4 requests of a check were used"
        assert [await budget.take(Share.LOOK_UPS) for _ in range(2)] == ["", ""]

    asyncio.run(run())


def test_both_tries_of_a_bare_name_are_recorded(tmp_path: Path) -> None:
    """A name without a scheme that answers neither over https nor over http leaves both tries in the recording, once."""
    file = tmp_path / "site.warc"
    world = World({"shop.example/": silence})  # it speaks TLS only
    site = look(world, "shop.example", look_ups=False, record=file, timeout_s=1)
    urls = [exchange.url for exchange in load(file).exchanges if not exchange.url.endswith("robots.txt")]
    assert urls == ["https://shop.example/", "http://shop.example/"]
    assert replay(file).gaps == site.gaps
