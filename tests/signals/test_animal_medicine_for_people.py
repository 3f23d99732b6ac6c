"""The signal animal-medicine-for-people."""

from __future__ import annotations

from typing import Any

import pytest

from pharmcheck.model import Answer, Finding
from tests.builders import ask, evidence, medicine, offer, page, sighting

ID = "animal-medicine-for-people"
PASTE = medicine("ivermectin paste", use="vet", family="vet")


def said(text: str, **fields: Any) -> Finding:
    return ask(ID, evidence(offers=(offer(PASTE, **fields),), sightings=(sighting(PASTE, page(text)),)))


@pytest.mark.parametrize("text", ["Buy ivermectin paste for humans", "Human grade ivermectin paste, 12 tubes"])
def test_fires(text: str) -> None:
    """Fires on an animal's medicine that is for sale and said to be for people."""
    assert said(text).answer is Answer.PRESENT


@pytest.mark.parametrize(
    "text",
    [
        "ivermectin paste for horses",
        "ivermectin paste, not for human use",
        "Never take ivermectin paste: it is unsafe for humans",
        "ivermectin paste 1.87%\nOur hand cream for people",
    ],
)
def test_near_miss(text: str) -> None:
    """An animal's medicine for animals, a warning, and people on another line do not fire."""
    assert said(text).answer is Answer.ABSENT


def test_a_mere_mention_is_a_near_miss() -> None:
    """Where nothing is for sale the words are an article."""
    assert said("ivermectin paste for humans", order="", price="").answer is Answer.ABSENT
