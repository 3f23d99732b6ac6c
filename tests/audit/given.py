"""Files of each kind that somebody may give."""

from __future__ import annotations

import io
import zipfile

from pharmcheck.audit.inputs import read_bytes
from pharmcheck.audit.links import find_links
from pharmcheck.audit.message import Broken, Message
from tests.audit.letters import mail


def names(items: list[Message | Broken]) -> list[str]:
    """Return who is promoted by messages, in order."""
    return [f.identity for m in items if isinstance(m, Message) for f in find_links(m) if f.left_out is None]


def read(data: bytes, name: str, column: str = "") -> list[Message | Broken]:
    """Return the messages of a file."""
    return list(read_bytes(data, name, column))


def zipped(**members: bytes) -> bytes:
    """Return a ZIP; `__` in a name is a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


MBOX = b"From a@b.example Thu Jan  1 00:00:00 2026\n" + mail(
    "http://a.pills.example\n\nFrom here you can order\nhttp://b.pills.example"
)
