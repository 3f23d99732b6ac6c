"""The signal approval-promised."""

from __future__ import annotations

from tests.signals.dealers import fires, misses

ID = "approval-promised"
CONCEPTS = ("approval-promised",)


def test_fires() -> None:
    """Fires on the words of a site that names a prescription medicine, or such goods as a whole."""
    fires(ID, CONCEPTS)


def test_near_miss() -> None:
    """The same words denied or reported, without prescription medicines, or other words do not fire."""
    misses(ID, CONCEPTS)
