"""Sites rendered in the tests' own Chromium."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import trustme

from pharmcheck.capture import capture, chromium
from pharmcheck.model import Site
from pharmcheck.target import parse_target
from tests.capture.shop import Route, Shop, answer

pytest.importorskip("playwright.async_api", reason="rendering skipped: Playwright is not installed")


try:
    chromium.find_chromium()
except chromium.RenderError:
    pytest.skip("rendering skipped: no Chromium on this machine", allow_module_level=True)

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
