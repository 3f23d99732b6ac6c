"""Who registered the domain and when: RDAP first, WHOIS where that gives nothing; one referral at most of each."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote, urljoin

from pharmcheck.capture.client import REDIRECTS, next_url
from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.guard import UnreachedError
from pharmcheck.capture.missing import status_of
from pharmcheck.capture.rdap import UnusableError, read_rdap
from pharmcheck.capture.whois_text import read_whois, referral
from pharmcheck.capture.wire import Ask
from pharmcheck.model import Gap, Registration
from pharmcheck.target import host_of

IANA = "whois.iana.org"  # names the WHOIS host of every suffix that has one
_MOST_HOPS = 2  # of one RDAP question
# Servers that want more than the bare name: all fields, in ASCII, in English, of domains only.
_QUESTIONS = {"whois.denic.de": "-T dn,ace {}", "whois.verisign-grs.com": "domain {}", "whois.jprs.jp": "{}/e"}
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_PROOFS = ("registrar", "organisation", "country", "privacy_service", "abuse_email", "abuse_phone")


class RegistrationSearch:
    """The questions about one domain, in the order in which they were asked (`trail`), and what came of them."""

    def __init__(self, domain: str, ask: Ask, now: datetime) -> None:
        self.trail: list[Exchange] = []
        self._domain = domain
        self._ask_network = ask
        self._now = now

    async def run(self, rdap: str, whois: str) -> Registration | Gap:
        """Return the registration; a Gap that tells what each server did where none could be had."""
        whys: list[str] = []
        for way, server in ((self._by_rdap, rdap), (self._by_whois, whois)):
            if way == self._by_rdap and not server:
                continue
            try:
                return await way(server)
            except UnusableError as error:
                whys.append(str(error))
                if self._denied():
                    break
        return Gap("registration", f"registration of {self._domain}: {'; '.join(whys)}")

    def _denied(self) -> bool:
        """Tell whether the registry itself said that it has no such domain: then nobody else has."""
        return self.trail[-1].status == 404

    async def _by_rdap(self, base: str) -> Registration:
        answer = await self._get(urljoin(base, f"domain/{quote(self._domain)}"))
        found, further = read_rdap(answer, self._domain, self._now)
        if further and not (found.organisation or found.privacy_service or found.country):
            try:
                more, _ = read_rdap(await self._get(further), self._domain, self._now)
            except UnusableError:
                return found  # the registry's own answer stands
            return _joined(found, more)
        return found

    async def _get(self, url: str) -> Exchange:
        for _ in range(_MOST_HOPS + 1):
            answer = await self._ask(url)
            if answer.status not in REDIRECTS:
                break
            try:
                url = next_url(answer)
            except UnreachedError as error:
                raise UnusableError(str(error)) from None
            if not url.startswith("https://"):
                raise UnusableError(f"{host_of(answer.url)} redirected to something that is not asked: {url[:80]}")
        if answer.error:
            raise UnusableError(answer.error)
        if answer.status == 404:
            raise UnusableError(f"{host_of(answer.url)} holds no {self._domain} (HTTP 404)")
        if answer.status != 200:
            raise UnusableError(status_of(answer))
        return answer

    async def _by_whois(self, server: str) -> Registration:
        server = server or await self._named_by_iana()
        answer = await self._whois(server)
        found = await asyncio.to_thread(read_whois, answer, self._domain, self._now)
        further = referral(answer)
        known = found.organisation or found.privacy_service or found.country or found.redacted
        if further and further != server and not known and _HOST.fullmatch(further):
            try:
                answer = await self._whois(further)
                more = await asyncio.to_thread(read_whois, answer, self._domain, self._now)
            except UnusableError:
                return found
            return _joined(found, more)
        return found

    async def _named_by_iana(self) -> str:
        suffix = self._domain.rpartition(".")[2]
        answer = await self._ask(f"whois://{IANA}/{suffix}")
        server = referral(answer)
        if answer.error:
            raise UnusableError(answer.error)
        if not _HOST.fullmatch(server):
            raise UnusableError(f"no server is known that tells of .{suffix}")
        return server

    async def _whois(self, server: str) -> Exchange:
        answer = await self._ask(f"whois://{server}/{quote(_QUESTIONS.get(server, '{}').format(self._domain))}")
        if answer.error:
            raise UnusableError(answer.error)
        return answer

    async def _ask(self, url: str) -> Exchange:
        answer = await self._ask_network(url)
        self.trail.append(answer)
        return answer


def _joined(registry: Registration, registrar: Registration) -> Registration:
    """Return the registry's facts with what only the registrar tells; dates are the registry's, who is in charge of them."""
    added = {f: getattr(registrar, f) for f in _PROOFS if getattr(registrar, f) and not getattr(registry, f)}
    quotes = (*registry.quotes, *((f, registrar.quote(f)) for f in added))
    return replace(registry, **added, redacted=registry.redacted or registrar.redacted, quotes=quotes)
