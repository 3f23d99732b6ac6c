"""A link that leads off its host: parted into the host by itself and the site on which everybody ends. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pharmcheck.model import Page, Site, Target, View, Visitor
from pharmcheck.model.captured import NO_CERTIFICATE, NO_DNS, NO_HOSTING, NO_REGISTRATION
from pharmcheck.reading.differences import led_away
from pharmcheck.target import TargetError, host_of, parse_target, registrable_domain

_OF_THE_HOST = frozenset({"registration", "dns", "tls", "hosting"})  # what was looked up tells nothing of the landing


@dataclass(frozen=True, slots=True)
class Parted:
    """The `host` that was given, `landing`, to which its link leads, and whether `all` of the host leads there: its home page."""

    host: Site
    landing: Site
    all: bool


def part(site: Site) -> Parted | None:
    """Return the two sites of a link whose visitors all end at another domain, None for one that stays."""
    try:
        landed = parse_target(end_elsewhere(site.views, site.target))
    except TargetError:
        return None
    own = tuple(p for p in site.pages if _on(site.target, p.url))
    host = replace(site, pages=tuple(p for p in own if p.role != "pasted"), views=(), registers=(), pictures=())
    landing = replace(
        site,
        target=replace(landed, input=site.target.input),
        pages=tuple(_at(landed, p) for p in site.pages if p not in own),
        gaps=tuple(gap for gap in site.gaps if gap.artifact not in _OF_THE_HOST),
        registers=(),
        registration=NO_REGISTRATION,
        dns=NO_DNS,
        tls=NO_CERTIFICATE,
        hosting=NO_HOSTING,
    )
    return Parted(host, landing, not site.target.is_page)


def led_off(views: Sequence[View], target: Target) -> tuple[View, ...]:
    """Return the ordinary views of addresses of the target's domain whose visitors all end at another one."""
    return tuple(view for view in led_away(views) if _on(target, view.asked))


def end_elsewhere(views: Sequence[View], target: Target) -> str:
    """Return the address at another domain at which everybody ends who opens the target, "" where it does not lead off."""
    way = next((v for v in views if v.visitor is Visitor.ORDINARY and _same(v.asked, target.url)), None)
    return way.url if way and way.hops and not _on(target, way.url) else ""


def led_from(views: Sequence[View], target: Target) -> str:
    """Return the address that led to the site which was judged, "" where that is the one that was given."""
    ways = (v for v in views if v.visitor is Visitor.ORDINARY and not _on(target, v.asked) and _on(target, v.url))
    return max((way.asked for way in ways), key=len, default="")  # the pasted page rather than its home


def _same(one: str, other: str) -> bool:
    """True for one address; a name that is read over http, because over https nobody answers, is the same."""
    return one.partition("://")[2] == other.partition("://")[2]


def _on(target: Target, url: str) -> bool:
    return registrable_domain(host_of(url)) == target.domain


def _at(landed: Target, page: Page) -> Page:
    """Return a page as one of the landing: where that is a home page, it is what was pasted."""
    return replace(page, role="home") if page.role == "pasted" and not landed.is_page else page
