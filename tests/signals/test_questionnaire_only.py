"""The signal questionnaire-only."""

from __future__ import annotations

from pharmcheck.model import Answer, Rung
from tests.builders import ask, evidence, medicine, offer, over_the_counter, prescription, statement

ID = "questionnaire-only"


def test_fires() -> None:
    """Fires whether the questionnaire is named in words or stands there as a form."""
    said = evidence(prescription=prescription([Rung.QUESTIONNAIRE]))
    done = evidence(prescription=prescription(done=[statement(Rung.QUESTIONNAIRE)]))
    assert ask(ID, said).answer is Answer.PRESENT
    assert ask(ID, done).answer is Answer.PRESENT


def test_near_miss() -> None:
    """A form for a consultation or an upload beside it: the questionnaire is not all."""
    for rung in (Rung.CONSULTATION, Rung.UPLOAD, Rung.E_PRESCRIPTION):
        ladder = prescription([Rung.QUESTIONNAIRE], [statement(Rung.QUESTIONNAIRE), statement(rung)])
        assert ask(ID, evidence(prescription=ladder)).answer is Answer.ABSENT


def test_what_a_pharmacist_may_supply_is_spared() -> None:
    """The pharmacist's questions before sildenafil 50 mg are no stand-in; before 100 mg, or with nothing on offer, they are."""
    viagra = medicine(pharmacist_max_mg=50.0)
    pill = medicine("desogestrel", status={"GB": "mixed"}, without_prescription="GB: 75 micrograms from a pharmacist.")
    asked = prescription([Rung.QUESTIONNAIRE])
    low, high = (offer(viagra, strength_mg=mg) for mg in (50.0, 100.0))
    for offers, answer in (
        ((low,), Answer.ABSENT),
        ((low, offer(pill)), Answer.ABSENT),
        ((low, high), Answer.PRESENT),
        ((low, offer(medicine("finasteride", family="hair"))), Answer.PRESENT),
        ((offer(over_the_counter()),), Answer.PRESENT),
        ((), Answer.PRESENT),
    ):
        assert ask(ID, evidence(prescription=asked, offers=offers)).answer is answer


def test_words_do_not_help() -> None:
    """Words about a consultation leave it in place: only forms count."""
    ladder = prescription([Rung.QUESTIONNAIRE, Rung.CONSULTATION, Rung.UPLOAD])
    assert ask(ID, evidence(prescription=ladder)).answer is Answer.PRESENT
