"""The signal no-licence-number."""

from __future__ import annotations

from pharmcheck.model import Answer, Operator
from tests.builders import URL, ask, evidence, licence, page

ID = "no-licence-number"
CONTACT = page("Write to us", f"{URL}contact", "contact")


def test_fires() -> None:
    """Fires when a contact page was read and gives none; the quote is empty and says where it was sought."""
    found = ask(ID, evidence(operator=Operator(read=(page(), CONTACT))))
    assert found.answer is Answer.PRESENT
    assert found.quotes[0].text == ""
    assert "licence or registration number" in found.quotes[0].note
    assert CONTACT.url in found.quotes[0].note


def test_near_miss() -> None:
    """One given anywhere is enough."""
    given = Operator(licences=(licence(),), read=(CONTACT,))
    assert ask(ID, evidence(operator=given)).answer is Answer.ABSENT


def test_unknown_without_contact_page() -> None:
    """Unknown when only a home page without any contact was read."""
    assert ask(ID, evidence(operator=Operator(read=(page(),)))).answer is Answer.UNKNOWN
