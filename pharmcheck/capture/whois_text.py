"""WHOIS answers (RFC 3912) → Registration: python-whois parses, we decide whether it was an answer at all."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.proof import (
    PRIVACY_SERVICE,
    REDACTED,
    believable,
    mail_address,
    quote_from,
    telephone,
    tidy,
)
from pharmcheck.capture.rdap import UnusableError
from pharmcheck.model import Quote, Registration

_NONE = re.compile(
    r"^[^\w\n]{0,20}(?:no match\b|not found\b|no (?:data|entries|object|record)s? (?:was |were )?found|domain not found|nothing found|"
    r"status:\s*(?:free|available)\b|no such domain|the domain has not been registered|object does not exist)",
    re.IGNORECASE | re.MULTILINE,
)
_BUSY = re.compile(
    r"(?:limit|quota|rate|maximum)\b.{0,60}\b(?:exceed|reach)|exceeded|too (?:many|fast)|try again|temporarily|"
    r"access (?:is )?(?:denied|restricted)|blacklist|blocked|refused",
    re.IGNORECASE,
)
_REFERRAL = re.compile(
    r"^[ \t]*(?:Registrar WHOIS Server|whois|refer)[ \t]*:[ \t]*(?:whois://)?([a-z0-9.-]+\.[a-z0-9-]+)/?[ \t]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
_ABUSE = re.compile(
    r"^[ \t]*(?:Registrar )?Abuse Contact (Email|Phone)[ \t]*:[ \t]*([^\r\n]{1,200})", re.IGNORECASE | re.MULTILINE
)
_MOST_TEXT, _MOST_LINES, _MOST_IN_LINE = 16_000, 400, 300  # answers have 1 to 5 KB in 30 to 150 lines
_RUN, _BLANK = re.compile(r"[ \t]{40,}"), re.compile(r"\n{3,}")
# Suffixes whose own patterns in python-whois 0.9.6 take minutes for 16 KB made to stall them: the general ones read these.
_STALLING = (".hk",)
_MOST_BAD_DATES = 4  # an answer has three
_DATES = {"creation_date": "created", "expiration_date": "expires", "updated_date": "updated"}


def read_whois(exchange: Exchange, domain: str, now: datetime) -> Registration:
    """Return the registration that a WHOIS answer tells. Raises UnusableError: not whole, no such domain, busy, foreign."""
    server = urlsplit(exchange.url).hostname or ""
    text = decoded(exchange)
    if exchange.cut:
        raise UnusableError(f"the answer of {server} is not whole")
    first = tidy(next((line for line in text.splitlines() if line.strip(" \t%#>*-")), ""))[:120]
    try:
        fields = _parsed(domain, text)
    except UnusableError:
        raise UnusableError(f"{server} holds no {domain}") from None
    found = _registration(fields, exchange, domain, text, now)
    if found and (found.created or found.expires or found.registrar or found.name_servers):
        return found
    if _BUSY.search(text):
        raise UnusableError(f"{server} does not answer now: “{first}”")
    if _NONE.search(text):
        raise UnusableError(f"{server} holds no {domain}")
    if not first:
        raise UnusableError(f"{server} closed the connection without an answer")
    raise UnusableError(f"{server} answered something that is not understood: “{first}”")


def referral(exchange: Exchange) -> str:
    """Return the WHOIS host to which an answer refers, "" for none."""
    found = _REFERRAL.search(decoded(exchange))
    return found[1].lower() if found else ""


def decoded(exchange: Exchange) -> str:
    """Return the text: UTF-8, or else Latin-1, in which every byte is a letter; the keys are ASCII in both."""
    try:
        return exchange.body.decode("utf-8")
    except UnicodeDecodeError:
        return exchange.body.decode("latin-1")


def _bounded(text: str) -> str:
    """Return the text within the bounds of real answers: the patterns that read it take quadratic time and more."""
    short = (_RUN.sub(" ", line[:_MOST_IN_LINE].rstrip()) for line in text[:_MOST_TEXT].splitlines()[:_MOST_LINES])
    return _BLANK.sub("\n\n", "\n".join(short)) + "\n"


def _parsed(domain: str, text: str) -> dict[str, Any]:
    """Return the fields that python-whois finds; UnusableError where it knows the answer as "no such domain"."""
    from whois.exceptions import (  # noqa: PLC0415 - on use: it takes 0.1 s
        WhoisDomainNotFoundError,
        WhoisError,
        WhoisUnknownDateFormatError,
    )
    from whois.parser import WhoisEntry  # noqa: PLC0415

    text = _bounded(text)
    try:
        for _ in range(_MOST_BAD_DATES):
            try:
                return dict(WhoisEntry(domain, text) if domain.endswith(_STALLING) else WhoisEntry.load(domain, text))
            except WhoisUnknownDateFormatError as error:  # for one date it gives up the whole answer
                text = text.replace(str(error).removeprefix("Unknown date format: "), "")
        return {}
    except WhoisDomainNotFoundError:
        raise UnusableError(domain) from None
    except (WhoisError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError):
        return {}  # what its patterns trip over is no answer that we understand


def _registration(
    fields: dict[str, Any], exchange: Exchange, domain: str, text: str, now: datetime
) -> Registration | None:
    """Return what the fields tell, None where they are about another domain or about none."""
    named = {tidy(v).lower().rstrip(".") for v in _many(fields.get("domain_name"))}
    if (named and domain not in named) or (not named and domain not in text.lower()):
        return None
    quotes: list[tuple[str, Quote]] = []
    given = _dates(fields, exchange, text, now, quotes)
    given |= _holder(fields, exchange, quotes)
    given |= _complaints(text, exchange, quotes)
    hosts = {tidy(v).split(" ")[0].lower().rstrip(".") for v in _many(fields.get("name_servers"))} - {"", domain}
    return Registration(
        domain,
        "whois",
        **given,
        redacted=any(REDACTED.search(n) for n in _holders(fields)),
        statuses=tuple(sorted({tidy(v).split(" http")[0] for v in _many(fields.get("status"))} - {""})),
        name_servers=tuple(sorted(hosts)),
        quotes=tuple(quotes),
    )


def _dates(
    fields: dict[str, Any], exchange: Exchange, text: str, now: datetime, quotes: list[tuple[str, Quote]]
) -> dict[str, Any]:
    """Return when the domain was registered, changed and ends, of several dates the first one."""
    given: dict[str, Any] = {}
    for key, field in _DATES.items():
        times = [t for t in _many(fields.get(key)) if isinstance(t, datetime)]
        when = believable(min(times, default=None, key=_order), now, ahead=field == "expires")
        if when:
            given[field] = when
            quotes.append((field, quote_from(exchange, _line(text, when), field)))
    return given


def _holders(fields: dict[str, Any]) -> list[str]:
    return [tidy(v) for key in ("org", "registrant_org", "name", "registrant_name") for v in _many(fields.get(key))]


def _holder(fields: dict[str, Any], exchange: Exchange, quotes: list[tuple[str, Quote]]) -> dict[str, Any]:
    """Return registrar, organisation, country and privacy service; names of persons are passed over."""
    service = next((n for n in _holders(fields) if PRIVACY_SERVICE.search(n) and not REDACTED.search(n)), "")
    organisation = next((tidy(v) for key in ("org", "registrant_org") for v in _many(fields.get(key))), "")
    code = next((tidy(v).upper() for key in ("country", "registrant_country") for v in _many(fields.get(key))), "")
    words = {
        "registrar": next((tidy(v) for v in _many(fields.get("registrar"))), ""),
        "privacy_service": service,
        "organisation": "" if service or REDACTED.search(organisation) else organisation,
        "country": code if re.fullmatch("[A-Z]{2}", code) else "",
    }
    given = {field: value for field, value in words.items() if value}
    quotes += [(field, quote_from(exchange, value, field.replace("_", " "))) for field, value in given.items()]
    return given


def _complaints(text: str, exchange: Exchange, quotes: list[tuple[str, Quote]]) -> dict[str, Any]:
    """Return where the registrar takes complaints."""
    given: dict[str, Any] = {}
    for kind, written in _ABUSE.findall(_bounded(text)):
        field, value = f"abuse_{kind.lower()}", (mail_address if kind.lower() == "email" else telephone)(written)
        if value and field not in given:
            given[field] = value
            quotes.append((field, quote_from(exchange, written.strip(), "the registrar's contact for abuse")))
    return given


def _many(value: object) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value)[:50] if isinstance(value, (list, tuple)) else [value]


def _order(when: datetime) -> float:
    try:
        return when.timestamp()
    except (OverflowError, ValueError):
        return float("inf")


def _line(text: str, when: datetime) -> str:
    """Return the line of the answer in which a date stands, in whatever spelling: it has year and day."""
    marks = (f"{when.year}", f"{when.day:02}")
    lines = (" ".join(line.split()) for line in text.splitlines())
    return next((line for line in lines if line in text and all(m in line for m in marks)), "")
