"""Chat accounts on a page: who is to be written to on Telegram, WhatsApp, Wickr and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from pharmcheck.model import Page
from pharmcheck.reading.chat_hosts import ACCOUNTS
from pharmcheck.reading.landmarks import matches_at
from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.reading.web_addresses import Address

_APPS = {
    "whats": "WhatsApp",
    "teleg": "Telegram",
    "wickr": "Wickr",
    "signa": "Signal",
    "three": "Threema",
    "viber": "Viber",
    "wecha": "WeChat",
    "sessi": "Session",
}
_DIALLED = frozenset(("WhatsApp", "Viber"))  # where accounts are numbers
# A bare word is an account only where it ends its line; a capital begins a sentence, or names a medicine.
_WRITTEN = compile_on_use(
    r"\b(?P<app>what'?s ?app|telegram|wickr(?: ?me)?|signal|threema|viber|wechat|session id)\b"
    r"[^\n\w+@]{0,6}(?:(?:us|at|on|number|no|id|handle|username|user|chat|channel|only|is|me|call|text|or|and|contact|message|write|to)"
    r"\b[^\n\w+@]{0,4}){0,4}"
    r"(?P<who>\+?\d[\d ().-]{6,18}\d|@[A-Za-z]\w{3,31}"
    r"|(?:(?<=[:=] )|(?<=[:=]))(?!(?:available|chat|click|here|none|online|only|soon|support)\b)"
    r"(?-i:[a-z])[\w.]{2,30}\w(?=\.?[ \t]*(?:[|,;•]|$)))",
    re.IGNORECASE | re.MULTILINE,
)
_ARABIC = re.compile(
    r"(?:واتس\s?[اآ]ب|(?P<telegram>ت[يل]+[جي]*رام))[^\n\d@+]{0,24}(?P<after>(?:\+|00)\d{8,14})"
    r"|(?P<before>(?:\+|00)\d{8,14})[^\n\d@+]{0,6}واتس\s?[اآ]ب"
)
_ARABIC_WORDS = ("واتس", "رام")  # one of them stands in each of these
_SHARING = re.compile(r"(?:share|sharer|iv|joinchat|s|c|msg|addstickers)?/?", re.IGNORECASE)
_MOST = 50


class Account(NamedTuple):
    """A chat account: how people call it, its address ("" where the service has none), where it stands in the text."""

    name: str
    url: str
    start: int
    end: int


def opens_account(host: str) -> bool:
    """True for the hosts on which an account is somebody, and the host itself nobody."""
    return host.removeprefix("www.") in ACCOUNTS


class Written(NamedTuple):
    """An account as it is written in a text: the app, a number (digits and `+`) or a name, where it stands."""

    app: str
    who: str
    start: int
    end: int


def find_written(page: Page) -> Iterator[Written]:
    """Yield the accounts that the text of a page names behind the name of an app."""
    for match in matches_at(_WRITTEN, page.text, "messenger"):
        app, who = _APPS[match["app"].lower().replace("'", "")[:5]], match["who"]
        if who[0] == "+" or who[0].isdigit():
            yield Written(app, re.sub(r"[^\d+]", "", who), match.start(), match.end())
        elif who[0] == "@" or app not in _DIALLED:
            yield Written(app, who.lstrip("@"), match.start(), match.end())


def find_accounts(page: Page, addresses: Sequence[Address]) -> Iterator[Account]:
    """Yield at most 50 accounts from `addresses`, those of the page, and 50 from its text.

    Buttons to share a page are no accounts.
    """
    yield from islice(_linked(addresses), _MOST)
    for written in islice(find_written(page), _MOST):
        yield _account(*written)
    arabic = any(word in page.text for word in _ARABIC_WORDS)
    for match in islice(_ARABIC.finditer(page.text), _MOST) if arabic else ():
        number = (match["after"] or match["before"]).removeprefix("00").removeprefix("+")
        yield _account("Telegram" if match["telegram"] else "WhatsApp", number, match.start(), match.end())


def _linked(addresses: Sequence[Address]) -> Iterator[Account]:
    for address in addresses:
        app = ACCOUNTS.get(address.host.removeprefix("www."))
        if not app or address.start < 0:
            continue
        account = account_in(address.url)
        if not _SHARING.fullmatch(account):
            yield _account(app, account.lstrip("@"), address.start, address.end)


def account_in(url: str) -> str:
    """Return the account that a link to such a host opens, "" for none."""
    parts = urlsplit(url)
    account = parse_qs(parts.query).get("phone", [""])[0] or unquote(parts.path).strip("/").partition("/")[0]
    return account or parts.fragment.rpartition("/")[2]


def _account(app: str, account: str, start: int, end: int) -> Account:
    digits = re.sub(r"\D", "", account)
    is_number = len(digits) >= 7 and not re.search(r"[A-Za-z]", account)
    shown = f"+{digits}" if is_number else f"@{account}" if app == "Telegram" else account
    url = ""
    if app == "Telegram" and not is_number:
        url = f"https://t.me/{shown.removeprefix('@')}"
    elif app == "WhatsApp" and is_number:
        url = f"https://wa.me/{digits}"
    return Account(f"{shown} on {app}", url, start, end)
