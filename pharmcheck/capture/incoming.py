"""What has come so far of one answer, and the exchange that it makes."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from pharmcheck.capture.body import BodyError, expand
from pharmcheck.capture.exchange import Exchange


class Incoming:
    """What has come so far of one answer, so that a failure in its middle keeps what was read."""

    def __init__(self, max_bytes: int, count: Callable[[int], bool], visitor: str = "") -> None:
        """`count` is told each piece that comes, and tells whether the check may read more."""
        self._max_bytes = max_bytes
        self._count = count
        self._visitor = visitor
        self._raw = bytearray()
        self._response: httpx.Response | None = None
        self._address = self._cut = self._error = ""
        self._transient = self._refused = False

    async def read(self, response: httpx.Response) -> None:
        """Take in the answer up to the cap, or as much as the check may still read."""
        self._response = response
        stream = response.extensions.get("network_stream")
        self._address = str((stream.get_extra_info("server_addr") or ("",))[0]) if stream else ""
        self._cut = response.extensions.get("cut", "")
        self._count(sum(len(name) + len(value) + 4 for name, value in response.headers.raw))
        async for chunk in response.aiter_raw():
            self._raw += chunk
            if not self._count(len(chunk)) or len(self._raw) > self._max_bytes:
                self._cut = "length"
                del self._raw[self._max_bytes :]
                break

    def failed(self, why: str, cut: str = "disconnect", *, transient: bool = False, refused: bool = False) -> None:
        """Note a failure: it costs the answer, or, where a part of the body is there, the rest of it."""
        if self._raw:
            self._cut = cut
        else:
            self._error, self._transient, self._refused = " ".join(why.split()), transient, refused

    def exchange(self, url: str) -> Exchange:
        response = self._response
        if self._error or response is None:
            return Exchange(
                url,
                error=self._error,
                transient=self._transient,
                sent=self._sent(),
                visitor=self._visitor,
                refused=self._refused,
            )
        try:
            body, cut = expand(bytes(self._raw), response.headers.get_list("content-encoding", True), self._max_bytes)
        except BodyError as error:
            return Exchange(url, error=str(error), sent=self._sent(), visitor=self._visitor)
        return Exchange(
            url=url,
            status=response.status_code,
            reason=response.extensions.get("reason_phrase", b"").decode("latin-1"),
            headers=tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in response.headers.raw),
            body=body,
            cut=self._cut or cut,
            address=self._address,
            sent=self._sent(),
            visitor=self._visitor,
        )

    def _sent(self) -> tuple[tuple[str, str], ...]:
        if self._response is None:
            return ()
        return tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in self._response.request.headers.raw)
