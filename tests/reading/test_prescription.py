"""The prescription ladder from words and from mechanism."""

from __future__ import annotations

from pharmcheck.model import Gap, Prescription, Rung
from tests.sites import evidence

PRODUCT = "<h2>Tadalafil 20 mg, 30 tablets</h2><p class='price'>$45.00</p><form action='/cart' method='post'><button>Add to cart</button></form>"
ORDER_FORM = (
    "<h1>Checkout</h1><form action='/order' method='post'><input name='full_name'><input name='street_address'>"
    "<input name='city'><input name='card_number'>{}</form>"
)


def read(pages: dict[str, str] | str) -> Prescription:
    prescription = evidence(pages).prescription
    assert not isinstance(prescription, Gap)
    return prescription


def test_words_give_the_rung_none_for_a_prescription_medicine() -> None:
    """'No prescription needed' on a page that sells tadalafil is the lowest rung."""
    assert Rung.NONE in {s.rung for s in read(PRODUCT + "<p>No prescription needed.</p>").said}


def test_words_about_a_medicine_without_prescription_give_no_rung() -> None:
    """'No prescription needed for ibuprofen' is lawful."""
    assert Rung.NONE not in {s.rung for s in read(PRODUCT + "<p>No prescription needed for ibuprofen.</p>").said}


def test_an_upload_field_is_mechanism() -> None:
    """A file field beside prescription words is an upload."""
    form = "<form action='/rx'><label>Your prescription <input type='file' name='rx'></label></form>"
    assert Rung.UPLOAD in {s.rung for s in read(PRODUCT + form).done}


def test_a_file_field_for_a_photo_of_a_cat_is_none() -> None:
    """A file field without prescription words is no rung."""
    assert not read(
        PRODUCT + "<form action='/cat'><label>Your cat <input type='file' name='photo'></label></form>"
    ).done


def test_the_order_form_is_found_only_where_it_was_read() -> None:
    """A checkout page with fields is the checkout; an empty cart is a gap."""
    with_form = read({"home": PRODUCT, "checkout": ORDER_FORM.format("")})
    empty = read({"home": PRODUCT, "checkout": "<h1>Cart</h1><p>Your cart is empty.</p>"})
    assert not isinstance(with_form.checkout, Gap)
    assert isinstance(empty.checkout, Gap)


def test_a_contact_form_on_the_cart_page_is_no_checkout() -> None:
    """Name, mail, phone and message ask for no order; a store locator asks for nobody."""
    contact = "<form><input name='first_name'><input name='last_name'><input name='email'><textarea name='message'></textarea></form>"
    locator = "<form><input name='zip'><input name='city'><select name='state'><option>Ohio</option></select></form>"
    for html in (contact, locator):
        assert isinstance(read({"home": PRODUCT, "checkout": f"<h1>Cart</h1>{html}"}).checkout, Gap)


def test_a_checkout_in_german_is_found() -> None:
    """An order form in another language is an order form."""
    form = "<form><input name='vorname'><input name='nachname'><input name='strasse'><input name='plz'></form>"
    assert not isinstance(read({"home": PRODUCT, "checkout": f"<h1>Kasse</h1>{form}"}).checkout, Gap)


def test_an_answer_that_begins_with_other_words_is_one() -> None:
    """`A prescription is not required` answers the question above it, though the phrase itself starts later."""
    faq = "<h3>Do I need a prescription?</h3><p>A prescription is not required.</p><p>Viagra 50 mg and Viagra 100 mg differ.</p>"
    assert Rung.NONE in {s.rung for s in read(faq).said}


def test_classes_of_medicines_show_what_needs_no_prescription() -> None:
    """Who sells antibiotics and pays affiliates, and asks for nothing, means those antibiotics."""
    shop = "<p>All our medicines, from antibiotics to antidepressants, need no prescription.</p><p>Join our affiliate programme: 30 % commission.</p>"
    assert Rung.NONE in {s.rung for s in read(shop).said}


def test_classes_that_are_refused_show_nothing() -> None:
    """A pharmacy that gives antibiotics on prescription only means its cold remedies."""
    shop = "<p>Antibiotics are supplied on prescription only.</p><p>Lozenges: no prescription needed.</p><p>Join our affiliate programme: 30 % commission.</p>"
    assert Rung.NONE not in {s.rung for s in read(shop).said}
