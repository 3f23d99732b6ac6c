"""The formats of a report: this folder is the list of them.

A file holds `write(reports, look)`, which returns the text of the reports, with a newline at its end; its name is what
`--format` takes. It is imported when it is asked for.
"""

from __future__ import annotations

import pkgutil

FORMATS = tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))
