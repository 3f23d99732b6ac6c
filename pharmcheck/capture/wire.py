"""Asks one question of the network and returns the answer as an Exchange: RDAP, WHOIS, DNS, a TLS handshake.

The address says what is asked: `https://…` (RDAP), `whois://SERVER/QUERY`, `dns:NAME?type=TYPE` (RFC 4501),
`tls://HOST:PORT/`. Every connection is judged by the guard; only the name servers of this machine are taken as they are.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Protocol
from urllib.parse import unquote, urlsplit

import httpcore

from pharmcheck.capture.budget import HANDSHAKE_BYTES, Budget, Share
from pharmcheck.capture.causes import explain
from pharmcheck.capture.client import Client, ssl_context
from pharmcheck.capture.exchange import Exchange
from pharmcheck.capture.guard import GuardedBackend, UnreachedError
from pharmcheck.capture.options import CaptureOptions, parse_connect_to
from pharmcheck.capture.resolver import query
from pharmcheck.capture.visitors import USER_AGENT

LOOK_UPS_S = 20.0  # for all that is asked: two slow servers, and no third
WHOIS_S = 8.0
DNS_S = 5.0
MAX_WHOIS_BYTES = 64_000  # answers have 1 to 5 KB
MAX_RDAP_BYTES = 256_000  # answers have 3 to 30 KB
_HEADERS = {"User-Agent": USER_AGENT, "Accept": "application/rdap+json", "Accept-Encoding": "gzip, deflate"}


class Ask(Protocol):
    """Answers a question, whatever happens, with an Exchange."""

    async def __call__(self, url: str) -> Exchange: ...


class Wire(AbstractAsyncContextManager["Wire", None]):
    """Asks over the network, each question within its own time, all within LOOK_UPS_S. Use it as a context manager.

    RDAP and WHOIS are requests of the check's budget; packets of the DNS and handshakes count by their bytes only.
    """

    def __init__(self, options: CaptureOptions, budget: Budget) -> None:
        self._budget = budget
        self._options = options
        self._rules = tuple(parse_connect_to(rule) for rule in options.connect_to)
        self._http = Client(
            replace(options, site_timeout_s=LOOK_UPS_S, retries=0), headers=_HEADERS, budget=self._budget
        )
        self._end = time.monotonic() + LOOK_UPS_S

    async def __aexit__(self, *raised: object) -> None:
        await self._http.__aexit__(*raised)

    async def ask(self, url: str) -> Exchange:
        """Return what came of one question. Raises nothing for what the network does."""
        parts = urlsplit(url)
        if parts.scheme == "https":
            return await self._http.get(url, MAX_RDAP_BYTES, share=Share.LOOK_UPS)
        ways = {"whois": (self._whois, WHOIS_S), "dns": (self._dns, DNS_S), "tls": (self._tls, DNS_S + DNS_S)}
        way, most_s = ways[parts.scheme]
        limit_s = min(most_s, self._options.timeout_s, self._end - time.monotonic())
        whom = parts.hostname or "the name servers"
        over = f"the {LOOK_UPS_S:g} s for look-ups were over" if limit_s <= 0 else ""
        if why := over or await self._refused(parts.scheme):
            return Exchange(url, error=f"{whom} was not asked, because {why}")
        try:
            async with asyncio.timeout(limit_s):
                return await way(url)
        except TimeoutError:
            return Exchange(url, error=f"no answer from {whom} in {limit_s:.3g} s")
        except UnreachedError as error:
            return Exchange(url, error=str(error))
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError, ValueError) as error:
            return Exchange(url, error=" ".join(explain(error, url)[0].split()))

    async def _refused(self, scheme: str) -> str:
        """Return why the budget lets nothing more be asked, "" where it does."""
        if scheme == "whois":
            return await self._budget.take(Share.LOOK_UPS)
        return self._budget.spent(Share.LOOK_UPS)

    async def _whois(self, url: str) -> Exchange:
        """Send one line, read until the server closes (RFC 3912), at most MAX_WHOIS_BYTES."""
        parts = urlsplit(url)
        backend = GuardedBackend(self._rules, service=43)
        stream = await backend.connect_tcp(parts.hostname or "", 43, self._options.timeout_s)
        body, cut = b"", ""
        try:
            await stream.write(f"{unquote(parts.path[1:])}\r\n".encode("ascii"))
            while chunk := await stream.read(16_384):
                body += chunk
                if not self._budget.read(Share.LOOK_UPS, len(chunk)) or len(body) > MAX_WHOIS_BYTES:
                    body, cut = body[:MAX_WHOIS_BYTES], "length"
                    break
        except (httpcore.ReadError, TimeoutError) as error:
            if not body:
                raise
            cut = "time" if isinstance(error, TimeoutError) else "disconnect"
        finally:
            await stream.aclose()
        return Exchange(url, headers=(("Content-Type", "text/plain"),), body=body, cut=cut)

    async def _dns(self, url: str) -> Exchange:
        parts = urlsplit(url)
        body = await query(parts.path, parts.query.removeprefix("type="), self._rules)
        self._budget.read(Share.LOOK_UPS, len(body))
        return Exchange(url, headers=(("Content-Type", "application/dns-message"),), body=body)

    async def _tls(self, url: str) -> Exchange:
        """Shake hands as a browser does; where the certificate is refused, once more to see which one it was."""
        context, error = ssl_context(self._options.ca_file), ""
        try:
            der = await self._shake(url, context)
        except (httpcore.ConnectError, ssl.SSLCertVerificationError) as failure:
            refusal = _verification(failure)
            if refusal is None:
                raise
            error = refusal.verify_message
            der = await self._shake(url, _looking())
        pem = ssl.DER_cert_to_PEM_cert(der)
        body = json.dumps({"error": error, "certificate": pem}, ensure_ascii=False, indent=1).encode()
        return Exchange(url, headers=(("Content-Type", "application/json"),), body=body)

    async def _shake(self, url: str, context: ssl.SSLContext) -> bytes:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 443
        backend = GuardedBackend(self._rules)
        self._budget.read(Share.LOOK_UPS, HANDSHAKE_BYTES)
        plain = await backend.connect_tcp(host, port, self._options.timeout_s)
        try:
            stream = await plain.start_tls(context, host, self._options.timeout_s)
        except BaseException:
            await plain.aclose()
            raise
        try:
            der: bytes | None = stream.get_extra_info("ssl_object").getpeercert(binary_form=True)
        finally:
            await stream.aclose()
        if not der:
            raise UnreachedError(f"{host} showed no certificate")
        return der


def _looking() -> ssl.SSLContext:
    """Return a context that refuses nothing: no byte is sent or believed through it, only the certificate is looked at."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _verification(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error
        error = error.__cause__ or error.__context__
    return None
