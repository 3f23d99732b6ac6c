"""The signal steep-volume-discount."""

from __future__ import annotations

from pharmcheck.model import Answer, Offer
from tests.builders import ask, evidence, medicine, offer, over_the_counter

ID = "steep-volume-discount"
STEEP = [(10, "39.00"), (30, "87.00"), (90, "189.00"), (180, "306.00")]


def packs(rows: list[tuple[int, str]], **fields: object) -> tuple[Offer, ...]:
    on = offer().page
    return tuple(offer(fields.get("of") or medicine(), on=on, quantity=n, price=p) for n, p in rows)  # type: ignore[arg-type]


def test_fires() -> None:
    """Fires on a ladder of four packs where a pill of the largest costs less than 60 % of the smallest's."""
    found = ask(ID, evidence(offers=packs(STEEP)))
    assert (found.answer, found.quotes[0].note) == (Answer.PRESENT, "56% less for a pill than in the smallest pack")


def test_near_miss() -> None:
    """A clinic's small packs, three packs of mail order, and vitamins."""
    clinic = packs([(4, "12.99"), (8, "19.99"), (16, "29.99"), (32, "44.99")])
    mail = packs([(30, "6.60"), (90, "8.20"), (180, "9.90")])
    for given in (clinic, mail, packs(STEEP, of=over_the_counter())):
        assert ask(ID, evidence(offers=given)).answer is Answer.ABSENT
