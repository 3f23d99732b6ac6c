"""Small tables of networks, written as the specification of MaxMind's DB format 2.0 has it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any

BUILT = datetime(2026, 10, 1, tzinfo=UTC)
_UINT16, _UINT32, _UINT64 = 5, 6, 9
_SHORT = ("record_size", "ip_version", "binary_format_major_version", "binary_format_minor_version")
_KINDS = {"build_epoch": _UINT64, **dict.fromkeys(_SHORT, _UINT16)}  # all other numbers have 32 bits
_MARK = b"\xab\xcd\xefMaxMind.com"


def write_table(path: Path, rows: Mapping[str, Mapping[str, Any]], kind: str = "Sample-Lite", version: int = 6) -> Path:
    """Write a table of these networks (CIDR) to `path`, built on 1 October 2026, and return the path."""
    nodes: list[list[int | None]] = [[None, None]]
    data, places = b"", {}
    for cidr, row in rows.items():
        places[cidr] = len(data)
        data += _written(dict(row))
        net = ip_network(cidr)
        width = 128 if version == 6 else 32
        bits = f"{int(net.network_address):0{width}b}"
        bits = bits[: net.prefixlen + (width - net.max_prefixlen)]
        at = 0
        for bit in bits[:-1]:
            following = nodes[at][int(bit)]
            if following is None:
                nodes.append([None, None])
                following = nodes[at][int(bit)] = len(nodes) - 1
            at = following
        nodes[at][int(bits[-1])] = -1 - places[cidr]
    path.parent.mkdir(parents=True, exist_ok=True)
    tree = b"".join(_record(value, len(nodes)).to_bytes(3, "big") for node in nodes for value in node)
    about = {"node_count": len(nodes), "record_size": 24, "ip_version": version, "database_type": kind, "languages": [],
             "binary_format_major_version": 2, "binary_format_minor_version": 0, "build_epoch": int(BUILT.timestamp()),
             "description": {"en": kind}}  # fmt: skip
    path.write_bytes(tree + bytes(16) + data + _MARK + _written(about))
    return path


def _record(value: int | None, nodes: int) -> int:
    """Return a record: another node, nothing, or a place in the data section behind the sixteen zero bytes."""
    return nodes if value is None else value if value >= 0 else nodes + 16 + (-1 - value)


def _written(value: Any, kind: int = _UINT32) -> bytes:
    """Return a value of the data section: map, array, text or unsigned number, all shorter than 285 bytes."""
    if isinstance(value, dict):
        rows = (_written(k) + _written(v, _KINDS.get(k, _UINT32)) for k, v in value.items())
        return _control(7, len(value)) + b"".join(rows)
    if isinstance(value, list):
        return _control(11, len(value)) + b"".join(map(_written, value))
    if isinstance(value, str):
        return _control(2, len(value.encode())) + value.encode()
    number = int(value).to_bytes(8, "big").lstrip(b"\0")
    return _control(kind, len(number)) + number


def _control(kind: int, size: int) -> bytes:
    short, more = (size, b"") if size < 29 else (29, bytes([size - 29]))
    return bytes([short, kind - 7]) + more if kind > 7 else bytes([kind << 5 | short]) + more
