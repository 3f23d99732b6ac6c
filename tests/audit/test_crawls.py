"""Recordings as inputs of an audit, ours and those of crawls: here and on a cluster the same."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pharmcheck.audit.assignments import Settings
from pharmcheck.audit.engines import check_sites_on, read_recorded_on
from pharmcheck.audit.located import FoundPage, list_pages, page_of, read_recorded
from pharmcheck.audit.run import check_sites, write_results
from pharmcheck.audit.store import Job, Store
from pharmcheck.capture import CaptureOptions
from pharmcheck.capture.archive import save
from pharmcheck.capture.exchange import Exchange
from pharmcheck.target import parse_target
from tests.audit.audited import CASSETTES, NOW, SHOP, crawl, page, quiet


def recorded(out: Path, read: Callable[[Store], None], check: Callable[[Store], None]) -> tuple[bytes, bytes]:
    """Audit recordings; return the results and what could not be read."""
    out.mkdir()
    with Store(out / "state.sqlite") as store:
        read(store)
        check(store)
        write_results(store, out)
    return (out / "results.jsonl").read_bytes(), (out / "unread.csv").read_bytes()


def same_from_warc(client: Any, tmp_path: Path, paths: list[str]) -> tuple[bytes, bytes]:
    """Audit recordings both ways, and return what both come to."""
    settings = Settings(NOW, "warc")
    local = recorded(
        tmp_path / "l", lambda s: read_recorded(s, paths, quiet), lambda s: check_sites(s, settings, quiet)
    )
    dask = recorded(
        tmp_path / "d",
        lambda s: read_recorded_on(client, s, paths, quiet),
        lambda s: check_sites_on(client, s, settings, quiet),
    )
    assert dask == local
    return dask


def test_our_recordings_the_same_bytes(client: Any, tmp_path: Path) -> None:
    """And one that is not there is named the same."""
    results, unread = same_from_warc(client, tmp_path, [str(CASSETTES), str(tmp_path / "no.warc.gz")])
    assert results.count(b"\n") == len(list(CASSETTES.rglob("*.warc.gz")))
    assert b"there is no such file" in unread


def test_pages_of_crawls_are_read_where_they_stand(client: Any, tmp_path: Path) -> None:
    """A site whose pages stand in several files; the state holds their places and none of their words."""
    one = crawl(tmp_path / "1.warc.gz", page("http://a.example/", SHOP), page("http://b.example/", "<p>Bees"))
    two = crawl(tmp_path / "2.warc.gz", page("http://a.example/cart", "<form>Cart"), page("http://c.example/", SHOP))
    results, _ = same_from_warc(client, tmp_path, [str(one), str(two)])
    assert [json.loads(line)["target"]["domain"] for line in results.splitlines()] == [
        "a.example",
        "b.example",
        "c.example",
    ]
    with Store(tmp_path / "d" / "state.sqlite") as store:
        assert all(b"warc.gz" in record for record in store.pages("a.example"))
        assert len(store.pages("a.example")) == 2


def test_damaged_crawls_cost_what_is_damaged(client: Any, tmp_path: Path) -> None:
    """A record that is cut off, a file that is none: named, and the rest is judged."""
    whole = crawl(tmp_path / "1.warc.gz", page("http://a.example/", SHOP), page("http://b.example/", "<p>Bees" * 999))
    (tmp_path / "2.warc.gz").write_bytes(whole.read_bytes()[:-30])
    (tmp_path / "3.warc.gz").write_bytes(b"\x1f\x8b" + b"no gzip at all" * 9)
    (tmp_path / "4.warc").write_bytes(gzip.decompress(whole.read_bytes()))
    names = ["2.warc.gz", "3.warc.gz", "4.warc"]
    with Store(tmp_path / "state.sqlite") as store:
        read_recorded_on(client, store, [str(tmp_path / name) for name in names], quiet)
        unread = {file: why for file, _, why in store.unread()}
        assert [job.identity for job in store.todo(9)] == ["a.example", "b.example"]
    assert "cut off" in unread["2.warc.gz"]
    assert "damaged" in unread["3.warc.gz"]


@pytest.mark.parametrize("kept", [20_000, 200, 10])
def test_a_recording_of_which_a_part_is_missing_is_no_site(client: Any, tmp_path: Path, kept: int) -> None:
    """It is named with the reason; half of what a site said is no ground to judge it on."""
    path = tmp_path / "cut.warc.gz"
    path.write_bytes((CASSETTES / "northgatemeds.example.warc.gz").read_bytes()[:kept])
    results, unread = same_from_warc(client, tmp_path, [str(path)])
    assert results == b""
    assert b"cut.warc.gz is cut off" in unread


@pytest.mark.parametrize("names", ["ab", "ba"])
def test_two_recordings_of_a_site_are_one_site(client: Any, tmp_path: Path, names: str) -> None:
    """The later one is judged, whichever is read first, and whatever the files are called."""
    for name, day in zip(names, (1, 20), strict=True):
        target = parse_target("https://pills.example/")
        options = CaptureOptions(now=datetime(2026, 11, day, 12, tzinfo=UTC))
        body = Exchange(target.url, 200, "OK", (("Content-Type", "text/html"),), SHOP.encode())
        save(tmp_path / f"{name}.warc.gz", target, options, [body])
    results, unread = same_from_warc(client, tmp_path, [str(tmp_path / f"{name}.warc.gz") for name in "ab"])
    (report,) = map(json.loads, results.splitlines())
    assert (report["target"]["domain"], report["captured"]) == ("pills.example", "2026-11-20T12:00:00Z")
    assert unread.count(b"\n") == 1


def test_a_later_recording_is_judged_when_an_audit_goes_on(tmp_path: Path) -> None:
    """An earlier one changes nothing."""
    with Store(tmp_path / "state.sqlite") as store:
        for day, judged in (("10", True), ("05", False), ("10", False), ("20", True)):
            date = f"2026-11-{day}T12:00:00Z"
            store.add_recording(Job("pills.example", f"file:{day}", "pills.example", captured=date))
            assert [job.target for job in store.todo(9)] == ([f"file:{day}"] if judged else [])
            if judged:
                store.note_report("pills.example", {"captured": date, "verdict": "rogue"})


@pytest.mark.parametrize(("recorded_pages", "told"), [(14, False), (15, True)])
def test_pages_beyond_those_that_are_judged_are_a_gap(tmp_path: Path, recorded_pages: int, told: bool) -> None:
    """Of a site with more pages than a check reads the first fourteen are judged, and the report says so."""
    made = crawl(tmp_path / "1.warc.gz", *(page(f"http://a.example/{n or ''}", SHOP) for n in range(recorded_pages)))
    with Store(tmp_path / "state.sqlite") as store:
        read_recorded(store, [str(made)], quiet)
        check_sites(store, Settings(NOW, "warc"), quiet)
        (report,) = store.reports()
    gap = {
        "artifact": "recording",
        "why": "recording: of the pages of this site that were recorded the first 14 were judged",
    }
    assert (gap in report["gaps"]) is told


@pytest.mark.parametrize("packing", [gzip.compress, bytes])
def test_crawls_that_are_packed_otherwise_are_read_whole(tmp_path: Path, packing: Callable[[bytes], bytes]) -> None:
    """Many records in one gzip member, more than a record may hold, or none of them packed: every page is found."""
    pages = [page(f"http://s{i}.example/", SHOP + "<!--" + "x" * 900_000) for i in range(30)]
    whole = crawl(tmp_path / "1.warc.gz", *pages)
    (tmp_path / "2.warc.gz").write_bytes(packing(gzip.decompress(whole.read_bytes())))
    with Store(tmp_path / "state.sqlite") as store:
        read_recorded(store, [str(tmp_path / "2.warc.gz")], quiet)
        assert len(store.todo(99)) == 30
        assert not list(store.unread())


def test_a_crawl_behind_a_url(tmp_path: Path) -> None:
    """Whatever fsspec opens is listed and read, page by page."""
    import fsspec

    made = crawl(tmp_path / "1.warc.gz", page("http://a.example/", SHOP), page("http://b.example/", "<p>Bees"))
    with fsspec.open("memory://crawl/1.warc.gz", "wb") as file:
        file.write(made.read_bytes())
    found = [p for p in list_pages("memory://crawl/1.warc.gz").pages if isinstance(p, FoundPage)]
    assert [page_of(p.record).body for p in found] == [SHOP.encode(), b"<p>Bees"]


def test_a_crawl_begun_here_is_ended_here(client: Any, tmp_path: Path) -> None:
    """What was read of it in one process is not read again by another."""
    made = crawl(tmp_path / "1.warc.gz", *(page(f"http://s{i}.example/", "<p>Bees") for i in range(3)))
    with Store(tmp_path / "state.sqlite") as store:
        store.note_read(str(made), 2, done=False)
        read_recorded_on(client, store, [str(made)], quiet)
        assert [job.identity for job in store.todo(9)] == ["s2.example"]


def test_a_crawl_that_was_exchanged_is_told(tmp_path: Path) -> None:
    """What stood at the place of a page and is no gzip any more costs the site, in a sentence."""
    path = crawl(tmp_path / "a.warc.gz", page("http://a.example/", SHOP))
    (found,) = list_pages(str(path)).pages
    assert isinstance(found, FoundPage)
    path.write_bytes(b"something else " * 100)
    with pytest.raises(OSError, match="has changed since it was listed"):
        page_of(found.record)
