"""`pharmcheck serve`: the web form and its API."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pharmcheck.cli.options import in_a_folder

if TYPE_CHECKING:
    from pharmcheck.web.settings import Settings


def _as_browsers_send(ctx: click.Context, param: click.Parameter, origins: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse an origin that no browser would ever send (RFC 6454, section 6.2)."""
    from pharmcheck.target import TargetError, normal_url

    for origin in origins:
        try:
            sent = normal_url(origin)[0].removesuffix("/")
        except TargetError:
            sent = ""
        if origin != sent:
            raise click.BadParameter(f"{origin!r} is no origin as browsers send it, such as https://shop.example.")
    return origins


_FILE = click.Path(dir_okay=False, path_type=Path)
_option = partial(click.option, show_envvar=True)
_setting = partial(_option, show_default=True)


@click.command(short_help="Serve the web form and its API.", context_settings={"auto_envvar_prefix": "PHARMCHECK"})
@_setting("--host", default="127.0.0.1", help="Address to listen on.")
@_setting("--port", type=click.IntRange(0, 65535), default=8000, help="Port to listen on; 0 takes a free one.")
@_option("--name", metavar="HOST", multiple=True, help="A host name under which people reach it (may repeat).")
@_option("--behind-proxy", metavar="ADDR", default="", help="Believe X-Forwarded-* from this address.")
@_setting("--workers", type=click.IntRange(1, 64), default=2, help="Checks at once, each in a process.")
@_setting("--queue", type=click.IntRange(1, 10_000), default=40, help="Checks that may wait.")
@_setting(
    "--check-seconds", type=click.FloatRange(5, 600), default=90, help="Seconds for one check, then it is stopped."
)
@_setting("--keep-hours", type=click.FloatRange(0.01, 24 * 31), default=24, help="How long results are kept.")
@_setting("--most-kept", type=click.IntRange(1), default=1_000, help="Results to keep.")
@_option(
    "--store",
    metavar="FILE",
    type=_FILE,
    callback=in_a_folder,
    help="Keep results in this SQLite file instead of memory.",
)
@_setting("--per-client", type=click.IntRange(1), default=60, help="Links an hour for one client.")
@_setting("--in-total", type=click.IntRange(1), default=3_000, help="Links an hour for all.")
@_option(
    "--allow-origin",
    metavar="ORIGIN",
    multiple=True,
    callback=_as_browsers_send,
    help="A web site whose pages may use the API (may repeat).",
)
@_option("--contact", metavar="TEXT", default="", help="Whom owners of sites write to when they disagree.")
@_option("--log-targets", is_flag=True, help="Write what was checked to the log.")
@_option("--render", is_flag=True, help="Run the scripts of pages in an installed Chromium.")
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
    _need_packages()
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
    _answer(settings, host, port, behind_proxy)


def _need_packages() -> None:
    """Say in a sentence which package the web form needs and has not."""
    try:
        import uvicorn  # noqa: F401

        from pharmcheck.web.app import create_app  # noqa: F401
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"the web form needs the package {error.name!r}: pip install 'pharmcheck[web]'."
        ) from None


def _answer(settings: Settings, host: str, port: int, behind_proxy: str) -> None:
    """Answer until somebody stops it."""
    import uvicorn

    from pharmcheck.web.app import create_app
    from pharmcheck.web.prompt import PromptProtocol
    from pharmcheck.web.store import StoreError

    try:
        app = create_app(settings)
    except StoreError as error:
        raise click.BadParameter(str(error), param_hint="'--store'") from None
    try:
        uvicorn.run(
            app,
            http=PromptProtocol,
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
    except SystemExit:  # it has told why
        raise click.ClickException(
            f"nobody can be served at {host}, port {port}: see above. Try another --port or --host."
        ) from None
