"""What the network itself tells of a site: the registration of its domain, its DNS, the certificate of its host."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pharmcheck.model.captured import Quote


@dataclass(frozen=True, slots=True)
class Registration:
    """Who registered a domain and when, as its registry tells. Times are aware, in UTC, None where not published.

    `source` is `rdap` or `whois`. `organisation` is a company, never a person; `country` the registrant's (ISO 3166-1
    alpha-2), both "" where not public. `privacy_service` is the name of one that stands in the registrant's place;
    `redacted` marks a registry that withholds the registrant by itself. `abuse_email` and `abuse_phone` (`+` and digits) are
    where the registrar takes complaints, "" where it names no such place. `quotes` pairs a field with its proof.
    """

    domain: str
    source: str
    created: datetime | None = None
    expires: datetime | None = None
    updated: datetime | None = None
    registrar: str = ""
    organisation: str = ""
    country: str = ""
    privacy_service: str = ""
    redacted: bool = False
    statuses: tuple[str, ...] = ()
    name_servers: tuple[str, ...] = ()
    quotes: tuple[tuple[str, Quote], ...] = ()
    abuse_email: str = ""
    abuse_phone: str = ""

    def quote(self, field: str) -> Quote:
        """Return the proof of a field that is set."""
        return dict(self.quotes)[field]

    def as_dict(self) -> dict[str, Any]:
        """Return the registration as plain JSON values."""
        return {
            "domain": self.domain,
            "source": self.source,
            "created": _written(self.created),
            "expires": _written(self.expires),
            "updated": _written(self.updated),
            "registrar": self.registrar,
            "abuse_email": self.abuse_email,
            "abuse_phone": self.abuse_phone,
            "organisation": self.organisation,
            "country": self.country,
            "privacy_service": self.privacy_service,
            "redacted": self.redacted,
            "statuses": list(self.statuses),
            "name_servers": list(self.name_servers),
        }


@dataclass(frozen=True, slots=True)
class Names:
    """The DNS of a site: addresses of its host; name servers, mail hosts and policies of its domain.

    `answered` are the questions that got an answer (`A`, `AAAA`, `NS`, `MX`, `TXT`, `CAA`, `DMARC`); only of these is
    an empty field an absence. `mail` is `(".",)` where the domain says that it takes no mail (RFC 7505). `quotes` pairs
    a question with its answer.
    """

    host: str
    domain: str
    addresses: tuple[str, ...] = ()
    name_servers: tuple[str, ...] = ()
    mail: tuple[str, ...] = ()
    spf: str = ""
    dmarc: str = ""
    caa: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    quotes: tuple[tuple[str, Quote], ...] = ()

    def quote(self, question: str) -> Quote:
        """Return the answer to a question that was answered."""
        return dict(self.quotes)[question]

    def as_dict(self) -> dict[str, Any]:
        """Return the names as plain JSON values."""
        return {
            "host": self.host,
            "domain": self.domain,
            "addresses": list(self.addresses),
            "name_servers": list(self.name_servers),
            "mail": list(self.mail),
            "spf": self.spf,
            "dmarc": self.dmarc,
            "caa": list(self.caa),
            "answered": list(self.answered),
        }


@dataclass(frozen=True, slots=True)
class Certificate:
    """The certificate that a host showed. `error` is what is wrong with it, in the verifier's words, or "".

    `organisation` is the one whose existence the issuer vouches for, "" where only the name was validated.
    """

    host: str
    issuer: str
    names: tuple[str, ...]
    since: datetime
    until: datetime
    quote: Quote
    organisation: str = ""
    error: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the certificate as plain JSON values."""
        return {
            "host": self.host,
            "issuer": self.issuer,
            "names": list(self.names),
            "since": _written(self.since),
            "until": _written(self.until),
            "organisation": self.organisation,
            "error": self.error,
        }


@dataclass(frozen=True, slots=True)
class Hosting:
    """In whose network an address of the host is, and in which country that lies, by tables on the disk of the capture.

    `asn` is the number of the autonomous system, 0 where no table tells, `name` its holder's, `country` ISO 3166-1 alpha-2,
    both "" where no table tells. `tables` are those that told it, with the days of which they are.
    """

    address: str
    asn: int
    name: str
    country: str
    tables: tuple[str, ...]
    quote: Quote

    def as_dict(self) -> dict[str, Any]:
        """Return the hosting as plain JSON values."""
        return {
            "address": self.address,
            "asn": self.asn,
            "name": self.name,
            "country": self.country,
            "tables": list(self.tables),
        }


def _written(when: datetime | None) -> str | None:
    return when.isoformat(timespec="seconds").replace("+00:00", "Z") if when else None
