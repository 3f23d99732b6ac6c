"""Messenger accounts of an operator, from links and from text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote

from pharmcheck.model import Detail, Page
from pharmcheck.reading.chat import account_in, find_written
from pharmcheck.reading.chat_hosts import CONTACTS
from pharmcheck.reading.passages import quote_of
from pharmcheck.target import host_of

_APP = re.compile(r"(?:whatsapp|tg|viber|wickr|sgnl):", re.IGNORECASE)
_NO_CONTACT = re.compile(r"^(?:share|sharer|iv|joinchat)?/?$|^(?:share|send)/?$")


def read_messengers(page: Page) -> Iterator[Detail]:
    """Yield messenger accounts as `app account`, from links and from text; share buttons are no accounts."""
    for link in page.links:
        found = _messenger_link(link.url)
        if found:
            yield Detail("messenger", found, quote_of(page, link.url))
    for app, who, start, end in find_written(page):
        yield Detail("messenger", f"{app} {who}".lower(), page.quote(start, end))


def _messenger_link(url: str) -> str:
    """Return app and account of a link, "" for one that opens no account."""
    if not url.startswith("http") and _APP.match(url):
        scheme, _, rest = url.partition(":")
        query = parse_qs(rest.partition("?")[2])
        account = next((query[key][0] for key in ("phone", "domain", "number") if key in query), "")
        return f"{scheme.lower()} {account}" if account else ""
    app = CONTACTS.get(host_of(url).removeprefix("www."), "").lower()
    account = account_in(url) if app else ""
    return "" if not app or _NO_CONTACT.match(account) else f"{app} {unquote(account).strip().lower()}"
