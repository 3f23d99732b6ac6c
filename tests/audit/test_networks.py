"""Sites of one operator are tied, with quotes on both sides; tenants of one platform, mall or network are not."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from pharmcheck.audit.run import write_results
from pharmcheck.audit.store import Job, Store
from pharmcheck.audit.told import network_of, write_networks
from pharmcheck.audit.woven import woven
from pharmcheck.cli import main
from pharmcheck.report.json import schema
from tests.audit.woven_sites import KEPT, SPLIT, left_loose, names, site, tied

PHONE = "+15005550199"


@pytest.mark.parametrize(
    "shared",
    [
        {"wallet": "bc1qinvented"},
        {"messenger": "telegram invented_pills"},
        {"phone": PHONE},
        {"email": "pills.invented@gmail.com"},
        {"email": "help@rx-helpdesk.example"},
        {"certificate": ["a.example", "b.example"]},
        {"sentence": KEPT, "organisation": "sample trading ltd"},
        {"sentence": KEPT, "name-servers": "rx-servers.example"},
        {"sentence": [KEPT, SPLIT]},
        {"sentence": KEPT, "prices": "sildenafil 100 mg USD: 10=29.90 30=49.50 60=79.80 90=99.90"},
        {"sentence": KEPT, "checkout": "pay-portal.example"},
        {"sentence": KEPT, "licence": "gb-gphc 9099999"},
        {"sentence": KEPT, "address": "GB zz11zz 1 samplest"},
        {"prices": "sildenafil 100 mg USD: 10=29.90 30=49.50 60=79.80 90=99.90", "checkout": "pay-portal.example"},
    ],
    ids="+".join,
)
def test_what_only_one_operator_shares_ties(shared: dict[str, Any]) -> None:
    """One strong identifier, or two together, make a network that is quoted on both sides."""
    (network,) = tied(site("a.example", **shared), site("b.example", **shared), site("c.example"))
    assert names(network) == ["a.example", "b.example"]
    for tie in network["ties"]:
        told = {(q["kind"], q["site"]) for q in tie["quotes"]}
        assert told == {(i["kind"], name) for i in tie["identifiers"] for name in ("a.example", "b.example")}
        assert all(q["quote"]["text"] and q["quote"]["offset"] == 7 for q in tie["quotes"])


@pytest.mark.parametrize(
    "shared",
    [
        {"phone": PHONE, "email": "support@shop-platform.example", "checkout": "shop-platform.example"},
        {"address": "GB zz11zz 1 mallrow", "phone": PHONE},
        {"certificate": ["a.example", "b.example"], "name-servers": "small-hoster.example"},
        {"organisation": "small hoster ltd", "sentence": KEPT},
        {"address": "GB zz11zz 1 mallrow", "licence": "gb-gphc 9099999"},
        {"sentence": [KEPT, SPLIT]},
        {"prices": "orlistat 120 mg GBP: 21=10 42=19 84=33 126=44", "checkout": "shop-platform.example"},
    ],
    ids="+".join,
)
def test_tenants_of_one_house_are_not_tied(shared: dict[str, Any]) -> None:
    """Two pharmacies that nobody warns of share a platform, a mall, a template: no network."""
    assert tied(site("a.example", "unverified", **shared), site("b.example", "unverified", **shared)) == []


@pytest.mark.parametrize(
    "kind", ["sentence", "prices", "checkout", "licence", "address", "organisation", "name-servers"]
)
def test_one_weak_identifier_ties_not_even_rogues(kind: str) -> None:
    """A stock sentence, a stolen number, a letter-box address alone prove nothing."""
    assert tied(site("a.example", **{kind: KEPT}), site("b.example", **{kind: KEPT})) == []


def test_a_stolen_identity_is_no_tie() -> None:
    """Number and address of the same victim are one theft, by whomever."""
    stolen = {"licence": "gb-gphc 9099999", "address": "GB zz11zz 1 samplest"}
    assert tied(site("a.example", **stolen), site("b.example", **stolen)) == []


def test_a_copied_telephone_does_not_tie_the_victim() -> None:
    """A rogue that prints the number, address and licence of a pharmacy that no register of ours holds stays apart from it."""
    stolen = {
        "licence": "gb-gphc 9099999",
        "address": "GB zz11zz 1 samplest",
        "phone": PHONE,
        "email": "shop@a.example",
    }
    assert tied(site("a.example", "unverified", **stolen), site("b.example", **stolen)) == []


def test_a_pharmacy_in_a_register_is_in_no_network() -> None:
    """What it prints may be copied: neither it nor those who copy it are tied by that, and this is told."""
    copied = [site(f"{n}.example", phone=PHONE, wallet="bc1qinvented") for n in "ab"]
    lawful = site("lawful.example", "legitimate", phone=PHONE, wallet="bc1qinvented")
    assert tied(*copied, lawful) == []
    assert all("register" in hub["why"] for hub in left_loose(*copied, lawful))
    assert len(tied(*copied)) == 1


def test_what_stands_on_too_many_unrelated_sites_ties_nobody() -> None:
    """A platform's telephone is a hub; the network that stands beside it is found all the same."""
    tenants = [site(f"t{i}.example", "rogue" if i % 3 else "unverified", phone=PHONE) for i in range(12)]
    pair = [site(f"p{i}.example", phone=PHONE, wallet="bc1qinvented") for i in range(2)]
    (network,) = tied(*tenants, *pair, hub=10)
    assert names(network) == ["p0.example", "p1.example"]
    (loose,) = left_loose(*tenants, *pair, hub=10)
    assert (loose["kind"], loose["sites"]) == ("phone", 14)
    assert len(tied(*tenants[:6], hub=10)) == 1


def test_sites_that_rarer_facts_relate_are_no_hub() -> None:
    """One telephone on many sites of one network counts as on one."""
    several = [site(f"s{i}.example", phone=PHONE, wallet=f"bc1q{i // 5}") for i in range(40)]
    crowd = [site(f"x{i}.example", "unverified") for i in range(40)]
    (network,) = tied(*several, *crowd, hub=10)
    assert network["sites"] == 40


def test_sentences_that_differ_in_a_word_are_the_same() -> None:
    """A changed adjective, another name: still the same stock sentences; others are not."""
    changed = [KEPT.replace("at once", "immediately"), SPLIT.replace("large", "bigger")]
    (network,) = tied(site("a.example", sentence=[KEPT, SPLIT]), site("b.example", sentence=changed))
    assert {q["quote"]["text"] for tie in network["ties"] for q in tie["quotes"]} == {KEPT, SPLIT, *changed}
    other = [" ".join(reversed(s.split())) for s in (KEPT, SPLIT)]
    assert tied(site("a.example", sentence=[KEPT, SPLIT]), site("b.example", sentence=other)) == []


def test_the_order_of_reports_changes_nothing(tmp_path: Path) -> None:
    """Shuffled, the same bytes: ties, hubs, quotes, ids and ranks."""
    rng = random.Random(5)
    reports = [
        site(
            f"s{i}.example",
            rng.choice(["rogue", "suspicious", "unverified", "legitimate"] if i % 9 == 0 else ["rogue"]),
            phone=f"+1500555{rng.randrange(60):04}",
            wallet=f"bc1q{rng.randrange(400)}",
            sentence=[f"{KEPT} {w} {w}x {w}y" for w in rng.sample(["one", "two", "six", "ten"], 2)],
        )
        for i in range(300)
    ]
    written = []
    for number in range(3):
        with woven(reports, hub=4) as weave:
            write_networks(tmp_path / f"{number}.json", weave)
        written.append((tmp_path / f"{number}.json").read_bytes())
        rng.shuffle(reports)
    assert len(set(written)) == 1
    told = json.loads(written[0])
    assert told["networks"] and told["hubs"]
    assert [n["sites"] for n in told["networks"]] == sorted((n["sites"] for n in told["networks"]), reverse=True)


def test_a_site_is_not_tied_to_itself() -> None:
    """Two reports on one site, of two audits, are one site, with the graver verdict."""
    twice = [site("a.example", "unverified", wallet="bc1qinvented"), site("a.example", wallet="bc1qinvented")]
    assert tied(*twice) == []
    (network,) = tied(*twice, site("b.example", wallet="bc1qinvented"))
    assert network["verdicts"] == {"rogue": 2}


def test_a_hacked_host_is_told_as_one() -> None:
    """It shares the intruder's wallet, and its kind stands beside it, so that nobody takes its owner for the operator."""
    hacked = site("school.example", "not-a-pharmacy", wallet="bc1qinvented") | {"kind": "hacked-host"}
    (network,) = tied(hacked, site("b.example", wallet="bc1qinvented"))
    assert [(m["site"], m["kind"]) for m in network["members"]] == [
        ("b.example", "pharmacy"),
        ("school.example", "hacked-host"),
    ]
    with woven([hacked, site("b.example", wallet="bc1qinvented")]) as weave:
        told = network_of(weave.base, hacked)
    assert told is not None
    assert (told["id"], told["others"]) == (network["id"], 1)
    assert told["identifiers"] == [{"kind": "wallet", "value": "bc1qinvented"}]


def test_tenants_of_a_platform_are_sites_of_their_own() -> None:
    """Host and path tell them apart where everybody may publish."""
    first, second = site("pages.example", wallet="bc1qinvented"), site("pages.example", wallet="bc1qinvented")
    for report, path in ((first, "one"), (second, "two")):
        report["host"]["state"] = "platform"
        report["target"]["url"] += path
    (network,) = tied(first, second)
    assert names(network) == ["pages.example/one", "pages.example/two"]


def test_hostile_values_are_text() -> None:
    """Quotes of SQL, zero bytes, lone surrogates and signs of other scripts tie by being equal, and break nothing."""
    for value in ("'; DROP TABLE sites; --", "a\0b", "\ud800x", "💊" * 400, "=cmd()", "\u202eabc"):
        (network,) = tied(site("a.example", wallet=value), site("b.example", wallet=value))
        assert network["sites"] == 2
        json.dumps(network).encode()


def test_the_report_of_a_site_tells_its_network() -> None:
    """How many others, and by what; a site without a network says nothing; it follows the schema."""
    reports = [site(f"{n}.example", wallet="bc1qinvented") for n in "abc"] + [site("z.example")]
    with woven(reports) as weave:
        told = network_of(weave.base, reports[0])
        assert network_of(weave.base, reports[3]) is None
    assert told is not None
    assert told["others"] == 2
    strongest = told["strongest"]
    assert (strongest["kind"], strongest["value"], strongest["sites"], strongest["alone"]) == (
        "wallet",
        "bc1qinvented",
        3,
        True,
    )
    assert strongest["quote"] == {k: v for k, v in reports[0]["identifiers"][0]["quote"].items() if k != "note"}
    Draft202012Validator(schema()["properties"]["network"]).validate(told)


def test_an_audit_ends_with_its_networks(tmp_path: Path) -> None:
    """networks.json is there, results.jsonl tells each site's, what a killed run left is gone, and twice is the same."""
    (tmp_path / ".weave-killed").mkdir()
    written = []
    with Store(tmp_path / "state.sqlite") as store:
        for name, wallet in (("a", "bc1qinvented"), ("b", "bc1qinvented"), ("c", "bc1qother")):
            store.add_site(Job(f"{name}.example", f"https://{name}.example/", name))
            store.note_report(
                f"{name}.example", site(f"{name}.example", wallet=wallet) | {"captured": "2026-11-01T12:00:00Z"}
            )
        for _ in range(2):
            write_results(store, tmp_path)
            written.append([(tmp_path / name).read_bytes() for name in ("networks.json", "results.jsonl")])
    assert written[0] == written[1]
    told = [json.loads(line).get("network", {}).get("others") for line in written[0][1].splitlines()]
    assert told == [1, 1, None]
    assert [n["sites"] for n in json.loads(written[0][0])["networks"]] == [2]
    assert not list(tmp_path.glob(".weave-*"))


def test_the_command_ties_the_sites_of_audits(tmp_path: Path) -> None:
    """A folder gets its networks.json; several files are tied together; an address cannot be clicked."""
    for name in "ab":
        (tmp_path / name).mkdir()
        line = json.dumps(site(f"{name}.example", wallet="bc1qinvented"))
        (tmp_path / name / "results.jsonl").write_text(line + "\n")
    alone = CliRunner().invoke(main, ["networks", str(tmp_path / "a")])
    assert "No sites belong together" in alone.output
    assert json.loads((tmp_path / "a" / "networks.json").read_text())["networks"] == []
    both = CliRunner().invoke(main, ["networks", str(tmp_path / "a"), str(tmp_path / "b" / "results.jsonl")])
    assert both.exit_code == 0
    assert "a[.]example, b[.]example" in both.output


@pytest.mark.parametrize(
    "line", ["{", "[]", '"x"', '{"schema": "other/1"}', '{"schema": "pharmcheck/report/1"}', "[" * 9_000]
)
def test_what_is_no_report_stops_with_its_place(tmp_path: Path, line: str) -> None:
    """The sentence names file and line, and an older networks.json stays."""
    (tmp_path / "results.jsonl").write_text(json.dumps(site("a.example")) + "\n" + line + "\n")
    (tmp_path / "networks.json").write_text("old")
    said = CliRunner().invoke(main, ["networks", str(tmp_path)])
    assert said.exit_code == 1
    assert "results.jsonl, line 2" in said.output
    assert (tmp_path / "networks.json").read_text() == "old"


def test_reports_without_identifiers_are_told(tmp_path: Path) -> None:
    """Those of an older version tie nobody, which must not look like a finding."""
    old = site("a.example")
    del old["identifiers"]
    (tmp_path / "results.jsonl").write_text(json.dumps(old) + "\n")
    said = CliRunner().invoke(main, ["networks", str(tmp_path)])
    assert "1 reports carry no identifiers" in said.output
