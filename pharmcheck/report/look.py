"""How a report is wanted, for whichever format writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Look:
    """How a report is wanted: `single` where one was given and no list, `color` (ANSI) and `width` (columns) for text.

    `explain` adds the signals that did not fire.
    """

    single: bool = True
    color: bool = False
    explain: bool = False
    width: int = 100

    @cached_property
    def authorities(self) -> Mapping[str, str]:
        """The names of the authorities by registry id, from the registries; read where a format asks for them."""
        from pharmcheck.registries import load_registries  # noqa: PLC0415  (JSON does not need them)

        return {registry.id: registry.authority for registry in load_registries().all}
