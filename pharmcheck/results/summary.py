"""An audit as pages for people: `summary.html`, a page for each site, and a table of all; nothing is loaded from outside."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import count, islice
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from pharmcheck.model import Report
from pharmcheck.reading.landing import led_from
from pharmcheck.report import listed, words
from pharmcheck.report.clean import defang, shortened, spoken
from pharmcheck.report.html import environment, render_html
from pharmcheck.report.verdicts import VERDICTS, wording
from pharmcheck.results.drawing import bars, wheel
from pharmcheck.results.networks import Network, read_networks
from pharmcheck.results.reports import WORST_FIRST, AuditReports, page_path, results_file, site_of
from pharmcheck.results.tally import Links, Tally, count_links
from pharmcheck.whole_file import sweep, write_whole

ROWS = 1_000  # of one page: what a browser sorts at once and a person may scroll
MOST_PAGES = 10_000  # pages on single sites, the worst first; each takes some 40 KB
MOST_NAMED = 8  # sites of a network in its row
_MOST_DRAWN, _MOST_TOLD, _MOST_LINES = 12, 100, 25


def write_summary(
    out: Path, authorities: Mapping[str, str], tell: Callable[[str], None], most_pages: int = MOST_PAGES
) -> Path:
    """Write the pages of an audit and return the path of the first. Raises ResultsError and OSError.

    The table of all sites, the worst first, has ROWS rows a page: the first stands in `summary.html`, the others in
    `sites/table-2.html` and so on. Pages of earlier runs that are out of date are taken away.
    """
    file, tally = results_file(out), Tally()
    networks = read_networks(out)
    told_of = {network.id: network.anchor for network in (networks or ())[:_MOST_TOLD]}
    named = {site for network in (networks or ())[:_MOST_TOLD] for site in network.sites[:MOST_NAMED]}
    pages: dict[str, str] = {}
    with AuditReports(file, authorities, tally.add) as audited:
        total = max(1, -(-tally.sites // ROWS))
        reports, first, fresh = audited.worst_first(), [], set()
        for number in count(1):
            rows = list(_rows(islice(reports, ROWS), out, authorities, most_pages - (number - 1) * ROWS, told_of))
            if not rows and number > 1:
                break
            fresh |= {row["page"] for row in rows if row["page"]}
            pages |= {row["site"]: row["page"] for row in rows if row["page"] and row["site"] in named}
            if number == 1:
                first = rows
            else:
                _write(out / "sites" / f"table-{number}.html", "table.html.j2", rows=rows, **_paging(number, total))
            tell(f"summary: {min(number * ROWS, tally.sites):,} of {tally.sites:,} sites")
    summary = out / "summary.html"
    told = _told(tally, count_links(out), networks)
    _write(summary, "summary.html.j2", rows=first, most_pages=most_pages, pages=pages, **told, **_paging(1, total))
    _take_away(out / "sites", fresh, total)
    return summary


def _rows(
    reports: Iterable[Report], out: Path, names: Mapping[str, str], pages: int, told_of: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """Yield a row of the table for each report; write the page on the site for the first `pages` of them.

    `told_of` says where `summary.html` tells of a network.
    """
    for number, report in enumerate(reports):
        path = page_path(report) if number < pages else ""
        if path:
            page = out / "sites" / path
            page.parent.mkdir(parents=True, exist_ok=True)
            at = f"../../summary.html#{told_of.get(report.network.id, 'networks')}" if report.network else ""
            page.write_bytes(render_html([report], authorities=names, network_at=at).encode("utf-8", "replace"))
        against = words.against(report)
        yield {
            "page": path,
            "site": site_of(report),
            "name": words.host_words(report),
            "led_from": shortened(defang(led_from(report.views, report.target)), 80),
            "wording": wording(report),
            "verdict": report.verdict.value,
            "rank": WORST_FIRST.index(report.verdict),
            "risk": None if report.verdict in words.UNJUDGED else report.risk,
            "kind": words.KINDS[report.kind.name],
            "reason": shortened(spoken(against[0].title), 200) if against else "",
            "lists": sorted({f"{e.status} {e.country}" for e in report.listings if listed.names_target(e, report)}),
            "captured": words.day_words(report.captured.date()),
            "moment": report.captured.isoformat(timespec="seconds"),
        }


def _paging(number: int, total: int) -> dict[str, Any]:
    """Return the links between the pages of the table; all but the first are in the folder `sites`."""
    up, down = ("", "sites/") if number == 1 else ("../", "")
    link = {1: f"{up}summary.html#table"}
    near = sorted({n for n in (1, number - 1, number, number + 1, total) if 1 <= n <= total})
    links = [(n, link.get(n, f"{down}table-{n}.html")) for n in near]
    before = (number - 1) * ROWS  # rows on earlier pages
    return {"number": number, "total": total, "links": links, "sites_folder": down, "before": before}


def _told(tally: Tally, links: Links, networks: Sequence[Network] | None) -> dict[str, Any]:
    return {
        "tally": tally,
        "verdicts": [(v, VERDICTS[v], tally.verdicts[v]) for v in WORST_FIRST if tally.verdicts[v]],
        "bars": bars(tally.bins),
        "reasons": [(tally.titles[s], s, n) for s, n in tally.reasons.most_common(_MOST_LINES)],
        "lawful": sorted(tally.lawful.items()),
        "lists": sorted(tally.lists.items()),
        "unread": tally.unread.most_common(_MOST_LINES),
        "partly": tally.partly.most_common(_MOST_LINES),
        "found": links,
        "networks": None if networks is None else networks[:_MOST_TOLD],
        "networks_total": len(networks or ()),
        "most_named": MOST_NAMED,
        "drawn": [(n, wheel(n)) for n in (networks or ())[:_MOST_DRAWN]],
    }


def _write(path: Path, template: str, **values: Any) -> None:
    style, script = _asset("report.css", "pharmcheck.report") + _asset("summary.css"), _asset("table.js")
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    page = _environment().get_template(template)
    text = page.render(style=Markup(style), script=Markup(script), policy=policy, **values)  # noqa: S704 - our own files
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, [text.encode("utf-8", "replace")])


def _take_away(folder: Path, fresh: set[str], total: int) -> None:
    """Remove pages of earlier runs; only what has a name that we give."""
    for page in folder.glob(f"{'[0-9a-f]' * 2}/*-{'[0-9a-f]' * 12}.html"):
        if f"{page.parent.name}/{page.name}" not in fresh:
            page.unlink()
    sweep(folder)
    for page in folder.glob("table-*.html"):
        number = page.stem.removeprefix("table-")
        if number.isdecimal() and int(number) > total:
            page.unlink()


@cache
def _asset(name: str, package: str = "pharmcheck.results") -> str:
    return files(package).joinpath("templates", name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _environment() -> Environment:
    made = environment("pharmcheck.results")
    made.filters.update(defang=defang, number=lambda value: f"{value:,}")
    return made
