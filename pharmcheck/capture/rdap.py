"""RDAP answers on domains (RFC 9083) → Registration."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

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
from pharmcheck.model import Quote, Registration
from pharmcheck.target import TargetError, host_of, normal_url

_MOST = 50  # events, entities, statuses, links: real answers have fewer than ten of each
_EVENTS = {"registration": "created", "expiration": "expires", "last changed": "updated"}


class UnusableError(ValueError):
    """An answer tells nothing that can be used; the message is a sentence for people."""


def read_rdap(exchange: Exchange, domain: str, now: datetime) -> tuple[Registration, str]:
    """Return the registration that an RDAP answer tells, and the address of the registrar's own answer ("" for none).

    Raises UnusableError for an answer that is not whole, no RDAP, or about something else.
    """
    host = host_of(exchange.url)
    answer = _json(exchange, host)
    named = {tidy(answer.get(key)).lower().rstrip(".") for key in ("ldhName", "unicodeName")}
    if answer.get("objectClassName", "domain") != "domain" or not named & {domain, _unicode(domain)}:
        raise UnusableError(f"{host} answered about something else than {domain}")
    quotes: list[tuple[str, Quote]] = []
    times: dict[str, Any] = {}
    for event in _dicts(answer.get("events")):
        field, written = _EVENTS.get(tidy(event.get("eventAction")).lower(), ""), tidy(event.get("eventDate"))
        when = believable(_time(written), now, ahead=field == "expires")
        if field and when and field not in times:
            times[field] = when
            quotes.append((field, quote_from(exchange, written, field)))
    who = _people(answer, exchange, quotes) | _complaints(answer, exchange, quotes)
    registration = Registration(
        domain,
        "rdap",
        **times,
        **who,
        statuses=tuple(sorted({tidy(s) for s in _list(answer.get("status"))} - {""})),
        name_servers=tuple(
            sorted({tidy(n.get("ldhName")).lower().rstrip(".") for n in _dicts(answer.get("nameservers"))} - {""})
        ),
        quotes=tuple(quotes),
    )
    return registration, _referral(answer, exchange.url)


def _json(exchange: Exchange, host: str) -> Mapping[str, Any]:
    if exchange.cut:
        raise UnusableError(f"the answer of {host} is not whole")
    try:
        answer = json.loads(exchange.body)
    except (ValueError, RecursionError):
        raise UnusableError(f"{host} answered something that is not RDAP") from None
    if not isinstance(answer, dict) or "objectClassName" not in answer:
        raise UnusableError(f"{host} answered something that is not RDAP")
    return answer


def _people(answer: Mapping[str, Any], exchange: Exchange, quotes: list[tuple[str, Quote]]) -> dict[str, Any]:
    """Return registrar, organisation, country and privacy service; names of persons are passed over."""
    found: dict[str, Any] = {"redacted": bool(_list(answer.get("redacted")))}
    for entity in _entities(answer):
        roles = _roles(entity)
        card = list(_card(entity))
        names = [v for kind, _, v in card if kind in ("org", "fn") and v]
        if "registrar" in roles and names and "registrar" not in found:
            found["registrar"] = next((v for kind, _, v in card if kind == "fn" and v), names[0])
            quotes.append(("registrar", quote_from(exchange, found["registrar"], "registrar")))
        if "registrant" not in roles:
            continue
        country = next((c for kind, c, _ in card if kind == "adr" and c), "")
        organisation = next((v for kind, _, v in card if kind == "org" and v), "")
        service = next((v for v in names if PRIVACY_SERVICE.search(v) and not REDACTED.search(v)), "")
        withheld = any(REDACTED.search(v) for v in names) or any(
            REDACTED.search(tidy(r.get("title"))) for r in _dicts(entity.get("remarks"))
        )
        found["redacted"] = found["redacted"] or withheld
        given = {"privacy_service": service, "country": country}
        if not service and not REDACTED.search(organisation):
            given["organisation"] = organisation
        for field, value in given.items():
            if value and not found.get(field):
                found[field] = value
                quotes.append((field, quote_from(exchange, value, f"registrant: {field.replace('_', ' ')}")))
    return found


def _complaints(answer: Mapping[str, Any], exchange: Exchange, quotes: list[tuple[str, Quote]]) -> dict[str, str]:
    """Return where the registrar, or the registry, takes complaints (role `abuse` of RFC 9083, 10.2.4): nobody's name."""
    found: dict[str, str] = {}
    for entity in _dicts(answer.get("entities")):
        below = _dicts(entity.get("entities")) if "registrar" in _roles(entity) else []
        for role in (e for e in (entity, *below) if "abuse" in _roles(e)):
            for kind, _, written in _card(role):
                field, read = {"email": ("abuse_email", mail_address), "tel": ("abuse_phone", telephone)}.get(
                    kind, ("", tidy)
                )
                value = read(written) if field else ""
                if value and field not in found:
                    found[field] = value
                    quotes.append((field, quote_from(exchange, written, "the registrar's contact for abuse")))
    return found


def _roles(entity: Mapping[str, Any]) -> list[str]:
    return [tidy(role).lower() for role in _list(entity.get("roles"))]


def _entities(answer: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for entity in _dicts(answer.get("entities")):
        yield entity
        yield from _dicts(entity.get("entities"))


def _card(entity: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield the properties of a jCard (RFC 7095) as kind, country code ("" unless an address), text."""
    card = _list(entity.get("vcardArray"))
    for entry in _list(card[1])[:_MOST] if len(card) > 1 else ():
        if not (isinstance(entry, list) and len(entry) > 3 and isinstance(entry[0], str)):
            continue
        value = entry[3]
        if entry[0] == "adr":
            parameters = entry[1] if isinstance(entry[1], dict) else {}
            last = tidy(value[-1]) if isinstance(value, list) and value else ""
            code = tidy(parameters.get("cc")) or last  # RFC 8605: the code stands in `cc`, elsewhere in its place
            yield "adr", code.upper() if len(code) == 2 and code.isascii() and code.isalpha() else "", ""
        else:
            yield entry[0], "", tidy(value[0] if isinstance(value, list) and value else value)


def _referral(answer: Mapping[str, Any], own: str) -> str:
    """Return where the registrar's answer stands: a thin registry links to it (RFC 7480, RDAP profile of ICANN)."""
    for link in _dicts(answer.get("links")):
        href = tidy(link.get("href"))
        wanted = link.get("rel") == "related" and "rdap" in tidy(link.get("type"))
        if not (wanted and href.startswith("https://")):
            continue
        try:
            url, _ = normal_url(href)
        except TargetError:
            continue
        if url != own:
            return url
    return ""


def _time(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _unicode(domain: str) -> str:
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain


def _list(value: object) -> list[Any]:
    return value[:_MOST] if isinstance(value, list) else []


def _dicts(value: object) -> list[dict[str, Any]]:
    return [v for v in _list(value) if isinstance(v, dict)]
