"""The laws of the verdict, on small sites read by the real reader."""

from __future__ import annotations

from pathlib import Path

from pharmcheck.grade import TRUST
from pharmcheck.model import Verdict
from pharmcheck.pipeline import check_replay, judge
from pharmcheck.signals import catalogue
from pharmcheck.weights import load_weights
from tests.sites import fired, report, site

CART = "<form action='/cart' method='post'><button>Add to cart</button></form>"
PILLS = f"<h2>Tadalafil 20 mg, 30 tablets</h2><p class='price'>$45.00</p>{CART}"


def test_every_weight_belongs_to_a_signal_and_a_capped_group() -> None:
    """No weight is left behind by a signal that went."""
    weights = load_weights()
    assert set(weights.signals) <= {s.id for s in catalogue()}
    assert {w.group for w in weights.signals.values()} == set(weights.caps)


def test_only_what_the_owner_cannot_write_lowers_the_risk() -> None:
    """Negative points stand on the three kinds of outside fact, and on nothing else."""
    assert {name for name, weight in load_weights().signals.items() if weight.points < 0} == TRUST


def test_absences_that_a_line_of_text_would_cure_carry_no_weight() -> None:
    """A printed address cannot buy points back, so a missing one costs none."""
    assert not {"no-postal-address", "no-phone", "no-responsible-pharmacist", "no-licence-number"} & set(
        load_weights().signals
    )


def test_a_group_never_counts_more_than_its_cap() -> None:
    """Signals that say the same thing share a cap."""
    weights = load_weights()
    result = report(
        PILLS + "<p>No prescription needed. Upload a prescription if you have one. Our doctor writes it for you.</p>"
    )
    said = [r for r in result.reasons if weights.signals[r.signal].group == "prescription"]
    assert sum(weights.signals[r.signal].points for r in said) > weights.caps["prescription"]
    for group, cap in weights.caps.items():
        assert sum(abs(r.points) for r in result.reasons if weights.signals[r.signal].group == group) <= cap + 1e-9


def test_no_prescription_with_a_cart_is_rogue() -> None:
    """The most decisive signal with the order path that makes it real."""
    assert report(PILLS + "<p>You can order tadalafil here without a prescription.</p>").verdict is Verdict.ROGUE


def test_an_article_has_no_risk_reasons() -> None:
    """Words about medicines on a page that sells nothing move nothing."""
    result = report(
        "<h1>Tadalafil explained</h1><p>Rogue sites offer tadalafil without a prescription: avoid them.</p>"
    )
    assert (result.verdict, result.reasons, result.risk) == (Verdict.NOT_A_PHARMACY, (), 0)


def test_a_listed_pharmacy_is_legitimate() -> None:
    """A register's entry for this very domain, with nothing against it."""
    result = report(f"<h2>Ibuprofen 400 mg, 24 tablet</h2><p>89 Kč</p>{CART}", "https://www.benu.cz/")
    assert result.verdict is Verdict.LEGITIMATE
    assert "listed-by-register" in fired(result)


def test_an_unreadable_site_cannot_be_assessed() -> None:
    """Nothing read is neither good nor bad."""
    assert report("<html></html>").verdict is Verdict.CANNOT_ASSESS


def test_the_same_site_gives_the_same_report() -> None:
    """No clock, no order, no chance."""
    assert judge(site(PILLS)).as_dict() == judge(site(PILLS)).as_dict()


def test_a_register_that_confirms_a_seal_makes_the_sale_lawful_there() -> None:
    """The recorded German pharmacy may send to Germany; for a buyer elsewhere nothing is claimed."""
    cassette = Path(__file__).parent.parent / "cassettes" / "lindwurm-apotheke.example.warc.gz"
    answers = {buyer.country: buyer.lawful for buyer in check_replay(cassette, countries=["DE", "GB"]).buyers}
    assert answers == {"DE": "yes", "GB": "unknown"}
