"""What a robots.txt allows us (RFC 9309): Protego decides, from what of the file can be meant for us."""

from __future__ import annotations

import re

from protego import Protego

from pharmcheck.capture.visitors import PRODUCT

MAX_ROBOTS_BYTES = 500_000  # RFC 9309 asks for at least 500 KiB; Google reads as much
_NAMED = re.compile(r"\s*user(?:-|\s*)agent[\s:]+(?P<name>[^#]*)", re.IGNORECASE)
_SOMEBODY = "User-agent: somebody-else"


def rules_in(text: str) -> Protego:
    """Return the rules of a robots.txt; all other programs stand there under one name.

    Protego keeps each rule once for every name above it: 500 KB of names, then of rules, would take minutes and gigabytes.
    """
    return Protego.parse("\n".join(map(_for_us, text.splitlines())))


def _for_us(line: str) -> str:
    """Return the line; one that names a program, by a name that Protego takes for ours, or as somebody else."""
    named = _NAMED.match(line)
    if not named or named["name"].strip() == "*":
        return line
    bare = named["name"].strip().lower().replace("*", "")
    return f"User-agent: {bare}" if bare and PRODUCT.startswith(bare) else _SOMEBODY
