"""`pharmcheck serve`: the web form and its API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(short_help="Serve the web form and its API.", context_settings={"auto_envvar_prefix": "PHARMCHECK"})
@click.option("--host", default="127.0.0.1", show_default=True, show_envvar=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, show_envvar=True)
@click.option(
    "--name", "name", multiple=True, show_envvar=True, help="A host name under which people reach it (may repeat)."
)
@click.option(
    "--behind-proxy", metavar="ADDR", default="", show_envvar=True, help="Believe X-Forwarded-* from this address."
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, show_envvar=True, help="Checks at once."
)
@click.option(
    "--queue",
    type=click.IntRange(1, 10_000),
    default=40,
    show_default=True,
    show_envvar=True,
    help="Checks that may wait.",
)
@click.option(
    "--check-seconds",
    "check_seconds",
    type=click.FloatRange(5, 600),
    default=90,
    show_default=True,
    show_envvar=True,
    help="Time for one check.",
)
@click.option(
    "--keep-hours",
    type=click.FloatRange(0.01, 24 * 31),
    default=24,
    show_default=True,
    show_envvar=True,
    help="How long results are kept.",
)
@click.option(
    "--most-kept", type=click.IntRange(1), default=1_000, show_default=True, show_envvar=True, help="Results to keep."
)
@click.option(
    "--store", metavar="FILE", type=_FILE, show_envvar=True, help="Keep results in this SQLite file instead of memory."
)
@click.option(
    "--per-client",
    "per_client",
    type=click.IntRange(1),
    default=60,
    show_default=True,
    show_envvar=True,
    help="Links an hour for one client.",
)
@click.option(
    "--in-total",
    "in_total",
    type=click.IntRange(1),
    default=3_000,
    show_default=True,
    show_envvar=True,
    help="Links an hour for all.",
)
@click.option(
    "--allow-origin",
    "allow_origin",
    multiple=True,
    show_envvar=True,
    help="A web site whose pages may use the API (may repeat).",
)
@click.option("--contact", default="", show_envvar=True, help="Whom owners of sites write to when they disagree.")
@click.option("--log-targets", is_flag=True, show_envvar=True, help="Write what was checked to the log.")
@click.option("--render", is_flag=True, show_envvar=True, help="Run the scripts of pages in an installed Chromium.")
@click.option("--connect-to", metavar="HOST:PORT:ADDR:PORT", multiple=True, hidden=True)
@click.option("--ca-file", type=_FILE, hidden=True)
def serve(
    *,
    host: str,
    port: int,
    name: tuple[str, ...],
    behind_proxy: str,
    check_seconds: float,
    keep_hours: float,
    per_client: int,
    in_total: int,
    allow_origin: tuple[str, ...],
    **limits: Any,
) -> None:
    """Serve the web form and its API. Every option may come from the environment: PHARMCHECK_PORT and so on.

    \b
    Examples:
      pharmcheck serve
      pharmcheck serve --name check.example --behind-proxy 127.0.0.1 --store /var/lib/pharmcheck/results.db
    """
    try:
        import uvicorn

        from pharmcheck.web.app import create_app
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"the web form needs the package {error.name!r}: pip install 'pharmcheck[web]'."
        ) from None
    import logging

    from pharmcheck.web.settings import LOCAL_NAMES, Settings
    from pharmcheck.web.shield import own_names

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    settings = Settings(
        names=own_names((*name, *LOCAL_NAMES), host),
        check_s=check_seconds,
        keep_s=keep_hours * 3600,
        client_per_hour=per_client,
        total_per_hour=in_total,
        origins=allow_origin,
        **limits,
    )
    uvicorn.run(
        create_app(settings),
        host=host,
        port=port,
        access_log=False,  # its lines hold the secret addresses of results
        server_header=False,
        proxy_headers=bool(behind_proxy),
        forwarded_allow_ips=behind_proxy or None,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=5,
        limit_concurrency=2_000,
        log_level="warning",
    )
