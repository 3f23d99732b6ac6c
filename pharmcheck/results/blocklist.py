"""Block lists of rogue sites: a hosts file, or a response policy zone for name servers (draft-vixie-dnsop-dns-rpz)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from pharmcheck.model import Report, Verdict
from pharmcheck.results.accused import accused, is_name

WARNING = (
    "Sites that pharmcheck judged rogue when they were captured, and that stand on a host of their own.",
    "A verdict can be wrong, and a domain can change hands: look at the reports before you block for others,",
    "name somebody to complain to, and make this list anew at least every week.",
    "Sites on platforms and on hosts that were broken into are left out, for a name server can only block all of a host.",
)


def hosts_pieces(reports: Iterable[Report], newest: datetime) -> Iterator[bytes]:
    """Yield a hosts file: each name, and its `www.` sister, to the address that leads nowhere."""
    yield _comment("#", newest)
    for name in _names(reports):
        yield f"0.0.0.0 {name}\n0.0.0.0 www.{name}\n".encode()


def rpz_pieces(reports: Iterable[Report], newest: datetime) -> Iterator[bytes]:
    """Yield a zone file: each name, and all below it, does not exist."""
    yield _comment(";", newest)
    serial = int(newest.timestamp()) % 2**32
    yield f"$TTL 3600\n@ IN SOA localhost. root.localhost. {serial} 3600 600 604800 3600\n@ IN NS localhost.\n".encode()
    for name in _names(reports):
        yield f"{name} IN CNAME .\n*.{name} IN CNAME .\n".encode()


def _comment(mark: str, newest: datetime) -> bytes:
    lines = (*WARNING, f"Last capture: {newest.astimezone(UTC):%Y-%m-%d %H:%M} UTC")
    return "".join(f"{mark} {line}\n" for line in lines).encode()


def _names(reports: Iterable[Report]) -> Iterator[str]:
    """Yield the host names of rogue sites, each once, without `www.`."""
    seen: set[str] = set()
    for report in reports:
        what = accused(report)
        if report.verdict is not Verdict.ROGUE or what is None or what.kind not in ("domain", "host"):
            continue
        name = what.value.removeprefix("www.")
        if name not in seen and is_name(name):
            seen.add(name)
            yield name
