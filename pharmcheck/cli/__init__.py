"""The command line: one file per command, imported on use; each parses, calls, prints and exits."""

from __future__ import annotations

import atexit
import gc
import sys
from importlib import import_module
from typing import Any

import click

from pharmcheck import __version__

# Objects after which Python looks for garbage, twice what a check loads; at its own 700 it goes through all of that again and again.
_GARBAGE = 400_000
_COMMANDS = ("check", "links", "audit", "networks", "results", "diff", "signals", "registries", "serve", "docs")


class Commands(click.Group):
    """The commands, each imported when it is asked for; what goes wrong unforeseen is told in a sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"pharmcheck.cli.{cmd_name}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in _COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], _COMMANDS, 1)
            meant = f" Do you mean {near[0]}?" if near else ""
            raise click.UsageError(f"there is no command {args[0]!r}.{meant}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        gc.set_threshold(_GARBAGE, 20, 100)
        atexit.register(_leave_garbage)
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # click tells these itself
        except Exception as error:  # the outermost frame: people get a sentence, never a traceback
            from pharmcheck.cli.failure import tell

            tell(error, "pharmcheck", verbose=ctx.meta.get("verbose", False))
            ctx.exit(1)


def _leave_garbage() -> None:
    """Look for nothing in what ends anyway; but the bindings of duckdb would tell of each object that nobody collected."""
    if "duckdb" not in sys.modules:
        gc.freeze()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="pharmcheck", message="%(prog)s %(version)s")
def main() -> None:
    """Tell whether an online pharmacy is safe, from evidence, with reasons that can be checked.

    \b
    pharmcheck check pills.example             judge a web site
    pharmcheck check pills.example --offline   ask the official lists only
    pharmcheck links mail.eml                  list whom a mail promotes
    pharmcheck audit mails/ --out results      judge whom many mails promote
    pharmcheck networks results                which of these sites belong together
    pharmcheck results results/ --format csv   write what it found for others
    pharmcheck diff october november           what changed between two audits
    pharmcheck registries lookup pills.example search the official lists
    pharmcheck signals                         what is looked at
    pharmcheck serve                           the same as a web form, on this machine
    """
