"""What stands in for a prescription where a form is least enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Offer, Prescription, Quote, Rung, Sighting
from pharmcheck.reading.intake import PRESCRIPTION_TAKEN
from pharmcheck.reading.lines import line_around

# Families of the table of medicines.
_HIGH_RISK = (
    "weight glp1 opioid benzodiazepine hypnotic sedative barbiturate stimulant gabapentinoid muscle-relaxant antibiotic"
)
_FEW_WORDS = 6
_REACH = 200  # characters of a line to either side
_FAMILIES = frozenset(_HIGH_RISK.split())


def high_risk_medicine_by_questionnaire(
    prescription: Prescription, offers: Sequence[Offer], sightings: Sequence[Sighting]
) -> Iterator[Quote]:
    """A questionnaire is all that is asked for a medicine of high risk.

    Why: slimming injections, opioids, sedatives, stimulants and antibiotics need a prescriber who checks what the
    buyer states.
    Source: GPhC, guidance for services at a distance, 4 February 2025: no questionnaire alone for these classes.
    False alarm: a clinic that calls back, and says so only after the order; a questionnaire for another medicine than
    the one that is named, for which belongs to which is not asked; countries with other rules.
    """
    if any(s.rung in PRESCRIPTION_TAKEN or s.rung is Rung.CONSULTATION for s in prescription.done):
        return
    asked = [s for s in prescription.said + prescription.done if s.rung is Rung.QUESTIONNAIRE]
    risky = [o for o in offers if o.medicine.family in _FAMILIES and o.medicine.prescription_only]
    there = {statement.quote.url for statement in asked}
    named = [s for s in sightings if s.medicine.family in _FAMILIES and s.medicine.prescription_only and not s.refused]
    found = [o.quote for o in risky] or [s.quote for s in named if s.page.url in there or _stands_alone(s)]
    if asked and found:
        yield replace(found[0], note="a medicine of high risk")
        yield asked[0].quote


def _stands_alone(seen: Sighting) -> bool:
    """True in a title, a menu, a list of goods; a sentence may tell what is not prescribed."""
    left, right = line_around(seen.page.text, seen.start, seen.end, _REACH)
    return len(seen.page.text[left:right].split()) <= _FEW_WORDS
