"""A link that leads off its host: the shop where everybody ends is judged and accused, and the host that led there is spared."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pharmcheck import check
from pharmcheck.capture import CaptureOptions
from pharmcheck.model import Report, Verdict
from pharmcheck.pipeline import check_replay
from pharmcheck.reading.landing import led_from
from pharmcheck.report.words import about_link
from tests.loopback import Loopback
from tests.sites import NOW

CASSETTES = Path(__file__).parent.parent / "cassettes" / "sites"
SHOP = "http://northgatemeds.example/"
FACULTY = "<html lang=en><title>Geology</title><h1>University of Ludlow</h1><p>Our courses and our staff. Term begins on 5 October.</html>"


def led(tmp_path: Path, host: str, path: str, to: str = SHOP, home: str = FACULTY) -> Report:
    """Return the report on a link of `host` that redirects to one of our shops; its home page is `home`, or a site of ours."""
    if (CASSETTES / host).is_dir():
        shutil.copytree(CASSETTES / host, tmp_path / host)
    else:
        (tmp_path / host).mkdir()
        (tmp_path / host / "index.html").write_text(home)
    rule = f'["{path}"]\nstatus=302\nheaders={{Location="{to}"}}\n'
    with (tmp_path / host / "_responses.toml").open("a") as rules:
        rules.write(rule)
    (tmp_path / to.split("/")[2]).symlink_to(CASSETTES / to.split("/")[2])
    with Loopback(tmp_path, NOW) as server:
        options = CaptureOptions(
            now=NOW, connect_to=server.connect_to, ca_file=server.ca_file, record=tmp_path / "r.warc.gz"
        )
        return check(f"http://{host}{path}", options=options)


def test_the_shop_behind_an_open_redirect_is_judged(tmp_path: Path) -> None:
    """The university whose link leads there is not; what was given, and the way, stand in the report."""
    report = led(tmp_path, "uni-ludlow.example", "/out/7731")
    assert (report.verdict, report.target.domain) == (Verdict.ROGUE, "northgatemeds.example")
    assert report.target.input == "http://uni-ludlow.example/out/7731"
    assert led_from(report.views, report.target) == "http://uni-ludlow.example/out/7731"
    assert about_link(report).startswith("You gave a link of uni-ludlow.example, which leads to northgatemeds.example")
    assert not any("uni-ludlow" in q.url for r in report.reasons for q in r.quotes)
    assert check_replay(tmp_path / "r.warc.gz").as_dict() == report.as_dict()


def test_a_name_that_leads_on_as_a_whole_is_spared_as_well(tmp_path: Path) -> None:
    """Nothing stands on it that could be judged."""
    assert led(tmp_path, "ludlow-news.example", "/").target.host == "northgatemeds.example"


def test_a_lawful_pharmacy_with_an_open_redirect_is_spared(tmp_path: Path) -> None:
    """A shop whose own pages accuse it of nothing is not what its link leads to."""
    report = led(tmp_path, "otterburn-chemist.example", "/out")
    assert (report.verdict, report.target.host) == (Verdict.ROGUE, "northgatemeds.example")


def test_a_rogue_shop_borrows_nothing_from_where_it_leads(tmp_path: Path) -> None:
    """Its own pages accuse it, whatever lawful pharmacy its link opens."""
    report = led(tmp_path, "pillmeadow.example", "/out", to="http://otterburn-chemist.example/")
    assert (report.verdict, report.target.host) == (Verdict.ROGUE, "pillmeadow.example")


def test_a_rogue_shop_is_not_washed_by_another(tmp_path: Path) -> None:
    """It stays the one that is judged where it leads to a second rogue shop."""
    assert led(tmp_path, "pillmeadow.example", "/out").target.host == "pillmeadow.example"


def test_a_link_that_leads_to_an_innocent_site_changes_nothing(tmp_path: Path) -> None:
    """Only an accusation moves from the host to where it belongs."""
    report = led(tmp_path, "uni-ludlow.example", "/out", to="http://otterburn-chemist.example/")
    assert report.target.host == "uni-ludlow.example"
    assert led_from(report.views, report.target) == ""


@pytest.mark.parametrize("path", ["/", "/out"])
def test_a_listed_name_that_leads_away_as_a_whole_is_not_spared(tmp_path: Path, path: str) -> None:
    """Who leads all visitors of a listed name elsewhere has bought it; an open redirect of a listed pharmacy is another thing."""
    report = led(tmp_path, "benu.cz", path)
    assert report.target.host == ("benu.cz" if path == "/" else "northgatemeds.example")
