"""A rendered shop is read as visitors see it, and nothing that its scripts try reaches anything but through our guard."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from pharmcheck.capture import replay
from pharmcheck.capture.archive import load
from pharmcheck.model import Picture, Site, Verdict
from pharmcheck.pipeline import judge
from pharmcheck.report import render
from tests.capture.rendered import DRAWN, HOST, STATIC, look, told
from tests.capture.shop import Shop

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Shop, Path]:
    path = tmp_path_factory.mktemp("drawn") / "drawn.warc.gz"
    return *look(DRAWN, max_pages=3, record=path), path


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
