"""What others see: two verdicts for a broken-into host, the budget, robots.txt, and a replay that gives the same."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pharmcheck.capture import capture, replay
from pharmcheck.capture.archive import load
from pharmcheck.model import Answer, HostState, Report, Site, Verdict
from pharmcheck.pipeline import judge
from pharmcheck.report import render
from pharmcheck.target import parse_target
from tests.capture.shop import Route, Shop, answer, redirect

HOSPITAL = (
    "<title>Quellbrunn District Hospital</title><h1>Quellbrunn District Hospital</h1>"
    "<p>Our wards for surgery, internal medicine and obstetrics are open to patients of the district at all hours.</p>"
    "<p>Visitors are welcome from two to seven. Parking is free of charge for the first hour. The cafeteria is closed on Sunday.</p>"
    "<a href=/contact>Contact</a>"
)
CONTACT = "<title>Contact</title><p>Quellbrunn District Hospital, Am Quell 1. Ask at the desk of the entrance hall.</p>"
PILLS = (
    "<html lang=en><title>Bluefinch Meds</title><h1>Bluefinch Meds</h1>"
    "<p>Buy Viagra, Cialis and Xanax online without prescription. No prescription needed! Worldwide discreet shipping.</p>"
    "<p>If customs seize your parcel, we reship for free. Pay with Bitcoin and save 20 %.</p>"
    "<div class=product><h2>Viagra 100 mg, 90 pills</h2><span class=price>$ 89.10</span>"
    "<form method=post action=/cart><button name=add-to-cart value=9>Add to cart</button></form></div>"
    "<div class=product><h2>Xanax 2 mg, 90 pills</h2><span class=price>$ 249.00</span>"
    "<form method=post action=/cart><button name=add-to-cart value=7>Add to cart</button></form></div>"
)
HOST, SHOP, PAGE = "quellbrunn-hospital.example", "bluefinch-meds.example", "/news/buy-viagra-online"
HACKED: dict[str, Route] = {
    f"{HOST}/": HOSPITAL,
    f"{HOST}/contact": CONTACT,
    f"{HOST}{PAGE}": answer("<title>Not found</title><p>There is no such page.", "404 Not Found"),
    f"searcher {HOST}{PAGE}": redirect(f"http://{SHOP}/?ref=77"),
    f"{SHOP}/?ref=77": PILLS,
}


def read(routes: Mapping[str, Route], target: str, **options: Any) -> tuple[Site, Shop]:
    """Capture `target` from a loopback server with these routes, as others see it, too."""

    async def run() -> tuple[Site, Shop]:
        async with Shop(routes) as shop:
            return await capture(parse_target(target), shop.options(**{"vantage": True, **options})), shop

    return asyncio.run(run())


def fired(report: Report) -> set[str]:
    return {f.signal for f in report.findings if f.answer is Answer.PRESENT}


@pytest.fixture(scope="module")
def hacked() -> Report:
    return judge(read(HACKED, f"http://{HOST}{PAGE}")[0], ("US",))


def test_host_is_a_victim(hacked: Report) -> None:
    """The hospital is spared: it sells no medicines, looks compromised, and its owner is to be told."""
    assert hacked.verdict is Verdict.NOT_A_PHARMACY
    assert hacked.host.state is HostState.LOOKS_COMPROMISED
    assert {"search-redirect", "host-compromised"} <= fired(hacked)
    assert "cloaked-content" not in fired(hacked)
    assert any("Tell the owner of this site" in sentence for sentence in hacked.advice)


def test_destination_is_judged_on_its_own(hacked: Report) -> None:
    """The shop behind it is named, looked up, and has a verdict of its own, by the page that was shown there."""
    assert [p.domain for p in hacked.promoted] == [SHOP]
    (led,) = hacked.destinations
    assert (led.domain, led.visitors, led.verdict) == (SHOP, ("searcher",), Verdict.ROGUE)
    assert led.risk > 90
    assert led.why


def test_finding_can_be_traced(hacked: Report) -> None:
    """The finding tells the way and quotes what the destination sells, with the digest of the page."""
    (found,) = (f for f in hacked.findings if f.signal == "search-redirect")
    assert found.quotes[0].text == f"http://{SHOP}/?ref=77"
    assert "someone who comes from a search result is led there (HTTP 302)" in found.quotes[0].note
    assert any(q.digest and q.offset is not None and "Viagra" in q.text for q in found.quotes[1:])


@pytest.mark.parametrize("fmt", ["text", "markdown", "html"])
def test_report_tells_both(hacked: Report, fmt: str) -> None:
    """Every report for people tells the way, the host's state and the destination's verdict, and links neither."""
    told = " ".join(render(hacked, fmt=fmt, width=200).split())
    assert f"{HOST} looks compromised" in told
    assert "from a search result" in told
    assert "Judged on its own: Matches the pattern of an illegal pharmacy" in told
    assert f"http://{SHOP}" not in told


def test_replay_gives_the_same(tmp_path: Path) -> None:
    """A recording holds each visitor's answers under a key of their own, and gives the same report, byte for byte."""
    record = tmp_path / "hacked.warc.gz"
    site, _ = read(HACKED, f"http://{HOST}{PAGE}", record=record)
    again = replay(record)
    assert [(v.visitor, v.url, v.hops) for v in again.views] == [(v.visitor, v.url, v.hops) for v in site.views]
    assert render(judge(again), fmt="json") == render(judge(site), fmt="json")
    assert {e.visitor for e in load(record).exchanges} == {"", "searcher", "crawler", "phone"}


def test_visitors_say_who_they_are() -> None:
    """Each visitor sends its own User-Agent, only the searcher a Referer, and robots.txt is asked for as ourselves."""
    _, shop = read({"/": HOSPITAL}, f"http://{HOST}/")
    asked = [dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line) for head in shop.heads]
    robots, home, *others = [h for h, path in zip(asked, shop.asked, strict=True) if path in ("/", "/robots.txt")]
    assert robots["User-Agent"] == home["User-Agent"]
    assert home["User-Agent"].startswith("pharmcheck/")
    assert sorted("Referer" in h for h in others) == [False, False, True]
    assert len({h["User-Agent"] for h in (home, *others)}) == 4


def test_robots_of_the_destination() -> None:
    """A destination whose robots.txt closes it is named and judged by its name, but not read; the gap says so."""
    routes = {**HACKED, f"{SHOP}/robots.txt": answer("User-agent: *\nDisallow: /", content_type="text/plain")}
    site, shop = read(routes, f"http://{HOST}{PAGE}")
    report = judge(site)
    assert "/?ref=77" not in shop.asked
    assert [d.domain for d in report.destinations] == [SHOP]
    assert report.destinations[0].verdict is Verdict.CANNOT_ASSESS
    assert any(g.artifact == "vantage" and "robots.txt" in g.why for g in report.gaps)


def test_not_asked_for() -> None:
    """Without it nobody else's view is asked for, and the three signals say that they do not know."""
    site, shop = read(HACKED, f"http://{HOST}{PAGE}", vantage=False)
    assert not any("Referer" in head for head in shop.heads)
    unknown = {f.signal: f.why for f in judge(site).findings if f.answer is Answer.UNKNOWN}
    for signal in ("search-redirect", "cloaked-content", "host-compromised"):
        assert "nobody else's view" in unknown[signal]


def test_same_for_all() -> None:
    """A site that shows everybody the same fires none of the three, and its report names no ways."""
    report = judge(read({"/": HOSPITAL, "/contact": CONTACT}, f"http://{HOST}/")[0])
    assert not fired(report) & {"search-redirect", "cloaked-content", "host-compromised"}
    assert report.host.state is HostState.OWN
    assert "Where visitors are led" not in render(report, fmt="text")


def test_phone_edition_of_the_same_name() -> None:
    """A phone that is led to the site's own mobile edition sees nothing that is hidden."""
    routes: dict[str, Route] = {
        f"{HOST}/": HOSPITAL,
        f"phone {HOST}/": redirect(f"http://m.{HOST}/"),
        f"m.{HOST}/": "<title>Quellbrunn</title><p>All about our wards, on a small screen.</p>",
    }
    report = judge(read(routes, f"http://{HOST}/")[0])
    assert not fired(report) & {"search-redirect", "cloaked-content", "host-compromised"}


def test_budget_of_requests() -> None:
    """A check makes no more requests than its budget; what it was too small for is a gap that says so."""
    site, shop = read(HACKED, f"http://{HOST}{PAGE}", max_pages=1, max_requests=12)
    assert len(shop.asked) <= 12
    site, shop = read({"/": HOSPITAL}, f"http://{HOST}/", max_site_bytes=1)
    assert shop.asked.count("/") <= 1
    assert any("MB of a check were read" in gap.why for gap in site.gaps)


def test_old_recordings_know_no_visitors(tmp_path: Path) -> None:
    """A recording without other visitors has no field for them, and says neither of hops by markup."""
    record = tmp_path / "plain.warc"
    read({"/": HOSPITAL}, f"http://{HOST}/", vantage=False, record=record)
    written = record.read_bytes()
    assert b"Pharmcheck-Visitor" not in written
    assert b"vantage" not in written
    assert b"markup-hops" not in written


def test_json_of_views(hacked: Report) -> None:
    """The JSON report has each view with its hops and its end."""
    views = json.loads(render(hacked, fmt="json"))["views"]
    (view,) = (v for v in views if v["visitor"] == "searcher" and v["asked"].endswith(PAGE))
    assert view["hops"] == [{"url": f"http://{HOST}{PAGE}", "how": "HTTP 302"}]
    assert (view["url"], view["status"]) == (f"http://{SHOP}/?ref=77", 200)
