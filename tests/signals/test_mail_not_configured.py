"""The signal mail-not-configured."""

from __future__ import annotations

import pytest

from pharmcheck.model import Answer, Operator
from tests.builders import ask, detail, evidence
from tests.signals.looked_up import names

ID = "mail-not-configured"
OWN = Operator(emails=(detail("email", "help@shop.example"),))


@pytest.mark.parametrize(("mail", "words"), [((), "names no host"), ((".",), "says that it takes no mail")])
def test_fires(mail: tuple[str, ...], words: str) -> None:
    """Fires where the site's own domain takes no mail, and quotes the address and the answer of the DNS."""
    found = ask(ID, evidence(operator=OWN, dns=names(mail=mail)))
    assert found.answer is Answer.PRESENT
    assert words in found.quotes[0].note
    assert found.quotes[-1].url == "dns:shop.example?type=MX"


def test_near_miss() -> None:
    """A domain with a mail host, and an address of another domain, do not fire."""
    elsewhere = Operator(emails=(detail("email", "shop@mail.example"),))
    assert ask(ID, evidence(operator=OWN, dns=names())).answer is Answer.ABSENT
    assert ask(ID, evidence(operator=elsewhere, dns=names(mail=()))).answer is Answer.ABSENT


def test_unknown() -> None:
    """Unknown where the DNS was not asked, or left this question open."""
    assert ask(ID, evidence(operator=OWN)).answer is Answer.UNKNOWN
    assert ask(ID, evidence(operator=OWN, dns=names(mail=(), answered=("A",)))).answer is Answer.UNKNOWN
