"""Whatever spelling leads to an address that is not public: nothing is sent, the reason is told, the exit code is 2."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpcore
import pytest
from click.testing import CliRunner, Result

from pharmcheck.cli import main
from tests.capture.shop import Route, Shop, answer, redirect

# What a hostile DNS answers; a second answer for the same name is what rebinding changes to.
ZONE: dict[str, list[tuple[str, ...]]] = {
    "here.pills.example": [("127.0.0.1",)],
    "127.0.0.1.pills.example": [("127.0.0.1",)],
    "two.pills.example": [("93.184.215.14", "10.0.0.8")],
    "six.pills.example": [("::1",)],
    "mapped.pills.example": [("::ffff:169.254.169.254",)],
    "nat64.pills.example": [("64:ff9b::a9fe:a9fe",)],
    "alias.pills.example": [("127.0.0.53",)],
    "empty.pills.example": [("0.0.0.0",)],
    "rebinding.pills.example": [("192.168.1.1",), ("93.184.215.14",)],
}
# fmt: off
SPELLINGS = [
    # dotted, short, decimal, octal, hexadecimal, mixed, padded, overlong
    "http://127.0.0.1/", "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7F.1/",
    "http://0x7f.0x0.0x0.0x1/", "http://017700000001/", "http://0177.0.0.1/", "http://0177.0x0.0.1/", "http://127.0.0.1./",
    "http://00000177.0.0.1/", "http://127.0x1/", "http://0/", "http://0.0.0.0/", "http://0x0/", "http://00/",
    "http://4294967295/", "http://10.0.0.1/", "http://167772161/", "http://012.0.0.1/", "http://0xac100001/",
    "http://3232235521/", "http://192.168.1/", "http://100.64.0.1/", "http://198.18.0.1/", "http://224.0.0.1/",
    "http://255.255.255.255/",
    # metadata services of clouds
    "http://169.254.169.254/latest/meta-data/", "http://2852039166/", "http://0xa9fea9fe/", "http://0251.0376.0251.0376/",
    "http://169.254.43518/", "http://0xa9.254.0xa9fe/", "http://169.254.170.2/v2/", "http://100.100.100.200/latest/",
    "http://192.0.0.192/", "http://168.63.129.16/", "http://[fd00:ec2::254]/", "http://metadata.google.internal/",
    # IPv6, and IPv4 inside it
    "http://[::]/", "http://[::1]/", "http://[0:0:0:0:0:0:0:1]/", "http://[0000::1]:80/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/", "http://[0:0:0:0:0:ffff:a9fe:a9fe]/", "http://[::127.0.0.1]/", "http://[::ffff:0:7f00:1]/",
    "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::169.254.169.254]/", "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/", "http://[2002:a9fe:a9fe::]/", "http://[2001:0:1::1]/", "http://[fe80::1]/",
    "http://[fc00::1]/", "http://[ff02::1]/", "http://[2001:db8::1]/", "http://[::ffff:10.0.0.1]:8080/",
    # names of machines nearby
    "http://localhost./", "http://LOCALHOST.:80/", "http://shop.localhost/", "http://router.local/", "http://printer.lan/",
    "http://db.internal/", "http://host.docker.internal/", "http://nas.home.arpa/", "http://a.localdomain/",
    "http://localhost/", "http://metadata/", "http://intranet/", "http://kubernetes.default.svc/",
    # user names, fragments, back slashes, white space: what the host is depends on who reads it
    "http://pills.example@127.0.0.1/", "http://user:secret@127.0.0.1/", "http://pills.example:80@10.0.0.1/",
    "http://pills.example%2f@127.0.0.1/", "http://a@b@127.0.0.1/", "http://127.0.0.1#@pills.example/",
    "http://127.0.0.1?@pills.example/", "http://127.0.0.1\\@pills.example/", "http:\\\\127.0.0.1/", "http:127.0.0.1/",
    "http:///127.0.0.1/", "http://http://127.0.0.1/", "//127.0.0.1/", "127.0.0.1", "http://\t127.0.0.1/",
    "http://127.0.0.1\u200b/", "http://%31%32%37.0.0.1/", "http://127.0.0.%31/", "http://loc%61lhost./",
    # Unicode dots and digits
    "http://127\u30020\u30020\u30021/", "http://127\uff0e0\uff0e0\uff0e1/", "http://127\uff610.0.1/",
    "http://\uff11\uff12\uff17.\uff10.\uff10.\uff11/", "http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460/",
    "http://\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3./", "http://\uff4c\uff4fcalhost./",
    # ports
    "http://127.0.0.1:6379/", "http://[::1]:22/", "http://pills.example:22/", "http://pills.example:25/",
    "http://pills.example:3306/", "http://pills.example:11211/",
    # names that the DNS leads there
    *(f"http://{name}/" for name in ZONE),
]
MALFORMED = [
    "http://127.0.0.1%00.pills.example/", "http://127.0.0.1%23.pills.example/", "http://[fe80::1%25eth0]/",
    "http://[::1/", "http://[127.0.0.1]/", "http://256.0.0.1/", "http://0x100000000/", "http://127.0.0.1.1/",
    "http://127..1/", "http://08.0.0.1/", "file:///etc/hosts", "FILE:/etc/hosts", "gopher://127.0.0.1:6379/_INFO", "dict://127.0.0.1:11211/",
    "ftp://127.0.0.1/", "ldap://127.0.0.1/", "jar:http://127.0.0.1!/", "data:text/html,hi", "javascript:alert(1)",
    "view-source:http://127.0.0.1/", "blob:http://127.0.0.1/x", "ws://127.0.0.1/", "tftp://127.0.0.1/x", "netdoc:///etc/hosts",
    "2130706433", "0x7f000001", "http://\u0661\u0662\u0667.0.0.1/",
]
# fmt: on


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Answer from ZONE in place of the DNS, and note each connection that is tried: there must be none."""
    left = {name: list(answers) for name, answers in ZONE.items()}
    tried: list[str] = []

    def getaddrinfo(host: str, *_: Any, **__: Any) -> list[Any]:
        if host not in left:
            raise socket.gaierror(socket.EAI_NONAME, f"{host} is not known")
        answers = left[host].pop(0) if len(left[host]) > 1 else left[host][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in answers]

    async def connect(self: object, host: str, *_: Any, **__: Any) -> Any:
        tried.append(host)
        raise httpcore.ConnectError("this test connects to nothing")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", connect)
    yield tried
    assert not tried


def _check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments, "--timeout", "5"])


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize("url", SPELLINGS)
def test_refused(url: str) -> None:
    """The address is refused before a byte is sent; the report says why, and the exit code is 2."""
    result = _check(url)
    assert result.exit_code == 2, result.output
    assert "never contacted" in " ".join(result.output.split()) or "not a web port" in result.output


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize("url", MALFORMED)
def test_not_understood(url: str) -> None:
    """What is no web address is a wrong call, told before anything is asked."""
    result = _check(url)
    assert result.exit_code == 2, result.output
    assert "not " in result.output or "no " in result.output


@pytest.mark.usefixtures("sent")
def test_refused_by_a_recording(tmp_path: Path) -> None:
    """A recording of a refused address gives the same report and the same exit code."""
    record = tmp_path / "refused.warc.gz"
    live = _check("http://rebinding.pills.example/", "--record", str(record), "--format", "json")
    again = CliRunner().invoke(main, ["check", "--replay", str(record), "--format", "json"])
    assert (again.exit_code, again.output) == (live.exit_code, live.output)
    assert live.exit_code == 2


@pytest.mark.usefixtures("sent")
def test_refused_among_others() -> None:
    """Among several targets a refused one outweighs what could not be judged, and hides no warning."""
    assert _check("http://127.0.0.1/", "http://nowhere.example/").exit_code == 2
    assert _check("http://127.0.0.1/", "http://nowhere.example/", "--offline").exit_code == 30


PLACES = [
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://[::ffff:169.254.169.254]/",
    "http://localhost./",
    "http://pills.example@127.0.0.1/",
    "http://127\u30020\u30020\u30021/",
    "//10.0.0.1/",
    "http://router.local/",
    "http://shop.example:22/",
]
WAYS: dict[str, Callable[[str], Route]] = {
    "HTTP": redirect,
    "meta refresh": lambda to: answer(f'<meta http-equiv="refresh" content="0; url={to}">'),
    "Refresh header": lambda to: answer("", Refresh=f"0; url={to}"),
    "script": lambda to: answer(f"<script>window.location.href = '{to}';</script>"),
    "frameset": lambda to: answer(f'<frameset rows="100%,*"><frame src="{to}"></frameset>'),
    "iframe": lambda to: answer(f'<iframe style="width:100%;height:100vh" src="{to}"></iframe>'),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("way", WAYS)
def test_only_a_hop_leads_there(place: str, way: str) -> None:
    """Where the site itself was asked and only its hop leads to such an address, the hop is refused: exit code 30."""
    route = WAYS[way](place)

    async def run() -> tuple[Result, list[str]]:
        async with Shop({"/": route}) as shop:
            rule = f"shop.example:80:127.0.0.1:{shop.port}"
            result = await asyncio.to_thread(_check, "http://shop.example/", "--connect-to", rule)
            return result, shop.asked

    result, asked = asyncio.run(run())
    assert result.exit_code == 30, result.output
    assert set(asked) == {"/robots.txt", "/"}
