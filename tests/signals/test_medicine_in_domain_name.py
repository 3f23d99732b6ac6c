"""The signal medicine-in-domain-name."""

from __future__ import annotations

import pytest

from pharmcheck.model import Answer
from tests.builders import ask, evidence, target, unread

ID = "medicine-in-domain-name"


@pytest.mark.parametrize("host", ["buycialisonline.example", "kamagra-24h.example", "sildenafilberg.example"])
def test_fires(host: str) -> None:
    """Fires on a medicine's name beside words of shops, or at the beginning."""
    found = ask(ID, evidence(target=target(f"https://www.{host}/")))
    assert (found.answer, found.quotes[0].text) == (Answer.PRESENT, host)


@pytest.mark.parametrize(
    "host",
    [
        "viagra.example",
        "specialist.example",
        "ultramarathon.example",
        "meridianbank.example",
        "testimonials.example",
        "linden-apotheke.example",
    ],
)
def test_near_miss(host: str) -> None:
    """The bare name of a brand, and ordinary words that hold the letters of one, do not fire."""
    assert ask(ID, evidence(target=target(f"https://{host}/"))).answer is Answer.ABSENT


def test_never_unknown() -> None:
    """The name answers even when no page could be read."""
    assert ask(ID, unread()).answer is Answer.ABSENT
