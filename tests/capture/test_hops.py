"""Pages that lead on by themselves: each hop is judged, counted and kept, and hides nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pharmcheck.capture import replay
from pharmcheck.model import Hop, Verdict
from pharmcheck.pipeline import judge
from pharmcheck.report import render
from tests.capture.gathered import HOME, read, why
from tests.capture.shop import Route, answer, redirect
from tests.capture.test_vantage import PILLS

URL = "http://shop.example/"
LEADS: dict[str, Callable[[str], str]] = {
    "meta refresh": lambda to: f'<meta http-equiv="refresh" content="0; url={to}">',
    "script": lambda to: f"<script>location.replace('{to}')</script>",
    "frame": lambda to: f'<frameset cols="100%"><frame src="{to}"></frameset>',
}


@pytest.mark.parametrize("how", LEADS)
def test_followed(how: str) -> None:
    """Where a page leads by itself is read, and the hop is recorded with how it led on."""
    site = read({"/": LEADS[how]("http://www.else.example/b"), "www.else.example/b": HOME})
    assert [(p.url, p.role, p.hops) for p in site.pages] == [("http://www.else.example/b", "home", (URL,))]
    assert site.views[0].hops == (Hop(URL, how),)


def test_shown_in_the_report() -> None:
    """The report tells the whole way, of all kinds of hops, and links none of it."""
    routes: dict[str, Route] = {
        "shop.example/": redirect("/a"),
        "shop.example/a": LEADS["script"]("http://else.example/"),
        "else.example/": HOME,
    }
    told = render(judge(read(routes)), fmt="text", width=300)
    assert (
        "everybody: hxxp://shop[.]example/ → (HTTP 302) hxxp://shop[.]example/a → (script) hxxp://else[.]example/"
        in told
    )


@pytest.mark.parametrize("how", LEADS)
def test_hides_nothing(how: str) -> None:
    """A shop that leads on to an innocent page is judged by both pages: the hop lowers no risk."""
    routes: dict[str, Route] = {"shop.example/": PILLS + LEADS[how]("http://else.example/"), "else.example/": HOME}
    assert judge(read(routes)).verdict is judge(read({"/": PILLS})).verdict is Verdict.ROGUE


def test_a_page_that_leads_on_and_is_cut() -> None:
    """Of such a page what was not read is a gap, though the page to which it leads was read whole."""
    long = LEADS["script"]("http://else.example/") + HOME + "<p>words</p>" * 100
    site = read({"shop.example/": long, "else.example/": HOME}, max_bytes=500)
    assert [p.url for p in site.pages] == [URL, "http://else.example/"]
    assert why(site) == f"{URL}, which led on: only its first 500 bytes were read, because it is larger than 500 bytes"


def test_at_most_ten() -> None:
    """Hops of all kinds count together: after ten nobody is followed further."""
    kinds = list(LEADS.values())
    routes: dict[str, Route] = {
        f"/{n}": kinds[n % 3](f"/{n + 1}") if n % 2 else redirect(f"/{n + 1}") for n in range(30)
    }
    site = read({**routes, "/": redirect("/0")})
    assert "redirected more than 10 times" in why(site)


def test_robots_of_a_hop() -> None:
    """A hop is not followed where robots.txt closes it; the gap says so, and the page that led there is kept."""
    routes: dict[str, Route] = {
        "shop.example/": HOME + LEADS["meta refresh"]("http://else.example/x"),
        "else.example/robots.txt": answer("User-agent: *\nDisallow: /", content_type="text/plain"),
    }
    site = read(routes)
    assert [p.url for p in site.pages] == [URL]
    assert "robots.txt of else.example" in why(site)


def test_replay(tmp_path: Path) -> None:
    """A recording with such a hop gives the same site; one without is played as it was read then."""
    record = tmp_path / "hop.warc.gz"
    routes: dict[str, Route] = {"shop.example/": HOME + LEADS["script"]("http://else.example/"), "else.example/": HOME}
    for follow in (True, False):
        site = read(routes, record=record, markup_hops=follow)
        again = replay(record)
        assert len(site.pages) == 1 + follow
        assert [(p.url, p.digest, p.hops) for p in again.pages] == [(p.url, p.digest, p.hops) for p in site.pages]
        assert again.views[0].hops == site.views[0].hops
