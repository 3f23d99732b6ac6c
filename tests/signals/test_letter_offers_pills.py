"""The signal letter-offers-pills."""

from __future__ import annotations

import pytest

from pharmcheck.model import Answer
from pharmcheck.reading.medicines import find_medicines
from tests.builders import ask, evidence, page

ID = "letter-offers-pills"


@pytest.mark.parametrize("subject", ["viagra, cialis, more", "Best generic meds 4 less", "ED pills: 70% off"])
def test_fires(subject: str) -> None:
    """Fires on a subject that names or offers pills, and quotes it."""
    found = ask(ID, evidence(pages=(page(f"Subject: {subject}\nFrom: Ann <ann@mail.example>\nHello"),)))
    assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, subject)


def test_a_letter_read_from_mail() -> None:
    """The first line of a mail is its subject, with the sender below it."""
    on = page("Viagra, cialis, more\nFrom: Ann <ann@mail.example>\nHello")
    found = ask(ID, evidence(pages=(on,)))
    assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, "Viagra, cialis, more")


LIST = "phentermine\ncelebrex\nvaltrex\nzyban\nviagra\nplus many more"


def listing(text: str) -> Answer:
    on = page(f"Subject: complete privacy\nFrom: Ann <ann@mail.example>\n{text}")
    return ask(ID, evidence(pages=(on,), sightings=find_medicines(on))).answer


def test_a_letter_that_is_a_list_of_medicines() -> None:
    """Five prescription medicines in a few lines, and where to click, are an advertisement."""
    assert listing(LIST + "\nclick here") is Answer.PRESENT


@pytest.mark.parametrize(
    "text",
    [LIST, LIST + "\nThe police warn of them, click here", "viagra, click here", LIST + "\nclick here" + " word" * 400],
)
def test_a_letter_that_names_medicines(text: str) -> None:
    """A list without a call, a warning, one name, or a long text in which they are named are none."""
    assert listing(text) is Answer.ABSENT


@pytest.mark.parametrize(
    "text",
    [
        "Subject: Your order has left our pharmacy\nFrom: Larkfield <post@larkfield.example>\nHello",
        "Subject: FDA warns of fake Viagra\nFrom: News <post@news.example>\nHello",
        "Viagra, cialis, more\nSubject: no letter",
    ],
)
def test_near_miss(text: str) -> None:
    """Letters about an order or a warning, and pages that are no letters, do not fire."""
    assert ask(ID, evidence(pages=(page(text),))).answer is Answer.ABSENT
