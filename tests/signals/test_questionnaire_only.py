"""The signal questionnaire-only."""

from __future__ import annotations

from pharmcheck.model import Answer, Rung
from tests.builders import ask, evidence, prescription, statement, unread

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


def test_words_do_not_help() -> None:
    """Words about a consultation leave it in place: only forms count."""
    ladder = prescription([Rung.QUESTIONNAIRE, Rung.CONSULTATION, Rung.UPLOAD])
    assert ask(ID, evidence(prescription=ladder)).answer is Answer.PRESENT


def test_unknown_when_unread() -> None:
    """Unknown, with the reason, when the pages could not be read."""
    found = ask(ID, unread("the site did not answer"))
    assert (found.answer, found.why) == (Answer.UNKNOWN, "the site did not answer")
