"""The ladder, medicine by medicine, and that added words never raise it."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pharmcheck.model import Gap, Kind, Prescription, Rung, SiteKind, Statement
from pharmcheck.reading.intake import ASKS_FOR_NONE
from pharmcheck.reading.ladder import read_ladder
from tests.builders import medicine, offer, over_the_counter, page, quote, sighting, statement
from tests.reading.rungs import CART, FORMS, ORDER_FORM, PHARMACY, PRODUCT, WORDS, read, step
from tests.sites import evidence


def product(name: str, form: str = "") -> str:
    """Return the page of one product that goes into the cart."""
    return f"<title>{name}</title><h1>{name}</h1><h2>{name} mg, 30 tablets</h2>{CART}{form}"


def test_each_medicine_has_its_own_rungs() -> None:
    """A prescription for one and none for another, in words and in forms, are told apart."""
    words = (
        "<p>A valid prescription is required for tramadol.</p><p>You can order tadalafil without a prescription.</p>"
    )
    ladder = read(
        {
            "home": f"<title>Sample Pharmacy</title>{words}",
            "product": product("Tramadol 50", FORMS[Rung.UPLOAD][0]),
            "product-2": product("Tadalafil 20"),
            "checkout": ORDER_FORM,
        }
    )
    tramadol, tadalafil = step(ladder, "tramadol"), step(ladder, "tadalafil")
    assert (tramadol.said, tramadol.done, tramadol.lowest) == (Rung.REQUIRED, Rung.UPLOAD, Rung.UPLOAD)
    assert (tadalafil.said, tadalafil.done, tadalafil.lowest) == (Rung.NONE, Rung.NONE, Rung.NONE)
    assert (tramadol.agrees, tadalafil.agrees, ladder.lowest) == (True, True, Rung.NONE)
    assert [s.medicine for s in ladder.steps] == ["", "tadalafil", "tramadol"]


def test_a_form_serves_what_is_offered_beside_it() -> None:
    """A second medicine on the page of a first, with no page of its own, is asked for what that page asks for."""
    both = product("Tramadol 50", FORMS[Rung.UPLOAD][0]) + f"<h2>Tadalafil 20 mg, 30 tablets</h2>{CART}"
    ladder = read({"home": "<title>Sample Pharmacy</title><p>Welcome</p>", "product": both, "checkout": ORDER_FORM})
    assert {s.medicine: s.done for s in ladder.steps if s.medicine} == {
        "tadalafil": Rung.UPLOAD,
        "tramadol": Rung.UPLOAD,
    }


def test_a_medicine_whose_page_was_not_read_is_not_accused() -> None:
    """In a list beside a medicine whose own page takes the prescription, another may have such a page as well."""
    words = "<p>A valid prescription is required.</p>"
    ladder = read(
        {
            "home": f"<title>Sample Pharmacy</title><h2>Tadalafil 20 mg, 30 tablets</h2>{CART}{words}",
            "product": product("Tramadol 50", FORMS[Rung.UPLOAD][0]),
            "checkout": ORDER_FORM,
        }
    )
    assert (step(ladder, "tadalafil").done, step(ladder, "tadalafil").agrees) == (None, True)


def test_a_sentence_on_several_medicines_is_said_of_each() -> None:
    """`Required for A and B` is a demand for both."""
    ladder = read(
        PRODUCT
        + "<p>A valid prescription is required for tramadol and diazepam.</p><p>We sell tramadol and diazepam.</p>"
    )
    assert {s.medicine: s.said for s in ladder.steps if s.medicine in ("tramadol", "diazepam")} == {
        "tramadol": Rung.REQUIRED,
        "diazepam": Rung.REQUIRED,
    }


def test_what_a_pharmacist_may_supply_has_no_step() -> None:
    """Sildenafil 50 mg is no prescription medicine here, nor is ibuprofen; at 100 mg it is one."""
    viagra = medicine(pharmacist_max_mg=50.0)
    low, high = (offer(viagra, strength_mg=mg) for mg in (50.0, 100.0))
    silent = Prescription((), (), Gap("checkout", "none"))
    assert read_ladder(PHARMACY, silent, (low, offer(over_the_counter())), ()).lowest is Rung.OTC_ONLY
    assert [s.medicine for s in read_ladder(PHARMACY, silent, (low, high), ()).steps] == ["", "sildenafil"]


def test_words_about_a_medicine_that_is_free_are_nobodys_rung() -> None:
    """`No prescription` of what a pharmacist supplies here, or of ibuprofen, lowers nothing."""
    for of in (medicine(pharmacist_max_mg=50.0), over_the_counter()):
        given = Prescription((statement(Rung.OPTIONAL, of=of.name),), (), Gap("checkout", "none"))
        assert read_ladder(PHARMACY, given, (offer(of, strength_mg=50.0),), (sighting(of),)).lowest is Rung.OTC_ONLY


def test_an_over_the_counter_shop_asks_for_nothing() -> None:
    """A shop without prescription medicines has nothing to ask for, until it says that it sells them without."""
    shop = Kind(SiteKind.OTC_SHOP, "none on prescription")
    goods, silent = (offer(over_the_counter()),), Prescription((), (), Gap("checkout", "none"))
    assert read_ladder(shop, silent, goods, ()).lowest is Rung.OTC_ONLY
    xanax = medicine("alprazolam")
    said = Prescription((statement(Rung.NONE, of="alprazolam"),), (), Gap("checkout", "none"))
    assert read_ladder(shop, said, goods, (sighting(xanax),)).lowest is Rung.NONE


def test_a_bystander_has_no_rungs() -> None:
    """An article is not a seller whatever it quotes; a page that promotes a shop is taken at its words."""
    said = Prescription((statement(Rung.NONE),), (), Gap("checkout", "none"))
    article, advert = Kind(SiteKind.INFORMATION, "writes"), Kind(SiteKind.PROMOTION, "points to a shop")
    assert read_ladder(article, said, (), ()).lowest is Rung.NOT_A_SELLER
    assert read_ladder(advert, said, (), ()).lowest is Rung.NONE
    assert read_ladder(advert, Prescription((), (), said.checkout), (), ()).lowest is Rung.NOT_A_SELLER


def test_an_unread_site_has_a_gap() -> None:
    """Where no page was read there is no ladder."""
    assert isinstance(evidence("").ladder, Gap)


NAMES = ("", "sildenafil", "tramadol")
MEDICINES = {name: medicine(name) for name in NAMES[1:]}
_said = st.lists(
    st.builds(Statement, st.sampled_from(list(Rung)[:9]), st.just(quote()), st.sampled_from(NAMES)),
    max_size=4,
)
_done = st.lists(st.sampled_from(list(FORMS)), max_size=2)
_sold = st.sets(st.sampled_from(NAMES[1:]))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(said=_said, added=_said, done=_done, sold=_sold, seen=st.booleans())
def test_added_words_never_raise_the_lowest_rung(
    said: list[Statement], added: list[Statement], done: list[Rung], sold: set[str], seen: bool
) -> None:
    """Whatever is said besides, the lowest rung stays or falls, and no contradiction with a form that checks nobody ends."""
    checkout = page("Name Address", "https://shop.example/checkout", "checkout") if seen else Gap("checkout", "none")
    offers = [offer(MEDICINES[name]) for name in sorted(sold)]
    sightings = [sighting(m) for m in MEDICINES.values()]
    forms = tuple(statement(rung) for rung in done)
    before, after = (
        read_ladder(PHARMACY, Prescription(tuple(words), forms, checkout), offers, sightings)
        for words in (said, [*said, *added])
    )
    if before.lowest:
        assert after.lowest
        assert after.lowest.height <= before.lowest.height
    for old in before.steps:
        if not old.agrees and old.done in ASKS_FOR_NONE:
            assert not step(after, old.medicine).agrees


TEXTS = [text for texts in WORDS.values() for text in texts]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(
    first=st.lists(st.sampled_from(TEXTS), max_size=2), more=st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3)
)
def test_added_sentences_never_raise_the_lowest_rung(first: list[str], more: list[str]) -> None:
    """The same holds of pages: no sentence makes a shop look more careful than it did."""
    before, after = (
        read({"home": PRODUCT + "".join(f"<p>{t}</p>" for t in texts), "checkout": ORDER_FORM})
        for texts in (first, [*first, *more])
    )
    assert before.lowest
    assert after.lowest
    assert after.lowest.height <= before.lowest.height
