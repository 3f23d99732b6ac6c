"""The signal high-risk-medicine-by-questionnaire."""

from __future__ import annotations

from pharmcheck.model import Answer, Rung
from tests.builders import ask, evidence, medicine, offer, prescription, statement

ID = "high-risk-medicine-by-questionnaire"
INJECTION = offer(medicine(name="tirzepatide", family="glp1"))


def test_fires() -> None:
    """A slimming injection after a questionnaire, and nothing else."""
    found = evidence(prescription=prescription([Rung.QUESTIONNAIRE]), offers=(INJECTION,))
    assert ask(ID, found).answer is Answer.PRESENT


def test_near_miss() -> None:
    """A hair-loss tablet after a questionnaire, or an injection after a consultation form."""
    hair = offer(medicine(name="finasteride", family="hair"))
    low = evidence(prescription=prescription([Rung.QUESTIONNAIRE]), offers=(hair,))
    seen = prescription([Rung.QUESTIONNAIRE], [statement(Rung.CONSULTATION)])
    assert ask(ID, low).answer is Answer.ABSENT
    assert ask(ID, evidence(prescription=seen, offers=(INJECTION,))).answer is Answer.ABSENT
