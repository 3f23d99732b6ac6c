"""Generated pages: `pharmcheck docs` writes them, and tests compare them with what stands in the repository.

One module for each page: the report in README.md, and the catalogues of signals, phrases and registries.
"""

from __future__ import annotations

from pharmcheck.docs.phrases import phrases_readme
from pharmcheck.docs.project import readme
from pharmcheck.docs.registries import registries_readme
from pharmcheck.docs.signals import signals_readme

__all__ = ["phrases_readme", "readme", "registries_readme", "signals_readme"]
