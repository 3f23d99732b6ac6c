"""The signal listed-domain-shows-another-name."""

from __future__ import annotations

from pharmcheck.model import Answer, Binding, Fit
from tests.builders import ask, evidence, listing

ID = "listed-domain-shows-another-name"


def bound(name: Fit, address: Fit, phone: Fit = Fit.UNKNOWN) -> Binding:
    return Binding(listing(), Fit.AGREES, name, address, phone)


def test_fires() -> None:
    """Fires when the register names the domain, and the site gives another name and another address."""
    found = ask(ID, evidence(bindings=(bound(Fit.DIFFERS, Fit.DIFFERS),)))
    assert found.answer is Answer.PRESENT
    assert found.quotes[0].url == listing().url


def test_near_miss() -> None:
    """One fact that agrees or is not known does not fire."""
    for fits in ((Fit.DIFFERS, Fit.AGREES), (Fit.AGREES, Fit.DIFFERS), (Fit.DIFFERS, Fit.UNKNOWN)):
        assert ask(ID, evidence(bindings=(bound(*fits),))).answer is Answer.ABSENT
    assert ask(ID, evidence(bindings=(bound(Fit.DIFFERS, Fit.DIFFERS, Fit.AGREES),))).answer is Answer.ABSENT
