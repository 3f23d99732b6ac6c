"""What one check may ask of the network, requests and bytes, shared by all who ask: pages, other visitors, look-ups.

What runs beside the pages has requests kept for it; the others are free. Where only kept ones are left, a page waits until
those for whom they are kept have ended, and takes what they left over. So neither starves the other, and a page is given
up for what others need, not for who answered first.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine
from enum import Enum
from typing import Any, Self, TypeVar

from pharmcheck.capture.options import CaptureOptions

T = TypeVar("T")
LOOK_UP_REQUESTS = 3  # registry and registrar, by RDAP or WHOIS, and a hop, or the first way where it gives nothing
LOOK_UP_SHARE = 8  # an eighth of the bytes: three answers of RDAP of the greatest length, and the DNS
REGISTER_REQUESTS = 20  # eight questions, their robots.txt and hops: asked for apart, so they come on top
HANDSHAKE_BYTES = 8_000  # of TLS, with a chain of certificates; they are not seen one by one


class Share(Enum):
    """For what a request is made."""

    PAGES = "pages"
    ISSUERS = "issuers of seals"
    VIEWS = "other visitors"
    LOOK_UPS = "look-ups"


class Budget:
    """The requests and bytes that one check has left."""

    def __init__(self, requests: int, size_bytes: int, *, look_ups: bool = False) -> None:
        self._requests = requests
        self._size_bytes = size_bytes
        self._kept: dict[Share, int] = {}
        self._used: Counter[Share] = Counter()
        apart = size_bytes // LOOK_UP_SHARE if look_ups else 0
        self._left_bytes = {True: apart, False: size_bytes - apart}  # for look-ups, and for all others together
        self._ended = asyncio.Event()

    @classmethod
    def of(cls, options: CaptureOptions) -> Self:
        """Return the budget of a check under these options."""
        return cls(options.requests_allowed, options.max_site_bytes, look_ups=options.look_ups)

    @property
    def asked(self) -> int:
        """How many requests were made."""
        return self._used.total()

    def add(self, requests: int) -> None:
        """Allow further requests."""
        self._requests += requests

    def keep(self, share: Share, requests: int) -> None:
        """Keep requests for what runs beside the pages, as far as they are free, until it ends."""
        self._kept[share] = self._kept.get(share, self._used[share]) + min(requests, max(0, self._free()))

    def end(self, share: Share) -> None:
        """Give back what was kept for what has ended, and was not used."""
        if self._kept.pop(share, None) is not None:
            self._ended.set()
            self._ended = asyncio.Event()

    def beside(
        self, group: asyncio.TaskGroup, share: Share, requests: int, work: Coroutine[Any, Any, T]
    ) -> asyncio.Task[T]:
        """Begin what runs beside the pages, with so many requests kept for it until it has ended."""
        self.keep(share, requests)

        async def run() -> T:
            try:
                return await work
            finally:
                self.end(share)

        return group.create_task(run())

    async def room(self, requests: int = 1) -> None:
        """Wait until so many requests are free, or nothing more can come back."""
        while self._free() < requests and any(n > self._used[share] for share, n in self._kept.items()):
            await self._ended.wait()

    async def take(self, share: Share, *, waits: bool = True) -> str:
        """Take one request; return why there is none, "" where there is one."""
        if waits and share not in self._kept:
            await self.room()
        if why := self.spent(share):
            return why
        if self._used[share] >= self._kept.get(share, 0) and self._free() <= 0:
            return f"the {self._requests} requests of a check were used"
        self._used[share] += 1
        return ""

    def read(self, share: Share, size_bytes: int) -> bool:
        """Count bytes that came; tell whether more may be read."""
        self._left_bytes[share is Share.LOOK_UPS] -= size_bytes
        return not self.spent(share)

    def spent(self, share: Share) -> str:
        """Return the sentence that says that no more bytes may be read, "" where they may."""
        left = self._left_bytes[share is Share.LOOK_UPS]
        return f"the {self._size_bytes / 1_000_000:g} MB of a check were read" if left <= 0 else ""

    def _free(self) -> int:
        """Return how many requests are neither used nor kept for somebody."""
        return self._requests - sum(max(self._kept.get(share, 0), self._used[share]) for share in Share)
