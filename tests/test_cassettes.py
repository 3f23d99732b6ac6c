"""The recorded sites: each gets the verdict that a careful reader gives it, and always the same report."""

from __future__ import annotations

import asyncio
import hashlib
from functools import cache

import pytest

from pharmcheck.capture import CaptureOptions, capture, replay
from pharmcheck.model import Report
from pharmcheck.pipeline import check_replay, judge
from pharmcheck.report.json import as_json
from pharmcheck.target import parse_target
from tests.loopback import Loopback, file_for
from tests.record_cassettes import CASSETTES, EXPECTED, Row, expected, fired, held_against, index
from tests.sites import NOW

ROWS = index()
SITES = CASSETTES / "sites"
# Where the program reads another rung than a careful reader.
RUNG_MISSED = {
    "wrenfield-pharmacy.example": "its online doctor is told in words that no phrase holds; only the form for prescriptions is seen",
}


@cache
def report(row: Row) -> Report:
    """Return the report on a recording."""
    return check_replay(row.file)


@pytest.fixture(params=ROWS, ids=lambda row: row.domain)
def row(request: pytest.FixtureRequest) -> Row:
    """One line of index.csv."""
    found: Row = request.param
    return found


def test_verdict_and_kind(row: Row) -> None:
    """A recorded site gets the verdict and the kind that index.csv gives it."""
    found = report(row)
    assert (found.verdict.value, found.kind.name.value) == (row.expected_verdict, row.expected_kind), row.why


def test_signals(row: Row) -> None:
    """The signals that make the case are found, and those that would wrong the site are not held against it."""
    found = report(row)
    assert not row.must_fire - fired(found), row.why
    assert not row.must_not_fire & held_against(found), row.why


def test_lowest_rung(row: Row, request: pytest.FixtureRequest) -> None:
    """The lowest rung of the prescription ladder is the one that a careful reader sees; the few misses are named."""
    if row.domain in RUNG_MISSED:
        request.applymarker(pytest.mark.xfail(strict=True, reason=RUNG_MISSED[row.domain]))
    assert report(row).as_dict()["prescription"]["lowest"] == (row.rung or None), row.why


def test_promoted(row: Row) -> None:
    """A page that points to a shop names it under `promoted`."""
    assert not row.promotes - {promoted.domain for promoted in report(row).promoted}


def test_second_replay_gives_the_same_json_and_the_recording_its_source(row: Row) -> None:
    """The same recording gives the same report, byte for byte; its pages are those of cassettes/sites."""
    site = replay(row.file)
    first, second = (as_json(r) for r in (report(row), judge(site)))
    assert first == second
    for page in site.pages:
        source = file_for(SITES, page.url)
        assert source, page.url
        assert hashlib.sha256(source.read_bytes()).hexdigest() == page.digest, (
            f"{source} has changed: run `python -m tests.record_cassettes {row.domain}`"
        )


def test_recorder_reads_from_loopback_only() -> None:
    """The loopback server answers as the recording says, over TLS, and every other host is refused."""
    row = next(row for row in ROWS if row.domain == "corncrake-pharmacy.example")
    with Loopback(SITES, NOW) as server:
        hosts = ("www.thepsi.ie",)
        options = CaptureOptions(
            NOW, retries=0, connect_to=server.connect_to, issuer_hosts=hosts, ca_file=server.ca_file
        )
        site = asyncio.run(capture(parse_target(row.url), options))
    recorded = replay(row.file)
    assert [(page.url, page.digest) for page in site.pages] == [(page.url, page.digest) for page in recorded.pages]
    assert site.gaps == recorded.gaps
    assert "www.thepsi.ie refused the connection" in " ".join(gap.why for gap in site.gaps)


def test_expected_is_fresh() -> None:
    """expected.csv says what the present rules say."""
    assert EXPECTED.read_text("utf-8") == expected(ROWS, report), (
        "a report has changed: look at it, then run `python -m tests.record_cassettes --expected`"
    )


def test_every_site_and_recording_has_a_line() -> None:
    """Nothing lies in cassettes/ without a line of index.csv that says why."""
    domains = {row.domain for row in ROWS}
    assert {file.name.removesuffix(".warc.gz") for file in CASSETTES.glob("*.warc.gz")} == domains
    assert {folder.name for folder in SITES.iterdir() if folder.name.endswith(".example")} == domains
