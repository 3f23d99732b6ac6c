"""What failures of the network mean: a sentence for people, whether another try may help, and when; pure."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from pharmcheck.target import host_of

# What an exception from below means, from the deepest cause outwards; the sentence gets the host.
_CAUSES: tuple[tuple[type[BaseException], Callable[[str, BaseException], str], bool], ...] = (
    (httpx.TimeoutException, lambda h, _: f"no answer from {h} in time", False),
    (
        ssl.SSLCertVerificationError,
        lambda h, e: f"the certificate of {h} is not to be trusted: {getattr(e, 'verify_message', e)}",
        False,
    ),
    (ssl.SSLError, lambda h, e: f"no TLS connection with {h}: {getattr(e, 'reason', None) or e}", False),
    (ConnectionRefusedError, lambda h, e: f"{h} refused the connection", True),
    (ConnectionResetError, lambda h, e: f"{h} broke the connection off", True),
    (httpx.ConnectError, lambda h, e: f"no connection to {h}: {e or 'the server closed it'}", True),
    (
        httpx.RemoteProtocolError,
        lambda h, e: f"{h} answered something that is not HTTP: {str(e).partition(': bytearray')[0]}",
        False,
    ),
    (httpx.TransportError, lambda h, e: f"the connection to {h} broke: {e or type(e).__name__}", False),
)


def explain(error: BaseException, url: str) -> tuple[str, bool]:
    """Return a sentence for an exception of the network and whether the failure may pass."""
    if "disconnected without sending" in str(error):  # also a kept connection that the server has just given up
        return f"{host_of(url)} closed the connection without an answer", True
    causes = tuple(_chain(error))
    for kind, sentence, transient in _CAUSES:
        for cause in causes:
            if isinstance(cause, kind):
                return sentence(host_of(url), cause), transient
    return f"{host_of(url)} could not be asked: {error}", False


def retry_after_s(text: str, now: datetime) -> float | None:
    """Return the seconds of a Retry-After, in seconds or as a date (RFC 9110, section 10.2.3); None where it says none."""
    text = text.strip()
    if text.isdecimal() and len(text) < 9:
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds())


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
