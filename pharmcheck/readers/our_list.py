"""Our form of a list (`list.csv`), and the error of whoever does not understand one."""

from __future__ import annotations

import re

COLUMNS = ("name", "number", "domain", "path", "status", "since", "note", "url")
HOST = re.compile(r"(?!www\.)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}")


class RegistryError(ValueError):
    """A registry that we do not understand: the message names the folder, the line, and what is wrong."""
