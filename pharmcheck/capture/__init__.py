"""A target becomes a Site: over the network, from a recording, from a saved page, or from the name alone."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pharmcheck.capture.live import capture, replay
    from pharmcheck.capture.options import CaptureOptions, parse_connect_to
    from pharmcheck.capture.saved import offline, saved_page
    from pharmcheck.capture.warc import ArchiveError

__all__ = ["ArchiveError", "CaptureOptions", "capture", "offline", "parse_connect_to", "replay", "saved_page"]

# httpx brings a command line of its own, which nobody calls here and which loads rich: a tenth of the start of a check.
# So it is told that this part is not there, as where it was installed without it.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
_HOMES = {
    "ArchiveError": "warc",
    "CaptureOptions": "options",
    "capture": "live",
    "offline": "saved",
    "parse_connect_to": "options",
    "replay": "live",
    "saved_page": "saved",
}


def __getattr__(name: str) -> Any:
    """Import a public name on first use: a saved page needs no HTTP client."""
    if name not in _HOMES:
        raise AttributeError(f"module 'pharmcheck.capture' has no attribute {name!r}")
    return getattr(import_module(f"pharmcheck.capture.{_HOMES[name]}"), name)
