"""The mentions of certain concepts, out of all of a site."""

from __future__ import annotations

import pytest

from pharmcheck.model import Mention, Stance
from pharmcheck.reading.asserted import Mentions, asserted, of
from tests.builders import mention

SAID = [
    mention("seller-voice", "first"),
    mention("airmail", "second"),
    mention("seller-voice", "third", Stance.DENIED),
    mention("messenger-order", "fourth"),
    mention("seller-voice", "fifth"),
]


@pytest.mark.parametrize("concepts", [(), ("seller-voice",), ("airmail", "seller-voice", "airmail"), ("nothing",)])
def test_a_site_answers_as_a_list_of_its_mentions_does(concepts: tuple[str, ...]) -> None:
    """What is at hand by concept is what going through all of them finds, in their order, each once."""
    assert of(Mentions(SAID), *concepts) == of(SAID, *concepts) == [m for m in SAID if m.concept in concepts]
    assert asserted(Mentions(SAID), *concepts) == asserted(SAID, *concepts)


def test_what_is_denied_is_not_said_of_itself() -> None:
    """A mention that is denied is among those of its concept, and not among what the site says."""
    said: list[Mention] = asserted(Mentions(SAID), "seller-voice")
    assert [m.quote.text for m in said] == ["first", "fifth"]
    assert len(of(Mentions(SAID), "seller-voice")) == 3
