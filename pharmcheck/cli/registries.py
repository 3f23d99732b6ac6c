"""`pharmcheck registries`: the official lists that we hold, how old our copies are, and who stands in them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pharmcheck.cli import options

if TYPE_CHECKING:
    from pharmcheck.model import Listing, Registry

_LISTS = {"positive": "lawful sellers", "negative": "warnings", "neutral": "neither"}


@click.group(invoke_without_command=True, short_help="The official lists that we hold; search them.")
@click.pass_context
def registries(ctx: click.Context) -> None:
    """List the registries: country, what they list, entries, date of our copy, whether it is fresh, authority.

    \b
    Examples:
      pharmcheck registries
      pharmcheck registries lookup pills.example
      pharmcheck registries update cz-sukl
    """
    if ctx.invoked_subcommand:
        return
    from pharmcheck.cli.output import table, write
    from pharmcheck.registries import load_registries

    today = datetime.now(UTC).date()
    rows = [
        (
            r.id,
            r.country,
            _LISTS[r.polarity],
            str(r.entries or "–"),
            str(r.as_of or "–"),
            _freshness(r, today),
            r.authority,
        )
        for r in load_registries().all
    ]
    head = ("registry", "of", "lists", "entries", "as of", "copy", "authority")
    write(table(head, rows))


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
    found = held.search(text)
    if not found:
        lists = sum(1 for r in held.all if r.entries)
        write(f"No entry for “{clean(text)}” in the {lists} lists that we hold. That alone proves nothing.\n")
        return
    authorities = {r.id: r.authority for r in held.all}
    warned = frozenset(e.domain for e in found if e.status == "warned")
    write("\n".join(_entry(entry, authorities[entry.registry], warned) for entry in found))


@registries.command(short_help="Download newer lists, or import them from files.")
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--check", "only_check", is_flag=True, help="Download nothing: tell how old the lists are.")
@click.option(
    "--from",
    "files",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="Take the list of one ID from this file, which you have downloaded; once for each page of the list.",
)
@click.option(
    "--as-of",
    metavar="YYYY-MM-DD",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of that file; else that of its last change.",
)
@click.option("--accept-fewer", is_flag=True, help="Take a list that has shrunk more than is usual for it.")
@click.option(
    "--rdap", is_flag=True, help="Refresh IANA's table of the RDAP servers that tell who registered a domain."
)
@options.connect_to
@options.verbose
@click.pass_context
def update(ctx: click.Context, /, ids: tuple[str, ...], **how: Any) -> None:
    """Refresh the lists of the registries ID, or of all whose list can be downloaded, in your own data directory.

    A list is read strictly, compared with the one in use, and only then takes its place; the one before it is kept.
    Whatever goes wrong, the old list stays in use, and the exit code is 1. With --check it is 1 when a list is stale that
    you named or that can be refreshed.

    \b
    Examples:
      pharmcheck registries update
      pharmcheck registries update cz-sukl cz-sukl-illegal
      pharmcheck registries update --check
      pharmcheck registries update --from apteki.csv pl-ra
      pharmcheck registries update --rdap
    """
    if how.pop("rdap"):
        if ids or how["only_check"] or how["as_of"] or len(how["files"]) > 1:
            raise click.UsageError("--rdap goes with --accept-fewer and one --from only.")
        from pharmcheck.cli.refresh import refresh_servers

        ctx.exit(refresh_servers(**how))
    if how["files"] and len(ids) != 1:
        raise click.UsageError("--from takes the list of one registry: give its ID.")
    if how["as_of"] and not how["files"]:
        raise click.UsageError("--as-of goes with --from.")
    if how["only_check"]:
        ctx.exit(_check(ids))
    from pharmcheck.cli.refresh import refresh

    ctx.exit(refresh(ids, **how))


def _check(ids: tuple[str, ...]) -> int:
    """Print how old the lists are that we hold, or those named; return 1 where one is stale and can be refreshed."""
    from pharmcheck.cli.output import table, write
    from pharmcheck.registries import load_registries
    from pharmcheck.registries.folder import read_reader
    from pharmcheck.registries.store import shipped_folder

    known = {r.id: r for r in load_registries().all}
    if strange := [name for name in ids if name not in known]:
        raise click.UsageError(f"no registry has the id {strange[0]!r}; `pharmcheck registries` lists them.")
    asked = [known[name] for name in ids] or [r for r in known.values() if r.entries]
    today = datetime.now(UTC).date()
    rows = [(r.id, str(r.entries or "–"), str(r.as_of or "–"), _freshness(r, today)) for r in asked]
    write(table(("registry", "entries", "as of", "copy"), rows))
    return int(any(not r.fresh(today) for r in asked if ids or read_reader(shipped_folder(r.id))))


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
