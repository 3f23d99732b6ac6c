"""What someone has at hand, files, folders, archives, standard input, to messages; nothing hostile stops it."""

from __future__ import annotations

import codecs
import io
import re
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from pharmcheck.audit.crawls import read_wacz, read_warc
from pharmcheck.audit.formats import formats
from pharmcheck.audit.kinds import kind_of
from pharmcheck.audit.mailbox import read_mailbox
from pharmcheck.audit.message import (
    MAX_MESSAGE_BYTES,
    Broken,
    Message,
    mail_messages,
    picture_message,
    text_message,
)
from pharmcheck.audit.packed import read_zip, unzipped
from pharmcheck.audit.pictures import with_codes
from pharmcheck.audit.stamps import files_below
from pharmcheck.audit.tables import read_parquet, read_table
from pharmcheck.reading.decode import MAX_SOURCE_BYTES, decode, shown

_MAX_TEXT_BYTES = 1_000_000  # a text is read in pieces of this size, cut at a line's end
_MAX_HTML_BYTES = 10_000_000
_WIDE = ("utf-16", "utf-32")  # a line's end is several bytes there, of which one alone may be that of another sign
_ONE_WORD = re.compile(rb"\s*\S{1,2048}\s*\Z")
_NO_TEXT = (
    "this is no kind of file that is read: "
    "text, table, JSON, Parquet, HTML, mail, mailbox, picture, ZIP, WARC, WACZ or HAR"
)


class Text(Protocol):
    """What a text is read from: an open file, or one whose charset is changed on the way."""

    def read(self, size: int = ..., /) -> bytes: ...

    def readline(self, size: int = ..., /) -> bytes: ...


def read_inputs(paths: Iterable[str], stdin: BinaryIO, column: str = "") -> Iterator[Message | Broken]:
    """Yield the messages of each path in turn: a file, a folder of any mix, or `-` for standard input.

    A file is named as it was given, one in a folder by its path there.
    """
    for given in paths:
        yield from with_codes(_given(given, stdin, column), "stdin" if given == "-" else given)


def _given(given: str, stdin: BinaryIO, column: str) -> Iterator[Message | Broken]:
    path = Path(given)
    if given == "-":
        yield from _standard_input(stdin, column)
    elif path.is_dir():
        for inside in files_below(path):
            name = str(inside.relative_to(path))
            if inside.resolve().is_relative_to(path.resolve()):
                yield from _one(inside, name, column)
            else:
                yield Broken(name, "", "it is a link that leads out of the folder; give the file itself")
    else:
        yield from _one(path, given, column)


def _standard_input(stdin: BinaryIO, column: str) -> Iterator[Message | Broken]:
    """Yield the messages of standard input; what comes through a pipe stands on the disk meanwhile, however much it is."""
    if stdin.seekable():
        yield from read_file(stdin, "stdin", column)
        return
    with tempfile.TemporaryFile() as held:
        shutil.copyfileobj(stdin, held)
        held.seek(0)
        yield from read_file(cast(BinaryIO, held), "stdin", column)


def _one(path: Path, name: str, column: str) -> Iterator[Message | Broken]:
    """Yield the messages of one file; what goes wrong is a named line, never the end."""
    try:
        with path.open("rb") as file:
            if path.suffix.lower() == ".parquet" or _peek(file, 4) == b"PAR1":
                yield from read_parquet(path, name, column)
            else:
                yield from read_file(file, name, column)
    except OSError as error:
        yield Broken(name, "", f"this file cannot be opened: {error.strerror or error}")


def _peek(file: BinaryIO, size: int) -> bytes:
    start = file.tell()
    head = file.read(size)
    file.seek(start)
    return head


def read_bytes(data: bytes, name: str, column: str = "", depth: int = 0) -> Iterator[Message | Broken]:
    """Yield the messages of a file that is in memory."""
    yield from read_file(io.BytesIO(data), name, column, depth)


def read_file(file: BinaryIO, name: str, column: str = "", depth: int = 0) -> Iterator[Message | Broken]:
    """Yield the messages of an open file, by its name's end and by how it begins."""
    head = _peek(file, 8192)
    if not head:
        return
    readers: dict[str, Callable[[], Iterator[Message | Broken]]] = {
        "wacz": lambda: read_wacz(file, name),
        "warc": lambda: read_warc(file, name),
        "zip": lambda: _zip(file, name, column, depth),
        "gzip": lambda: _gzip(file, name, column, depth),
        "parquet": lambda: _parquet(file, name, column),
        "mailbox": lambda: read_mailbox(file, name),
        "mail": lambda: mail_messages(name, "", file.read(MAX_MESSAGE_BYTES + 1)),
        "table": lambda: read_table(file, name, column),
        "html": lambda: _html(file, name),
        "picture": lambda: iter([picture_message(name, file.read(MAX_MESSAGE_BYTES))]),
        "text": lambda: _text(file, name, head),
    }
    kind = kind_of(name, head, column)
    if kind in readers:
        yield from readers[kind]()
    elif kind in formats():
        yield from formats()[kind].read(file, name, column)
    else:
        yield Broken(name, "", _NO_TEXT)


def _zip(file: BinaryIO, name: str, column: str, depth: int) -> Iterator[Message | Broken]:
    for member in read_zip(file):
        if member.why:
            yield Broken(name, member.name, member.why)
        elif depth and member.content.startswith(b"PK\x03\x04"):
            yield Broken(name, member.name, "an archive inside an archive inside an archive is not opened")
        else:
            yield from read_bytes(member.content, f"{name}!{member.name}", column, depth + 1)


def _gzip(file: BinaryIO, name: str, column: str, depth: int) -> Iterator[Message | Broken]:
    if _first_bytes(_peek(file, 8192)).startswith(b"WARC/"):
        yield from read_warc(file, name)
        return
    data, wrong = unzipped(file)
    if wrong:
        yield Broken(name, "", wrong)
    if depth > 1 or data.startswith(b"\x1f\x8b"):
        yield Broken(name, "", "a packed file inside a packed file is not opened")
    else:
        yield from read_bytes(data, name.removesuffix(".gz"), column, depth + 1)


def _first_bytes(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(packed, 64)
    except zlib.error:
        return b""


def _parquet(file: BinaryIO, name: str, column: str) -> Iterator[Message | Broken]:
    """Yield the rows of a Parquet file that is in memory, by way of a temporary one, as its reader wants a path."""
    with tempfile.NamedTemporaryFile(suffix=".parquet") as held:
        shutil.copyfileobj(file, held)
        held.flush()
        yield from read_parquet(Path(held.name), name, column)


def _html(file: BinaryIO, name: str) -> Iterator[Message | Broken]:
    body = file.read(_MAX_HTML_BYTES + 1)
    if len(body) > _MAX_HTML_BYTES:
        yield Broken(name, "", f"only the first {_MAX_HTML_BYTES // 1_000_000} MB of this page were read")
    yield text_message(name, "", _readable(body[:_MAX_HTML_BYTES]), "text/html")


def _readable(body: bytes) -> str:
    """Return the text of bytes; `decode` reads its first part, more is taken in the same charset."""
    text, charset = decode(body)
    if len(body) > MAX_SOURCE_BYTES:
        text = body.decode(charset, "replace")
    return shown(text)


def _text(file: BinaryIO, name: str, head: bytes) -> Iterator[Message | Broken]:
    """Yield a text as one message, in pieces if it is long; a list of addresses line by line."""
    text, charset = decode(head)
    if charset in _WIDE:
        narrow = codecs.EncodedFile(file, "utf-8", charset, "replace")
        yield from _pieces(narrow, name) if not _is_list(text.encode()) else _lines(narrow, name, "utf-8")
    elif _is_list(head):
        yield from _lines(file, name, charset)
    else:
        yield from _pieces(file, name)


def _is_list(head: bytes) -> bool:
    lines = [line for line in head.splitlines()[:200] if line.strip()]
    return len(lines) > 1 and sum(bool(_ONE_WORD.match(line)) for line in lines) >= 0.9 * len(lines)


def _lines(file: Text, name: str, charset: str) -> Iterator[Message]:
    number = 0
    while line := file.readline(_MAX_TEXT_BYTES):
        number += 1
        if line.strip():
            yield text_message(name, f"line {number}", line.decode(charset, "replace").strip())


def _pieces(file: Text, name: str) -> Iterator[Message]:
    number = 0
    while piece := file.read(_MAX_TEXT_BYTES):
        piece += file.readline(_MAX_TEXT_BYTES)
        number += 1
        whole = number == 1 and len(piece) < _MAX_TEXT_BYTES
        yield text_message(name, "" if whole else f"part {number}", _readable(piece))
