"""One request and what came of it: the value that the client makes, the archive keeps and the crawl reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email.message import Message

from pharmcheck.model import Hop

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One GET of `url` and its answer, or `error`, a sentence that says why there is none (then `status` is 0).

    `body` is expanded and at most as long as the cap; `cut` says why it is not whole: `length`, `time`, `disconnect`
    (the words of WARC-Truncated) or "". `address` is the IP address that answered. `transient`: worth another try.
    `visitor` says as whom it was asked, "" for ourselves; `via` how the page before led here (`meta refresh`, `script`,
    `frame`), "" where HTTP did or nothing; `refused` marks an address that is never contacted. `number` is that of the
    request within its check: an answer that was used twice has it twice; 0 where none was made.
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
    visitor: str = ""
    via: str = ""
    refused: bool = False
    number: int = field(default=0, compare=False)

    def header(self, name: str) -> str:
        """Return the first header of that name, "" where there is none."""
        return next((v for k, v in self.headers if k.lower() == name), "")

    @property
    def is_html(self) -> bool:
        kind = Message()
        kind["content-type"] = self.header("content-type")
        return "html" in kind.get_content_type()


def once(exchanges: Iterable[Exchange]) -> Iterator[Exchange]:
    """Yield each exchange where it first stands, for one answer may serve several who asked for it."""
    seen: dict[tuple[int, str, str], Exchange] = {}
    for exchange in exchanges:
        number = exchange.number or -id(exchange)  # what was never asked has no number, but is one object
        key = number, exchange.url, exchange.visitor  # a browser counts its requests apart
        if key not in seen:
            yield seen.setdefault(key, exchange)


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
        """The URLs that led on, in order, without the one that answered."""
        return tuple(e.url for e in self.exchanges[:-1])

    @property
    def ways(self) -> tuple[Hop, ...]:
        """The hops, each with how it led on."""
        pairs = zip(self.exchanges, self.exchanges[1:], strict=False)
        return tuple(Hop(e.url, after.via or f"HTTP {e.status}") for e, after in pairs)

    @property
    def passed(self) -> tuple[tuple[Exchange, tuple[str, ...]], ...]:
        """The pages that led on by their markup, each with the hops before it: they are read as well."""
        urls = self.hops
        return tuple((e, urls[:at]) for at, e in enumerate(self.exchanges[:-1]) if self.exchanges[at + 1].via)
