"""Who is promoted: a registrable domain, a host on a shared platform, an address, a chat account or a number."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import parse_qs, unquote, urlsplit

from pharmcheck.reading.chat_hosts import HOSTS
from pharmcheck.target import registrable_domain

# Paths of buttons and tools, behind which nobody's account stands.
_SHARING = frozenset(("", "share", "sharer", "iv", "joinchat", "send", "msg", "addstickers", "download", "dl"))
_CHAT_SCHEMES = {"tg": "telegram", "whatsapp": "whatsapp", "viber": "viber", "skype": "skype", "sgnl": "signal"}


@cache
def _platforms() -> tuple[frozenset[str], dict[str, int]]:
    table = tomllib.loads(files("pharmcheck.audit").joinpath("platforms.toml").read_text("utf-8"))
    return frozenset(table["subdomains"]), {host: int(depth) for host, depth in table["paths"].items()}


@lru_cache(maxsize=8192)
def domain_of(host: str) -> str:
    """Return the domain that one owner holds: the registrable one, or the name below a platform's (`shop.fc2.com`)."""
    shared, _ = _platforms()
    domain = registrable_domain(host)
    labels = host.removeprefix("www.").split(".")
    for i in range(1, len(labels) - 1):
        if ".".join(labels[i:]) in shared:
            return ".".join(labels[i - 1 :])
    return domain


def is_shared(host: str) -> bool:
    """True for a name below a platform of many owners, and for one whose paths are owners."""
    shared, paths = _platforms()
    bare = host.removeprefix("www.")
    return bare in paths or registrable_domain(host) in paths or domain_of(host).partition(".")[2] in shared


def identity_of(url: str, host: str) -> str:
    """Return who is behind an address: `telegram:name`, `whatsapp:+digits`, a domain, or host and path on platforms."""
    chat = account_of(url, host)
    if chat:
        return chat
    _, paths = _platforms()
    bare = host.removeprefix("www.")
    depth = paths.get(bare) or paths.get(registrable_domain(host))
    if depth:
        parts = [p for p in urlsplit(url).path.split("/") if p][:depth]
        return "/".join((bare, *parts))
    return domain_of(host)


def is_chat(host: str) -> bool:
    """True for the hosts of chat services: an account there is somebody, the host itself nobody."""
    return host.removeprefix("www.") in HOSTS


def account_of(url: str, host: str) -> str:
    """Return the chat account that an address opens, "" for other addresses and for buttons to share a page."""
    app = HOSTS.get(host.removeprefix("www."), "").lower()
    if not app:
        return ""
    parts = urlsplit(url)
    path = unquote(parts.path).strip("/").split("/")
    who = parse_qs(parts.query).get("phone", [""])[0] or (
        path[0] if path[0] not in ("s", "c", "u", "p") or len(path) < 2 else path[1]
    )
    who = who or parts.fragment.rpartition("/")[2]
    return "" if who.lower() in _SHARING else account(app, who)


def account_in(text: str) -> str:
    """Return the account that a `tg:`, `whatsapp:`, `tel:` or `sms:` address opens, "" for others."""
    scheme, _, rest = text.partition(":")
    app = _CHAT_SCHEMES.get(scheme.lower())
    if scheme.lower() in ("tel", "sms", "callto"):
        digits = plain_digits(rest.partition("?")[0])
        return f"phone:{digits}" if len(digits) > 7 else ""
    if not app:
        return ""
    query = parse_qs(rest.partition("?")[2])
    who = next(
        (query[k][0] for k in ("phone", "domain", "number", "chat") if k in query), rest.partition("?")[0].strip("/")
    )
    return "" if who.lower() in _SHARING else account(app, who)


def account(app: str, who: str) -> str:
    """Return `app:name`, numbers as `+` and digits."""
    who = who.strip().lstrip("@")
    digits = re.sub(r"\A\+?00", "+", plain_digits(who))
    if len(digits.lstrip("+")) >= 7 and not re.search(r"[^\W\d]", who):
        return f"{app}:{digits if digits.startswith('+') else '+' + digits}"
    return f"{app}:{who.rstrip('.,;:!')}".lower()


def plain_digits(text: str) -> str:
    """Return the digits of a number in ASCII, with `+` where an international prefix is written."""
    digits = "".join(str(int(c)) for c in text if c.isdecimal())
    if text.strip().startswith("+"):
        return "+" + digits
    return "+" + digits[2:] if digits.startswith("00") else digits
