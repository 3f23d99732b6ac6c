"""Microdata of a page, gathered while it is walked, in the shape of JSON-LD objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MAX_ITEMS = 100
_MAX_VALUE_CHARS = 500
_MAX_OPEN = 50


class Items:
    """The items of one page. `found` holds the outermost ones: `@type` is the last part of `itemtype`."""

    def __init__(self) -> None:
        self.found: list[dict[str, Any]] = []
        self._open: list[tuple[str, dict[str, Any] | None]] = []
        self._scopes: list[dict[str, Any]] = []
        self._count = 0

    def begin(self, attributes: Mapping[str, str | None], address: str) -> bool:
        """Take an element with `itemscope` or `itemprop`; True if `end` must be called with its text."""
        prop = (attributes.get("itemprop") or "").strip()
        if "itemscope" in attributes:
            return self._begin_scope(prop, attributes.get("itemtype") or "")
        value = attributes.get("content") or attributes.get("datetime") or address
        if not self._scopes:
            return False
        if value:
            self._put(prop, value)
            return False
        if len(self._open) >= _MAX_OPEN:
            return False
        self._open.append((prop, None))
        return True

    def end(self, text: str) -> None:
        """End the element that `begin` took last."""
        prop, scope = self._open.pop()
        if scope is None:
            self._put(prop, text)
        else:
            self._scopes.pop()

    def _begin_scope(self, prop: str, kind: str) -> bool:
        if self._count >= MAX_ITEMS or len(self._open) >= _MAX_OPEN:
            return False
        self._count += 1
        scope: dict[str, Any] = {"@type": kind.rstrip("/#").rpartition("/")[2][:100]} if kind else {}
        if prop and self._scopes:
            self._scopes[-1].setdefault(prop, scope)
        else:
            self.found.append(scope)
        self._scopes.append(scope)
        self._open.append((prop, scope))
        return True

    def _put(self, prop: str, value: str) -> None:
        for name in prop.split()[:5]:
            self._scopes[-1].setdefault(name, value[:_MAX_VALUE_CHARS])
