"""With which other sites of an audit a site belongs together, in a sentence."""

from __future__ import annotations

from pharmcheck.model import HostState, Report
from pharmcheck.report.clean import shortened, spoken

_KINDS = {
    "messenger": "chat account",
    "email": "mail address",
    "phone": "telephone number",
    "licence": "licence number",
    "prices": "table of prices",
}


def told(report: Report) -> str:
    """Return how many others seem to have the same operator, and by what; "" for a site of no network.

    On somebody else's host the operator is of the page, not of the site.
    """
    if (network := report.network) is None:
        return ""
    same = "Same operator as" if report.host.state is HostState.OWN else "Whoever wrote this page also runs"
    others = "1 other site" if network.others == 1 else f"{network.others:,} other sites"
    if (tie := network.strongest) is None:
        kinds = " and ".join(dict.fromkeys(_kind(kind) for kind, _ in network.identifiers))
        return f"{same} {others} of this audit, it seems: they share the same {kinds}."
    beside = "" if tie.alone else ", and more that they share"
    return (
        f"{same} {others} of this audit, it seems: the {_kind(tie.kind)} “{shortened(spoken(tie.value), 120)}” "
        f"stands on {tie.sites:,} of them, this one included{beside}."
    )


def _kind(kind: str) -> str:
    return _KINDS.get(kind, spoken(kind))
