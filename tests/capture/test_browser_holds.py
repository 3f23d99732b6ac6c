"""Rendering is shut in: whatever a page's scripts try, nothing gets out."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pharmcheck.capture import chromium, visit
from pharmcheck.capture.archive import load
from tests.capture.rendered import HOST, SHELL, look, script, told
from tests.capture.shop import Route

BARE = ("--disable-gpu", "--disable-dev-shm-usage")  # what Chromium needs to run here


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
    routes: dict[str, Route] = {
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
