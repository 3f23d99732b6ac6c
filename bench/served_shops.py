"""Invented shops, all served by one process of this machine, and programs that merely fetch them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATHS = ("/", "/contact", "/about", "/faq", "/product/1", "/product/2", "/product/3", "/cart")
_WORDS = "Delivered in plain packaging within ten working days to every country that our carriers reach. "
_SERVER = """
import asyncio, sys
sys.path.insert(0, sys.argv[1])
from served_shops import page
asked = 0
async def serve(reader, writer):
    global asked
    try:
        while head := await reader.readuntil(b"\\r\\n\\r\\n"):
            path = head.split(b" ", 2)[1].decode()
            host = head.lower().split(b"\\r\\nhost:", 1)[1].split(b"\\r\\n", 1)[0].strip().decode()
            body = b"" if path == "/robots.txt" else str(asked).encode() if path == "/asked" else page(host, path)
            asked += path not in ("/robots.txt", "/asked")
            kind = b"404 Not Found" if path == "/robots.txt" else b"200 OK"
            writer.write(b"HTTP/1.1 %s\\r\\nContent-Type: text/html\\r\\nContent-Length: %d\\r\\n\\r\\n" % (kind, len(body)) + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError, IndexError):
        pass
    finally:
        writer.close()
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""
SPIDER = """
import sys
import scrapy
from bs4 import BeautifulSoup
from scrapy.crawler import CrawlerProcess
port, first, last, step = map(int, sys.argv[1:])
class Spider(scrapy.Spider):
    name = "bench"
    async def start(self):
        for number in range(first, last, step):
            yield self.ask(f"shop{number}.example", "/")
            yield self.ask(f"shop{number}.example", f"/?from={number}")
    def ask(self, host, path):
        return scrapy.Request(
            f"http://127.0.0.1:{port}{path}", headers={"Host": host}, dont_filter=True, cb_kwargs={"host": host, "path": path}
        )
    def parse(self, response, host, path):
        tree = BeautifulSoup(response.body, "lxml")
        if path == "/":
            for link in dict.fromkeys(a["href"] for a in tree.find_all("a", href=True)):
                if link != "/":
                    yield self.ask(host, link)
settings = {"LOG_ENABLED": False, "ROBOTSTXT_OBEY": False, "CONCURRENT_REQUESTS": 32, "CONCURRENT_REQUESTS_PER_DOMAIN": 32,
            "DOWNLOAD_DELAY": 0, "TELNETCONSOLE_ENABLED": False, "COOKIES_ENABLED": False, "RETRY_ENABLED": False}
process = CrawlerProcess(settings)
process.crawl(Spider)
process.start()
"""
FETCH = """
import asyncio, sys
import httpx
port, sites, *paths = sys.argv[1:]
context = httpx.create_ssl_context()
async def fetch(numbers):
    for number in numbers:
        async with httpx.AsyncClient(verify=context, headers={"Host": f"large{number}.example"}, timeout=60) as client:
            for path in paths:
                (await client.get(f"http://127.0.0.1:{port}{path}")).raise_for_status()
async def main():
    numbers = iter(range(int(sites)))
    await asyncio.gather(*(fetch(numbers) for _ in range(16)))
asyncio.run(main())
"""


def page(host: str, path: str) -> bytes:
    """Return a page of an invented shop, another for each host and path: about 20 KB, nearly all text, or 100 KB."""
    if host.startswith("large"):
        return _large(host, path)
    links = "".join(f"<li><a href='{p}'>{p.strip('/').replace('/', ' ') or 'home'}</a>" for p in PATHS)
    goods = "".join(
        f"<div class='p{i}'><h2>Sildenafil {25 + i} mg</h2><p>{_WORDS}{host}{path}{i}</p><b>${i}.90</b></div>"
        for i in range(110)
    )
    form = "<form action=/cart><input name=card><button>Add to cart</button></form>" if "product" in path else ""
    return f"<!DOCTYPE html><html><title>{host}</title><ul>{links}</ul><h1>No prescription</h1>{goods}{form}</html>".encode()


def _large(host: str, path: str) -> bytes:
    """Return 100 KB of which 6 KB are text in 900 tags: the median of such pages in a collection of real shops."""
    style = "".join(f".card-{n}__media--wide{{margin:{n}px auto;padding:0 {n}px;display:flex}}" for n in range(350))
    script = "".join(f"window.queue.push({{id:{n},kind:'view',at:'{host}{path}',value:{n * 7}}});" for n in range(450))
    links = "".join(
        f"<li class='menu__item'><a class='menu__link' href='{p}'>{p.strip('/') or 'home'}</a></li>" for p in PATHS[:7]
    )
    goods = "".join(
        f"<div class='card card-{n} card--shadow col-6 col-md-4 col-lg-3' data-id='{n}' data-list='{path}'><div class='card__media"
        f" card__media--wide'><a href='{path}' class='card__link' title='{n}'><img class='card__image lazy' alt='' loading='lazy' "
        f"width='320' height='240' data-src='/media/cache/320x240/{n:032}.webp' srcset='/media/{n:032}.webp 2x'></a></div><div "
        f"class='card__body'><h3 class='card__title'>Sildenafil {25 + n} mg</h3><p class='card__text'>{_WORDS[:60]}{path}{n}</p>"
        f"<div class='card__foot'><span class='price price--sale'><b class='price__now'>${n}.90</b><s class='price__old'>$99</s>"
        f"</span><i class='icon icon--cart' aria-hidden='true'></i></div></div></div>"
        for n in range(62)
    )
    head = f"<title>{host}</title><style>{style}</style><script>{script}</script>"
    return f"<!DOCTYPE html><html><head>{head}</head><body><ul>{links}</ul><h1>No prescription</h1>{goods}</body></html>".encode()


@contextmanager
def served() -> Iterator[int]:
    """Serve the shops in a process of its own and give its port."""
    command = [sys.executable, "-c", _SERVER, str(Path(__file__).parent)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        yield int(server.stdout.readline())
    finally:
        server.kill()
        server.wait()


def asked(port: int) -> int:
    """Return how many pages were asked of the server, robots.txt left out."""
    said = subprocess.run(["curl", "-s", f"http://127.0.0.1:{port}/asked"], capture_output=True, check=True, text=True)
    return int(said.stdout)
