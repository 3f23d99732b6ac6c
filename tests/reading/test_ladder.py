"""The prescription ladder for each medicine, from words and from mechanism."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pharmcheck.model import Gap, Kind, Ladder, Prescription, Rung, SiteKind, Statement, Step
from pharmcheck.reading.kind import ASKS_FOR_NONE
from pharmcheck.reading.ladder import read_ladder
from tests.builders import medicine, offer, over_the_counter, page, quote, sighting, statement
from tests.sites import evidence

CART = "<p class='price'>$45.00</p><form action='/cart' method='post'><button>Add to cart</button></form>"
PRODUCT = f"<title>Sample Pharmacy</title><h2>Tadalafil 20 mg, 30 tablets</h2>{CART}"
ORDER_FORM = (
    "<h1>Checkout</h1><form action='/order' method='post'><input name='full_name'><input name='street_address'>"
    "<input name='city'><input name='card_number'></form>"
)
PHARMACY = Kind(SiteKind.PHARMACY, "offers medicines itself")


def read(pages: dict[str, str] | str) -> Ladder:
    """Return the ladder of a small site."""
    ladder = evidence(pages).ladder
    assert not isinstance(ladder, Gap)
    return ladder


def step(ladder: Ladder, name: str) -> Step:
    """Return the step of one medicine, "" for the site."""
    return next(s for s in ladder.steps if s.medicine == name)


WORDS = {
    Rung.NONE: (
        "You can order without a prescription here.",
        "Bei uns ohne Rezept bestellen.",
        "Commandez chez nous sans ordonnance.",
    ),
    Rung.WAIVED: (
        "Prescription included in the price.",
        "Das Rezept ist im Preis enthalten.",
        "Receta incluida en el precio.",
    ),
    Rung.OPTIONAL: ("A prescription is optional.", "Ein Rezept ist optional.", "La receta es opcional."),
    Rung.QUESTIONNAIRE: (
        "Just fill in a short online questionnaire and our doctor approves your order.",
        "Solo tiene que rellenar un cuestionario en línea.",
        "Basta compilare un questionario online.",
    ),
    Rung.CONSULTATION: (
        "Speak to one of our doctors by video before you order.",
        "Buchen Sie eine Videosprechstunde mit unserem Arzt.",
        "Reserve una videoconsulta con nuestro médico.",
    ),
    Rung.REQUIRED: (
        "A valid prescription is required.",
        "Ein gültiges Rezept ist erforderlich.",
        "Se requiere receta médica.",
    ),
    Rung.UPLOAD: ("Upload your prescription.", "Laden Sie Ihr Rezept hoch.", "Suba su receta médica."),
    Rung.E_PRESCRIPTION: (
        "Redeem your e-prescription with us.",
        "E-Rezept einlösen.",
        "Canjee su receta electrónica.",
    ),
    Rung.ORIGINAL: (
        "Post us the original prescription.",
        "Senden Sie uns das Originalrezept per Post.",
        "Envíe la receta original por correo.",
    ),
}


@pytest.mark.parametrize(("rung", "text"), [(rung, text) for rung, texts in WORDS.items() for text in texts])
def test_every_rung_from_words(rung: Rung, text: str) -> None:
    """English and two other languages say each rung; the site is taken at the lowest that it says."""
    found = evidence(PRODUCT + f"<p>{text}</p>")
    assert not isinstance(found.prescription, Gap)
    assert not isinstance(found.ladder, Gap)
    said = {s.rung for s in found.prescription.said}
    assert rung in said
    assert step(found.ladder, "").said is min(said, key=lambda r: r.height)
    assert step(found.ladder, "tadalafil").said is step(found.ladder, "").said


FORMS = {
    Rung.OPTIONAL: (
        "<form><label>Your prescription (optional) <input type=file name=f></label></form>",
        "<form><label>Ihre ärztliche Verordnung (freiwillig) <input type=file name=f></label></form>",
        "<form><label>Votre ordonnance (facultatif) <input type=file name=f></label></form>",
    ),
    Rung.QUESTIONNAIRE: (
        "<form><label>Allergies <input name=a></label><label>Medical conditions <input name=b></label>"
        "<label>Blood pressure <input name=c></label></form>",
        "<form><label>Allergien <input name=a></label><label>Vorerkrankungen <input name=b></label>"
        "<label>Gewicht <input name=c></label></form>",
        "<form><label>Alergie <input name=a></label><label>Užívané léky <input name=b></label>"
        "<label>Těhotenství <input name=c></label></form>",
    ),
    Rung.CONSULTATION: (
        "<form><p>Book a video consultation</p><label>Date <input type=date name=date></label></form>",
        "<form><p>Videosprechstunde buchen: Sprechstunde beim Arzt buchen, Arzt</p>"
        "<label>Allergien <input name=a></label><label>Wunschtermin <input name=t></label></form>",
        "<form><p>Reserve una cita con un médico</p><label>Fecha <input name=fecha></label></form>",
    ),
    Rung.UPLOAD: (
        "<form><label>Upload your prescription <input type=file name=f></label></form>",
        "<p>Ihre Apotheke</p><form><label>Rezept einsenden <input type=file name=f></label></form>",
        "<form><label>Envoyez votre ordonnance <input type=file name=f></label></form>",
    ),
    Rung.E_PRESCRIPTION: (
        "<form><p>Transfer your prescription</p><input name=current_pharmacy placeholder='Current pharmacy'></form>",
        "<form><p>E-Rezept einlösen</p><label>CardLink: Nummer der Gesundheitskarte <input name=kvnr></label></form>",
        "<p>Apteka</p><form><p>E-recepta</p><label>Kod recepty <input name=kod></label></form>",
    ),
}


@pytest.mark.parametrize(("rung", "form"), [(rung, form) for rung, forms in FORMS.items() for form in forms])
def test_every_rung_from_mechanism(rung: Rung, form: str) -> None:
    """English and two other languages ask for it in a form; the order form alone is below each of them."""
    ladder = read({"home": PRODUCT + form, "checkout": ORDER_FORM})
    assert step(ladder, "tadalafil").done is rung
    assert step(ladder, "tadalafil").quotes[-1].note


@pytest.mark.parametrize(
    "fields", ["full_name street_address city", "vorname nachname strasse plz", "nombre apellidos direccion ciudad"]
)
def test_nothing_is_asked_for_only_where_the_order_form_was_read(fields: str) -> None:
    """An order form that asks for name and place asks for no prescription; an empty cart says nothing."""
    form = f"<h1>Order</h1><p>Where to?</p><form>{''.join(f'<input name={name}>' for name in fields.split())}</form>"
    assert step(read({"home": PRODUCT, "checkout": form}), "tadalafil").done is Rung.NONE
    assert step(read({"home": PRODUCT, "checkout": "<p>Your cart is empty.</p>"}), "tadalafil").done is None
    assert step(read(PRODUCT), "tadalafil").done is None


def test_words_and_order_form_disagree() -> None:
    """A prescription is demanded, and the order form asks for none: the words promise more than is done."""
    words = "<p>A valid prescription is required.</p>"
    found = step(read({"home": PRODUCT + words, "checkout": ORDER_FORM}), "tadalafil")
    assert (found.said, found.done, found.agrees, found.lowest) == (Rung.REQUIRED, Rung.NONE, False, Rung.NONE)


def test_an_unseen_mechanism_is_no_disagreement() -> None:
    """While no order form was read, the words stand alone."""
    found = step(read(PRODUCT + "<p>A valid prescription is required.</p>"), "tadalafil")
    assert (found.said, found.done, found.agrees) == (Rung.REQUIRED, None, True)


def test_a_form_that_takes_the_prescription_agrees_with_any_demand() -> None:
    """Words that ask for a prescription or for a talk are kept by a form that takes one; none of them counts as lower."""
    words = "<p>A valid prescription is required. Speak to one of our doctors by video before you order.</p>"
    ladder = read({"home": PRODUCT + words + FORMS[Rung.UPLOAD][0], "checkout": ORDER_FORM})
    assert (step(ladder, "tadalafil").agrees, ladder.lowest) == (True, Rung.UPLOAD)


def test_a_questionnaire_is_less_than_a_demanded_prescription() -> None:
    """Where only a questionnaire is there and all words promise a prescription, the two disagree."""
    done = [statement(Rung.QUESTIONNAIRE)]
    for said, agrees in ((Rung.REQUIRED, False), (Rung.QUESTIONNAIRE, True)):
        given = Prescription((statement(said),), tuple(done), Gap("checkout", "none"))
        assert step(read_ladder(PHARMACY, given, (offer(),), ()), "").agrees is agrees


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
