"""HTTP of clients that send what they ask in time: who begins a request and does not go on is cut off."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol


class PromptProtocol(H11Protocol):
    """uvicorn's HTTP with an end for the head of a request, where its own waits for ever and two thousand fill the server."""

    head_s = 10.0  # as nginx in front of us is told; a head is sent in one piece

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """Stop waiting where a head is whole now, and begin where another has only begun."""
        last = self.cycle
        super().data_received(data)
        if self.cycle is not last:
            self._late.cancel()
        elif self._late.cancelled() and last.response_complete:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._late.cancel()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        self._late = self.loop.call_later(self.head_s, self.transport.close)
