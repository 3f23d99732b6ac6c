"""The public suffix list, as tldextract bundles and reads it, without the HTTP client with which it would fetch another."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tldextract import TLDExtract

# What tldextract takes of packages that fetch a list and keep it on disk, which takes six times as long to load as all else of it.
_UNUSED = {"requests": "Session", "requests_file": "FileAdapter", "filelock": "FileLock"}


class _Unused:
    """Stands in for what fetches lists: it is made ready and put away again, and never asked."""

    def mount(self, *_: object) -> None: ...

    def close(self) -> None: ...


@cache
def suffixes() -> TLDExtract:
    """Return what splits names by the bundled list, private suffixes included; imported on use."""
    with _without_unused():
        from tldextract import TLDExtract  # noqa: PLC0415

        found = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
        found.extract_str("")  # reads the list, for which the package must be there
    return found


@contextmanager
def _without_unused() -> Iterator[None]:
    """Let tldextract be imported with stand-ins, for us alone: whoever imports it afterwards gets the whole of it."""
    if "tldextract" in sys.modules:
        yield
        return
    stand_ins = {name: ModuleType(name) for name in _UNUSED if name not in sys.modules}
    for name, module in stand_ins.items():
        setattr(module, _UNUSED[name], _Unused)
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in [n for n in sys.modules if n in stand_ins or n.partition(".")[0] == "tldextract"]:
            del sys.modules[name]
