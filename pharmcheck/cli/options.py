"""Options that several commands have, said once."""

from __future__ import annotations

from pathlib import Path

import click


def _country_codes(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    if not values:
        return ()
    from pharmcheck.law import country_code

    try:
        return tuple(dict.fromkeys(map(country_code, values)))
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _connect_rules(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    if values:
        from pharmcheck.capture import parse_connect_to

        for value in values:
            try:
                parse_connect_to(value)
            except ValueError as error:
                raise click.BadParameter(str(error)) from None
    return values


def _noted(ctx: click.Context, param: click.Parameter, value: bool) -> bool:
    ctx.meta["verbose"] = value  # for the group, which tells what no command foresaw
    return value


def in_a_folder(ctx: click.Context, param: click.Parameter, path: Path | None) -> Path | None:
    """Refuse a file to be written whose folder is not there, before anything is asked."""
    if path:
        need_folder(path)
    return path


def need_folder(path: Path) -> None:
    """Raise BadParameter where the folder of a file to be written is not there."""
    if not path.absolute().parent.is_dir():
        raise click.BadParameter(f"there is no folder {str(path.parent)!r}.")


country = click.option(
    "--country",
    "countries",
    metavar="CC",
    multiple=True,
    callback=_country_codes,
    help="The buyer's country, such as DE or GB-NIR (may repeat).",
)
timeout = click.option(
    "--timeout",
    "timeout_s",
    metavar="S",
    type=click.FloatRange(1, 120),
    default=10,
    show_default=True,
    help="Seconds for one request.",
)
max_pages = click.option(
    "--max-pages",
    metavar="N",
    type=click.IntRange(1, 50),
    default=14,
    show_default=True,
    help="Pages to read of a site.",
)
render = click.option(
    "--render",
    is_flag=True,
    help="Run scripts in an installed Chromium without a network of its own: for pages that only they draw, and pictures.",
)
connect_to = click.option(
    "--connect-to",
    metavar="HOST:PORT:ADDR:PORT",
    multiple=True,
    callback=_connect_rules,
    help="As in curl (may repeat); the only way to reach an address that is not public.",
)
column = click.option(
    "--column", metavar="NAME", default="", help="The column or field of tables and JSON to read, else guessed."
)
verbose = click.option(
    "-v",
    "--verbose",
    is_flag=True,
    callback=_noted,
    help="Say on stderr what is done; show the traceback of a failure.",
)
