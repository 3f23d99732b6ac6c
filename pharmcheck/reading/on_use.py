"""Patterns that are compiled when they are first used: a long one takes a millisecond, and most runs need few of them."""

from __future__ import annotations

import re
from typing import Any, cast


def compile_on_use(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what behaves as `re.compile(pattern, flags)` does; for patterns of modules that take 0.3 ms or more.

    A pattern that is wrong raises `re.error` at its first use. It cannot be given to functions of `re`.
    """
    _uncompiled.append(_Uncompiled(pattern, flags))
    return cast("re.Pattern[str]", _uncompiled[-1])


def compile_all() -> None:
    """Compile what has not been used yet: in a process from which others are forked, or that is made ready for people who wait."""
    while _uncompiled:
        _uncompiled.pop().compiled()


class _Uncompiled:
    """Stands for a pattern; what is asked of it is answered by the compiled one, and kept."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    def compiled(self) -> re.Pattern[str]:
        """Return the compiled pattern."""
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, self._flags)
        return self._compiled

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.compiled(), name)
        setattr(self, name, found)
        return found


_uncompiled: list[_Uncompiled] = []
