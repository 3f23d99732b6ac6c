"""A site from what someone has at hand: one saved page (HTML, plain text, an e-mail), or nothing but the name."""

from __future__ import annotations

import html
from datetime import datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path

from pharmcheck.capture.body import is_text
from pharmcheck.model import Gap, Page, Site, Target
from pharmcheck.reading.page import read_page
from pharmcheck.target import parse_target

MAX_FILE_BYTES = 20_000_000
_MAX_PARTS = 1_000  # of a message; hostile ones hold tens of thousands


def saved_page(path: Path, url: str, *, now: datetime) -> Site:
    """Return a site of one page, the one saved in `path`, as if it stood at `url` at the time `now`.

    `.eml` files give their HTML part, else their text, below subject and sender. Raises TargetError, OSError.
    """
    target = parse_target(url)
    with path.open("rb") as file:
        body = file.read(MAX_FILE_BYTES + 1)
    gaps = [Gap("site", f"only the saved page {path.name} was read; nothing of {target.host} was fetched")]
    if len(body) > MAX_FILE_BYTES:
        gaps.append(Gap("page", f"only the first {MAX_FILE_BYTES // 1_000_000} MB of {path.name} were read"))
        body = body[:MAX_FILE_BYTES]
    content_type = "text/plain" if path.suffix.lower() in (".txt", ".text", ".md") else "text/html"
    if path.suffix.lower() == ".eml":
        body, content_type = _letter(body)
    if not is_text(content_type, body):
        return Site(target, now, (), (Gap("pages", f"{path.name} is not a text"), *gaps))
    page = read_page(
        target.url, body, content_type=content_type, role="pasted" if target.is_page else "home", status=200
    )
    return Site(target, now, (page,), (*_shell(page, path), *gaps))


def offline(target: Target, now: datetime) -> Site:
    """Return a site without pages: nothing was asked of the network."""
    return Site(target, now, (), (Gap("pages", f"no page of {target.host} was read, as asked (offline)"),))


def _shell(page: Page, path: Path) -> tuple[Gap, ...]:
    return (
        (Gap(page.role, f"{path.name}: a page of the kind “{page.shell}” stands in place of content"),)
        if page.shell
        else ()
    )


def _letter(data: bytes) -> tuple[bytes, str]:
    """Return subject and sender, then the body of a message, as one HTML page in UTF-8."""
    message = message_from_bytes(data)
    parts = [p for p, _ in zip(message.walk(), range(_MAX_PARTS), strict=False) if p.get_content_maintype() == "text"]
    best = next((p for p in parts if p.get_content_subtype() == "html"), parts[0] if parts else None)
    text = _text(best) if best else ""
    if best is None or best.get_content_subtype() != "html":
        text = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.splitlines())
    subject, sender = (html.escape(_header(message, name)) for name in ("Subject", "From"))
    top = f"<title>{subject}</title>\n<p>From: {sender}</p>\n"
    return (top + text).encode("utf-8", "replace"), "text/html; charset=utf-8"


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


def _header(message: Message, name: str) -> str:
    value = str(message.get(name, ""))
    try:
        return " ".join(str(make_header(decode_header(value))).split())
    except (HeaderParseError, LookupError, ValueError):
        return " ".join(value.split())
