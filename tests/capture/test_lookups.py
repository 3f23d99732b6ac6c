"""All look-ups together, beside the crawl: who is told what, how often, and that a recording gives the same."""

from __future__ import annotations

import asyncio
import socket
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pharmcheck.capture import CaptureOptions, offline, replay
from pharmcheck.capture.lookups import is_asked
from pharmcheck.model import Gap
from pharmcheck.pipeline import check_offline, judge
from pharmcheck.target import parse_target
from tests.capture.shop import NOW, Route, answer, redirect, silence
from tests.capture.world import (
    ASKED,
    CREATED,
    RDAP,
    TEXT,
    WHOIS,
    World,
    forbid,
    look,
    rdap_answer,
    registration,
    shown,
    why,
)


def test_private_addresses_are_refused() -> None:
    """Registration servers are judged by the guard: one at a private address is not contacted."""
    world = World()
    site = look(
        world,
        connect_to=("shop.example::127.0.0.1:1", ":53:127.0.0.1:1"),
        registration_servers=("https://127.0.0.2/", "10.0.0.1"),
    )
    assert "127.0.0.2 is not a public address" in why(site.registration)
    assert "10.0.0.1 is not a public address" in why(site.registration)


def test_replay_gives_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every raw answer is in the recording, which gives the same site and the same report, and asks nobody."""
    file = tmp_path / "site.warc.gz"
    live = look(World({ASKED: answer("busy", "429 Too Many Requests")}, whois={WHOIS: TEXT}), record=file)
    forbid(monkeypatch, lambda address: False)
    again = replay(file)
    assert (again.registration, again.dns, again.tls) == (live.registration, live.dns, live.tls)
    assert again.gaps == live.gaps
    assert judge(again).as_dict() == judge(live).as_dict()
    assert judge(again).as_dict()["registration"]["created"] == "2026-09-01T10:00:00Z"


def test_replay_of_failures(tmp_path: Path) -> None:
    """What failed fails again in the replay, with the same words."""
    file = tmp_path / "site.warc.gz"
    live = look(World(names=lambda question, way: None), record=file, timeout_s=1)
    assert replay(file).gaps == live.gaps
    assert len(live.gaps) >= 2


def test_same_answers_same_bytes(tmp_path: Path) -> None:
    """The same answers of name servers and WHOIS give the same recording."""
    certificate = shown(lambda ca: ca.issue_cert("shop.example"))
    files = [tmp_path / "one.warc", tmp_path / "two.warc"]
    zone = {("shop.example", "MX"): ["10 mx1.host.example."]}
    for file in files:
        look(
            World(whois={WHOIS: TEXT}, zone=zone, certificate=certificate),
            record=file,
            registration_servers=("", WHOIS),
        )
    assert files[0].read_bytes() == files[1].read_bytes()


def test_addresses_and_platforms_have_no_registration() -> None:
    """An address is not registered, and a shop below a platform's domain is not its registrant."""
    world = World()
    assert "is an address, which nobody registers" in why(look(world, "https://192.0.2.7").registration)
    below = look(World(), "https://pills.github.io")
    assert "whose owner hands such names out" in why(below.registration)


@pytest.mark.parametrize("host", ["localhost", "printer.local", "intranet", "db.internal"])
def test_private_names_are_told_nobody(host: str) -> None:
    """Of a name inside a private network neither registries nor name servers hear."""
    world = World(whois={"whois.iana.org": "whois: whois.registry.example\n"})
    assert "inside a private network" in why(look(world, f"https://{host}", registration_servers=("", "")).registration)
    assert world.asked == []


def test_budget() -> None:
    """However servers refer to one another, look-ups make at most nine requests and ask the DNS seven questions."""
    hop = [redirect(f"https://rdap.registry.example/{n}") for n in range(9)]
    routes: dict[str, Route] = {ASKED: hop[0], **{f"{RDAP}/{n}": hop[n + 1] for n in range(8)}}
    chain = TEXT.replace("Registrant", "X") + "Registrar WHOIS Server: {}\n"
    world = World(
        routes, whois={WHOIS: chain.format("b.example"), "b.example": chain.format("c.example"), "c.example": TEXT}
    )
    assert registration(look(world)).created == CREATED
    assert len(world.servers.asked) == 3
    assert [a.partition(" ")[0] for a in world.asked if not a.startswith("dns")] == [WHOIS, "b.example"]
    assert len([a for a in world.asked if a.startswith("dns")]) == 7


def test_event_loop_is_never_held_up() -> None:
    """While all servers are silent, other work in the same loop goes on, and the check ends within its times."""
    ticks: list[float] = []

    async def run() -> None:
        from pharmcheck.capture import capture

        async def tick() -> None:
            while True:
                ticks.append(time.monotonic())
                await asyncio.sleep(0.02)

        async with World({ASKED: silence}, whois={WHOIS: silence}, names=lambda question, way: None) as world:
            beside = asyncio.create_task(tick())
            site = await capture(parse_target("https://shop.example"), world.options(timeout_s=1))
            beside.cancel()
        assert isinstance(site.registration, Gap)

    asyncio.run(run())
    assert len(ticks) > 20


def test_nothing_is_looked_up_unasked() -> None:
    """Without the option nothing is asked and nothing is said of it."""
    world = World({ASKED: rdap_answer()})
    site = look(world, look_ups=False)
    assert isinstance(site.registration, Gap)
    assert not {"registration", "dns", "tls"} & {gap.artifact for gap in site.gaps}
    assert world.asked == []


def test_offline_opens_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--offline` talks to nobody: with every socket forbidden the report is there all the same."""

    def refuse(*given: object, **named: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "__init__", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    report = check_offline("https://shop.example", now=NOW)
    assert report.as_dict()["registration"] is None
    assert not {"registration", "dns", "tls"} & {gap.artifact for gap in report.gaps}
    assert offline(parse_target("shop.example"), NOW + timedelta(days=1)).pages == ()


def test_nobody_is_asked_about_a_name_for_examples() -> None:
    """Of `shop.example` nobody outside learns, unless a rule leads the name servers elsewhere."""
    options = CaptureOptions(now=NOW, look_ups=True)
    assert not is_asked(parse_target("shop.example"), options)
    assert is_asked(parse_target("shop.org"), options)
    assert is_asked(parse_target("shop.example"), replace(options, connect_to=(":53:127.0.0.1:5353",)))
