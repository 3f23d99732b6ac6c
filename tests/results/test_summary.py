"""The summary: complete without script, sortable with it, quiet about hostile text, and flat in memory."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from pharmcheck.model import Membership, Quote, Tie
from pharmcheck.results.reports import ResultsError
from pharmcheck.results.summary import ROWS, write_summary
from tests.report.reports import DIGEST, EVERY_VERDICT, report
from tests.results.audits import CONTROL, HOSTILE, SEVERAL, VICTIM, at, hostile, network, write_audit


def quiet(_: str) -> None:
    """Tell nobody."""


def summary(out: Path, **options: int) -> BeautifulSoup:
    return BeautifulSoup(write_summary(out, {}, quiet, **options).read_text("utf-8"), "lxml")


def rows(page: BeautifulSoup) -> list[list[str]]:
    return [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
        for row in page.select(".sites tbody tr")
    ]


def test_counts_are_those_of_the_reports(tmp_path: Path) -> None:
    """Each verdict with its number, each tenth of the risk with its number, told also in words."""
    page = summary(write_audit(tmp_path, (*SEVERAL, VICTIM)))
    tiles = [t.get_text(" ", strip=True) for t in page.select(".tiles li")]
    assert [t.split()[0] for t in tiles] == ["2", "1", "1", "1", "1", "1", "1"]
    assert "rogue" in tiles[0]
    told = page.select_one(".chart desc")
    assert told is not None
    assert told.get_text(strip=True) == (
        "1 with risk 0–9, 1 with risk 10–19, 0 with risk 20–29, 0 with risk 30–39, 1 with risk 40–49, "
        "0 with risk 50–59, 0 with risk 60–69, 1 with risk 70–79, 0 with risk 80–89, 2 with risk 90–100."
    )


def test_the_worst_comes_first_and_leads_to_its_page(tmp_path: Path) -> None:
    """The table needs no script: it is in order, and each row leads to the report."""
    page = summary(write_audit(tmp_path, reversed(SEVERAL)))
    assert [row[1].split()[-1] for row in rows(page)] == [
        "rogue", "suspicious", "intermediary", "unverified", "cannot-assess", "not-a-pharmacy", "legitimate",
    ]  # fmt: skip
    link = page.select(".sites a")[0]
    shown = (tmp_path / str(link["href"])).read_text("utf-8")
    assert "site4.example" in shown
    assert "No prescription needed, ever." in shown


def test_what_was_not_judged_shows_no_risk(tmp_path: Path) -> None:
    """A site that could not be read, and one that sells nothing, has no number."""
    assert {row[1].split()[-1] for row in rows(summary(write_audit(tmp_path, SEVERAL))) if row[2] == "–"} == {
        "cannot-assess",
        "not-a-pharmacy",
    }


def test_asks_nobody_and_runs_only_its_own_script(tmp_path: Path) -> None:
    """Nothing is loaded; the policy allows style and script by their digests alone; no handler stands in the markup."""
    page = summary(write_audit(tmp_path, SEVERAL))
    (policy,) = page.select("meta[http-equiv=Content-Security-Policy]")
    allowed = str(policy["content"])
    assert "unsafe" not in allowed
    for name in ("style", "script"):
        (element,) = page.find_all(name)
        digest = b64encode(hashlib.sha256(str(element.string).encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in allowed
    assert not page.find_all(["img", "link", "iframe", "object", "embed", "base", "form"])
    assert not [a for tag in page.find_all(True) for a in tag.attrs if a.startswith("on") or a in ("style", "src")]
    assert all(not re.match(r"\w+:|//", str(a["href"])) for a in page.find_all("a"))


def test_networks_are_a_picture_and_a_table(tmp_path: Path) -> None:
    """Each network is drawn with a text alternative, and told with its size, sites and ties."""
    page = summary(write_audit(tmp_path, SEVERAL, [network("site1.example", "site4.example")]))
    (drawn,) = page.select(".wheels svg")
    assert len(drawn.select("circle:not(.hub)")) == 2
    assert "2 sites" in str(drawn["aria-label"])
    told = page.select(".wide table")[0].get_text(" ")
    assert all(part in told for part in ("site1[.]example", "site4[.]example", "phone", "+44 7700 900123"))


def test_a_sites_page_tells_its_network_and_leads_to_it(tmp_path: Path) -> None:
    """The number of the others, the strongest tie with its quote, and the place in the summary that tells of the network."""
    tie = Tie(
        "phone",
        "+44 7700 900123",
        2,
        True,
        Quote("https://site4.example/contact", "Call +44 7700 900123", digest=DIGEST),
    )
    member = replace(SEVERAL[4], network=Membership("n-1", 37, (("phone", "+44 7700 900123"),), tie))
    out = write_audit(tmp_path, (*SEVERAL[:4], member), [network("site1.example", "site4.example")])
    page = summary(out)
    row = next(r for r in page.select(".sites tbody tr") if "site4" in r.get_text())
    path = out / str(row.a["href"])  # type: ignore[index]
    shown = BeautifulSoup(path.read_text("utf-8"), "lxml")
    text = shown.get_text(" ", strip=True)
    assert (
        "Same operator as 37 other sites of this audit, it seems: the telephone number “+44 7700 900123” stands on 2"
        in text
    )
    assert "“Call +44 7700 900123”" in text
    (link,) = [a for a in shown.find_all("a") if a.get_text() == "The network"]
    file, _, place = str(link["href"]).partition("#")
    assert (path.parent / file).resolve() == (out / "summary.html").resolve()
    (told,) = page.select(f"#{place}")
    assert "site1[.]example" in told.get_text()
    (back,) = [a for a in told.find_all("a") if a.get_text() == "site4[.]example"]
    assert out / str(back["href"]) == path


def test_networks_not_sought_are_told_apart_from_none(tmp_path: Path) -> None:
    """No file means that none were sought, an empty one that there are none."""
    assert "sought no networks" in summary(write_audit(tmp_path / "a", SEVERAL)).get_text()
    assert "No two sites share" in summary(write_audit(tmp_path / "b", SEVERAL, [])).get_text()


def test_what_stood_in_the_way_is_told(tmp_path: Path) -> None:
    """Unreadable sites by their first gap, judged ones by what was missing, links by why they were left out."""
    out = write_audit(tmp_path, SEVERAL)
    (out / "links.csv").write_text("identity,left_out\na,\nb,unresolved redirector\nc,unresolved redirector\n")
    (out / "unread.csv").write_text("file,message,why\nx.msg,,damaged\n")
    told = summary(out).get_text(" ", strip=True)
    assert "checkout: the cart asks" not in told
    assert "the cart asks for a log-in first 1" in re.sub(r"\s+", " ", told)
    assert "unresolved redirector 2" in re.sub(r"\s+", " ", told)
    assert "1 input or message could not be read, or not all of it" in told


def test_who_is_promoted_without_a_site_is_told(tmp_path: Path) -> None:
    """Accounts, numbers and bare names, the most frequent first; sites and what is left out are not among them."""
    out = write_audit(tmp_path, SEVERAL)
    (out / "links.csv").write_text(
        "identity,host,left_out\nname:zorbimeds,,\nname:zorbimeds,,\ntelegram:pillvendor,t.me,\npills.example,pills.example,\n"
        "phone:+442079460018,,a reason\n"
    )
    (table,) = [t for t in summary(out).select("#gaps ~ table") if "without a site" in str(t.caption)]
    assert [r.get_text(" ", strip=True) for r in table.select("tbody tr")] == [
        "name:zorbimeds 2",
        "telegram:pillvendor 1",
    ]


def test_a_large_audit_has_pages_of_rows(tmp_path: Path) -> None:
    """A thousand rows a page, all sites on some page, pages of their own for the worst only, and no stale ones."""
    many = [at(f"s{i:04}.example", EVERY_VERDICT[1]) for i in range(2 * ROWS)]
    worst = at("worst.example", report())
    page = summary(write_audit(tmp_path, [*many, worst]), most_pages=1)
    others = [BeautifulSoup((tmp_path / "sites" / f"table-{n}.html").read_text("utf-8"), "lxml") for n in (2, 3)]
    names = [row[0] for p in (page, *others) for row in rows(p)]
    assert names == ["worst.example", *(f"s{i:04}.example" for i in range(2 * ROWS))]
    assert len(list(tmp_path.glob("sites/??/*.html"))) == 1
    assert all(
        (tmp_path / "sites" / str(a["href"]).partition("#")[0]).resolve().is_file()
        for a in others[0].select(".paging a")
    )
    (tmp_path / "sites" / "mine.html").write_text("kept")
    summary(write_audit(tmp_path, SEVERAL[:1]))
    assert sorted(p.name for p in tmp_path.glob("sites/*.html")) == ["mine.html"]
    assert [p.name[:5] for p in tmp_path.glob("sites/??/*.html")] == ["site0"]


def test_hostile_text_is_only_text(tmp_path: Path) -> None:
    """No element, handler, link or control sequence of a site is on any page; nothing is evaluated; nothing is endless."""
    out = write_audit(tmp_path, [hostile()], [network("pills.example", HOSTILE, value="{{ 7 * 7 }}" + HOSTILE)])
    (out / "links.csv").write_text(f'identity,left_out\na,"{HOSTILE[:500]}"\n'.replace("\0", ""), "utf-8")
    page = summary(out)
    text = (out / "summary.html").read_text("utf-8")
    assert not re.search(CONTROL, text)
    assert len(text) < 60_000
    assert len(page.find_all("script")) == 1
    assert not page.find_all(["img", "iframe", "form"])
    assert "https://pills.example" not in text
    assert "{{ 7 * 7 }}" in page.get_text()
    (site,) = out.glob("sites/??/*.html")
    assert not BeautifulSoup(site.read_text("utf-8"), "lxml").find_all(["script", "img"])


def test_running_twice_changes_nothing(tmp_path: Path) -> None:
    """The same reports give the same bytes."""
    out = write_audit(tmp_path, SEVERAL)
    summary(out)
    before = {p: p.read_bytes() for p in out.rglob("*.html")}
    summary(out)
    assert before == {p: p.read_bytes() for p in out.rglob("*.html")}
    assert len(before) == len(SEVERAL) + 1


@pytest.mark.parametrize("broken", ['{"schema"', "[]", '{"schema": "x"}'])
def test_damaged_results_are_named(tmp_path: Path, broken: str) -> None:
    """File and line are told, and no summary of the rest pretends to be all."""
    out = write_audit(tmp_path, SEVERAL[:2])
    with (out / "results.jsonl").open("a") as lines:
        lines.write(broken)
    with pytest.raises(ResultsError, match=r"results\.jsonl, line 3"):
        summary(out)
    assert not (out / "summary.html").exists()


def test_damaged_networks_are_named(tmp_path: Path) -> None:
    """A file of another shape is never taken for no networks."""
    out = write_audit(tmp_path, SEVERAL, [{"sites": 1, "members": "site1.example", "ties": []}])
    with pytest.raises(ResultsError, match=r"networks\.json is not what an audit writes"):
        summary(out)
