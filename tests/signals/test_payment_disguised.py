"""The signal payment-disguised."""

from __future__ import annotations

from tests.signals.dealers import fires, misses_denials

ID = "payment-disguised"
CONCEPTS = ("payment-disguise",)


def test_fires() -> None:
    """Fires on the words of a site that names a prescription medicine, or such goods as a whole."""
    fires(ID, CONCEPTS)


def test_near_miss() -> None:
    """The same words denied or reported, or other words, do not fire."""
    misses_denials(ID, CONCEPTS)
