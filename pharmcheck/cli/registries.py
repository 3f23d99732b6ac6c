"""`pharmcheck registries`: the official lists that we hold, how old our copies are, and who stands in them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pharmcheck.model import Listing, Registry


@click.group(invoke_without_command=True, short_help="The official lists that we hold; search them.")
@click.pass_context
def registries(ctx: click.Context) -> None:
    """List the registries: authority, country, entries, date of our copy, and whether it is fresh.

    \b
    Examples:
      pharmcheck registries
      pharmcheck registries lookup pills.example
    """
    if ctx.invoked_subcommand:
        return
    from pharmcheck.cli.output import columns, table, write
    from pharmcheck.registries import load_registries

    today = datetime.now(UTC).date()
    rows = [
        (r.id, r.country, r.polarity, str(r.entries or "–"), str(r.as_of or "–"), _freshness(r, today), r.authority)
        for r in load_registries().all
    ]
    head = ("registry", "of", "polarity", "entries", "as of", "copy", "authority")
    write(table(head, rows, columns()))


@registries.command(short_help="Search all lists for a site, a number or a name.")
@click.argument("text", metavar="DOMAIN|NUMBER|NAME")
def lookup(text: str) -> None:
    """Search all lists for a web site, a licence number or a name; close names are found too.

    \b
    Examples:
      pharmcheck registries lookup pills.example
      pharmcheck registries lookup 9010001
      pharmcheck registries lookup "Old Town Pharmacy"
    """
    from pharmcheck.cli.output import write
    from pharmcheck.registries import load_registries
    from pharmcheck.report.clean import clean

    if not text.strip():
        raise click.UsageError("give a domain, a number or a name to look for.")
    held = load_registries()
    found = held.search(_plain(text))
    if not found:
        lists = sum(1 for r in held.all if r.entries)
        write(f"No entry for “{clean(text)}” in the {lists} lists that we hold. That alone proves nothing.\n")
        return
    authorities = {r.id: r.authority for r in held.all}
    warned = frozenset(e.domain for e in found if e.status == "warned")
    write("\n".join(_entry(entry, authorities[entry.registry], warned) for entry in found))


def _plain(text: str) -> str:
    """Return the host that a pasted address means; any other text as it is."""
    from pharmcheck.target import TargetError, parse_target

    if "." not in text or " " in text.strip():
        return text
    try:
        return parse_target(text).host
    except TargetError:
        return text


def _freshness(registry: Registry, today: date) -> str:
    if registry.as_of is None:
        return "none held"
    return "fresh" if registry.fresh(today) else f"stale, {(today - registry.as_of).days} days old"


def _entry(entry: Listing, authority: str, warned: frozenset[str]) -> str:
    """Write one entry; the address of a site with an official warning is defanged."""
    from pharmcheck.report.clean import clean, defang, within
    from pharmcheck.report.words import day_words
    from pharmcheck.target import host_of

    verb = {
        "warned": "✖ warning by",
        "lifted": "○ warning withdrawn by",
        "recorded": "· recorded, which proves nothing about a site, by",
    }.get(entry.status, "✔ listed by")
    place = defang(entry.domain + entry.path) if entry.domain in warned else clean(entry.domain + entry.path)
    about = (clean(entry.name), place, f"number {clean(entry.number)}" if entry.number else "")
    linkable = entry.url.startswith("https://") and not within(host_of(entry.url), entry.domain)
    more = (
        f"entry of {day_words(entry.since)}" if entry.since else "",
        f"our copy is of {day_words(entry.as_of)}",
        clean(entry.note),
        (clean(entry.url) if linkable else defang(entry.url)) if entry.url else "",
    )
    lines = (f"{verb} {authority} ({entry.country}, {entry.registry})", _joined(about), _joined(more))
    return "\n  ".join(filter(None, lines)) + "\n"


def _joined(parts: tuple[str, ...]) -> str:
    return " · ".join(filter(None, parts))
