"""What an audit began with holds when it is resumed: options that its results depend on."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from pharmcheck.audit.assignments import Settings
    from pharmcheck.audit.store import Store

_BROWSERS = 2  # at once in one process: each takes some 400 MB
_READING = {"max_pages": "--max-pages", "timeout_s": "--timeout", "connect_to": "--connect-to", "render": "--render"}
_HELD = {"countries": "--country", "no_evidence": "--no-evidence", **_READING}


def settings_of(ctx: click.Context, store: Store, out: Path, chosen: dict[str, Any], now: datetime) -> Settings:
    """Return how to check; an audit that begins is dated `now`. Raises UsageError where an option contradicts what the audit began with."""
    from pharmcheck.audit.assignments import Settings
    from pharmcheck.audit.politeness import Limits

    source = "offline" if chosen["offline"] else "warc" if chosen["from_warc"] else ""
    begun_as = store.about("source", source or "live")
    if source and begun_as != source:
        raise click.UsageError(f"this audit was begun as {begun_as!r}; begin another with another --out.")
    started = datetime.fromisoformat(store.about("started", now.isoformat(timespec="seconds")))
    held = _held(ctx, store, chosen)
    reading = {name: held[name] for name in _READING}
    at_once = min(chosen["at_once"], _BROWSERS) if held["render"] else chosen["at_once"]
    evidence = out / "evidence" if begun_as == "live" and not held["no_evidence"] else None
    limits = Limits(address=chosen["per_address"], network=4 * chosen["per_address"])
    countries = tuple(held["countries"])
    return Settings(
        started, begun_as, countries, evidence, at_once, chosen["processes"], limits=limits, options=reading
    )


def _held(ctx: click.Context, store: Store, chosen: dict[str, Any]) -> dict[str, Any]:
    """Return the options of the first run, which are kept in it; those of this run must not differ."""
    now = json.dumps({name: chosen[name] for name in _HELD})
    begun: dict[str, Any] = json.loads(store.about("settings", now))
    for name, option in _HELD.items():
        typed = ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if typed and json.loads(now)[name] != begun[name]:
            raise click.UsageError(
                f"this audit was begun {_said(option, begun[name])}; begin another with another --out."
            )
    return begun


def _said(option: str, value: Any) -> str:
    """Say with what an option was given, or that it was not."""
    if not value:
        return f"without {option}"
    if value is True:
        return f"with {option}"
    values = value if isinstance(value, list) else [f"{value:g}"]
    return "with " + " ".join(f"{option} {v}" for v in values)
