"""Lists of warning signs tell what others do, unless the site itself sells."""

from __future__ import annotations

import pytest

from pharmcheck.model import Verdict
from tests.sites import report

SIGNS = (
    "<ul><li>no prescription needed for Viagra</li><li>free reshipment if customs seize your parcel</li>"
    "<li>pay by Bitcoin only</li></ul>"
)
OFFER = (
    "<div class='product'><h2>Viagra 100 mg, 90 pills</h2><span class='price'>$90.00</span>"
    "<form method='post' action='/cart'><button name='add-to-cart' value='9'>Add to cart</button></form></div>"
)


@pytest.mark.parametrize(
    "heading",
    [
        "Do not buy medicines from a website which promises:",
        "Warning signs of an illegal online pharmacy:",
        "So erkennen Sie gefälschte Online-Apotheken:",
    ],
)
def test_a_list_of_warning_signs_accuses_nobody(heading: str) -> None:
    """What stands below a warning is said of others."""
    found = report(f"<title>The agency informs</title><p>{heading}</p>{SIGNS}")
    assert found.verdict is Verdict.NOT_A_PHARMACY


def test_a_shop_does_not_unsay_its_promises() -> None:
    """A heading of warning above a shop's own list changes nothing where medicines go into a cart."""
    heading = "<p>Do not buy medicines from a website which promises:</p>"
    plain, headed = report(OFFER + SIGNS), report(OFFER + heading + SIGNS)
    assert headed.risk >= plain.risk
    assert headed.verdict is Verdict.ROGUE


def test_lines_without_a_warning_above_count() -> None:
    """A heading that warns of nothing leaves the list as it is."""
    assert report(f"<p>Why buy our medicines:</p>{SIGNS}").verdict in (Verdict.ROGUE, Verdict.SUSPICIOUS)


QUOTED = "<ul><li>“Viagra without a prescription”</li><li>“We resend if customs seize your parcel”</li></ul>"


def test_items_that_are_quotations_accuse_nobody() -> None:
    """A list of sentences in quotation marks tells what others say."""
    found = report(f"<title>The agency informs</title><p>You may read there</p>{QUOTED}")
    assert found.verdict is Verdict.NOT_A_PHARMACY


def test_a_shop_that_quotes_itself_stays_a_shop() -> None:
    """Quotation marks around its promises do not unsay a cart."""
    assert report(f"<title>Fern</title>{OFFER}{QUOTED}").verdict is Verdict.ROGUE
