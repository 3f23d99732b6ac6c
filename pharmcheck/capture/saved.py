"""A site from what someone has at hand: one saved page (HTML, a browser's single file, text, an e-mail), or nothing but the name."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import datetime
from email.message import Message
from pathlib import Path

from pharmcheck.capture.body import is_text
from pharmcheck.capture.single_file import SingleFileError, unpacking
from pharmcheck.model import Gap, Page, Site, Target
from pharmcheck.reading.decode import MAX_SOURCE_BYTES
from pharmcheck.reading.mail import header, messages, part_text
from pharmcheck.reading.page import read_page
from pharmcheck.redirectors import parse_link

MAX_FILE_BYTES = 20_000_000  # a message may carry pictures


def saved_page(path: Path, url: str, *, now: datetime) -> Site:
    """Return a site of one page, the one saved in `path`, as if it stood at `url` at the time `now`.

    `.eml` files give their HTML part, else their text, below subject and sender; MHTML and web archives their main page.
    Raises TargetError, OSError.
    """
    target = parse_link(url)
    with path.open("rb") as file:
        body = file.read(MAX_FILE_BYTES + 1)
    gaps = [Gap("site", f"only the saved page {path.name} was read; nothing of {target.host} was fetched")]
    content_type = "text/plain" if path.suffix.lower() in (".txt", ".text", ".md") else "text/html"
    unpack = _letter if path.suffix.lower() == ".eml" else unpacking(path, body)
    if unpack:
        if len(body) > MAX_FILE_BYTES:
            gaps.append(_cut(path, MAX_FILE_BYTES))
        try:
            body, content_type = unpack(body[:MAX_FILE_BYTES])
        except SingleFileError as error:
            return Site(target, now, (), (Gap("pages", f"{path.name} {error}"), *gaps))
        except RecursionError:
            return Site(target, now, (), (Gap("pages", f"{path.name}: its parts are nested beyond all measure"), *gaps))
    if not is_text(content_type, body):
        return Site(target, now, (), (Gap("pages", f"{path.name} is not a text"), *gaps))
    if len(body) > MAX_SOURCE_BYTES:
        gaps.append(_cut(path, MAX_SOURCE_BYTES))
    page = read_page(
        target.url, body, content_type=content_type, role="pasted" if target.is_page else "home", status=200
    )
    return Site(target, now, (page,), (*_shell(page, path), *gaps))


def offline(target: Target, now: datetime) -> Site:
    """Return a site without pages: nothing was asked of the network."""
    return Site(target, now, (), (Gap("pages", f"no page of {target.host} was read, as asked (offline)"),))


def _cut(path: Path, size_bytes: int) -> Gap:
    return Gap("page", f"only the first {size_bytes // 1_000_000} MB of {path.name} were read")


def _shell(page: Page, path: Path) -> tuple[Gap, ...]:
    return (
        (Gap(page.role, f"{path.name}: a page of the kind “{page.shell}” stands in place of content"),)
        if page.shell
        else ()
    )


def _letter(data: bytes) -> tuple[bytes, str]:
    """Return the messages of a file, each as subject, sender and body, as one HTML page in UTF-8."""
    pages = [
        _page(message, parts, "p>Subject: " if number else "title>")
        for number, (message, parts) in enumerate(messages(data))
    ]
    return "\n".join(pages).encode("utf-8", "replace"), "text/html; charset=utf-8"


def _page(message: Message, parts: Sequence[Message], opening: str) -> str:
    """Return a message as HTML: subject (after `<opening`) and sender, then its first HTML part, or else its first text."""
    texts = [p for p in parts if p.get_content_maintype() == "text"]
    best = next((p for p in texts if p.get_content_subtype() == "html"), texts[0] if texts else None)
    text = part_text(best) if best else ""
    if best is None or best.get_content_subtype() != "html":
        text = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.splitlines())
    subject, sender = (html.escape(header(message, name)) for name in ("Subject", "From"))
    return f"<{opening}{subject}</{opening.partition('>')[0]}>\n<p>From: {sender}</p>\n{text}"
