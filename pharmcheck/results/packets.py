"""Take-down packets: what to hand to a registrar, a host or an authority on one rogue site, or on a network; nothing is sent."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pharmcheck.audit.identity import identity_of
from pharmcheck.audit.shards import find
from pharmcheck.law import reporting
from pharmcheck.model import Gap, Report, Verdict
from pharmcheck.report import listed, words
from pharmcheck.report.clean import clean, defang, shortened, spoken
from pharmcheck.report.json import as_line
from pharmcheck.results.networks import Network
from pharmcheck.results.reports import AuditReports, page_digest, seen_at, site_of
from pharmcheck.target import host_of, is_address
from pharmcheck.whole_file import plain_name, sweep, write_whole

_MOST_SITES = 50  # told in full in one packet; the names of all stand in it
_MOST_NAMED = 20  # of one registrar or host
_REGISTRAR_OF = "https://lookup.icann.org"
_REGISTRY_OF = "https://www.iana.org/domains/root/db"
_HOSTER_OF = "https://search.arin.net, https://apps.db.ripe.net or https://wq.apnic.net"
_HEAD = """\
{title}
{line}

This packet was made by a program from saved records. Nobody has sent it. Read it, open the records, and decide;
the findings are facts, quotes and dates, no finding of law. Addresses are written so that they cannot be opened by accident.

"""


def write_packets(
    audited: AuditReports, networks: Sequence[Network], audit: Path, out: Path, tell: Callable[[str], None]
) -> int:
    """Write a folder for each network with a rogue site, and for each rogue site in none; return how many. Raises OSError."""
    packed: set[str] = set()
    made = 0
    for number, network in enumerate(networks, 1):
        found = (r for site in network.sites for r in audited.of(site) if r.verdict is Verdict.ROGUE)
        rogue = list({r.target.url: r for r in found}.values())  # several links may lead to one site
        if rogue:
            packed |= {site_of(r) for r in rogue}
            _write(out / f"network-{number:04}", _network_packet(number, network, rogue, audit), rogue)
            made += 1
    for report in audited.worst_first():
        if report.verdict is not Verdict.ROGUE:
            break
        if not packed & {site_of(report), report.target.url}:
            packed.add(report.target.url)  # further links that lead to the same page are no further site
            _write(
                out / f"{plain_name(report.target.host)}-{page_digest(report)[:8]}",
                _site_packet(report, audit),
                [report],
            )
            made += 1
            tell(f"packets: {made:,}")
    return made


def _write(folder: Path, lines: Iterator[str], reports: Sequence[Report]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    write_whole(folder / "packet.txt", (line.encode("utf-8", "replace") for line in lines))
    write_whole(folder / "reports.jsonl", (as_line(r.as_dict()).encode("utf-8", "replace") for r in reports))


def _site_packet(report: Report, audit: Path) -> Iterator[str]:
    yield _head(f"Suspected illegal online pharmacy: {defang(report.target.host)}")
    yield from _site(report, audit)
    yield from _whom([report])


def _network_packet(number: int, network: Network, rogue: Sequence[Report], audit: Path) -> Iterator[str]:
    yield _head(f"Network {number} of suspected illegal online pharmacies: {_sites(len(rogue))}")
    yield "What ties them\n"
    for tie in network.ties:
        names = ", ".join(defang(s) for s in tie.sites[:_MOST_SITES])
        yield f"  {clean(tie.kind)} “{shortened(spoken(tie.value), 200)}” on {_sites(tie.on)}: {names}\n"
    others = sorted(set(network.sites) - {site_of(r) for r in rogue})
    yield f"\nRogue: {', '.join(defang(r.target.host) for r in rogue)}\n"
    if others:
        yield f"Tied to them, and not judged rogue: {', '.join(map(defang, others))}\n"
    yield "\n"
    for report in rogue[:_MOST_SITES]:
        yield from _site(report, audit)
    if len(rogue) > _MOST_SITES:
        yield f"The reports on {_sites(len(rogue) - _MOST_SITES)} more stand in reports.jsonl.\n\n"
    yield from _whom(rogue)


def _sites(number: int) -> str:
    return f"{number:,} site{'' if number == 1 else 's'}"


def _head(title: str) -> str:
    title = clean(title)
    return _HEAD.format(title=title, line="=" * len(title))


def _site(report: Report, audit: Path) -> Iterator[str]:
    yield f"Site: {defang(report.target.url)}\n"
    if seen_at(report) != report.target.url:
        yield f"Link: {defang(seen_at(report))} leads there; whose host that is was not judged\n"
    yield f"Judged: {report.verdict.value}, {words.risk_words(report)}, {clean(report.confidence)} confidence, "
    yield f"{words.KINDS[report.kind.name]}\nCaptured: {words.captured_words(report)}, rules {clean(report.ruleset)}\n"
    yield from _record(report, audit)
    for entry in listed.warnings(report):
        since = f" since {words.day_words(entry.since)}" if entry.since else ""
        yield f"Official warning: {clean(entry.registry)} ({clean(entry.country)}){since} {clean(entry.url)}\n"
    yield "\n"
    for reason in words.against(report):
        yield f"  {words.signed(reason.points)}  {spoken(reason.title)}\n"
        for quote in reason.quotes:
            yield f"       {words.quote_words(quote, report, 240) or 'Note: ' + spoken(quote.note)}\n"
            yield f"       at {defang(quote.url)}" + ("" if quote.offset is None else f", byte {quote.offset:,}")
            yield f", sha256 {clean(quote.digest)}\n" if quote.digest else "\n"
    yield "\n"


def _record(report: Report, audit: Path) -> Iterator[str]:
    """Say where the saved record is, its digest, and how to judge it again."""
    url = seen_at(report)
    for identity in dict.fromkeys(
        (identity_of(url, host_of(url)), url.partition("://")[2].rstrip("/"))
    ):  # as the audit names sites, and redirectors it opened
        if place := find(audit / "evidence", identity):
            yield f"Record: evidence/{clean(place.file)}, {place.length:,} bytes from byte {place.start:,}, sha256 {place.sha256}\n"
            yield f"To judge it again: pharmcheck check {shlex.quote(defang(identity))} --replay evidence\n"
            return
    yield "Record: this audit kept none of its own for this site.\n"


def _whom(reports: Sequence[Report]) -> Iterator[str]:
    """Say whom one may tell: authorities of the countries that the reports name, then registrars and hosts."""
    countries = {b.country for r in reports for b in r.buyers}
    countries |= {e.country for r in reports for e in listed.warnings(r)}
    countries |= {r.target.host.rpartition(".")[2].upper() for r in reports}
    yield "Whom to tell\n\n"
    known = [(country, found) for country in sorted(countries) if (found := reporting(country))]
    for country, found in known:
        unsure = "" if found.confidence == "high" else " (look whether this address still holds)"
        yield f"Authority in {country}: {found.authority}, {found.address}{unsure}\n"
    if not known:
        yield "Authority: the reports name no country; audit with --country CC to have that of the buyers.\n"
    yield from _registrars(reports)
    yield from _hosting(reports)


def _registrars(reports: Sequence[Report]) -> Iterator[str]:
    """Say who registered the domains and where that registrar takes complaints, as the registries told; or where to ask."""
    asked: dict[tuple[str, ...], dict[str, None]] = {}
    for report in reports:
        found = report.registration
        if is_address(report.target.host):
            continue  # nobody registered it; whose it is tells below
        contact: tuple[str, ...] = ()
        if not isinstance(found, Gap):
            contact = (found.registrar, found.abuse_email, found.abuse_phone)
        asked.setdefault(contact if any(contact) else (), {})[report.target.domain] = None
    for contact, domains in sorted(asked.items(), reverse=True):
        names = _named(list(domains))
        if not contact:
            endings = sorted({d.rpartition(".")[2] for d in domains})
            yield f"Registrar of {names}: this audit could not learn who it is.\n"
            yield f"  Ask {_REGISTRAR_OF}; for a country's domain, {_REGISTRY_OF}/{clean(endings[0])}.html names the registry to ask.\n"
            continue
        registrar, *ways = contact
        yield f"Registrar of {names}: {shortened(spoken(registrar), 120) or 'name not told'}\n"
        told = ", ".join(shortened(clean(way), 120) for way in ways if way)
        yield f"  Takes complaints at: {told or f'not told; ask {_REGISTRAR_OF}'}\n"


def _hosting(reports: Sequence[Report]) -> Iterator[str]:
    """Say at which addresses the sites answered, and where to ask whose these are."""
    at: dict[tuple[str, ...], list[str]] = {}
    for report in reports:
        host = report.target.host
        known = () if isinstance(report.dns, Gap) else report.dns.addresses
        addresses = (host.strip("[]"),) if is_address(host) else known
        at.setdefault(addresses, []).append(report.target.host)
    for addresses, hosts in sorted(at.items(), reverse=True):
        where = f"at {', '.join(map(clean, addresses))}" if addresses else "its IP address was not learned"
        yield f"Hosting of {_named(hosts)}: {where}; ask {_HOSTER_OF} whose it is.\n"


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(map(defang, names[:_MOST_NAMED])) + more
