"""Outcomes of checks of invented pages, made as the worker makes them."""

from __future__ import annotations

from functools import cache

from pharmcheck.web.job import Check
from pharmcheck.web.store import Outcome, Summary
from pharmcheck.web.worker import outcome
from tests.sites import report

ROGUE = """<html><head><title>Pill shop</title></head><body><h1>Buy Viagra 100 mg</h1>
<p>No prescription needed. Viagra 100 mg, 30 pills, $49.00 <a href="/cart?add=1">Add to cart</a></p>
<p>Xanax 2 mg, 90 pills, $199.00 <a href="/cart?add=2">Add to cart</a></p></body></html>"""
HOSTILE = """<html><head><title>\u202egnp.exe\x1b[2J<script>alert(1)</script></title></head><body>
<p>No prescription needed <script>alert(2)</script><img src=x onerror=alert(3)> "><svg onload=alert(4)></p>
<p>&lt;script&gt;document.title="owned"&lt;/script&gt; &lt;svg onload=alert(5)&gt; &lt;img src=x onerror=alert(6)&gt; \u202egnimoc \x1b[31mred</p>
<p>Viagra 100 mg &lt;script&gt;alert(7)&lt;/script&gt; $49.00 <a href="/cart?add=1">Add to cart</a> https://pills.example/go</p></body></html>"""


@cache
def made(html: str, url: str, countries: tuple[str, ...]) -> Outcome:
    """Return the outcome for one page that stands at `url`."""
    values = outcome(report(html, url, countries))
    return Outcome(Summary(**values["summary"]), values["report"], values["articles"])


def outcome_of(check: Check, html: str = ROGUE) -> Outcome:
    """Return the outcome for a page that stands where the check points to."""
    return made(html, check.target.url, check.countries)
