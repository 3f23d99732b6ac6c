"""What nothing else bears out accuses nobody, on a site that was read well."""

from __future__ import annotations

from pharmcheck.bearing import UNBORNE
from pharmcheck.model import SiteKind, Verdict
from tests.sites import fired, report

HOME = "<h1>Fernleigh Chemist</h1><p>Welcome to our pharmacy.</p>"
ABOUT = "<h1>About us</h1><p>A family business since 1961.</p>"
SHELF = (
    "<h1>Men's health</h1><h2>Tadalafil 20 mg, 28 tablets</h2><p class='price'>£45.00</p>"
    "<form action='/cart' method='post'><button>Add to cart</button></form>"
)
PROMISE = "<p>You can order tadalafil here without a prescription.</p>"
BITCOIN = "<p>We accept Bitcoin for your pills.</p>"
CUSTOMS = "<p>We guarantee customs clearance; seized parcels are reshipped free.</p>"


def _shop(home: str = "", about: str = "", shelf: str = "", faq: str = "") -> dict[str, str]:
    return {
        "home": HOME + home,
        "about": ABOUT + about,
        "product": SHELF + shelf,
        "faq": "<h1>Questions</h1><p>Ask us anything.</p>" + faq,
    }


def test_one_promise_on_one_page_is_told_and_accuses_nobody() -> None:
    """A single sentence, away from where people arrive, is quoted with few points, and the reader is sent to it."""
    result = report(_shop(faq=PROMISE))
    assert result.verdict is Verdict.UNVERIFIED
    assert "no-prescription-needed" in {r.signal for r in result.reasons}
    assert sum(r.points for r in result.reasons) <= UNBORNE
    assert any(sentence.startswith("What speaks against it stands in one place only") for sentence in result.advice)


def test_small_doubts_are_not_called_a_sign() -> None:
    """What counts little anyhow sends nobody to a quote."""
    shop = _shop(about="<p>Parcels may be held by customs.</p>") | {"product": "<h1>Tadalafil 20 mg, 28 tablets</h1>"}
    result = report(shop)
    assert any(reason.points > 0 for reason in result.reasons)
    assert not any("stands in one place" in sentence for sentence in result.advice)


def test_the_promise_in_what_search_results_show_needs_nothing_beside_it() -> None:
    """Title and description are what a shop calls itself; a sentence further down may be a buyer's, or told of others."""
    assert report(_shop(home=PROMISE)).verdict is Verdict.UNVERIFIED
    shop = _shop()
    title = "<title>Fernleigh: buy tadalafil without a prescription</title>"
    description = "<title>Fernleigh</title><meta name='description' content='Buy tadalafil without a prescription'>"
    for head in (title, description):
        assert report(shop | {"home": head + shop["home"]}).verdict in (Verdict.SUSPICIOUS, Verdict.ROGUE)


def test_a_second_sign_elsewhere_bears_the_first_out() -> None:
    """A promise on one page, and on another a payment or delivery that no pharmacy has."""
    for other in (BITCOIN, CUSTOMS):
        assert report(_shop(faq=PROMISE, about=other)).verdict is Verdict.ROGUE


def test_the_same_promise_on_three_pages_is_no_slip() -> None:
    """It need not stand where people arrive then."""
    assert report(_shop(faq=PROMISE, about=PROMISE, shelf=PROMISE)).verdict is Verdict.ROGUE


def test_many_signs_on_one_page_bear_each_other_out() -> None:
    """One page on payment and delivery may hold all that is wrong."""
    few = CUSTOMS + BITCOIN
    many = few + "<p>Pay only by Western Union. You stay anonymous: no names, no records.</p>" + PROMISE
    shop = _shop() | {"product": "<h1>Men's health</h1><p>Tadalafil 20 mg, 28 tablets</p>"}
    assert report(shop | {"faq": shop["faq"] + few}).verdict is Verdict.UNVERIFIED
    assert report(shop | {"faq": shop["faq"] + many}).verdict is Verdict.ROGUE


def test_of_a_site_read_in_part_one_sentence_counts_in_full() -> None:
    """Where two pages were read, others may hold what was not seen."""
    result = report({"home": HOME, "faq": SHELF + PROMISE})
    assert result.verdict in (Verdict.SUSPICIOUS, Verdict.ROGUE)


def test_a_clinic_is_not_accused_for_its_forms_and_what_it_treats() -> None:
    """Questionnaires and words about lifestyle are those of lawful clinics as well; they are told."""
    form = (
        "<form action='/consultation' method='post'><label>Do you have a heart condition?<input name='heart'></label>"
        "<label>Height<input name='height'></label><label>Weight<input name='weight'></label><button>Next</button></form>"
    )
    clinic = _shop(about="<p>Our best-selling products: weight-loss pills, sleeping tablets and hair-loss pills.</p>")
    clinic["consultation"] = "<h1>Wegovy</h1><p>Wegovy 1 mg, £199 a month</p>" + form
    result = report(clinic)
    assert {"high-risk-medicine-by-questionnaire", "lifestyle-medicines-as-goods"} <= fired(result)
    assert result.verdict is Verdict.UNVERIFIED


def test_controlled_medicines_in_a_cart_stay_decisive() -> None:
    """What no country allows needs no second sign."""
    order = (
        "<form action='/order' method='post'><label>Name<input name='name'></label><label>Address<input name='address'>"
        "</label><label>Card number<input name='card'></label><button>Pay</button></form>"
    )
    shop = _shop() | {"product": "<h1>Shelves</h1>"}
    shop["checkout"] = SHELF.replace("Tadalafil 20 mg, 28 tablets", "Xanax 2 mg, 90 tablets") + order
    result = report(shop)
    assert "controlled-medicine-for-sale" in fired(result)
    assert result.verdict is Verdict.ROGUE


def test_what_was_planted_on_one_page_needs_nothing_on_the_others() -> None:
    """The pages of a club bear nothing out: its pasted page promotes a shop by itself."""
    club = {
        "pasted": "<h1>Cheap tablets</h1><p>Buy Xanax online overnight at <a href='https://pillmart.example/'>pillmart.example</a>.</p>",
        "home": "<h1>Rowing club</h1><p>We row on Sundays.</p>",
        "about": "<h1>About us</h1><p>Since 1961.</p>",
        "contact": "<h1>Contact</h1><p>Write to us.</p>",
    }
    result = report(club, "https://rowing.example/news/17")
    assert result.kind.name in (SiteKind.PROMOTION, SiteKind.HACKED_HOST)
    assert result.verdict is Verdict.SUSPICIOUS
