"""The signal safety-programme-medicine-for-sale."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pharmcheck.model import Answer, Operator, Programme, Rung
from tests.builders import address, ask, evidence, medicine, offer, prescription, statement

ID = "safety-programme-medicine-for-sale"
BOUND = medicine("isotretinoin", programmes=(Programme("Sample REMS", "US", since=date(2020, 1, 1)),))


def test_fires() -> None:
    """Fires on a medicine whose programme is in force on the day of the capture."""
    found = ask(ID, evidence(offers=(offer(BOUND),)))
    assert found.answer is Answer.PRESENT
    assert "Sample REMS (US)" in found.quotes[0].note


def test_near_miss() -> None:
    """A programme that had ended, or a form that takes the prescription."""
    ended = replace(BOUND, programmes=(Programme("Sample REMS", "US", until=date(2026, 10, 31)),))
    assert ask(ID, evidence(offers=(offer(ended),))).answer is Answer.ABSENT
    upload = prescription(done=[statement(Rung.UPLOAD)])
    assert ask(ID, evidence(offers=(offer(BOUND),), prescription=upload)).answer is Answer.ABSENT


def test_programmes_of_other_countries() -> None:
    """A programme of Japan counts for a shop that names Japan, and for no other."""
    abroad = replace(BOUND, programmes=(Programme("Sample committee", "JP"),))
    assert ask(ID, evidence(offers=(offer(abroad),))).answer is Answer.ABSENT
    operator = Operator(addresses=(address("JP"),))
    assert ask(ID, evidence(offers=(offer(abroad),), operator=operator)).answer is Answer.PRESENT
