"""What a reader of a register's page gives back."""

from __future__ import annotations

from dataclasses import dataclass


class StrangeAnswerError(ValueError):
    """A page that a reader does not understand; the message says what is odd about it, for people."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page says: `outcome` as in Enquiry, and `text`, the words of the page that say so.

    `registry` is set where the entry stands in another list of the same body. Never the name of a natural person.
    """

    outcome: str
    text: str
    name: str = ""
    number: str = ""
    domain: str = ""
    note: str = ""
    warned: bool = False
    registry: str = ""
