"""Whether a request that changes something comes from our own page."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.requests import Request

from pharmcheck.web.limits import client_key

_HOURS = 12  # a form that was open for so long still works


def foreign(request: Request, friends: Collection[str] = ()) -> bool:
    """True where the browser says that another site sent the request (Fetch Metadata; else RFC 6454's Origin).

    `friends` are origins that may.
    """
    origin = request.headers.get("origin", "null")
    if origin in friends:
        return False
    site = request.headers.get("sec-fetch-site")
    if site:
        return site not in ("same-origin", "none")
    return origin != "null" and urlsplit(origin).netloc != request.headers.get("host")


def vouched(request: Request) -> bool:
    """True where the browser itself vouches that our own page sent the request."""
    return request.headers.get("sec-fetch-site") in ("same-origin", "none")


class Tokens:
    """Values for hidden fields, good for one client and some hours: for browsers that say nothing of the sender.

    Our pages send no referrer, and then browsers send no origin either; over plain http there is no Sec-Fetch-Site.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def token(self, request: Request, hours_ago: int = 0) -> str:
        """Return the value for the client of `request`."""
        hour = int(time.time() // 3600) - hours_ago
        return hmac.new(self._secret, f"{client(request)} {hour}".encode(), hashlib.sha256).hexdigest()[:32]

    def fits(self, request: Request, token: str) -> bool:
        """True where we gave that value to this client within the last hours."""
        known = (self.token(request, ago) for ago in range(_HOURS))
        return any(hmac.compare_digest(token.encode(), good.encode()) for good in known)


def client(request: Request) -> str:
    """Return the key of the client that a request comes from."""
    return client_key(request.client.host if request.client else "")
