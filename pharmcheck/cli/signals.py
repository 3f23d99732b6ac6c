"""`pharmcheck signals`: what is looked at, why, and how much it counts."""

from __future__ import annotations

import click


@click.command(short_help="What is looked at, why, and how much it counts.")
@click.argument("signal_id", metavar="[ID]", required=False)
def signals(signal_id: str | None) -> None:
    """List the signals, or tell about one: why it counts, its source, when it is a false alarm, its weight.

    \b
    Examples:
      pharmcheck signals
      pharmcheck signals no-prescription-needed
    """
    from pharmcheck.cli.output import table, write
    from pharmcheck.signals import catalogue
    from pharmcheck.weights import load_weights

    weights = load_weights().signals
    if signal_id:
        write(_chapter(signal_id.strip().lower().replace("_", "-")))
        return
    rows = [
        (
            s.id,
            f"{weights[s.id].points:+.0f}" if s.id in weights else "trial",
            weights[s.id].group if s.id in weights else "",
            s.title,
        )
        for s in catalogue()
    ]
    write(table(("signal", "points", "group", "true when it fires"), rows))


def _chapter(signal_id: str) -> str:
    from difflib import get_close_matches
    from textwrap import fill

    from pharmcheck.cli.output import columns
    from pharmcheck.signals import catalogue
    from pharmcheck.weights import load_weights

    known = {s.id: s for s in catalogue()}
    if signal_id not in known:
        near = get_close_matches(signal_id, known, 3)
        hint = f" Do you mean {' or '.join(near)}?" if near else ""
        raise click.UsageError(f"there is no signal {signal_id!r}.{hint} `pharmcheck signals` lists them.")
    signal, weights = known[signal_id], load_weights()
    weight = weights.signals.get(signal_id)
    counts = "On trial: it is shown and counts nothing."
    if weight:
        cap = weights.caps[weight.group]
        counts = (
            f"{weight.points:+g} decibans, in the group “{weight.group}” (at most {cap:g} together). {weight.reason}"
        )
    parts = {
        "Why": signal.why,
        "Source": signal.source,
        "False alarm": signal.false_alarm,
        "Needs": ", ".join(signal.needs),
        "Weight": counts,
    }
    texts = [f"{signal.id}: {signal.title}", *(f"{label}: {text}" for label, text in parts.items())]
    return "\n".join(fill(t, columns(), subsequent_indent="  ", break_on_hyphens=False) for t in texts) + "\n"
