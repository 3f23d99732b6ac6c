"""pharmcheck: tells whether an online pharmacy is safe, from evidence, with reasons that can be checked.

`check` and `acheck` judge a target and return a `Report`. The stages that they chain are importable from their
modules: `pharmcheck.capture`, `pharmcheck.evidence`, `pharmcheck.examine`, `pharmcheck.grade`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pharmcheck.model import Report, Site, Target, Verdict
    from pharmcheck.pipeline import acheck, check

__version__ = "0.1.0"
__all__ = ["Report", "Site", "Target", "Verdict", "__version__", "acheck", "check"]

_HOMES = {
    "Report": "model",
    "Site": "model",
    "Target": "model",
    "Verdict": "model",
    "acheck": "pipeline",
    "check": "pipeline",
}


def __getattr__(name: str) -> Any:
    """Import a public name on first use, so that `pharmcheck --version` stays light."""
    if name not in _HOMES:
        raise AttributeError(f"module 'pharmcheck' has no attribute {name!r}")
    return getattr(import_module(f"pharmcheck.{_HOMES[name]}"), name)
