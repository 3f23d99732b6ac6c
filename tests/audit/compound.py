"""A .msg file as small as can be: a compound file ([MS-CFB], version 3) of a few streams and folders."""

from __future__ import annotations

import struct

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_STREAM, _FOLDER, _ROOT = 2, 1, 5


def compound(streams: dict[str, bytes]) -> bytes:
    """Return a compound file of `streams`, each at least 4,096 bytes long, as shorter ones would need a second table.

    A name with a slash is that of a stream in a folder.
    """
    names = sorted(streams)
    sizes = [-(-len(streams[n]) // _SECTOR) for n in names]
    entries = _entries(names)
    folders = -(-len(entries) * 128 // _SECTOR)
    tables = -(-(folders + sum(sizes)) // (_SECTOR // 4 - 1))  # each names 128 sectors, those of the tables too
    fat, start, starts = [_FAT] * tables, tables + folders, {}
    fat += [*range(tables + 1, tables + folders), _END]
    for name, size in zip(names, sizes, strict=True):
        starts[name] = start
        fat += [*range(start + 1, start + size), _END]
        start += size
    fat += [_FREE] * (_SECTOR // 4 * tables - len(fat))
    directory = b"".join(
        _entry(path.rpartition("/")[2], kind, child, right, starts.get(path, _END), len(streams.get(path, b"")))
        for path, kind, child, right in entries
    ).ljust(folders * _SECTOR, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    header += struct.pack(f"<{tables}I", *range(tables)) + struct.pack("<I", _FREE) * (109 - tables)
    body = b"".join(streams[n].ljust(s * _SECTOR, b"\0") for n, s in zip(names, sizes, strict=True))
    return header + struct.pack(f"<{len(fat)}I", *fat) + directory + body


def _entries(names: list[str]) -> list[tuple[str, int, int, int]]:
    """Return the directory: path, kind, first child and next sibling of each; siblings are a chain to the right."""
    above = sorted({n.partition("/")[0] for n in names})
    within = [[n for n in names if n.startswith(f"{a}/")] for a in above]
    first = 1 + len(above)
    entries = [("Root Entry", _ROOT, 1 if above else _FREE, _FREE)]
    below: list[tuple[str, int, int, int]] = []
    for number, (name, inside) in enumerate(zip(above, within, strict=True), 1):
        child = first + len(below) if inside else _FREE
        entries.append((name, _FOLDER if inside else _STREAM, child, number + 1 if number < len(above) else _FREE))
        for place, path in enumerate(inside, 1):
            below.append((path, _STREAM, _FREE, first + len(below) + 1 if place < len(inside) else _FREE))
    return entries + below


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw), kind, 1, _FREE, right, child)
        + b"\0" * 36
        + struct.pack("<III", start, size, 0)
    )
