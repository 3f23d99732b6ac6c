"""Options that several commands have, said once."""

from __future__ import annotations

import click

# What people type for it, and its ISO 3166-1 code.
_COUNTRY_ALIASES = {"UK": "GB", "EL": "GR"}


def _country_codes(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    codes = [_COUNTRY_ALIASES.get(v.strip().upper(), v.strip().upper()) for v in values]
    for code in codes:
        if code != "GB-NIR" and not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise click.BadParameter(
                f"{code!r} is not a country code of two letters (ISO 3166-1), such as DE or US; Northern Ireland is GB-NIR."
            )
    return tuple(dict.fromkeys(codes))


def _connect_rules(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    if values:
        from pharmcheck.capture import parse_connect_to

        for value in values:
            try:
                parse_connect_to(value)
            except ValueError as error:
                raise click.BadParameter(str(error)) from None
    return values


country = click.option(
    "--country",
    "countries",
    metavar="CC",
    multiple=True,
    callback=_country_codes,
    help="The buyer's country (may repeat).",
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
    help="Run scripts in an installed Chromium without network: pictures, and pages that only scripts draw.",
)
connect_to = click.option(
    "--connect-to",
    metavar="HOST:PORT:ADDR:PORT",
    multiple=True,
    callback=_connect_rules,
    help="As in curl (may repeat); the only way to reach an address that is not public.",
)
