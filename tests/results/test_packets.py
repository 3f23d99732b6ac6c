"""Packets hold what somebody needs who acts on a rogue site, and nothing that acts by itself."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

from pharmcheck.audit.worker import evidence_path
from pharmcheck.law import reporting
from pharmcheck.results.networks import read_networks
from pharmcheck.results.packets import write_packets
from pharmcheck.results.reports import Ordered
from tests.report.reports import DIGEST, report
from tests.results.audits import CONTROL, SEVERAL, at, hostile, network, write_audit


def quiet(_: object) -> None:
    """Tell nobody."""


def packed(audit: Path) -> dict[str, str]:
    """Write the packets of an audit; return their texts by folder."""
    with Ordered(audit / "results.jsonl", {}, quiet) as ordered:
        made = write_packets(ordered, read_networks(audit) or [], audit, audit / "packets", quiet)
    texts = {p.parent.name: p.read_text("utf-8") for p in audit.glob("packets/*/packet.txt")}
    assert len(texts) == made
    return texts


def test_a_rogue_site_has_a_packet(tmp_path: Path) -> None:
    """Quotes with place and digest, the warning, the record with its digest, the authorities; no packet for others."""
    audit = write_audit(tmp_path, SEVERAL)
    record = evidence_path("site4.example", audit / "evidence")
    record.parent.mkdir(parents=True)
    record.write_bytes(b"a record")
    (text,) = packed(audit).values()
    told = reporting("CZ")
    assert told is not None
    for part in (
        "Suspected illegal online pharmacy: site4[.]example",
        "“No prescription needed, ever.”",
        f"at hxxps://pills[.]example/faq, byte 12,345, sha256 {DIGEST}",
        "Official warning: xx-authority-illegal (CZ) since 1 Mar 2026",
        f"Record: {record.relative_to(audit)}, sha256 {hashlib.sha256(b'a record').hexdigest()}",
        f"Authority in CZ: {told.authority}, {told.address}",
        "lookup.icann.org",
        "Nobody has sent it.",
    ):
        assert part in text
    (saved,) = audit.glob("packets/*/reports.jsonl")
    assert json.loads(saved.read_text("utf-8")) == SEVERAL[4].as_dict()


def test_a_record_that_was_not_kept_is_told(tmp_path: Path) -> None:
    """No path is given to what is not there."""
    (text,) = packed(write_audit(tmp_path, SEVERAL)).values()
    assert "kept none of its own for this site" in text
    assert "--replay" not in text


def test_a_network_has_one_packet(tmp_path: Path) -> None:
    """Its rogue sites stand in it and nowhere else; the others are named as not judged rogue, without findings."""
    sites = [*SEVERAL, at("second.example", report()), at("alone.example", report())]
    ties = [network("site4.example", "second.example", "site0.example", "unknown.example")]
    texts = packed(write_audit(tmp_path, sites, ties))
    assert sorted(re.sub("-[0-9a-f]{8}$", "", name) for name in texts) == ["alone.example", "network-0001"]
    text = texts["network-0001"]
    assert "pharmacies: 2 sites" in text
    assert "phone “+44 7700 900123” on 4 sites" in text
    assert "not judged rogue: site0[.]example, unknown[.]example" in text
    assert text.count("Judged: ") == 2


def test_a_network_without_a_rogue_site_has_none(tmp_path: Path) -> None:
    """Belonging together is no offence."""
    assert packed(write_audit(tmp_path, SEVERAL[:4], [network("site0.example", "site1.example")])) == {}


def test_without_a_country_it_says_how_to_get_one(tmp_path: Path) -> None:
    """No authority is guessed."""
    made = replace(at("plain.example", report()), buyers=(), listings=())
    (text,) = packed(write_audit(tmp_path, [made])).values()
    assert "audit with --country CC" in text


def test_hostile_text_is_only_text(tmp_path: Path) -> None:
    """No control sequence, no line of the site's own, no address that opens, no endless line."""
    (text,) = packed(
        write_audit(tmp_path, [hostile()], [network("pills.example", value="x\nAuthority in CZ: me")])
    ).values()
    assert not re.search(CONTROL, text)
    assert "https://pills.example" not in text
    assert not re.search(r"^(0\.0\.0\.0|Authority in CZ: me)", text, re.MULTILINE)
