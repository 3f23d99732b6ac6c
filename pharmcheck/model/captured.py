"""What was given and what was captured: target, page, site, gap, quote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pharmcheck.model.network import Certificate, Hosting, Names, Registration


@dataclass(frozen=True, slots=True)
class Target:
    """What someone gave us, normalised.

    `url` is absolute http(s); `host` is lower-case ASCII (punycode); `domain` is the registrable domain, private
    suffixes counted (`shop.github.io` is its own domain), or the host itself for an address or a bare suffix.
    """

    input: str
    url: str
    host: str
    domain: str

    @property
    def is_page(self) -> bool:
        """True when a path or query was given: then that page is judged, and its host is spared."""
        rest = self.url.split("://", 1)[-1].partition("/")[2]
        return bool(rest.strip("/"))


@dataclass(frozen=True, slots=True)
class Gap:
    """Stands where an artifact could not be had, and says why, in a sentence for people."""

    artifact: str
    why: str


NO_REGISTRATION = Gap("registration", "the registration of the domain was not looked up")
NO_DNS = Gap("dns", "the DNS was not asked")
NO_CERTIFICATE = Gap("tls", "the certificate was not looked at")
NO_HOSTING = Gap("hosting", "nobody looked up in whose network the host is")
REST_OF_PAGE = "rest of a page"  # an artifact: a page was not read to its end
FIRST = frozenset({"home", "pasted"})  # roles of the pages where people arrive
NO_SUCH_NAME = "the name does not exist or has no address"  # why a site was not found in the DNS
NOT_PUBLIC = "address"  # an artifact: it was never contacted, because it is not public
CONTROLLED_CHECKOUT = "checkout of controlled medicines"  # an artifact: they go into a cart, and no more was seen


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim piece of a saved record, or, with empty text, what was sought and where.

    `text` is at most 200 characters, taken letter for letter; our own words go into `note`. `digest` is the
    sha256 of the record's body; `offset` counts bytes in that body, None where the text is not from a body.
    """

    url: str
    text: str
    note: str = ""
    digest: str = ""
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink: absolute `url`, visible `text` (or the image's alt text), `rel` as written."""

    url: str
    text: str
    rel: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A form field. `kind` is the input type, or `select`, `textarea`, `button`; `label` what a visitor reads."""

    kind: str
    name: str
    label: str
    required: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form: absolute `action`, upper-case `method`, its fields, and its visible text."""

    action: str
    method: str
    fields: tuple[Field, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """An image: absolute `url`, `alt` text, and `link`, the absolute address that a click opens ("" if none)."""

    url: str
    alt: str
    link: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One fetched page, parsed once.

    `text` begins with the title and the meta description, one line each, then the visible text, one line a block.
    `source` is the decoded body; `digest` the sha256 of its bytes. `role` says why it was fetched: `home`,
    `pasted`, `contact`, `about`, `faq`, `prescription`, `shipping`, `returns`, `terms`, `privacy`, `product`,
    `checkout`, `issuer` (a seal's page on its issuer's host) or `register` (a register's answer). `shell` names what
    stood in place of content:
    `bot-wall`, `parked`, `javascript`, `login`, `empty`, or "". `cut` is true where more stands on the page than was read.
    """

    url: str
    role: str
    status: int
    text: str
    title: str = ""
    language: str = ""
    links: tuple[Link, ...] = ()
    forms: tuple[Form, ...] = ()
    images: tuple[Image, ...] = ()
    structured: tuple[Mapping[str, Any], ...] = ()
    source: str = ""
    charset: str = "utf-8"
    digest: str = ""
    shell: str = ""
    hops: tuple[str, ...] = ()
    cut: bool = False

    def quote(self, start: int, end: int, note: str = "") -> Quote:
        """Return the text from `start` to `end` of `text` as a quote of at most 200 characters."""
        return Quote(self.url, self.text[start : min(end, start + 200)], note, self.digest)


class Visitor(StrEnum):
    """As whom an address is asked for; `ordinary` is the check itself, under its own name and without a Referer."""

    ORDINARY = "ordinary"
    SEARCHER = "searcher"
    CRAWLER = "crawler"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Hop:
    """An address that passed a visitor on, and how: `HTTP 302` …, `meta refresh`, `script` or `frame`."""

    url: str
    how: str


@dataclass(frozen=True, slots=True)
class View:
    """What one visitor got who asked for `asked`: the hops, `url` where they end, and the page there.

    The page may be an answer with an HTTP error (its `status` tells), for that is what the visitor got.
    """

    visitor: Visitor
    asked: str
    hops: tuple[Hop, ...]
    url: str
    page: Page | Gap


@dataclass(frozen=True, slots=True)
class Picture:
    """What visitors see of the page at `url`, drawn by a browser: a PNG, and its sha256.

    `png` is b"" in a report that was read back: the picture itself is in the recording.
    """

    url: str
    digest: str
    png: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Site:
    """Everything captured about one target at one time. `captured` is an aware UTC time.

    `registers` are the answers of registers that were asked about it: pages of theirs, none of the site. `views` are
    the home page and the pasted page as several visitors see them, the ordinary one first, and, where scripts led it on,
    what it got without them. What the network tells of its name and host is looked up in a live check only; `pictures`
    of the home page and the pasted page are made where a browser was asked for.
    """

    target: Target
    captured: datetime
    pages: tuple[Page, ...]
    gaps: tuple[Gap, ...] = ()
    registers: tuple[Page, ...] = ()
    views: tuple[View, ...] = ()
    registration: Registration | Gap = NO_REGISTRATION
    dns: Names | Gap = NO_DNS
    tls: Certificate | Gap = NO_CERTIFICATE
    hosting: tuple[Hosting, ...] | Gap = NO_HOSTING
    pictures: tuple[Picture, ...] = ()
