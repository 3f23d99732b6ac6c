"""The signal post-box-address."""

from __future__ import annotations

from pharmcheck.model import Answer, Operator
from tests.builders import address, ask, detail, evidence

ID = "post-box-address"


def test_fires() -> None:
    """Fires on a box, beside a street as well."""
    box = detail("address", "PO box: Postfach 12 34, Musterstadt", "DE", "Postfach 12 34")
    found = ask(ID, evidence(operator=Operator(addresses=(address("DE"), box))))
    assert found.answer is Answer.PRESENT
    assert found.quotes[0].text == "Postfach 12 34"


def test_near_miss() -> None:
    """A street does not fire, nor one that has box in its name."""
    for value in ("1 Sample Street", "12 PO Boxall Road", "Postfachstraße 5"):
        assert ask(ID, evidence(operator=Operator(addresses=(detail("address", value, "GB"),)))).answer is Answer.ABSENT
