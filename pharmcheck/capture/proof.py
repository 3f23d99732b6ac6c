"""What readers of raw answers share: quotes with their place in the body, believable dates, words of privacy services."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime

from pharmcheck.capture.exchange import Exchange
from pharmcheck.model import Quote

# Names of services that stand in a registrant's place. What a registry withholds by itself ("redacted") is no service.
PRIVACY_SERVICE = re.compile(
    r"privacy|\bproxy\b|proxies|whois\s?guard|withheld|anonymi[sz]e|id(?:entity)? (?:shield|protect)|domain protection",
    re.IGNORECASE,
)
REDACTED = re.compile(r"redacted|not disclosed|data protected|gdpr|statutory masking|non[- ]public", re.IGNORECASE)
_ADDRESS = re.compile(
    r"[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
_SPACED, _NUMBER = re.compile(r"[\s().-]"), re.compile(r"\+\d{6,15}")
_MAX_NAME = 200
# What JSON of another shape than ours, in a recording by anybody, raises on the way to a value.
WRONG_SHAPE = (ValueError, TypeError, KeyError, OverflowError, RecursionError)


def quote_from(exchange: Exchange, value: str, note: str) -> Quote:
    """Return a quote of `value` as it stands in the body; without text where it stands there in other letters."""
    raw = value.encode("utf-8", "surrogatepass")
    at = exchange.body.find(raw) if value else -1
    if at < 0:
        return Quote(exchange.url, "", note, hashlib.sha256(exchange.body).hexdigest())
    return Quote(exchange.url, value[:200], note, hashlib.sha256(exchange.body).hexdigest(), at)


def mail_address(written: str) -> str:
    """Return one mail address in lower case, "" for anything else."""
    address = written.strip().lower().removeprefix("mailto:")
    return address if _ADDRESS.fullmatch(address) else ""


def telephone(written: str) -> str:
    """Return a number with its country's code as `+` and digits (RFC 3966, ITU-T E.164), "" for anything else."""
    number = _SPACED.sub("", written.strip().lower().removeprefix("tel:").partition(";")[0].partition("x")[0])
    return number if _NUMBER.fullmatch(number) else ""


def believable(when: datetime | None, now: datetime, *, ahead: bool = False) -> datetime | None:
    """Return a time in UTC; None for one before there were domains, or after `now` unless it may lie `ahead`."""
    if when is None:
        return None
    try:
        when = (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    latest = now.year + (110 if ahead else 0)  # .com is sold for ten years, some suffixes for a hundred
    return when if when.year >= 1985 and (when.year <= latest if ahead else when <= now) else None


def tidy(value: object) -> str:
    """Return a name on one line, at most 200 characters, "" for what is no text."""
    return " ".join(value.split())[:_MAX_NAME] if isinstance(value, str) else ""
