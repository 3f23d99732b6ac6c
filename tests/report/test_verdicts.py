"""How a verdict is worded for people."""

from __future__ import annotations

import pytest

from pharmcheck.model import SiteKind, Verdict
from pharmcheck.report.verdicts import wording
from tests.report.reports import COPIED, LISTED, REASONS, plain


@pytest.mark.parametrize("kind", [SiteKind.INFORMATION, SiteKind.PROMOTION])
def test_a_page_that_promotes_is_not_called_harmless(kind: SiteKind) -> None:
    """A page that sells nothing says so; one that promotes a shop says that as well."""
    said = wording(plain(Verdict.NOT_A_PHARMACY, 0, kind)).sentence
    assert ("promotes medicines" in said) is (kind is SiteKind.PROMOTION)


def test_an_unverified_site_that_a_register_names_is_not_said_to_be_in_none() -> None:
    """Our copy may be too old, or something may speak against it; the entry of another site is none of its own."""
    for reasons in ((), REASONS[4:5]):
        named = plain(Verdict.UNVERIFIED, 20, SiteKind.PHARMACY, listings=(LISTED,), reasons=reasons)
        assert wording(named).sentence == "A register names it, but that alone does not confirm it"
    copied = plain(Verdict.UNVERIFIED, 20, SiteKind.PHARMACY, listings=(COPIED,))
    assert "no register that we hold confirms it" in wording(copied).sentence
