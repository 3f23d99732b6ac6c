"""Packets hold what somebody needs who acts on a rogue site, and nothing that acts by itself."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from pharmcheck.audit.shards import INDEX
from pharmcheck.law import reporting
from pharmcheck.model import Names, Registration, Target
from pharmcheck.results.networks import read_networks
from pharmcheck.results.packets import write_packets
from pharmcheck.results.reports import AuditReports
from tests.report.reports import DIGEST, report
from tests.results.audits import CONTROL, LED, LINK, SEVERAL, at, hostile, network, write_audit


def quiet(_: object) -> None:
    """Tell nobody."""


def packed(audit: Path) -> dict[str, str]:
    """Write the packets of an audit; return their texts by folder."""
    with AuditReports(audit / "results.jsonl", {}, quiet) as audited:
        made = write_packets(audited, read_networks(audit) or [], audit, audit / "packets", quiet)
    texts = {p.parent.name: p.read_text("utf-8") for p in audit.glob("packets/*/packet.txt")}
    assert len(texts) == made
    return texts


def test_a_rogue_site_has_a_packet(tmp_path: Path) -> None:
    """Quotes with place and digest, the warning, the record with its digest, the authorities; no packet for others."""
    audit = write_audit(tmp_path, SEVERAL)
    (audit / "evidence").mkdir()
    (audit / "evidence" / INDEX).write_text(f"site4.example\tevidence-00001.warc.gz\t1000\t2500\t{DIGEST}\n")
    (text,) = packed(audit).values()
    told = reporting("CZ")
    assert told is not None
    for part in (
        "Suspected illegal online pharmacy: site4[.]example",
        "“No prescription needed, ever.”",
        f"at hxxps://pills[.]example/faq, byte 12,345, sha256 {DIGEST}",
        "Official warning: xx-authority-illegal (CZ) since 1 Mar 2026",
        f"Record: evidence/evidence-00001.warc.gz, 2,500 bytes from byte 1,000, sha256 {DIGEST}",
        "pharmcheck check 'site4[.]example' --replay evidence",
        f"Authority in CZ: {told.authority}, {told.address}",
        "Registrar of site4[.]example: this audit could not learn who it is.",
        "lookup.icann.org",
        "https://www.iana.org/domains/root/db/example.html",
        "Hosting of site4[.]example: its IP address was not learned",
        "Nobody has sent it.",
    ):
        assert part in text
    (saved,) = audit.glob("packets/*/reports.jsonl")
    assert json.loads(saved.read_text("utf-8")) == SEVERAL[4].as_dict()


def test_of_a_link_that_leads_to_it_the_packet_tells(tmp_path: Path) -> None:
    """One packet for the shop, however many links lead there; it names the link, and finds the record under its host."""
    again = replace(LED, views=(replace(LED.views[0], asked=f"{LINK}2"),))
    audit = write_audit(tmp_path, [LED, again])
    (audit / "evidence").mkdir()
    (audit / "evidence" / INDEX).write_text(f"uni-ludlow.example\tevidence-00001.warc.gz\t1000\t2500\t{DIGEST}\n")
    (text,) = packed(audit).values()
    assert "online pharmacy: site9[.]example" in text
    assert "hxxp://uni-ludlow[.]example/out/7731 leads there" in text
    assert "Record: evidence/evidence-00001.warc.gz, 2,500 bytes" in text
    assert "Registrar of site9[.]example: this audit could not learn who it is." in text


def test_registrar_and_hosting_are_those_of_the_look_ups(tmp_path: Path) -> None:
    """Name, address and number for complaints; the addresses at which the site answered; nobody's name."""
    found = Registration(
        "site4.example",
        "rdap",
        registrar="Sample Registrar Ltd",
        abuse_email="abuse@registrar.example",
        abuse_phone="+442079460018",
    )
    at_hand = Names("site4.example", "site4.example", addresses=("192.0.2.7",), answered=("A",))
    (text,) = packed(write_audit(tmp_path, [replace(SEVERAL[4], registration=found, dns=at_hand)])).values()
    assert (
        "Registrar of site4[.]example: Sample Registrar Ltd\n  Takes complaints at: abuse@registrar.example, +442079460018\n"
        in text
    )
    assert "Hosting of site4[.]example: at 192.0.2.7; ask https://search.arin.net" in text
    assert "lookup.icann.org" not in text


def test_an_ip_address_has_a_host_and_no_registrar(tmp_path: Path) -> None:
    """Nobody registered it."""
    made = replace(report(), target=Target("192.0.2.7", "http://192.0.2.7/", "192.0.2.7", "192.0.2.7"))
    (text,) = packed(write_audit(tmp_path, [made])).values()
    assert "Registrar of" not in text
    assert "Hosting of 192[.]0[.]2[.]7: at 192.0.2.7; ask" in text


def test_sites_of_one_registrar_are_told_together(tmp_path: Path) -> None:
    """A network's packet names each registrar once, and those of whom nothing is known apart."""
    found = Registration("a.example", "whois", registrar="Sample Registrar Ltd")
    sites = [at(f"{n}.example", report(), registration=found) for n in "ab"] + [at("c.example", report())]
    (text,) = packed(write_audit(tmp_path, sites, [network("a.example", "b.example", "c.example")])).values()
    assert (
        "Registrar of a[.]example, b[.]example: Sample Registrar Ltd\n  Takes complaints at: not told; ask https://lookup.icann.org"
        in text
    )
    assert "Registrar of c[.]example: this audit could not learn who it is." in text


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
