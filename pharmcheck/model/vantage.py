"""Where an address shows one visitor something else than another."""

from __future__ import annotations

from dataclasses import dataclass

from pharmcheck.model.captured import Quote, Visitor


@dataclass(frozen=True, slots=True)
class Difference:
    """How a visitor's view of `asked` differs from the ordinary one in what concerns medicines.

    `elsewhere` is true where the visitor is led to another domain, at `url`; otherwise the page in the same place has
    other content. `alike` is the share of words, 0 to 1, that both views have.
    """

    visitor: Visitor
    asked: str
    url: str
    elsewhere: bool
    alike: float
    quotes: tuple[Quote, ...]
