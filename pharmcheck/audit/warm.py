"""What every process of an audit needs, loaded once: the process that imports this is then forked into all of them.

Imports modules, reads the tables of words and registers and compiles their patterns, by reading and judging an invented shop.
"""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress
from datetime import UTC, datetime

import pharmcheck.audit.located
import pharmcheck.audit.recordings
import pharmcheck.audit.worker
import pharmcheck.capture.lookups  # noqa: F401 - these four for those who are forked
from pharmcheck.capture.archive import Recording
from pharmcheck.capture.client import get_ready
from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.live import play
from pharmcheck.capture.options import replayed
from pharmcheck.pipeline import issuer_hosts, judge
from pharmcheck.reading.on_use import compile_all
from pharmcheck.target import parse_target

_SHOP = """<!DOCTYPE html><html lang=en><title>Pills</title><h1>Buy Viagra without prescription</h1>
<p>Sildenafil 100 mg x 30 pills $1.99 <a href=/cart>Add to cart</a> <a href=/contact>Contact</a></p>
<p>Licensed pharmacy No. 1234567, 1 Main Street, London SW1A 1AA. Call +44 20 7946 0958, mail shop@pills.example.</p>
<form action=/cart><input name=card><button>Order now</button></form></html>"""


def _warm() -> None:
    target = parse_target("http://pills.example/")
    shop = Exchange(target.url, 200, headers=(("Content-Type", "text/html"),), body=_SHOP.encode())
    options = replayed(datetime(2026, 11, 1, tzinfo=UTC), issuer_hosts=issuer_hosts())
    judge(asyncio.run(play(Recording(target, options, (shop,), ())))).as_dict()
    get_ready()
    compile_all()


gc.disable()  # what is made here stays: the collector would go through 90,000 objects, in 70 ms, and find no garbage
with suppress(Exception):  # what fails here fails again, and is told, where a site is judged
    _warm()
gc.freeze()  # the collector writes to what it looks at, and pages of memory that are written to are shared no more
gc.enable()
