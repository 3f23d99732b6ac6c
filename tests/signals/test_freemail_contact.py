"""The signal freemail-contact."""

from __future__ import annotations

from pharmcheck.model import Answer, Operator
from tests.builders import ask, detail, evidence

ID = "freemail-contact"


def test_fires() -> None:
    """Fires on an address at a free provider."""
    for value in (
        "orders@gmail.com",
        "Sample@Yahoo.co.uk",
        "rx@protonmail.com",
        "a@hotmail.it",
        "a@outlook.es",
        "a@yahoo.com.br",
        "a@onionmail.org",
        "1@qq.com",
    ):
        found = ask(ID, evidence(operator=Operator(emails=(detail("email", value),))))
        assert found.answer is Answer.PRESENT
        assert found.quotes[0].text == value


def test_near_miss() -> None:
    """An address at the shop's own domain, or one that only looks like a provider's, does not fire."""
    for value in ("gmail.com@shop.example", "orders@gmail.com.example", "info@mygmail.com", "a@yahoo.shop.example"):
        assert ask(ID, evidence(operator=Operator(emails=(detail("email", value),)))).answer is Answer.ABSENT
