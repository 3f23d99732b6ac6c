"""What every process of an audit needs, loaded once: the process that imports this is then forked into all of them.

Imports modules, reads the tables of words and registers and compiles their patterns, by judging an invented shop.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from datetime import UTC, datetime

import pharmcheck.audit.located
import pharmcheck.audit.recordings
import pharmcheck.capture.live
import pharmcheck.capture.lookups  # noqa: F401 - these four for those who are forked
from pharmcheck.capture.client import ssl_context
from pharmcheck.model import Site
from pharmcheck.pipeline import issuer_hosts, judge
from pharmcheck.reading.on_use import compile_all
from pharmcheck.reading.page import read_page
from pharmcheck.target import parse_target

_SHOP = """<!DOCTYPE html><html lang=en><title>Pills</title><h1>Buy Viagra without prescription</h1>
<p>Sildenafil 100 mg x 30 pills $1.99 <a href=/cart>Add to cart</a> <a href=/contact>Contact</a></p>
<p>Licensed pharmacy No. 1234567, 1 Main Street, London SW1A 1AA. Call +44 20 7946 0958, mail shop@pills.example.</p>
<form action=/cart><input name=card><button>Order now</button></form></html>"""


def _warm() -> None:
    target = parse_target("http://pills.example/")
    page = read_page(target.url, _SHOP.encode(), content_type="text/html", role="home", status=200)
    judge(Site(target, datetime(2026, 11, 1, tzinfo=UTC), (page,), ())).as_dict()
    issuer_hosts()
    ssl_context()
    compile_all()


gc.disable()  # nearly all that is made here stays: of 76,000 objects the collector finds 700, in a tenth of a second
with suppress(Exception):  # what fails here fails again, and is told, where a site is judged
    _warm()
gc.freeze()  # the collector writes to what it looks at, and pages of memory that are written to are shared no more
gc.enable()
