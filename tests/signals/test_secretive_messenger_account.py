"""The signal secretive-messenger-account."""

from __future__ import annotations

from pharmcheck.model import Answer, Operator
from tests.builders import ask, detail, evidence

ID = "secretive-messenger-account"


def test_fires() -> None:
    """Fires on an account that hides its owner, and names it."""
    for value in ("wickr pillking", "telegram @pillshop", "tg pillshop", "session 05ab12"):
        found = ask(ID, evidence(operator=Operator(messengers=(detail("messenger", value),))))
        assert found.answer is Answer.PRESENT
        assert found.quotes[0].note == value


def test_near_miss() -> None:
    """Messengers that small lawful pharmacies use do not fire."""
    for value in ("whatsapp 12125550143", "viber 12125550143", "threema ABCD1234", "signal 12125550143", "line shop"):
        given = evidence(operator=Operator(messengers=(detail("messenger", value),)))
        assert ask(ID, given).answer is Answer.ABSENT
