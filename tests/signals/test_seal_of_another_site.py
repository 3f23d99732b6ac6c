"""The signal seal-of-another-site."""

from __future__ import annotations

from pharmcheck.model import Answer
from tests.builders import ask, evidence, quote, seal

ID = "seal-of-another-site"


def test_fires() -> None:
    """Fires on such a seal, and quotes the entry where there is one."""
    proof = quote("heron.example", "https://register.example/7")
    found = ask(ID, evidence(seals=(seal("another", proof=proof),)))
    assert found.answer is Answer.PRESENT
    assert [q.text for q in found.quotes] == ["seal", "heron.example"]


def test_near_miss() -> None:
    """Other outcomes, and the seal of a body that says nothing of medicines, do not fire."""
    for shown in (seal("unchecked"), seal("confirmed"), seal("elsewhere"), seal("another", "bbb", issuer="business")):
        assert ask(ID, evidence(seals=(shown,))).answer is Answer.ABSENT
