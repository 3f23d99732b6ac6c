"""The signal invented-approval."""

from __future__ import annotations

from pharmcheck.model import Answer, Stance
from tests.builders import ask, evidence, mention, seal

ID = "invented-approval"


def test_fires() -> None:
    """Fires on words that claim such an approval, and on a seal that does not exist."""
    assert ask(ID, evidence(mentions=(mention("invented-approval"),))).answer is Answer.PRESENT
    assert ask(ID, evidence(seals=(seal("unlinked", scheme="invented"),))).answer is Answer.PRESENT


def test_near_miss() -> None:
    """A warning of such claims, an ordinary boast, and a real scheme do not fire."""
    said = (mention("invented-approval", stance=Stance.WARNED), mention("trust-claim"))
    assert ask(ID, evidence(mentions=said, seals=(seal("unlinked"),))).answer is Answer.ABSENT
