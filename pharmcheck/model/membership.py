"""The network that a site belongs to, as its report in an audit tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pharmcheck.model.captured import Quote


@dataclass(frozen=True, slots=True)
class Tie:
    """What a site shares: its `kind`, the `value` as it stands on this site, on how many `sites`, where here (`quote`).

    `alone` tells that it proves one operator by itself, else only beside another one.
    """

    kind: str
    value: str
    sites: int
    alone: bool
    quote: Quote


@dataclass(frozen=True, slots=True)
class Membership:
    """A network by its `id` in networks.json, how many `others` belong to it, some of what ties this site to them, by kind
    and value, and the strongest tie (None in results of earlier versions)."""

    id: str
    others: int
    identifiers: tuple[tuple[str, str], ...]
    strongest: Tie | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the membership as plain JSON values."""
        told: dict[str, Any] = {
            "id": self.id,
            "others": self.others,
            "identifiers": [{"kind": kind, "value": value} for kind, value in self.identifiers],
        }
        if (tie := self.strongest) is not None:
            quote = {name: getattr(tie.quote, name) for name in ("url", "text", "digest", "offset")}
            told["strongest"] = {
                "kind": tie.kind,
                "value": tie.value,
                "sites": tie.sites,
                "alone": tie.alone,
                "quote": quote,
            }
        return told
