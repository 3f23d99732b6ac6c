"""Which pages are given to a browser, what is read of it, and what is told where there is none; needs no browser."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pharmcheck.capture import capture, chromium, replay
from pharmcheck.capture.exchange import Exchange, Fetched
from pharmcheck.capture.rendering import MAX_RENDERED, Render, Rendered, Rendering, recorded_render
from pharmcheck.model import Site
from pharmcheck.target import parse_target
from tests.capture.shop import Route, Shop

SHELL = b"<div id=root></div><noscript>Please enable JavaScript.</noscript><script src=/app.js></script>"
WORDS = b"<p>" + b"An invented shop with many words on a page that needs no scripts. " * 8
TREE = b"<p>Scripts have drawn what stands here, and it is more than a few words of an invented shop."
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def page(url: str = "http://shop.example/", body: bytes = SHELL, status: int = 200, kind: str = "text/html") -> Fetched:
    return Fetched((Exchange(url, status, "OK", (("Content-Type", kind),), body),))


class Drawing:
    """Stands in for a browser: draws the same tree on every page, or leads on."""

    def __init__(self, **made: Any) -> None:
        self.asked: list[str] = []
        self._made = {"tree": TREE, "picture": b"\x89PNG", **made}

    async def __call__(self, given: Exchange) -> Rendering:
        self.asked.append(given.url)
        return replace(Rendering(given.url), **self._made)


def follow(rendered: Rendered, *answers: tuple[str, Fetched]) -> list[Fetched]:
    async def run() -> list[Fetched]:
        return [await rendered.follow(role, answer) for role, answer in answers]

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("role", "answer"),
    [
        ("product", page(body=WORDS)),
        ("issuer", page()),
        ("home", page(body=b"<title>Just a moment...</title><p>Checking your browser")),
        ("home", page(body=b"<p>This domain is for sale.")),
        ("home", page(status=404)),
        ("home", page(kind="text/plain")),
        ("home", replace(page(), error="no answer")),
    ],
    ids=["content", "issuer", "bot wall", "parked", "error page", "no HTML", "failure"],
)
def test_not_rendered(role: str, answer: Fetched) -> None:
    """A wall against robots is respected, a seal is what its issuer's server says, and what speaks for itself may."""
    drawing = Drawing()
    assert follow(Rendered(drawing), (role, answer)) == [answer]
    assert drawing.asked == []


def test_shell_is_replaced() -> None:
    """In place of a shell the drawn tree is read, and its digest is that of the tree."""
    rendered = Rendered(Drawing())
    (answer,) = follow(rendered, ("product", page()))
    read = rendered.page(answer.last, "product", answer.hops)
    assert read
    assert "Scripts have drawn" in read.text
    assert not read.shell
    assert rendered.pictures == ()  # only of what was asked for first


def test_still_a_shell() -> None:
    """A page that shows a browser nothing either says so."""
    rendered = Rendered(Drawing(tree=b"<div id=root></div><script>x</script>"))
    (answer,) = follow(rendered, ("home", page()))
    read = rendered.page(answer.last, "home", ())
    assert read
    assert read.shell == "javascript"
    assert [gap.why for gap in rendered.gaps([read])] == [
        "rendering: http://shop.example/ shows nothing to read to a browser either"
    ]


def test_content_is_never_replaced() -> None:
    """What scripts make of a page with words of its own is seen in the picture; the words that came are what is read."""
    rendered = Rendered(Drawing())
    (answer,) = follow(rendered, ("home", page(body=WORDS)))
    assert rendered.page(answer.last, "home", ()) is None
    assert [p.png for p in rendered.pictures] == [b"\x89PNG"]


def test_once_and_not_too_many() -> None:
    """A page is rendered once, and of a shop with many pages only the first few."""
    drawing = Drawing()
    wanted = [page(f"http://shop.example/{n // 2}") for n in range(4 * MAX_RENDERED)]
    follow(Rendered(drawing), *(("product", one) for one in wanted))
    assert drawing.asked == [f"http://shop.example/{n}" for n in range(MAX_RENDERED)]


def drawn(render: Render) -> Rendering:
    """Return what a renderer makes of the shop's home page."""

    async def run() -> Rendering:
        return await render(page().last)

    return asyncio.run(run())


def test_records_give_the_same() -> None:
    """What is recorded of a rendering is all of it, with the way and how each hop led on."""
    way = (
        Exchange(
            "http://a.example/", 302, "Found", (("Location", "http://b.example/"),), visitor="browser", via="script"
        ),
        Exchange("http://b.example/", 200, "OK", HTML, TREE, visitor="browser"),
    )
    made = Rendering(
        "http://shop.example/", TREE, b"\x89PNG", way, "it was cut", (("http://shop.example/x.js", "200"),)
    )
    again = drawn(recorded_render((*made.exchanges(), *way)))
    assert again == made


@pytest.mark.parametrize(
    "about", [b"", b"{", b"[1]", b'{"way": 3}', b'{"way": [["http://c.example/", ""]]}', b"[" * 9000]
)
def test_damaged_records(about: bytes) -> None:
    """A recording whose account of a rendering is missing or damaged says so; it is never an empty page."""
    kept = (
        Exchange("urn:pageinfo:http://shop.example/", body=about),
        Exchange("urn:dom:http://shop.example/", body=TREE),
    )
    made = drawn(recorded_render(kept))
    assert made.tree == b""
    assert "not among the rendered pages" in made.why


def read(routes: Mapping[str, Route], record: Path | None = None) -> Site:
    async def run() -> Site:
        async with Shop(routes) as shop:
            return await capture(
                parse_target("http://shop.example/"), shop.options(render=True, max_pages=1, record=record)
            )

    return asyncio.run(run())


def told(site: Site) -> str:
    return " ".join(gap.why for gap in site.gaps if gap.artifact == "rendering")


async def nothing() -> tuple[str, ...]:
    return ()


def test_no_chromium(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a Chromium the check goes on, says what to install, and its recording gives the same report."""
    pytest.importorskip("playwright.async_api", reason="Playwright is not installed")
    monkeypatch.setattr("shutil.which", lambda name: None)
    site = read({"/": SHELL.decode()}, tmp_path / "a.warc.gz")
    assert "no Chromium was found; install Chromium" in told(site)
    assert site.pages[0].shell == "javascript"
    assert "home page: the page is drawn by scripts, which are not run here" in [gap.why for gap in site.gaps]
    assert replay(tmp_path / "a.warc.gz").gaps == site.gaps


def test_no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Playwright the check goes on and says which extra to install."""
    monkeypatch.setitem(sys.modules, "playwright.async_api", None)
    assert "pip install 'pharmcheck[render]'" in told(read({"/": WORDS.decode()}))


def test_wrong_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What PHARMCHECK_CHROMIUM names must be a browser; what is none is told by name."""
    pytest.importorskip("playwright.async_api", reason="Playwright is not installed")
    monkeypatch.setenv("PHARMCHECK_CHROMIUM", str(tmp_path))
    assert f"PHARMCHECK_CHROMIUM names '{tmp_path}', which is no program" in told(read({"/": SHELL.decode()}))
    false = tmp_path / "false"
    false.write_text("#!/bin/sh\nexit 1\n")
    false.chmod(0o700)
    monkeypatch.setenv("PHARMCHECK_CHROMIUM", str(false))
    monkeypatch.setattr(chromium, "without_network", nothing)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert f"{false} could not be started" in told(read({"/": SHELL.decode()}))


def test_root_without_sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser never runs without its sandbox: where root could start none with it, none is started."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(chromium.RenderError, match="check as another user"):
        chromium.launcher("/usr/bin/chromium", (), tmp_path)


def test_replay_imports_no_browser(tmp_path: Path) -> None:
    """Only a check that renders imports Playwright."""
    record = tmp_path / "a.warc.gz"

    async def run() -> None:
        async with Shop({"/": WORDS.decode()}) as shop:
            await capture(parse_target("http://shop.example/"), shop.options(max_pages=1, record=record))

    asyncio.run(run())
    code = (
        f"import sys; from pharmcheck.pipeline import check_replay; from pathlib import Path; check_replay(Path({str(record)!r}))\n"
        "print('playwright' in sys.modules, 'pharmcheck.capture.browser' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "False False\n"
