"""Where scripts lead, pages without an end, and what is left behind: nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from pharmcheck.capture import capture, replay
from pharmcheck.model import Site
from pharmcheck.pipeline import judge
from pharmcheck.report import render
from pharmcheck.target import parse_target
from tests.capture.rendered import APP, DRAWN, HOST, SHELL, STATIC, look, script, told
from tests.capture.shop import Route, Shop, answer, redirect, silence


def led(page: str) -> str:
    """Return a page that scripts lead to another place by, in a way that cannot be read without running them."""
    return f"{SHELL}<script>window['loca' + 'tion']['re' + 'place']({page!r})</script>"


def test_scripts_lead_on(tmp_path: Path) -> None:
    """Where only a running script leads on, the way is noted and told as a hop, and the page at its end is read."""
    other = "cheap-pills.example"
    routes: dict[str, Route] = {
        "/": led(f"http://{other}/go"),
        f"{other}/go": redirect(f"http://{other}/shop"),
        f"{other}/shop": SHELL,
        **{f"{other}{path}": DRAWN[path] for path in ("/app.js", "/goods.json")},
    }
    record = tmp_path / "led.warc.gz"
    site, _ = look(routes, vantage=True, record=record)
    assert [(p.url, len(p.hops)) for p in site.pages] == [(f"http://{other}/shop", 2)]
    assert "Viagra 100 mg" in site.pages[0].text
    report = judge(site)
    assert [(hop.url, hop.how) for hop in report.views[0].hops] == [
        (f"http://{HOST}/", "script"),
        (f"http://{other}/go", "HTTP 302"),
    ]
    assert f"everybody: hxxp://{HOST.replace('.', '[.]')}/ → (script)" in " ".join(render(report, width=200).split())
    plain, *others = report.views[1:]  # nobody else's scripts are run: what came without them is what is compared
    assert (plain.visitor.value, plain.url, plain.hops) == ("ordinary", f"http://{HOST}/", ())
    assert {(view.visitor.value, view.url) for view in others} == {
        (who, f"http://{HOST}/") for who in ("searcher", "crawler", "phone")
    }
    assert not {"cloaked-content", "search-redirect"} & {r.signal for r in report.reasons}
    assert render(judge(replay(record)), fmt="json") == render(report, fmt="json")


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("http://169.254.169.254/latest/meta-data/", "is not a public address"),
        ("http://127.0.0.1:8000/", "is not a public address"),
        ("http://intranet/", "private network"),
        (f"http://{HOST}:22/", "is not a web port"),
        (f"http://{HOST}/closed", "robots.txt"),
        (f"http://{HOST}/list.pdf", "no page"),
        (f"http://{HOST}/gone", "HTTP 404"),
    ],
)
def test_hops_by_script_are_judged(place: str, why: str) -> None:
    """A hop to what is never contacted, what robots.txt closes or what is no page is not followed, told, and hides nothing."""
    code = APP.replace("})", f"; setTimeout(() => location.assign({place!r}), 300) }})")
    routes: dict[str, Route] = {
        **DRAWN,
        "/app.js": script(code),
        "/robots.txt": answer("User-agent: *\nDisallow: /closed", content_type="text/plain"),
        "/list.pdf": answer(b"%PDF-1.7", content_type="application/pdf"),
    }
    rule = "bluefinch-meds.example:80:127.0.0.1:"

    async def run() -> Site:
        async with Shop(routes) as shop:
            options = shop.options(render=True, max_pages=1, connect_to=(f"{rule}{shop.port}",))
            return await capture(parse_target(f"http://{HOST}/"), options)

    site = asyncio.run(run())
    assert place in told(site)
    assert why in told(site)
    assert "Viagra 100 mg" in site.pages[0].text


def test_silent_hop(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hop to where nobody answers costs neither the page that is shown nor more time than a page is given."""
    monkeypatch.setattr("pharmcheck.capture.browser.PAGE_S", 10.0)
    code = APP.replace("})", "; setTimeout(() => location.assign('/silent'), 300) })")
    site, _ = look({**DRAWN, "/app.js": script(code), "/silent": silence}, timeout_s=60)
    assert "gave no answer in the time for a page" in told(site)
    assert "Viagra 100 mg" in site.pages[0].text


def test_what_scripts_make_is_cut_and_told(tmp_path: Path) -> None:
    """Of a page that scripts make longer than a page may be the rest is a gap, in a replay as well."""
    code = "document.getElementById('root').textContent = 'Many words of an invented shop. '.repeat(200)"
    record = tmp_path / "long.warc.gz"
    site, _ = look({"/": SHELL, "/app.js": script(code)}, max_bytes=3_000, record=record)
    assert "Many words" in site.pages[0].text
    assert told(site) == f"rendering: http://{HOST}/ was not read to its end: what scripts made of it is too large"
    assert told(replay(record)) == told(site)


LOOPS = {
    "loop": "for (;;);",
    "alerts": "for (;;) alert('Buy now');",
    "reloads": "location.reload();",
    "windows": "setInterval(() => window.open('/'), 1);",
    "asks": "let n = 0; setInterval(() => { for (let i = 0; i < 50; i++) fetch('/x' + n++) }, 1);",
    "there and back": "history.pushState({}, '', '/' + Math.random()); location.href = '/?' + Math.random();",
    "memory": "const kept = []; setInterval(() => { for (let i = 0; i < 40; i++) kept.push(new Uint8Array(1e7).fill(7)) }, 1);",
    "heap": "const kept = []; for (;;) kept.push(new Array(1e5).fill(kept.length));",
    "deep": "let at = document.body; for (let i = 0; i < 1e5; i++) at = at.appendChild(document.createElement('b'));",
    "long": "document.body.textContent = 'many words '.repeat(3e6);",
}


@pytest.mark.parametrize("name", LOOPS)
def test_endless_pages_are_cut(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that would never end, or take all memory, ends in time, and what it asks for stays within the budget."""
    monkeypatch.setattr("pharmcheck.capture.browser.PAGE_S", 8.0)
    site, shop = look({"/": SHELL, "/app.js": script(LOOPS[name])}, render_s=20, render_requests=30)
    assert len(shop.asked) <= 2 + 30
    if name in ("loop", "alerts", "memory", "heap"):
        assert told(site)
        assert "home page: the page is drawn by scripts" in " ".join(gap.why for gap in site.gaps)
    for page in site.pages:
        assert len(page.source) <= 2_000_000


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_nothing_is_left_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """After a check no process of the browser runs and no file of it remains, however its page behaved."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("pharmcheck.capture.browser.PAGE_S", 8.0)
    for code in (APP, "for (;;);"):
        look({**DRAWN, "/app.js": script(code)})
    assert not [path for path in Path("/proc").glob("[0-9]*/environ") if str(tmp_path).encode() in _read(path)]
    assert list(tmp_path.iterdir()) == []


def test_words_in_components() -> None:
    """What stands in the shadow trees of components is read in its place; what only robots and old browsers see is not."""
    code = """customElements.define('price-tag', class extends HTMLElement { connectedCallback() {
        this.attachShadow({mode: 'open'}).innerHTML = '<p>Tramadol 100 mg for <b>$ 49.00</b>, shipped to all countries of the world.</p>'
    } }); document.getElementById('root').innerHTML = '<price-tag><i>inside</i></price-tag><template>hidden</template>'"""
    site, _ = look({"/": SHELL, "/app.js": script(code)})
    assert "Tramadol 100 mg for $ 49.00, shipped" in site.pages[0].text
    assert "hidden" not in site.pages[0].source
    assert "enable JavaScript" not in site.pages[0].text


def test_page_cannot_write_its_own_evidence() -> None:
    """A page that replaces what a browser is asked with is copied all the same: its scripts do not reach our copy."""
    code = f"""{APP}; for (const name of ['outerHTML', 'innerHTML']) setTimeout(() =>
        Object.defineProperty(Element.prototype, name, {{get: () => 'A harmless page about gardens.'}}), 500);
        Node.prototype.cloneNode = Document.prototype.importNode = () => document.createElement('p')"""
    site, _ = look({**DRAWN, "/app.js": script(code)})
    assert "Viagra 100 mg" in site.pages[0].text


def test_parts_are_asked_for_politely() -> None:
    """robots.txt holds for parts as well, redirects of parts are followed and judged, nothing is asked for twice."""
    code = """Promise.all(['/moved', '/moved', '/away', '/closed/x', '/near', 'http://api.example/words'].map(path => fetch(path).then(a => a.text(), () => 'none')))
        .then(all => document.getElementById('root').textContent = all.join(' | ') + ' and many more words '.repeat(20))"""
    site, shop = look(
        {
            "/": SHELL,
            "/app.js": script(code),
            "api.example/words": answer("from elsewhere", content_type="text/plain"),
            "/moved": redirect("/there"),
            "/there": answer("moved here", content_type="text/plain"),
            "/away": redirect("http://169.254.169.254/latest/"),
            "/near": redirect("http://127.0.0.1:9/"),
            "/robots.txt": answer("User-agent: *\nDisallow: /closed/", content_type="text/plain"),
        }
    )
    assert "moved here | moved here | none | none | none | from elsewhere and" in site.pages[0].text
    assert sorted(shop.asked) == [
        "/",
        "/app.js",
        "/away",
        "/moved",
        "/near",
        "/robots.txt",
        "/robots.txt",
        "/there",
        "/words",
    ]


def test_budget() -> None:
    """A browser asks for no more than its share; pictures get half of it, and what draws the page the rest."""
    images = "".join(f"<img src=/{n}.png>" for n in range(30))
    site, shop = look({**DRAWN, "/": SHELL.replace("<script", images + "<script")}, render_requests=12)
    assert "Viagra 100 mg" in site.pages[0].text
    assert len([path for path in shop.asked if path.endswith(".png")]) == 6
    many = script("for (let n = 0; n < 40; n++) fetch('/' + n)")
    site, shop = look({"/": SHELL, "/app.js": many}, render_requests=12)
    assert len(shop.asked) == 2 + 12
    assert "the 12 requests of a check were used" in told(site)
    site, _ = look(DRAWN, render_bytes=10)
    assert "MB of a check were read" in told(site)
    assert "s for rendering were over" in told(look(DRAWN, render_s=0)[0])


def test_picture_is_bounded() -> None:
    """However long and however colourful a page is, its picture is at most two screens high and 600 KB large."""
    code = """const canvas = document.body.appendChild(document.createElement('canvas')); canvas.width = 1024; canvas.height = 9000;
        const paint = canvas.getContext('2d'), data = paint.createImageData(1024, 9000), words = new Uint32Array(data.data.buffer);
        for (let i = 0, x = 1; i < words.length; i++) { x = x * 1103515245 + 12345 & 0xffffffff; words[i] = x | 0xff000000 }
        paint.putImageData(data, 0, 0)"""
    site, _ = look({"/": STATIC + f"<script>{code}</script>"})
    (picture,) = site.pictures
    assert len(picture.png) <= 600_000
    width, height = (int.from_bytes(picture.png[at : at + 4], "big") for at in (16, 20))
    assert height <= 1600
    assert width <= 1024
