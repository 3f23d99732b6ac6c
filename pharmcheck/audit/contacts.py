"""Chat accounts and telephone numbers in text: who is promoted where no site is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pharmcheck.audit.identity import account, account_in
from pharmcheck.model import Page
from pharmcheck.reading.chat import find_accounts

_MAX_CHARS = 100_000  # the seller's account stands early; the rest of a long letter is filler
_NUMBER = re.compile(r"\d[\d ().\-\u2010-\u2015/]{6,18}\d")
_OPENED = re.compile(
    r"\b(?:tg|whatsapp|viber|skype|sgnl)://[^\s\"'<>]{3,200}|\bskype:[\w.:-]{3,60}\?\w+", re.IGNORECASE
)
_CALLING_CODE = ("US",)  # a number without a country code, as American spam writes them


@dataclass(frozen=True, slots=True)
class Contact:
    """An account or a number, who it is (`whatsapp:+digits`, `phone:+digits`), where it stands in the text."""

    identity: str
    url: str
    start: int


def find_contacts(text: str) -> Iterator[Contact]:
    """Yield the chat accounts written in a text, then its telephone numbers, each once."""
    page = Page("", "letter", 200, text[:_MAX_CHARS])
    seen: set[str] = set()
    for match in _OPENED.finditer(page.text):
        if (identity := account_in(match[0])) and identity not in seen:
            seen.add(identity)
            yield Contact(identity, match[0], match.start())
    for found in find_accounts(page, ()):
        who, _, app = found.name.rpartition(" on ")
        identity = account(app.lower(), who)
        if identity not in seen:
            seen.add(identity)
            yield Contact(identity, found.url, found.start)
    if not _NUMBER.search(page.text):
        return
    from pharmcheck.reading.phones import read_phones  # noqa: PLC0415 - its tables of all countries take 0.1 s

    numbers = {name.partition(":")[2] for name in seen}
    for phone in read_phones(page, _CALLING_CODE):
        if phone.value not in numbers:
            numbers.add(phone.value)
            yield Contact(f"phone:{phone.value}", f"tel:{phone.value}", max(0, page.text.find(phone.quote.text)))
