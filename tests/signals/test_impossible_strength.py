"""The signal impossible-strength."""

from __future__ import annotations

from pharmcheck.model import Answer
from tests.builders import ask, evidence, medicine, offer

ID = "impossible-strength"
TADALAFIL = medicine("tadalafil", brands=("Cialis",), max_strength_mg=20.0, impossible_forms=("soft tabs", "female"))


def test_fires() -> None:
    """Fires on a tablet above the highest authorised strength, and names that."""
    found = ask(ID, evidence(offers=(offer(TADALAFIL, "Cialis 80 mg x 30 pills", strength_mg=80.0),)))
    assert found.answer is Answer.PRESENT
    assert found.quotes[0].note == "80 mg was not authorised in US, GB or EU; the highest is 20 mg"


def test_fires_on_form() -> None:
    """Fires on a form that does not exist, before or behind the name, whatever the strength."""
    for text in ("Cialis 20 mg soft tabs", "Female Cialis, 10 pills"):
        found = ask(ID, evidence(offers=(offer(TADALAFIL, text, written="Cialis", strength_mg=20.0),)))
        assert found.answer is Answer.PRESENT


def test_near_miss() -> None:
    """The highest strength itself, a bottle by the millilitre, and an unknown highest do not fire."""
    for sold in (
        offer(TADALAFIL, "Cialis 20 mg", strength_mg=20.0),
        offer(TADALAFIL, "Tadalafil 20 mg, 28 tablets, for male and female adults with hypertension", strength_mg=20.0),
        offer(TADALAFIL, "Tadalafil oral suspension 40 mg, 100 ml", strength_mg=40.0),
        offer(medicine(), "Sildenafil 200 mg", strength_mg=200.0),
    ):
        assert ask(ID, evidence(offers=(sold,))).answer is Answer.ABSENT
