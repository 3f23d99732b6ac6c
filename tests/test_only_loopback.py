"""The suite fails if anything leaves loopback: the guard of tests/conftest.py bites."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.only_loopback.sitecustomize import stays

ROOT = Path(__file__).parent.parent
UDP = "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
CHILD = "subprocess.run([sys.executable, '-c', {!r}], stderr=subprocess.DEVNULL)"
LEAVES = {
    "connects": "socket.create_connection(('192.0.2.1', 80), timeout=1)",
    "connects_over_ipv6": "socket.socket(socket.AF_INET6).connect(('2001:db8::1', 80))",
    "connects_without_exception": "socket.socket().connect_ex(('192.0.2.2', 80))",
    "connects_datagram_socket": f"{UDP}.connect(('192.0.2.3', 53))",
    "sends": f"{UDP}.sendto(b'x', ('192.0.2.4', 53))",
    "resolves": "socket.getaddrinfo('a.example', 443)",
    "resolves_the_old_way": "socket.gethostbyname('b.example')",
    "starts_process_that_connects": CHILD.format("import socket; socket.create_connection(('192.0.2.5', 80), 1)"),
    "starts_process_that_resolves": CHILD.format("import socket; socket.getaddrinfo('c.example', 443)"),
}
STAYS = "socket.create_connection(('localhost', socket.create_server(('127.0.0.1', 0)).getsockname()[1])).close()"


def run(folder: Path, *lines: str) -> subprocess.CompletedProcess[str]:
    """Run a suite of one file under our conftest."""
    (folder / "test_one.py").write_text("\n".join(("import contextlib, socket, subprocess, sys", *lines, "")))
    command = [sys.executable, "-m", "pytest", "-p", "no:xdist", "-p", "no:cacheprovider", "-p", "tests.conftest"]
    given = {"PYTHONPATH": str(ROOT), "PATH": os.defpath, "HOME": str(folder)}
    command += ["-rA", "--rootdir", str(folder), "test_one.py"]
    return subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, check=False)


def case(name: str, does: str) -> str:
    """Return a test that swallows whatever comes of what it does."""
    return f"def test_{name}():\n    with contextlib.suppress(OSError):\n        {does}"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """Run a test of each kind."""
    cases = [case(name, does) for name, does in {**LEAVES, "stays": STAYS}.items()]
    return run(tmp_path_factory.mktemp("suite"), *cases)


@pytest.mark.parametrize("how", LEAVES)
def test_what_leaves_fails(how: str, done: subprocess.CompletedProcess[str]) -> None:
    """A test that leaves this machine fails, though it swallows every error, and though a child of it does so."""
    assert done.returncode == 1, done.stdout
    assert f"ERROR test_one.py::test_{how} - " in done.stdout
    to = re.search(r"192[.\d]+|2001:db8::1|\w[.]example", LEAVES[how])
    assert to
    assert to[0] in done.stdout


def test_what_stays_passes(done: subprocess.CompletedProcess[str]) -> None:
    """A test that talks to itself passes, and nobody else's errors are told of it."""
    assert "PASSED test_one.py::test_stays" in done.stdout
    assert "ERROR test_one.py::test_stays" not in done.stdout


def test_what_leaves_while_tests_are_collected_fails(tmp_path: Path) -> None:
    """What happens outside of any test fails the run."""
    done = run(tmp_path, f"with contextlib.suppress(OSError):\n    {LEAVES['sends']}")
    assert done.returncode == 1
    assert "outside of any test" in done.stderr


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("0.0.0.0", True),
        ("localhost", True),
        (None, True),
        (b"localhost", True),
        ("192.168.1.1", False),
        ("::ffff:8.8.8.8", False),
        ("fe80::1%eth0", False),
        ("localhost.example", False),
        (b"shop.example", False),
    ],
)
def test_loopback(host: object, expected: bool) -> None:
    """Only addresses and names of this machine stay on it."""
    assert stays(host) is expected
