"""One request and what came of it: the value that the client makes, the archive keeps and the crawl reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import Message

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One GET of `url` and its answer, or `error`, a sentence that says why there is none (then `status` is 0).

    `body` is expanded and at most as long as the cap; `cut` says why it is not whole: `length`, `time`, `disconnect`
    (the words of WARC-Truncated) or "". `address` is the IP address that answered. `transient`: worth another try.
    """

    url: str
    status: int = 0
    reason: str = ""
    headers: Headers = ()
    body: bytes = b""
    cut: str = ""
    error: str = ""
    address: str = ""
    sent: Headers = ()
    transient: bool = field(default=False, compare=False)

    def header(self, name: str) -> str:
        """Return the first header of that name, "" where there is none."""
        return next((v for k, v in self.headers if k.lower() == name), "")

    @property
    def is_html(self) -> bool:
        kind = Message()
        kind["content-type"] = self.header("content-type")
        return "html" in kind.get_content_type()


@dataclass(frozen=True, slots=True)
class Fetched:
    """A URL and the exchanges from it to the last redirect. `error` says why there is no answer to read, or "".

    `forbidden` is true where robots.txt, and nothing else, stood in the way.
    """

    exchanges: tuple[Exchange, ...]
    error: str = ""
    forbidden: bool = False

    @property
    def last(self) -> Exchange:
        return self.exchanges[-1]

    @property
    def hops(self) -> tuple[str, ...]:
        """The URLs that redirected, in order, without the one that answered."""
        return tuple(e.url for e in self.exchanges[:-1])
