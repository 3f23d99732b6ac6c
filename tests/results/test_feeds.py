"""What other programs read: each format as its own library understands it, and never more than a verdict allows."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import stix2
from pymisp import MISPEvent
from stix2patterns.validator import run_validator

from pharmcheck.model import Host, HostState, Kind, Quote, Reason, Report, SiteKind, Target
from pharmcheck.results.accused import Accused, accused
from pharmcheck.results.blocklist import hosts_pieces, rpz_pieces
from pharmcheck.results.flat import COLUMNS, csv_pieces, jsonl_pieces, write_parquet
from pharmcheck.results.misp import misp_pieces
from pharmcheck.results.networks import read_networks
from pharmcheck.results.stix import stix_pieces
from tests.report.reports import EVERY_VERDICT, report
from tests.results.audits import CONTROL, HOSTILE, LED, LINK, SEVERAL, VICTIM, at, hostile, network, write_audit

NEWEST = datetime(2026, 11, 21, 14, 3, 5, tzinfo=UTC)
ALL = (*SEVERAL, VICTIM, hostile())


def stix(reports: Iterable[Report], networks: Any = ()) -> Any:
    made = b"".join(stix_pieces(reports, networks, NEWEST)).decode()
    return stix2.parse(made, allow_custom=False)


def misp(reports: Iterable[Report]) -> MISPEvent:
    event = MISPEvent()
    event.from_dict(**json.loads(b"".join(misp_pieces(reports, NEWEST)))["Event"])
    return event


def test_stix_is_read_by_its_library() -> None:
    """Rogue and suspicious sites are indicators with patterns that hold, and observables with the library's identifiers."""
    bundle = stix(ALL)
    indicators = [o for o in bundle.objects if o.type == "indicator"]
    assert [i.indicator_types for i in indicators] == [["anomalous-activity"], *[["malicious-activity"]] * 3]
    assert all(run_validator(i.pattern, stix_version="2.1") == [] for i in indicators)
    names = [o for o in bundle.objects if o.type == "domain-name"]
    assert [n.value for n in names] == ["site3.example", "site4.example"]
    assert [n.id for n in names] == [stix2.DomainName(value=n.value).id for n in names]
    assert {i.valid_from for i in indicators} == {report().captured}


def test_a_hostile_address_stays_within_its_pattern() -> None:
    """Quotes and backslashes of an address do not end the pattern: it is one comparison."""
    (indicator,) = (o for o in stix([hostile()]).objects if o.type == "indicator")
    assert run_validator(indicator.pattern, stix_version="2.1") == []
    (compared,) = re.findall(r"^\[url:value = '((?:[^'\\]|\\.)*)'\]$", indicator.pattern)
    assert "bank.example" in compared


def test_a_network_is_a_grouping(tmp_path: Path) -> None:
    """It refers to the indicators of its sites; one with a single accused site groups nothing."""
    out = write_audit(
        tmp_path,
        (),
        [network("site3.example", "site4.example", "site0.example"), network("site0.example", "site3.example")],
    )
    bundle = stix(ALL, read_networks(out))
    (grouping,) = (o for o in bundle.objects if o.type == "grouping")
    assert grouping.object_refs == sorted(
        o.id for o in bundle.objects if o.type == "indicator" and re.search("site[34]", o.pattern)
    )


def test_misp_is_read_by_its_library() -> None:
    """Only a rogue site on a host of its own is for detection; a page on somebody's host is an address to look at."""
    event = misp(ALL)
    assert [(a.type, a.value[:29], a.to_ids) for a in event.attributes] == [
        ("domain", "site3.example", False),
        ("domain", "site4.example", True),
        ("url", "https://school.example/pills/", False),
        ("url", "https://pills.example/=HYPERL", False),
    ]
    assert event.published is False
    assert event.date.isoformat() == "2026-11-21"
    assert {t.name for t in event.attributes[1].tags} == {
        'pharmcheck:verdict="rogue"',
        'pharmcheck:confidence="high"',
    }


@pytest.mark.parametrize("pieces", [misp_pieces, lambda reports, at: stix_pieces(reports, (), at)])
def test_feeds_of_nothing_are_whole(pieces: Any) -> None:
    """An audit without an accused site gives an empty feed that its library reads, the same bytes each time."""
    made = b"".join(pieces(SEVERAL[:1], NEWEST))
    assert made == b"".join(pieces(SEVERAL[:1], NEWEST))
    assert json.loads(made)
    assert misp(SEVERAL[:1]).attributes == []


def test_block_lists_hold_rogue_hosts_only() -> None:
    """No suspicious site, no victim, no platform, no address; the warning comes first."""
    hosts = b"".join(hosts_pieces(ALL, NEWEST)).decode()
    assert [line for line in hosts.splitlines() if not line.startswith("#")] == [
        "0.0.0.0 site4.example",
        "0.0.0.0 www.site4.example",
    ]
    assert hosts.startswith("# Sites that pharmcheck judged rogue")
    assert "can be wrong" in hosts
    zone = b"".join(rpz_pieces(ALL, NEWEST)).decode()
    assert zone.splitlines()[-2:] == ["site4.example IN CNAME .", "*.site4.example IN CNAME ."]
    assert f" {int(NEWEST.timestamp())} 3600" in zone


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("192.0.2.7", "ipv4"),
        ("[2001:db8::7]", "ipv6"),
        ("a.shop.example", "host"),
        ("shop.example", "domain"),
        ("no\nname.example", "url"),
        ("x y.example", "url"),
    ],
)
def test_what_may_be_acted_upon(host: str, kind: str) -> None:
    """Names are names, numbers are numbers, and what is neither is left to the address of the page."""
    what = accused(at(host, report()))
    assert what is not None
    assert what.kind == kind


def test_a_forum_is_not_named_for_what_is_written_on_it() -> None:
    """A page that promotes a seller is an address, not a host."""
    post = replace(EVERY_VERDICT[3], kind=Kind(SiteKind.PROMOTION, ""), host=Host(HostState.OWN, ""))
    what = accused(at("forum.example", post, "/t/7"))
    assert what is not None
    assert (what.kind, what.value) == ("url", "https://forum.example/t/7")
    shared = replace(report(), target=Target("x", "https://geocities.com/name/", "geocities.com", "geocities.com"))
    told = accused(shared)
    assert told is not None
    assert told.kind == "url"


def test_csv_is_safe_and_whole() -> None:
    """A row a site, no formula, no control character, no cell without end."""
    made = b"".join(csv_pieces(ALL)).decode()
    rows = list(csv.DictReader(io.StringIO(made)))
    assert [r["site"] for r in rows] == [f"site{i}.example" for i in range(7)] + ["school.example", "pills.example"]
    assert not re.search(CONTROL, made)
    for row in rows:
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
        assert max(map(len, row.values())) <= 2_001
    assert rows[4]["risk"] == "97"
    assert rows[6]["risk"] == ""


def test_a_formula_in_first_place_is_disarmed() -> None:
    """A title that is a formula gets an apostrophe before it."""
    (row,) = csv.DictReader(io.StringIO(b"".join(csv_pieces([hostile()])).decode()))
    assert row["strongest"].startswith("'=HYPERLINK")


def test_json_lines_stay_letter_for_letter(tmp_path: Path) -> None:
    """The values are those of the reports, and no character of them acts on a terminal or ends a line."""
    made = b"".join(jsonl_pieces(write_audit(tmp_path, ALL) / "results.jsonl")).decode()
    assert [json.loads(line) for line in made.splitlines()] == [r.as_dict() for r in ALL]
    assert not re.search(CONTROL, made)
    assert HOSTILE[:60] in json.loads(made.splitlines()[-1])["reasons"][0]["title"]


def test_parquet_holds_the_rows(tmp_path: Path) -> None:
    """duckdb reads back columns, types and rows in their order."""
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "it's.parquet"
    write_parquet(ALL, path)
    found = duckdb.from_parquet(str(path).replace("'", "?"))
    assert found.columns == list(COLUMNS)
    rows = found.fetchall()
    assert [r[0] for r in rows][:7] == [f"site{i}.example" for i in range(7)]
    assert rows[4][5] == 97
    assert rows[6][5] is None
    assert rows[4][16] == datetime(2026, 11, 21, 14, 3, 5)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_host_that_merely_leads_on_is_named_nowhere_but_in_its_link() -> None:
    """The shop at the end is; the row tells which link led there."""
    (row,) = csv.DictReader(io.StringIO(b"".join(csv_pieces([LED])).decode()))
    assert (row["site"], row["led_from"]) == ("site9.example", LINK)
    for pieces in (hosts_pieces, rpz_pieces, misp_pieces):
        text = b"".join(pieces([LED], NEWEST)).decode()
        assert "site9.example" in text
        assert "uni-ludlow" not in text
    assert "uni-ludlow" not in str(stix([LED]))


def test_a_link_that_leads_off_accuses_its_page_only() -> None:
    """Where nothing else speaks against the host, no list blocks it; a shop that also leads elsewhere is still named."""
    away = replace(LED, target=Target(LINK, LINK, "uni-ludlow.example", "uni-ludlow.example"))
    assert accused(away) == Accused("url", LINK)
    own = replace(away, reasons=(Reason("x", "x", 20, (Quote("http://uni-ludlow.example/", "x"),)),))
    assert accused(own) == Accused("domain", "uni-ludlow.example")
