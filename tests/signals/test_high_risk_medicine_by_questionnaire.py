"""The signal high-risk-medicine-by-questionnaire."""

from __future__ import annotations

from pharmcheck.model import Answer, Rung
from tests.builders import ask, evidence, medicine, offer, page, prescription, sighting, statement

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


def test_a_sentence_elsewhere_may_tell_what_is_not_prescribed() -> None:
    """A name counts on the page of the questionnaire, or in a heading or a list; not amid a sentence of another page."""
    asked = prescription([], [statement(Rung.QUESTIONNAIRE, url="https://shop.example/form")])
    codeine = medicine(name="codeine", family="opioid")

    def answer(text: str, path: str) -> Answer:
        on = page(text, url=f"https://shop.example/{path}")
        return ask(ID, evidence(prescription=asked, sightings=(sighting(codeine, on=on),))).answer

    told = "What our doctors leave to your own doctor is sleeping pills, codeine and injections."
    assert answer(told, "services") is Answer.ABSENT
    assert answer(told, "form") is Answer.PRESENT
    assert answer("Codeine", "services") is Answer.PRESENT
