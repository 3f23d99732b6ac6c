"""How a verdict is worded for people."""

from __future__ import annotations

import pytest

from pharmcheck.model import SiteKind, Verdict
from pharmcheck.report.words import wording
from tests.report.reports import plain


@pytest.mark.parametrize("kind", [SiteKind.INFORMATION, SiteKind.PROMOTION])
def test_a_page_that_promotes_is_not_called_harmless(kind: SiteKind) -> None:
    """A page that sells nothing says so; one that promotes a shop says that as well."""
    said = wording(plain(Verdict.NOT_A_PHARMACY, 0, kind)).sentence
    assert ("promotes medicines" in said) is (kind is SiteKind.PROMOTION)
