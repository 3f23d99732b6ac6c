"""Redirectors undone without the network: the address to which one leads, where it carries that inside."""

from __future__ import annotations

import base64
import binascii
import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import parse_qsl, unquote, urlsplit

from pharmcheck.model import Target
from pharmcheck.target import TargetError, has_public_suffix, host_of, normal_url, parse_target, registrable_domain

_MAX_HOPS = 6
_MAX_URL_CHARS = 4_096
_INSIDE = re.compile(
    r"(?<=[^a-zA-Z0-9])https?(?::|%(?:25){0,3}3a)(?:[/\\]|%(?:25){0,3}(?:2f|5c)){1,2}[^\s\"'<>]{4,}", re.IGNORECASE
)
# Base64 and hexadecimal digits of "http" at the beginning of a segment or value.
_CODED = re.compile(r"(?<=[/=])(?:(?P<base64>aHR0c[\w+/-]{8,})|(?P<hex>68747470(?:[0-9a-f]{2}){6,}))", re.ASCII)
_LEADING = re.compile(r"[%/\\]|www\.", re.IGNORECASE)  # without one of these no value of a query is an address
_RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
# Fields that say from where, not to where.
_ORIGIN = re.compile(
    r"(?:^|[?&;])(?:ref|refer\w*|src|source|from|origin|utm_\w+|via|campaign|s|aff\w*)=\Z", re.IGNORECASE
)
_TARGET_NAMES_WORDS = """
    url u q to target link dest destination redirect redirect_uri redirect_url redir r goto go out next href site
    uri l adurl ued rurl nurl returnurl return_url continue location desturl click_url murl jump mpre loc e d
"""
_TARGET_NAMES = frozenset(_TARGET_NAMES_WORDS.split())


@dataclass(frozen=True, slots=True)
class Redirector:
    """A service by its host; where the address stands in its URL, and how it is written."""

    host: re.Pattern[str]
    path: re.Pattern[str] | None
    fields: tuple[str, ...]
    coding: str
    opaque: bool


@cache
def _table() -> tuple[Redirector, ...]:
    rows = tomllib.loads(files("pharmcheck").joinpath("redirectors.toml").read_text("utf-8"))["redirector"]
    return tuple(
        Redirector(
            re.compile(rf"(?:.*\.)?(?:{row['host']})\Z"),
            re.compile(row["path"]) if "path" in row else None,
            tuple(row.get("fields", ())),
            row.get("coding", "plain"),
            bool(row.get("opaque")),
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """Where an address leads: `via` are the hosts of the redirectors undone; `opaque` one that hides where it leads.

    `known` tells that the first redirector is a service that we know, and not any site's address with another inside.
    """

    url: str
    host: str
    via: tuple[str, ...] = ()
    opaque: bool = False
    known: bool = False


def parse_link(text: str) -> Target:
    """Return the target that `text` means; where that is a link of a known service that leads on, the one to which it leads.

    An open redirect of any other site is not undone: its owner could name a lawful pharmacy there and show something else.
    Raises TargetError.
    """
    given = parse_target(text)
    url, host = given.url, given.host
    for _ in range(_MAX_HOPS):
        inner = next(filter(None, (_inner(service, url) for service in _services(host))), None)
        if inner is None:
            break
        url, host = inner
    return given if url == given.url else replace(given, url=url, host=host, domain=registrable_domain(host))


def unwrap(url: str, host: str) -> Unwrapped:
    """Return where `url` leads as far as its text tells, through at most six redirectors."""
    via: list[str] = []
    known = bool(_services(host))
    for _ in range(_MAX_HOPS):
        inner, opaque = _step(url, host)
        if not inner:
            return Unwrapped(url, host, tuple(via), opaque, known)
        via.append(host)
        url, host = inner
    return Unwrapped(url, host, tuple(via), known=known)


def _step(url: str, host: str) -> tuple[tuple[str, str] | None, bool]:
    opaque = False
    for service in _services(host):
        inner = _inner(service, url)
        if inner:
            return inner, False
        opaque = opaque or (service.opaque and (service.path is None or bool(service.path.search(_after(url)))))
    if opaque:
        return None, True
    return _open(url, host), False


@cache
def _hosts() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{s.host.pattern})" for s in _table()))


@lru_cache(maxsize=4_096)  # lists name a host many times
def _services(host: str) -> tuple[Redirector, ...]:
    return tuple(s for s in _table() if s.host.match(host)) if _hosts().match(host) else ()


def _after(url: str) -> str:
    """Return path and query."""
    return "/" + url.split("/", 3)[3] if url.count("/") > 2 else "/"


def _inner(service: Redirector, url: str) -> tuple[str, str] | None:
    after = _after(url)
    found = service.path.search(after) if service.path else None
    if service.path and not found:
        return None
    if service.fields:
        for name, value in parse_qsl(urlsplit(url).query.replace("&&", "&")):
            plain = _coded(value, service.coding) if name.lower() in service.fields else ""
            if inner := _address(_written(plain) or plain):
                return inner
        return None
    if found and "url" in found.re.groupindex:
        return _address(_coded(found["url"], service.coding))
    return _address(_coded(host_of(url), service.coding)) if service.coding == "dashed-host" else None


def _coded(value: str, coding: str) -> str:
    """Undo the way in which a service writes the address."""
    if coding == "proofpoint2":
        return unquote(re.sub(r"-([0-9A-Fa-f]{2})", r"%\1", value).replace("_", "/"))
    if coding == "proofpoint3":
        address, _, signs = value.partition("__;")
        return _starred(address, signs)
    if coding == "base64":
        return unbase64(value.removeprefix("a1") if value.startswith("a1aHR0c") else value)
    if coding == "dashed-host":
        label = value.split(".", maxsplit=1)[0]
        return re.sub("--", "\0", label).replace("-", ".").replace("\0", "-")
    if coding == "json":
        found = re.search(r"https?:\\*/\\*/[^\"\s]+", unbase64(value))
        return found[0].replace("\\", "") if found else ""
    return value


def _starred(url: str, signs: str) -> str:
    """Put back the signs for which Proofpoint writes stars: one for `*`, a run for `**` and a letter (A is two)."""
    plain = iter(unbase64(signs))

    def sign(match: re.Match[str]) -> str:
        run = 1 if not match[1] else 2 + _RUNS.index(match[1])
        return "".join(next(plain, "") for _ in range(run))

    return re.sub(r"\*(?:\*([A-Za-z0-9_-]))?", sign, url)


def _address(text: str) -> tuple[str, str] | None:
    """Return the address that `text` is, percent-encoded or bare."""
    for _ in range(3):
        if "%" not in text[:12] and not (re.match(r"[^/?#]*%", text) and "://" not in text):
            break
        text = unquote(text)
    text = re.sub(r"\A(https?):[/\\]{1,2}(?=[^/\\])", r"\1://", text.strip().lstrip("*"), flags=re.IGNORECASE)
    if not re.match(r"https?://", text, re.IGNORECASE):
        host = re.split(r"[/?#:]", text, maxsplit=1)[0].lower()
        if not (re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", host) and has_public_suffix(host)):
            return None
        text = "http://" + text
    try:
        url, host = normal_url(text[:_MAX_URL_CHARS])
    except TargetError:
        return None
    return (url, host) if "." in host and not host.startswith(".") else None


def _open(url: str, host: str) -> tuple[str, str] | None:
    """Return the address inside that of an open redirect: as a parameter's whole value, as the rest of the path, or coded."""
    found = _INSIDE.search(url, len(host) + 8)
    if found and not _ORIGIN.search(url, 0, found.start()):
        inner, before = found[0], url[found.start() - 1]
        if before in "=&?" and "%" not in inner[:12]:
            inner = inner.partition("&")[0] if "?" not in inner else inner
        elif "%" in inner[:12]:
            inner = inner.partition("&")[0]
        return _address(inner)
    query = url.partition("?")[2]
    leads = "=" in query and len(query) < 2_000 and _LEADING.search(query)
    for name, value in parse_qsl(query) if leads else ():
        if name.lower() in _TARGET_NAMES and (written := _written(value)) and (inner_address := _address(written)):
            return inner_address
    coded = _CODED.search(url, len(host) + 8)
    if coded is None or _ORIGIN.search(url, 0, coded.start()):
        return None
    return _address(unbase64(coded[0]) if coded["base64"] else bytes.fromhex(coded[0]).decode("utf-8", "replace"))


def _written(value: str) -> str:
    """Return the address that a value is as browsers read it: with a scheme, without one (`//host`), or `www.`; else ""."""
    value = re.sub(r"\Ahxxp(?=s?:)", "http", value.strip().replace("\\", "/"), flags=re.IGNORECASE)
    if re.match(r"//+[^/]", value):
        return f"http://{value.lstrip('/')}"
    return value if value.lower().startswith(("www.", "http://", "https://")) else ""


def unbase64(text: str) -> str:
    """Return what base64, plain or URL-safe, stands for, "" where it is none."""
    plain = text.replace("-", "+").replace("_", "/").rstrip("=")
    plain = plain[: len(plain) - (len(plain) % 4 == 1)]
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
