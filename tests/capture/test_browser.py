"""A rendered shop is read as visitors see it, and nothing that its scripts try reaches anything but through our guard."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import re
import socket
import ssl
import struct
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import trustme
from warcio.archiveiterator import ArchiveIterator

from pharmcheck.capture import capture, chromium, replay
from pharmcheck.capture.archive import load
from pharmcheck.model import Picture, Site, Verdict
from pharmcheck.pipeline import judge
from pharmcheck.report import render
from pharmcheck.target import parse_target
from tests.capture.shop import Route, Shop, answer, redirect, silence

pytest.importorskip("playwright.async_api", reason="rendering skipped: Playwright is not installed")
try:
    chromium.find_chromium()
except chromium.RenderError:
    pytest.skip("rendering skipped: no Chromium on this machine", allow_module_level=True)

from pharmcheck.capture import visit

HOST = "bluefinch-meds.example"
SHELL = (
    "<!doctype html><html lang=en><head><title>Bluefinch Meds</title></head><body><div id=root></div>"
    "<noscript>You need to enable JavaScript to run this app.</noscript><script src=/app.js></script></body></html>"
)
APP = """fetch('/goods.json').then(answer => answer.json()).then(goods => {
    document.getElementById('root').innerHTML = '<h1>Bluefinch Meds</h1>' + goods.map(one =>
        `<div class=product><h2>${one.name}</h2><span class=price>${one.price}</span><form method=post action=/cart>
         <button name=add-to-cart value=9>Add to cart</button></form></div>`).join('') +
        '<p>No prescription needed! Worldwide discreet shipping. Pay with Bitcoin and save 20 %.</p>' +
        '<p>If customs seize your parcel, we reship for free.</p><a href=/contact>Contact</a>'
})"""
GOODS = [{"name": "Viagra 100 mg, 90 pills", "price": "$ 89.10"}, {"name": "Xanax 2 mg, 90 pills", "price": "$ 249.00"}]
DRAWN: dict[str, Route] = {
    "/": SHELL,
    "/contact": SHELL,
    "/app.js": answer(APP, content_type="text/javascript"),
    "/goods.json": answer(json.dumps(GOODS), content_type="application/json"),
}
STATIC = "<title>Quiet shop</title><p>" + "An invented shop with many words on a page that needs no scripts. " * 8
BARE = ("--disable-gpu", "--disable-dev-shm-usage")  # what Chromium needs to run here
PNG = b"\x89PNG\r\n\x1a\n"


def script(code: str) -> bytes:
    return answer(code, content_type="text/javascript")


def look(routes: Mapping[str, Route], target: str = f"http://{HOST}/", **options: Any) -> tuple[Site, Shop]:
    """Capture `target` with a browser; names under .example lead to these routes, all else is as in the real world."""

    hosts = {parse_target(target).host, *(r.partition("/")[0] for r in routes if not r.startswith("/"))}
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*hosts).configure_cert(context)

    async def run(ca_file: Path) -> tuple[Site, Shop]:
        async with Shop(routes, context if target.startswith("https:") else None) as shop:
            rules = tuple(f"{host}::127.0.0.1:{shop.port}" for host in hosts)
            given = {"render": True, "max_pages": 1, "connect_to": rules, "ca_file": ca_file, **options}
            return await capture(parse_target(target), shop.options(**given)), shop

    with authority.cert_pem.tempfile() as ca_file:
        return asyncio.run(run(Path(ca_file)))


def told(site: Site) -> str:
    """Return what could not be rendered."""
    return " ".join(gap.why for gap in site.gaps if gap.artifact == "rendering")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Shop, Path]:
    path = tmp_path_factory.mktemp("drawn") / "drawn.warc.gz"
    return *look(DRAWN, max_pages=3, record=path), path


@pytest.fixture(params=["namespace only", "flags only", "both"])
def confined(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the browser run where the kernel gives it no network, where only its own flags keep it from ours, and as it does."""
    namespaces = bool(asyncio.run(chromium.without_network()))
    if request.param == "flags only":
        monkeypatch.setattr(chromium, "without_network", sandbox_only)
    elif not namespaces:
        pytest.skip("this machine allows no user namespaces")
    if request.param == "namespace only":
        monkeypatch.setattr(chromium, "FLAGS", BARE)
        monkeypatch.setattr(visit, "_WITHOUT", "")


class Trap:
    """Listens on a TCP and a UDP port of this machine, under `address` and on loopback; `caught` is what came."""

    def __init__(self) -> None:
        self.caught: list[str] = []
        self._tcp = socket.create_server(("0.0.0.0", 0))
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("0.0.0.0", 0))
        self.address = _own_address()
        self.tcp, self.udp = self._tcp.getsockname()[1], self._udp.getsockname()[1]
        self._threads = [threading.Thread(target=t, daemon=True) for t in (self._streams, self._packets)]
        for thread in self._threads:
            thread.start()

    def _streams(self) -> None:
        while True:
            connection = self._tcp.accept()[0]
            connection.settimeout(1)
            try:
                said = connection.recv(200)
            except OSError:
                said = b""
            connection.close()
            self.caught.append(f"TCP {said!r}")
            if said == b"end":
                return

    def _packets(self) -> None:
        while (said := self._udp.recv(200)) != b"end":
            self.caught.append(f"UDP {said!r}")

    def aimed(self, code: str) -> str:
        """Return a script with our address and ports put in."""
        return code.replace("<own>", self.address).replace("<tcp>", str(self.tcp)).replace("<udp>", str(self.udp))

    def close(self) -> list[str]:
        """Send a last word through both, wait until it came, and return what came before it."""
        with socket.create_connection(("127.0.0.1", self.tcp)) as last:
            last.sendall(b"end")
        self._udp.sendto(b"end", ("127.0.0.1", self.udp))
        for thread in self._threads:
            thread.join()
        self._tcp.close()
        self._udp.close()
        return [c for c in self.caught if c != "TCP b'end'"]


def _own_address() -> str:
    """Return an address of this machine beside loopback, from which WebRTC starts; loopback where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            with contextlib.suppress(OSError):  # one without an address
                found = fcntl.ioctl(probe.fileno(), 0x8915, struct.pack("256s", name.encode()))  # SIOCGIFADDR
                if found[20] != 127:
                    return socket.inet_ntoa(found[20:24])
    return "127.0.0.1"


async def sandbox_only() -> tuple[str, ...]:
    """Start a browser with the network of this machine, and with its sandbox also where root runs the tests."""
    return ("unshare", "--user", "--map-user=65534", "--map-group=65534", "--") if os.geteuid() == 0 else ()


@pytest.fixture
def trap() -> Iterator[Trap]:
    yield Trap()


def test_shop_drawn_by_scripts_is_judged(drawn: tuple[Site, Shop, Path]) -> None:
    """Goods that only scripts show are read with prices and order forms, quoted from the recorded tree, and judged."""
    site, shop, path = drawn
    report = judge(site, ("US",))
    assert report.verdict is Verdict.ROGUE
    assert [p.role for p in site.pages] == ["home", "contact"]
    assert not any(p.shell for p in site.pages)
    assert "no-prescription-needed" in {r.signal for r in report.reasons}
    trees = {e.url: e.body for e in load(path).exchanges if e.url.startswith("urn:dom:")}
    (quote,) = (r.quotes[0] for r in report.reasons if r.signal == "no-prescription-needed")
    tree = trees[f"urn:dom:http://{HOST}/"]
    assert quote.digest == site.pages[0].digest
    assert quote.offset is not None
    assert tree[quote.offset :].startswith(quote.text[:10].encode())
    assert shop.asked.count("/app.js") == shop.asked.count("/goods.json") == 1


def test_without_it_a_gap(drawn: tuple[Site, Shop, Path]) -> None:
    """Without a browser the same shop cannot be assessed, and the report says how more could be read."""
    site, shop = look(DRAWN, render=False)
    assert judge(site).verdict is Verdict.CANNOT_ASSESS
    assert "--render" in told(site)
    assert shop.asked == ["/robots.txt", "/"]


def test_replay_needs_no_browser(drawn: tuple[Site, Shop, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A recording gives the identical report, pictures included, on a machine without any browser."""
    site, _, path = drawn
    monkeypatch.setenv("PHARMCHECK_CHROMIUM", "/nowhere")
    again = replay(path)
    for fmt in ("json", "html", "text"):
        assert render(judge(again), fmt=fmt) == render(judge(site), fmt=fmt)
    assert again.pictures == site.pictures


def test_others_read_the_recording(drawn: tuple[Site, Shop, Path]) -> None:
    """warcio reads it, digests and all: what was loaded, the tree and the picture are resources under names of their own."""
    kinds = {}
    with drawn[2].open("rb") as file:
        for found in ArchiveIterator(file, check_digests="raise"):
            body = found.content_stream().read()
            if found.rec_type == "resource":
                kinds[found.rec_headers["WARC-Target-URI"]] = (found.rec_headers["Content-Type"], body)
    kind, about = kinds[f"urn:pageinfo:http://{HOST}/"]
    assert kind == "application/json"
    assert json.loads(about)["urls"][f"http://{HOST}/goods.json"] == "200"
    assert kinds[f"urn:dom:http://{HOST}/"][0] == "text/html; charset=utf-8"
    assert kinds[f"urn:view:http://{HOST}/"][1].startswith(PNG)


def test_picture_in_the_html_report(drawn: tuple[Site, Shop, Path]) -> None:
    """The page as visitors see it stands in the HTML report itself, with words for those who do not see it."""
    (picture,) = drawn[0].pictures
    assert picture.png.startswith(PNG)
    assert len(picture.png) <= 600_000
    page = render(judge(drawn[0]), fmt="html")
    (shown,) = re.findall(r"<img [^>]+>", page)
    assert 'src="data:image/png;base64,' in shown
    assert f'alt="The page {HOST.replace(".", "[.]")}/ as a browser drew it"' in shown
    assert re.search(r"Content-Security-Policy[^>]*img-src data:", page)
    assert judge(drawn[0]).as_dict()["pictures"] == [{"url": picture.url, "digest": picture.digest}]


def test_page_with_content_stays_as_it_came() -> None:
    """Of a page that says something without scripts a picture is taken; what scripts delete from it is read all the same."""
    site, _ = look({"/": STATIC + "<p>No prescription needed.</p><script>document.body.innerHTML = ''</script>"})
    assert "No prescription needed." in site.pages[0].text
    assert isinstance(site.pictures[0], Picture)
    assert not told(site)


# What Chromium itself forbids pages since 2025 is allowed here, so that our own bounds are what is tested.
OPEN = "--disable-features=" + ",".join(
    f"LocalNetworkAccessChecks{of}" for of in ("", "WebRTC", "WebSockets", "WebTransport")
)
HOSTILE = """
const to = 'http://127.0.0.1:<tcp>', tries = [];
const attempt = (name, act) => tries.push(Promise.race([
    new Promise(resolve => { try { resolve(act()) } catch (error) { resolve('threw ' + error) } }),
    new Promise(resolve => setTimeout(() => resolve('silent'), 700)),
]).catch(() => 'failed').then(end => name + ' ' + (end instanceof Object ? 'done' : end)));
const add = (name, more) => Object.assign(document.head.appendChild(document.createElement(name)), more);
const place = (name, more) => Object.assign(document.body.appendChild(document.createElement(name)), more);
const ice = peer => { peer.createDataChannel('x'); return peer.createOffer().then(offer => peer.setLocalDescription(offer)) };
const servers = {iceServers: [{urls: ['stun:<own>:<udp>', 'stun:127.0.0.1:<udp>', 'stun:localhost:<udp>']}, {urls: [
    'turn:<own>:<tcp>?transport=tcp', 'turns:<own>:<tcp>?transport=tcp', 'turn:<own>:<udp>'],
    username: 'a', credential: 'b'}]};
for (const base of [to, to.replace('127.0.0.1', 'localhost'), 'http://169.254.169.254', 'http://[::1]:<tcp>', 'file:///etc/passwd']) {
    attempt('fetch', () => fetch(base + '/latest/meta-data/', {mode: 'no-cors'}));
    attempt('post', () => fetch(base + '/post', {mode: 'no-cors', method: 'POST', body: 'x'}));
    attempt('xhr', () => { const x = new XMLHttpRequest(); x.open('GET', base + '/xhr', false); x.send() });
    attempt('beacon', () => navigator.sendBeacon(base + '/beacon', 'x'));
    for (const rel of ['preconnect', 'dns-prefetch', 'prefetch', 'preload', 'prerender', 'icon', 'manifest', 'stylesheet',
                       'modulepreload', 'search'])
        add('link', {rel, href: base + '/' + rel, as: 'image'});
    place('img', {src: base + '/img'}); place('video', {src: base + '/video'}); place('iframe', {src: base + '/frame'});
    place('embed', {src: base + '/embed'}); place('object', {data: base + '/object'}); place('script', {src: base + '/script'});
    add('style', {textContent: `@import '${base}/css'; @font-face {font-family: x; src: url(${base}/font)} p {font-family: x}`});
    attempt('events', () => new EventSource(base + '/events'));
    attempt('import', () => import(base + '/import.js'));
    attempt('popup', () => window.open(base + '/popup'));
    attempt('ping', () => place('a', {href: '#x', ping: base + '/ping'}).click());
    attempt('form', () => { const f = place('form', {action: base + '/form', method: 'post', target: 'other'}); f.submit() });
}
for (const base of [to, to.replace('127.0.0.1', 'localhost')]) {
    attempt('socket', () => new WebSocket(base.replace('http', 'ws')));
    attempt('sockets', () => new WebSocket(base.replace('http', 'wss')));
    attempt('transport', () => new WebTransport(`https://127.0.0.1:<udp>/`).ready);
}
add('script', {type: 'speculationrules', textContent: JSON.stringify(
    {prefetch: [{urls: [to + '/speculated']}], prerender: [{urls: [to + '/prerendered']}]})});
attempt('rtc', () => ice(new RTCPeerConnection(servers)));
attempt('rtc of a frame', () => ice(new (place('iframe', {}).contentWindow.RTCPeerConnection)(servers)));
attempt('worker', () => new Worker(URL.createObjectURL(new Blob([
    `new WebSocket('${to.replace('http', 'ws')}'); fetch('${to}/worker', {mode: 'no-cors'}); importScripts('${to}/scripts');`]))));
attempt('shared', () => new SharedWorker('data:text/javascript,' + encodeURIComponent(
    `new WebSocket('${to.replace('http', 'ws')}'); fetch('${to}/shared', {mode: 'no-cors'})`)));
attempt('service', () => navigator.serviceWorker.register('/service.js'));
attempt('download', () => place('a', {href: URL.createObjectURL(new Blob(['x'])), download: 'owned.txt'}).click());
attempt('download of a page', () => place('a', {href: '/file', download: 'owned.txt'}).click());
attempt('place', () => navigator.geolocation.getCurrentPosition(() => {}));
attempt('alert', () => { for (let n = 0; n < 5; n++) alert(n) });
attempt('file', () => { location.href = 'file:///etc/passwd' });
Promise.all(tries).then(ends => place('p', {textContent: 'All was tried: ' + ends.join(', ') + '. ' + 'words '.repeat(20)}));
"""


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_nothing_gets_out(
    confined: None, trap: Trap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    """Whatever a page tries, over TCP or UDP, by name or by number, in frames or workers, nothing reaches another port."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(chromium, "FLAGS", (*chromium.FLAGS, OPEN))
    routes = {
        "/": SHELL,
        "/app.js": script(trap.aimed(HOSTILE)),
        "/service.js": script("fetch('/owned')"),
        "/file": "x",
    }
    site, shop = look(routes, f"{scheme}://{HOST}/", record=tmp_path / "a.warc.gz")
    caught = trap.close()
    assert caught == []
    assert "All was tried" in site.pages[0].text, told(site)
    assert "root:" not in site.pages[0].source
    assert "socket done" in site.pages[0].text  # they were made, and got nowhere
    assert {"/robots.txt", "/", "/app.js"} == set(shop.asked) - {"/file"}
    assert [p.name for p in tmp_path.iterdir()] == ["a.warc.gz"]
    refused = json.loads(
        next(e.body for e in load(tmp_path / "a.warc.gz").exchanges if e.url.startswith("urn:pageinfo:"))
    )["urls"]
    if scheme == "http":  # else the browser itself calls it mixed content
        assert "is not a public address" in refused["http://169.254.169.254/latest/meta-data/"]
    assert refused[f"http://127.0.0.1:{trap.tcp}/post"].startswith("refused: POST")


def test_the_trap_would_catch(trap: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the network of this machine and without the flags the same page does reach both ports: the test above can fail."""
    monkeypatch.setattr(chromium, "without_network", sandbox_only)
    monkeypatch.setattr(chromium, "FLAGS", (*BARE, OPEN))
    monkeypatch.setattr(visit, "_WITHOUT", "")
    look({"/": SHELL, "/app.js": script(trap.aimed(HOSTILE))}, f"https://{HOST}/")
    assert {what[:3] for what in trap.close()} == {"TCP", "UDP"}


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
