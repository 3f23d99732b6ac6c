"""A .msg file as small as can be: a compound file ([MS-CFB], version 3) of a few streams."""

from __future__ import annotations

import struct

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: dict[str, bytes]) -> bytes:
    """Return a compound file of `streams`, each at least 4,096 bytes long, as shorter ones would need a second table."""
    names = sorted(streams)
    sizes = [-(-len(streams[n]) // _SECTOR) for n in names]
    folders = -(-(len(names) + 1) * 128 // _SECTOR)
    fat, start, starts = [_FAT], 1 + folders, []
    fat += [*range(2, 1 + folders), _END]
    for size in sizes:
        starts.append(start)
        fat += [*range(start + 1, start + size), _END]
        start += size
    fat += [_FREE] * (_SECTOR // 4 - len(fat))
    entries = [_entry("Root Entry", 5, 1 if names else _FREE, _FREE, _END, 0)]
    for number, name in enumerate(names):
        following = number + 2 if number + 1 < len(names) else _FREE
        entries.append(_entry(name, 2, _FREE, following, starts[number], len(streams[name])))
    directory = b"".join(entries).ljust(folders * _SECTOR, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0, 0)
    header += struct.pack("<I", _FREE) * 108
    body = b"".join(streams[n].ljust(s * _SECTOR, b"\0") for n, s in zip(names, sizes, strict=True))
    return header + struct.pack(f"<{len(fat)}I", *fat) + directory + body


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw), kind, 1, _FREE, right, child)
        + b"\0" * 36
        + struct.pack("<III", start, size, 0)
    )
