"""`pharmcheck docs`: write the generated pages of a checkout."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click


@click.command(short_help="Write the generated pages of a checkout.")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if a page is out of date.")
@click.pass_context
def docs(ctx: click.Context, only_check: bool) -> None:
    """Write into a checkout what is generated: the catalogues of signals, phrases and registries, the compiled phrases, and the report
    in README.md.

    \b
    Examples:
      pharmcheck docs
      pharmcheck docs --check
    """
    import pharmcheck
    from pharmcheck.cli.output import write
    from pharmcheck.docs import phrases_readme, readme, registries_readme, signals_readme
    from pharmcheck.reading.lexicon import compiled

    root = Path(pharmcheck.__file__).resolve().parent.parent
    if not (root / "pyproject.toml").is_file():
        raise click.UsageError("this is not a checkout of pharmcheck, so there is nothing to write.")
    pages: dict[str, Callable[[], str]] = {
        "pharmcheck/reading/phrases/lexicon.json": compiled,  # first: the report in README.md rests on it
        "pharmcheck/reading/phrases/README.md": phrases_readme,
        "pharmcheck/signals/README.md": signals_readme,
        "registries/README.md": registries_readme,
    }
    pages["README.md"] = partial(readme, root)
    _shipped_lists_only(ctx)
    stale = []
    for name, page in pages.items():
        path, text = root / name, page()
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not only_check:
                write(text, path)
    for name in stale:
        click.echo(f"{name} {'is out of date: run `pharmcheck docs`' if only_check else 'written'}")
    ctx.exit(1 if only_check and stale else 0)


def _shipped_lists_only(ctx: click.Context) -> None:
    """Leave the lists aside that one has refreshed, until the command ends: the pages tell of the shipped ones."""
    before = os.environ.get("PHARMCHECK_DATA", "")  # as an empty one counts as none
    os.environ["PHARMCHECK_DATA"] = os.devnull
    ctx.call_on_close(lambda: os.environ.update(PHARMCHECK_DATA=before))
