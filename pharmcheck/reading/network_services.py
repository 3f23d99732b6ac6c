"""Services that stand in front of many sites at once: what is seen of them is theirs, and says nothing of a site's holder.

`network_services.csv` is dated and sourced. Its kinds: `parking` (name servers under which names lie that nobody uses, or that
are for sale), `name-servers`, `certificate` and `organisation` (of hosters and content networks, on the certificates that
they share out), `as-number` (networks that serve sites of all the world from everywhere).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def parking_service(name_server: str) -> str:
    """Return the name of the parking service whose name server this is, "" for another."""
    return _named("parking", name_server)


def serves_many(kind: str, value: str) -> bool:
    """Tell whether a name server, a name or an organisation on a certificate, or an AS number is that of such a service."""
    if kind == "organisation":
        said = value.casefold()
        return any(said.startswith(begins) for begins in _services()[kind])
    return bool(_named(kind, value))


def _named(kind: str, value: str) -> str:
    """Return the service under whose domain a name lies; a key that ends with a star is how such domains begin."""
    known, labels = _services()[kind], value.split(".")
    for start in range(len(labels)):
        under = ".".join(labels[start:])
        if under in known:
            return known[under]
        for key, name in known.items():
            if key.endswith("*") and under.startswith(key[:-1]):
                return name
    return ""


@cache
def _services() -> Mapping[str, Mapping[str, str]]:
    text = files("pharmcheck.reading").joinpath("network_services.csv").read_text("utf-8")
    found: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["kind"], {})[row["value"]] = row["name"]
    return found
