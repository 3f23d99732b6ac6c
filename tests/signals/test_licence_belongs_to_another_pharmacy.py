"""The signal licence-belongs-to-another-pharmacy."""

from __future__ import annotations

from pharmcheck.model import Answer, Binding, Fit
from tests.builders import ask, evidence, licence, listing

ID = "licence-belongs-to-another-pharmacy"


OTHER = listing("", note="premises: 7 Far Lane, Leeds LS1 4AP")


def test_fires() -> None:
    """Fires when name and premises of an entry without a web site both differ, and says whose number it is."""
    borrowed = Binding(OTHER, Fit.UNKNOWN, Fit.DIFFERS, Fit.DIFFERS, Fit.UNKNOWN, licence())
    found = ask(ID, evidence(bindings=(borrowed,)))
    assert found.answer is Answer.PRESENT
    assert found.quotes[0].note == "9000001 is the number of Sample Pharmacy, 7 Far Lane, Leeds LS1 4AP"


def test_near_miss() -> None:
    """One fact that agrees, one that is not known, or an entry that names a site (another signal's) do not fire."""
    for name, address, entry in (
        (Fit.DIFFERS, Fit.AGREES, OTHER),
        (Fit.AGREES, Fit.DIFFERS, OTHER),
        (Fit.DIFFERS, Fit.UNKNOWN, OTHER),
        (Fit.DIFFERS, Fit.DIFFERS, listing("real.example")),
    ):
        site = Fit.DIFFERS if entry.domain else Fit.UNKNOWN
        bound = Binding(entry, site, name, address, Fit.UNKNOWN, licence())
        assert ask(ID, evidence(bindings=(bound,))).answer is Answer.ABSENT
