"""The signal medicine-in-shop-name."""

from __future__ import annotations

import pytest

from pharmcheck.model import Answer
from tests.builders import ask, evidence, page

ID = "medicine-in-shop-name"


@pytest.mark.parametrize(
    "text", ["At Modafinil Direct, we care.", "About XanaxStore", "© 2026 Kamagra UK", "Welcome to Steroid Mart"]
)
def test_fires(text: str) -> None:
    """Fires where a page calls its shop after a prescription medicine or such a class."""
    assert ask(ID, evidence(pages=(page(text),))).answer is Answer.PRESENT


@pytest.mark.parametrize(
    "text",
    [
        "About modafinil and sleep",
        "At Larkfield Pharmacy, we care.",
        "About Viagra Connect",
        "Modafinil Direct is a fraud",
    ],
)
def test_near_miss(text: str) -> None:
    """A medicine as the subject, another name, a maker's own product, a name that others give do not fire."""
    assert ask(ID, evidence(pages=(page(text),))).answer is Answer.ABSENT
