"""The signal pill-keyword-salad."""

from __future__ import annotations

from pharmcheck.model import Answer
from tests.builders import ask, evidence
from tests.sites import evidence as read

ID = "pill-keyword-salad"


def test_fires() -> None:
    """Fires on keywords of a pill shop in a row, and quotes them."""
    found = ask(ID, read("<p>Lovely blog. acheter tadalafil. prix tadalafil vente tadalafil</p>"))
    assert found.answer is Answer.PRESENT
    assert "acheter tadalafil. prix tadalafil vente tadalafil" in found.quotes[0].text


def test_near_miss() -> None:
    """An article that repeats a medicine's name and speaks of buying does not fire."""
    text = "<p>Tadalafil is sold as tablets. Before you buy tadalafil, ask a doctor whether tadalafil suits you.</p>"
    assert ask(ID, read(text)).answer is Answer.ABSENT


def test_absent_without_medicines() -> None:
    """Where no medicine is named there is no salad."""
    assert ask(ID, evidence()).answer is Answer.ABSENT
