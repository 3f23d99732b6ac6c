"""The signal research-use-only-with-dosing."""

from __future__ import annotations

from pharmcheck.model import Answer, Stance
from tests.builders import ask, evidence, medicine, mention, offer

ID = "research-use-only-with-dosing"


def test_fires() -> None:
    """Fires on the label beside a dose for people, or beside priced vials; quotes both."""
    dosed = (mention("research-use-only", "For research use only"), mention("human-dosing", "inject 2 mg weekly"))
    found = ask(ID, evidence(mentions=dosed))
    assert found.answer is Answer.PRESENT
    assert [q.text for q in found.quotes] == ["For research use only", "inject 2 mg weekly"]
    sold = (offer(medicine("bpc-157", use="research")),)
    assert ask(ID, evidence(mentions=dosed[:1], offers=sold)).answer is Answer.PRESENT


def test_near_miss() -> None:
    """The label alone, and a dose on the page of an ordinary medicine, do not fire."""
    label, dose = mention("research-use-only"), mention("human-dosing")
    assert ask(ID, evidence(mentions=(label,), offers=(offer(),))).answer is Answer.ABSENT
    assert ask(ID, evidence(mentions=(dose,), offers=(offer(),))).answer is Answer.ABSENT
    reported = mention("research-use-only", stance=Stance.REPORTED)
    assert ask(ID, evidence(mentions=(reported, dose))).answer is Answer.ABSENT
