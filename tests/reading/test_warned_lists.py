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
        "How to spot a fake pharmacy",
        "Woran erkennen Sie illegale Anbieter?",
        "Jak rozpoznać nielegalną aptekę?",
        "Hoe herkent u een illegale apotheek?",
        "Como reconhecer uma farmácia ilegal?",
    ],
)
def test_a_list_of_warning_signs_accuses_nobody(heading: str) -> None:
    """What stands below a warning is said of others."""
    found = report(f"<title>The agency informs</title><p>{heading}</p>{SIGNS}")
    assert found.verdict is Verdict.NOT_A_PHARMACY


def test_a_line_between_heading_and_list_belongs_to_the_heading() -> None:
    """Its colon opens the list."""
    found = report(
        f"<title>The agency informs</title><h2>How to spot a fake pharmacy</h2><p>Stay away where you read:</p>{SIGNS}"
    )
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


TRICKS = "<p>Some want Bitcoin.</p><p>Pay in Bitcoin and get 15% off</p><p>Free reshipment if customs seize it</p>"


@pytest.mark.parametrize(
    "title",
    ["Seven tricks fake pharmacies use", "Illegale Online-Apotheken erkennen", "Sites à éviter", "Report a website"],
)
def test_a_page_whose_title_warns_tells_of_others(title: str) -> None:
    """All of it does, not the lists alone; where the site sells, it does not."""
    assert report(f"<title>{title}</title>{TRICKS}").verdict is Verdict.NOT_A_PHARMACY
    assert (
        report(f"<title>{title}</title>{TRICKS}{OFFER}").risk >= report(f"<title>Welcome</title>{TRICKS}{OFFER}").risk
    )


QUOTED = "<ul><li>“Viagra without a prescription”</li><li>“We resend if customs seize your parcel”</li></ul>"


def test_items_that_are_quotations_accuse_nobody() -> None:
    """A list of sentences in quotation marks tells what others say."""
    found = report(f"<title>The agency informs</title><p>You may read there</p>{QUOTED}")
    assert found.verdict is Verdict.NOT_A_PHARMACY


def test_a_shop_that_quotes_itself_stays_a_shop() -> None:
    """Quotation marks around its promises do not unsay a cart."""
    assert report(f"<title>Fern</title>{OFFER}{QUOTED}").verdict is Verdict.ROGUE


def test_a_seller_that_speaks_of_itself_below_a_warning_is_no_other() -> None:
    """Where nothing goes into a cart either: no list of warning signs says `our pharmacy sells`."""
    own = (
        "<p>Our pharmacy sells Xanax and Oxycodone without prescription.</p><p>We ship worldwide in discreet packaging.</p>"
        "<p>To order, write to orders@pills.example.</p>"
    )
    heading = "<p>Do not buy medicines from a website which promises:</p>"
    plain, headed = report(f"<title>Fern</title>{own}"), report(f"<title>Fern</title>{heading}{own}")
    assert plain.verdict is Verdict.ROGUE
    assert headed.verdict is Verdict.ROGUE
    assert headed.risk >= plain.risk


UPLOAD = (
    "<form action='/rx'><label>Upload your prescription <input type='file' name='prescription' required></label></form>"
)


def test_a_pharmacy_that_takes_prescriptions_may_warn_of_others() -> None:
    """Its page of advice accuses it of nothing, though it has medicines on prescription in carts on another page."""
    advice = f"<h1>Stay safe</h1><p>Do not buy medicines from a website which promises:</p>{SIGNS}"
    pages = {"home": f"<title>Fern Pharmacy</title>{OFFER}{UPLOAD}", "faq": advice}
    assert report(pages).verdict is Verdict.UNVERIFIED
    assert report({**pages, "home": f"<title>Fern</title>{OFFER}"}).verdict is Verdict.ROGUE
    assert report({"home": OFFER + UPLOAD + advice}).verdict is Verdict.ROGUE
