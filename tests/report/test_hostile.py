"""Hostile text in every field of a report reaches no output raw, and no checked address becomes a link."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest
from bs4 import BeautifulSoup

from pharmcheck.model import Report
from pharmcheck.report import render
from pharmcheck.report.html import render_html
from pharmcheck.report.markdown import render_markdown
from pharmcheck.report.text import render_text
from tests.report.reports import LISTED, report

HOSTILE = (
    "\x1b[2J\x1b]0;owned\x07\x9b31m\r\x08\u202e\u2066\u200b<script>alert(1)</script>"
    "<img src=x onerror=alert(1)>\"'><a href=https://pills.example/go>x</a>"
    "[click](https://pills.example/go) ![i](https://pills.example/i.png) <https://pills.example/go>"
    " **bold** `code` | cell | @someone www.pills.example javascript:alert(1) {{ 7 * 7 }} {% x %}"
)
KEPT = {"signal", "registry", "country", "lawful", "status", "confidence", "digest", "domain", "host", "url"}


def poisoned(value: Any, name: str = "") -> Any:
    """Return `value` with every free text replaced by hostile text; what our own code sets is left."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return value + HOSTILE if name in ("url", "domain") else value if name in KEPT else HOSTILE
    if isinstance(value, tuple):
        return tuple(poisoned(v, name) for v in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: poisoned(getattr(value, f.name), f.name) for f in fields(value)})
    return value


@pytest.fixture(scope="module")
def evil() -> Report:
    made: Report = poisoned(report())
    return replace(made, target=report().target, listings=(*made.listings, replace(LISTED, name=HOSTILE, note=HOSTILE)))


def test_poison_is_everywhere(evil: Report) -> None:
    """The report under test is poisoned in every part, so the tests below cannot pass for lack of it."""
    for part in (
        evil.reasons,
        evil.findings,
        evil.listings,
        evil.buyers,
        evil.promoted,
        evil.enquiries,
        evil.gaps,
        evil.advice,
        evil.ladder,
    ):
        assert "alert(1)" in repr(part)
    assert (evil.counterfactual, evil.ruleset) == (HOSTILE, HOSTILE)


@pytest.mark.parametrize("fmt", ["text", "json", "html", "markdown"])
@pytest.mark.parametrize("explain", [False, True])
def test_no_control_reaches_an_output(evil: Report, fmt: str, explain: bool) -> None:
    """No escape, control, bidi or invisible character is in any output."""
    made = render(evil, fmt, explain=explain)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069]", made)


def test_html_holds_no_foreign_element(evil: Report) -> None:
    """No script, image, frame, form, handler, style or link of the site is in the page; nothing is evaluated."""
    page = BeautifulSoup(render_html([evil], explain=True), "lxml")
    assert not page.find_all(["script", "img", "iframe", "form", "object", "embed", "link", "base", "svg"])
    assert all(not a.startswith("on") for tag in page.find_all(True) for a in tag.attrs)
    assert all(a["href"].startswith("https://authority.example.org/") for a in page.find_all("a"))
    assert "{{ 7 * 7 }}" in page.get_text()
    assert "<script>alert(1)</script>" in page.get_text()


def test_markdown_makes_no_link_and_no_html(evil: Report) -> None:
    """Every mark of the site is escaped, so a renderer shows it as text; nobody is mentioned or mailed."""
    made = render_markdown(evil, explain=True)
    bare = re.sub(r"\\[\\`*_{}\[\]|~<>&$#+=-]", "", made)
    bare = re.sub(r"<https://authority\.example\.org/\S*>", "", bare)
    assert "<" not in bare
    assert "[" not in bare
    assert "`" not in bare
    assert "@" not in made
    assert not re.search(r"(https?|javascript):(//)?pills", bare)
    assert "https://pills" not in made
    assert "www.pills" not in made
    headings = [line for line in made.splitlines() if line.startswith("#")]
    assert len(headings) == 13


def test_text_makes_no_link(evil: Report) -> None:
    """No address of a checked site stands in the terminal report so that a terminal would link it."""
    made = render_text(evil, explain=True)
    assert "https://pills" not in made.replace("\n", "")
    assert "www.pills" not in made


def test_screen_holds_against_long_text(evil: Report) -> None:
    """Hostile text makes lines longer, never a second verdict: the first line is still ours."""
    assert render_text(evil).startswith("✖ pills.example: Matches the pattern of an illegal pharmacy")
