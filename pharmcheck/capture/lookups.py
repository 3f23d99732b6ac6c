"""Looks up what the network tells of a name and a host, beside the crawl: registration, DNS, certificate, hosting."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from pharmcheck.capture.budget import Budget
from pharmcheck.capture.certificates import read_certificate
from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.guard import UnreachedError, refuse_name
from pharmcheck.capture.hosting import SCHEME, ask_tables, look_up_hosting
from pharmcheck.capture.names import ask_names
from pharmcheck.capture.options import CaptureOptions, parse_connect_to
from pharmcheck.capture.registration import RegistrationSearch
from pharmcheck.capture.servers import servers_for
from pharmcheck.capture.wire import Ask, Wire
from pharmcheck.model import Certificate, Gap, Hosting, Names, Registration, Site, Target
from pharmcheck.model.captured import NO_HOSTING
from pharmcheck.target import domain_of_registration, is_address

_RESERVED = frozenset(("example", "test", "invalid"))


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What was found, and all answers as they came, in an order that does not depend on who answered first."""

    registration: Registration | Gap
    dns: Names | Gap
    tls: Certificate | Gap
    exchanges: tuple[Exchange, ...]
    hosting: tuple[Hosting, ...] | Gap = NO_HOSTING

    def on(self, site: Site) -> Site:
        """Return the site with what was found; what could not be had is a gap of it as well."""
        found = (self.registration, self.dns, self.tls, self.hosting)
        gaps = (*site.gaps, *(f for f in found if isinstance(f, Gap) and f is not NO_HOSTING))
        site = replace(site, registration=self.registration, dns=self.dns, tls=self.tls)
        return replace(site, hosting=self.hosting, gaps=gaps)


def is_asked(target: Target, options: CaptureOptions) -> bool:
    """Tell whether anybody is asked about the target: not of names for examples (RFC 2606), which nobody registers.

    A rule that leads the name servers elsewhere makes an exception.
    """
    rules = map(parse_connect_to, options.connect_to)
    led = any(rule.port == "53" or not (rule.host or rule.port) for rule in rules)
    return options.look_ups and (led or target.host.rpartition(".")[2] not in _RESERVED)


async def look_up_live(target: Target, options: CaptureOptions, budget: Budget) -> LookedUp:
    """Look everything up over the network, all at once, within wire's time and budget. Raises nothing for what it does."""
    async with Wire(options, budget) as wire:
        return await look_up(target, options, wire.ask, ask_tables)


async def look_up(target: Target, options: CaptureOptions, ask: Ask, tables: Ask | None) -> LookedUp:
    """Look everything up through `ask`, and the addresses in `tables`, None for a recording from before there were any.

    Of a name inside a private network nobody outside is told.
    """
    try:
        if not is_address(target.host):
            refuse_name(target.host, 443)
    except UnreachedError as error:
        why = f"look-ups: {error}"
        return LookedUp(Gap("registration", why), Gap("dns", why), Gap("tls", why), ())
    (registration, asked), (dns, answers), shown = await asyncio.gather(
        _registration(target, options, ask), _names(target, ask), ask(f"tls://{_authority(target)}/")
    )
    tls = await asyncio.to_thread(read_certificate, shown)
    found = LookedUp(registration, dns, tls, (*asked, *answers, shown))
    if tables is None or isinstance(dns, Gap) or not dns.addresses:
        return found
    hosting, told = await look_up_hosting(dns.addresses, tables)
    return replace(found, hosting=hosting, exchanges=(*found.exchanges, *told))


def recorded_tables(exchanges: Iterable[Exchange]) -> Ask | None:
    """Return an Ask for what the tables told when it was recorded, None where they were not yet asked."""
    told = [exchange for exchange in exchanges if exchange.url.startswith(SCHEME)]
    return recorded(told) if told else None


def recorded(exchanges: Iterable[Exchange]) -> Ask:
    """Return an Ask that answers from a recording and says so where it has nothing."""
    held = {exchange.url: exchange for exchange in exchanges}

    async def ask(url: str) -> Exchange:
        return held.get(url) or Exchange(url, error=f"{url} is not in this recording")

    return ask


def servers(target: Target, options: CaptureOptions) -> tuple[str, str]:
    """Return the RDAP base and the WHOIS host that are asked about the target."""
    return options.registration_servers or servers_for(domain_of_registration(target.host))


async def _registration(
    target: Target, options: CaptureOptions, ask: Ask
) -> tuple[Registration | Gap, tuple[Exchange, ...]]:
    if is_address(target.host):
        return Gap("registration", f"registration: {target.host} is an address, which nobody registers"), ()
    domain = domain_of_registration(target.host)
    if domain != target.domain:
        why = (
            f"{target.domain} is a name below {domain}, whose owner hands such names out: its registration says nothing"
        )
        return Gap("registration", f"registration: {why}"), ()
    search = RegistrationSearch(domain, ask, options.now)
    return await search.run(*servers(target, options)), tuple(search.trail)


async def _names(target: Target, ask: Ask) -> tuple[Names | Gap, tuple[Exchange, ...]]:
    if is_address(target.host):
        return Gap("dns", f"DNS: {target.host} is an address, not a name"), ()
    return await ask_names(target.host, target.domain, ask)


def _authority(target: Target) -> str:
    """Return host and port at which the certificate is looked at: the target's own where it is https."""
    parts = urlsplit(target.url)
    host = f"[{target.host}]" if ":" in target.host else target.host
    return f"{host}:{parts.port or 443}" if parts.scheme == "https" else f"{host}:443"
