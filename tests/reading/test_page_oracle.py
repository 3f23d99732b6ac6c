"""Our page reading agrees with BeautifulSoup over lxml, the slow and trusted way, on every recorded kind of page."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup

from pharmcheck.reading.page import read_page

SITES = Path(__file__).resolve().parent.parent.parent / "cassettes" / "sites"
HOMES = sorted(SITES.glob("*/index.html"))
URL = "https://shop.example/"


@pytest.mark.parametrize("path", HOMES, ids=lambda p: p.parent.name)
def test_words_links_and_forms_are_those_of_the_oracle(path: Path) -> None:
    """No visible word, link or form is lost or invented."""
    body = path.read_bytes()
    ours = read_page(URL, body, content_type="text/html; charset=utf-8")
    oracle = BeautifulSoup(body, "lxml", from_encoding="utf-8")
    links = {urljoin(URL, str(a["href"])) for a in oracle.find_all("a", href=True)}
    assert {link.url for link in ours.links} == {u for u in links if not u.startswith("javascript:")}
    assert sum(form.method != "" for form in ours.forms) == len(oracle.find_all("form"))
    for unseen in oracle.find_all(["script", "style", "template", "noscript", "svg", "iframe"]):
        unseen.decompose()
    dense = "".join(ours.text.split())
    assert [text for text in oracle.stripped_strings if "".join(text.split()) not in dense] == []
