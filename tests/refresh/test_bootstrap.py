"""The table of RDAP servers: refreshed over loopback, read strictly, and whole whenever somebody is killed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pharmcheck.capture import CaptureOptions
from pharmcheck.capture.download import DownloadError
from pharmcheck.capture.servers import BootstrapError, read_bootstrap, servers_for
from pharmcheck.refresh import bootstrap
from pharmcheck.refresh.bootstrap import take_servers, update_servers
from pharmcheck.registries.store import data_root
from tests.cli.conftest import Run, run
from tests.register import HOST, Answer, Register
from tests.updating import NOW

__all__ = ["run"]
NAMES = [f"s{n}" for n in range(600)]


def table(
    server: str = "a", *, suffixes: list[Any] = NAMES, published: str = "2026-10-01T20:00:00Z", **more: Any
) -> bytes:
    """Return a file as IANA publishes it, with one server for all suffixes."""
    services = [[suffixes, [f"https://{server}.registry.example/rdap"]]]
    return json.dumps({"version": "1.0", "publication": published, "services": services, **more}).encode()


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory of the test's own, and the table at our loopback register."""
    monkeypatch.setenv("PHARMCHECK_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(bootstrap, "URL", f"http://{HOST}/dns.json")
    return tmp_path / "data"


def fetch(register: Register, **more: Any) -> bootstrap.Taken:
    accept_fewer = more.pop("accept_fewer", False)
    return update_servers(
        CaptureOptions(NOW, connect_to=register.connect_to, **more), lambda *_: None, accept_fewer=accept_fewer
    )


def rdap_of(suffix: str = "s1") -> str:
    return servers_for(f"shop.{suffix}")[0]


def test_refreshed_and_used() -> None:
    """A table that came is what look-ups go by at once; a newer one is compared with it."""
    with Register({"/dns.json": Answer(table(), then=Answer(table("b", suffixes=[*NAMES[1:], "new"])))}) as register:
        assert (fetch(register).added, rdap_of()) == (600, "https://a.registry.example/rdap/")
        taken = fetch(register)
    assert (taken.suffixes, taken.added, taken.removed, taken.moved) == (600, 1, 1, 599)
    assert rdap_of() == "https://b.registry.example/rdap/"


def test_unchanged_is_not_sent_again() -> None:
    """The server is asked whether its table is still ours, but not where ours is another than the one it sent."""
    with Register({"/dns.json": Answer(table(), tagged=True)}) as register:
        fetch(register)
        assert fetch(register).unchanged
        assert "if-none-match" in register.asked[-1][1]
        (data_root() / "rdap-dns.json").write_bytes(table("mine"))
        fetch(register)
        assert "if-none-match" not in register.asked[-1][1]
    assert rdap_of() == "https://a.registry.example/rdap/"


BAD = {
    "no JSON": (b"<html>", "no bootstrap file"),
    "half of it": (table()[:-40], "no bootstrap file"),
    "nested beyond measure": (b"[" * 100_000, "no bootstrap file"),
    "another kind of file": (b"[]", "no bootstrap file"),
    "another version": (table(version="2.0"), "its version is '2.0'"),
    "no day": (table(published="soon"), "no bootstrap file"),
    "no zone": (table(published="2026-10-01T20:00:00"), "time zone"),
    "of tomorrow's tomorrow": (table(published="2026-11-09T20:00:00Z"), "yet to come"),
    "older than ours": (table(published="2026-09-01T20:00:00Z"), "the table in use of 2026-10-01"),
    "no services": (table(services=[]), "0 suffixes, expected 500"),
    "a service of three": (table(services=[[["x"], ["https://a.example/"], []]]), "no bootstrap file"),
    "a service without server": (table(services=[[NAMES, []]]), "not understood"),
    "a server that is none": (table(services=[[NAMES, ["ftp://a.example/"]]]), "not understood"),
    "a server with a user": (table(services=[[NAMES, ["https://a@b.example/"]]]), "not understood"),
    "a number for a suffix": (table(suffixes=[*NAMES, 7]), "none, or stands there twice"),
    "a path for a suffix": (table(suffixes=[*NAMES, "../x"]), "none, or stands there twice"),
    "a suffix twice": (table(suffixes=[*NAMES, "S1"]), "stands there twice"),
    "too few": (table(suffixes=NAMES[:499]), "499 suffixes, expected 500"),
    "too many": (table(suffixes=[f"t{n}" for n in range(20_001)]), "20,001 suffixes"),
    "shrunk": (table(suffixes=[f"s{n}" for n in range(500)]), "use --accept-fewer"),
    "too long": (b" " * 2_000_001, "sends more than 2,000,000 bytes"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_not_understood_replaces_nothing(what: str, data: Path) -> None:
    """Whatever comes in place of a table, the old one is in use, byte for byte, and a sentence says why."""
    body, sentence = BAD[what]
    held = table(suffixes=[f"s{n}" for n in range(700)])
    with Register({"/dns.json": Answer(held, then=Answer(body))}) as register:
        fetch(register)
        with pytest.raises((BootstrapError, DownloadError), match=sentence):
            fetch(register, max_bytes=2_000_000)
    assert (data / "rdap-dns.json").read_bytes() == held


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Answer(status=404), "HTTP 404"),
        (Answer(status=429, headers={"Retry-After": "7200"}), "left alone for 2 h"),
        (Answer(table(), short=20), "broke off"),
        (Answer(table(), stall=True), "went quiet|was not there after"),
    ],
)
def test_a_server_that_fails(answer: Answer, sentence: str, data: Path) -> None:
    """A server that fails is told of in a sentence, and nothing is written."""
    with Register({"/dns.json": answer}) as register, pytest.raises(DownloadError, match=sentence):
        fetch(register, retries=0, timeout_s=0.5)
    assert not data.exists()


def test_fewer_where_that_is_right() -> None:
    """A table that shrank is taken where somebody has looked at it."""
    with Register(
        {"/dns.json": Answer(table(suffixes=[*NAMES, *(f"t{n}" for n in range(200))]), then=Answer(table()))}
    ) as register:
        fetch(register)
        assert fetch(register, accept_fewer=True).removed == 200


def test_without_https_a_suffix_has_no_server() -> None:
    """A server that is reached in the clear only is not taken."""
    services = [[["one"], ["http://a.example/"]], [["two"], ["http://a.example/", "https://b.example"]]]
    assert read_bootstrap(table(services=services)).servers == {"two": "https://b.example/"}


_CHILD = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from pharmcheck.refresh import bootstrap

real, left = bootstrap.write_whole, [int(sys.argv[1])]

def deadly(*args):
    left[0] -= 1
    if not left[0] and sys.argv[2] == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    real(*args)
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)

bootstrap.write_whole = deadly
bootstrap.take_servers(Path(sys.argv[3]), datetime.fromisoformat(sys.argv[4]))
"""


@pytest.mark.parametrize(
    ("count", "when", "in_use"), [(1, "before", "a"), (1, "after", "b"), (2, "before", "b"), (2, "after", "b")]
)
def test_killed_at_any_point(count: int, when: str, in_use: str, tmp_path: Path) -> None:
    """kill -9 around each step: a whole table is in use, the old or the new one, and the next update is not misled."""
    new = tmp_path / "new.json"
    new.write_bytes(table("b"))
    with Register({"/dns.json": Answer(table(), tagged=True)}) as register:
        fetch(register)
        command = [sys.executable, "-c", _CHILD, str(count), when, str(new), NOW.isoformat()]
        assert subprocess.run(command, check=False, timeout=60).returncode == -9
        assert rdap_of() == f"https://{in_use}.registry.example/rdap/"
        fetch(register)
    assert rdap_of() == "https://a.registry.example/rdap/"


def test_command(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`registries update --rdap` tells what it did, takes a file, and says what stays in use where it fails."""
    with Register({"/dns.json": Answer(table(), then=Answer(status=404))}) as register:
        rules = [word for rule in register.connect_to for word in ("--connect-to", rule)]
        first, second = (run("registries", "update", "--rdap", *rules) for _ in range(2))
    assert first.stdout == "RDAP servers: 600 suffixes as of 1 Oct 2026, 600 added, 0 removed, 0 moved\n"
    assert (second.exit_code, second.stdout) == (1, "")
    assert "HTTP 404" in second.stderr
    assert "RDAP servers: the table of before stays in use" in second.stderr
    saved = tmp_path / "dns.json"
    saved.write_bytes(table("b"))
    assert "0 added, 0 removed, 600 moved" in run("registries", "update", "--rdap", "--from", saved).stdout
    assert run("registries", "update", "--rdap", "--from", saved).stdout.endswith("unchanged\n")
    assert run("registries", "update", "--rdap", "zz-sample").exit_code == 2


def test_a_file_that_is_given(tmp_path: Path) -> None:
    """A file that a person saved is read as strictly."""
    (tmp_path / "x.json").write_bytes(b"{}")
    with pytest.raises(BootstrapError, match="no bootstrap file"):
        take_servers(tmp_path / "x.json", NOW)
