"""What forms ask for."""

from __future__ import annotations

import time

import pytest

from pharmcheck.model import Page, Rung
from pharmcheck.reading.asking import is_order_form, read_forms
from pharmcheck.reading.page import read_page


def page(html: str) -> Page:
    return read_page("https://shop.example/", html.encode(), content_type="text/html; charset=utf-8")


def rungs(html: str) -> set[Rung]:
    """Return the rungs of all forms of a page."""
    return {statement.rung for statement in read_forms(page(html))}


@pytest.mark.parametrize(
    "html",
    [
        "<form><label>Upload your prescription <input type=file name=f></label></form>",
        "<p>Ihre Apotheke</p><form><label>Rezept einsenden <input type=file name=f></label></form>",
        "<form><label>Envoyez votre ordonnance <input type=file name=f></label></form>",
        "<p>Farmacia</p><form><label>Adjunta tu receta <input type=file name=f></label></form>",
        "<p>Farmacia</p><form><label>Carica la ricetta <input type=file name=f></label></form>",
        "<p>Apotheek</p><form><label>Recept uploaden <input type=file name=f></label></form>",
        "<p>Apteka</p><form><label>Skan recepty <input type=file name=f></label></form>",
        "<p>Lékárna</p><form><label>Nahrajte recept <input type=file name=f></label></form>",
    ],
)
def test_an_upload_in_eight_languages(html: str) -> None:
    """A file field for a prescription is an upload."""
    assert Rung.UPLOAD in rungs(html)


@pytest.mark.parametrize(
    "html",
    [
        "<form><p>Transfer your prescription</p><input name=current_pharmacy placeholder='Current pharmacy'></form>",
        "<form><p>E-prescription</p><input name=token placeholder='Token from your text message'></form>",
        "<form><p>E-Rezept einlösen</p><label>CardLink: Nummer der Gesundheitskarte <input name=kvnr></label></form>",
        "<p>Apteka</p><form><p>E-recepta</p><label>Kod recepty <input name=kod></label><label>PESEL <input name=p></label></form>",
        "<p>Lékárna</p><form><p>eRecept</p><label>Kód receptu <input name=kod></label></form>",
        "<p>Farmacia</p><form><p>Ricetta elettronica</p><label>NRE <input name=nre></label></form>",
        "<form><p>Repeat prescription order</p><label>Full name <input name=n></label><label>GP surgery <input name=s></label>"
        "<label>NHS number <input name=nhs></label></form>",
        "<p>Apotheek</p><form><p>Herhaalrecept</p><label>Naam <input name=naam></label><label>Huisarts <input name=h></label></form>",
        "<p>Apotheke</p><form><p>Folgerezept bestellen</p><label>Nachname <input name=n></label><label>Arztpraxis <input name=a></label></form>",
        "<form><p>Renouvellement d'ordonnance</p><label>Nom <input name=n></label><label>Médecin traitant <input name=m></label></form>",
    ],
)
def test_an_electronic_or_repeat_prescription(html: str) -> None:
    """Codes, tokens, transfers and repeat orders by way of the surgery are prescriptions taken."""
    assert rungs(html) == {Rung.E_PRESCRIPTION}


@pytest.mark.parametrize(
    "html",
    [
        "<form><p>Schicken Sie uns Ihr Rezept mit Zutaten</p><label>Foto <input type=file name=kuchen></label></form>",
        "<form><p>Sube tu receta de tortilla</p><input type=file name=foto></form>",
        "<form action=/search><label>Search prescriptions and products <input type=search name=q></label></form>",
        "<form><p>Prescription news by mail</p><label>Email <input type=email name=e></label></form>",
        "<form><p>Questions about a prescription?</p><input name=name placeholder=Name><input name=email placeholder=Email>"
        "<textarea name=message placeholder=Message></textarea></form>",
        "<form><p>Find a pharmacy near you for your prescription</p><input name=zip placeholder='ZIP or city'></form>",
        "<form><p>Terms</p><label><input type=checkbox name=a> I accept the terms and conditions</label>"
        "<label><input type=radio name=gender value=m> Gender: male</label><label><input type=radio name=gender value=f> Gender: female</label></form>",
        "<form><label>Gewicht <select name=gewicht><option>1 kg</option></select></label><input name=qty placeholder=Menge></form>",
    ],
)
def test_other_forms_are_no_intake(html: str) -> None:
    """Recipes, searches, newsletters, contact forms, store locators and registrations take no prescription."""
    assert not rungs(html)


def test_health_questions_and_appointments() -> None:
    """Three different matters of health are a questionnaire; booking a talk with a prescriber is a consultation."""
    german = "<form><label>Allergien <input name=a></label><label>Vorerkrankungen <input name=b></label><label>Gewicht <input name=c></label></form>"
    assert rungs(german) == {Rung.QUESTIONNAIRE}
    czech = "<form><label>Alergie <input name=a></label><label>Užívané léky <input name=b></label><label>Těhotenství <input name=c></label></form>"
    assert rungs(czech) == {Rung.QUESTIONNAIRE}
    booking = "<form><p>Book a video consultation</p><label>Date <input type=date name=date></label><label>Name <input name=n></label></form>"
    assert rungs(booking) == {Rung.CONSULTATION}
    table = "<form><p>Book a table</p><label>Date <input type=date name=date></label></form>"
    assert not rungs(table)


@pytest.mark.parametrize(
    ("fields", "order"),
    [
        ("full_name street_address city card_number", True),
        ("vorname nachname strasse plz ort", True),
        ("prenom rue ville code_postal", True),
        ("nombre apellidos direccion calle ciudad", True),
        ("nome cognome indirizzo cap", True),
        ("voornaam achternaam straat huisnummer", True),
        ("imię nazwisko ulica miasto", True),
        ("jméno příjmení ulice město", True),
        ("q", False),
        ("email", False),
        ("first_name last_name email phone message", False),
        ("zip city state", False),
        ("email_address name phone", False),
    ],
)
def test_an_order_form_asks_who_and_where(fields: str, order: bool) -> None:
    """Names with a place or a payment make an order; searches, newsletters, contact forms and store locators do not."""
    inputs = "".join(f"<input name='{name}'>" for name in fields.split())
    assert [is_order_form(form) for form in page(f"<p>Text</p><form action=/go>{inputs}</form>").forms] == [order]


@pytest.mark.parametrize("piece", ["book", "book ", "recept ", "Rezept, ", "x@ "])
def test_long_repetitive_forms_are_read_in_time(piece: str) -> None:
    """A form of 100,000 characters takes no time to speak of."""
    text = (piece * 100_000)[:100_000]
    start = time.process_time()
    rungs(f"<form><p>{text}</p><input name=date><input name=q></form>" + f"<form><p>{text[:50]}</p></form>" * 200)
    assert time.process_time() - start < 3


def test_text_around_billing_fields_takes_no_prescription() -> None:
    """A sentence on prescriptions inside the order form, beside a field for a code, changes nothing of what it asks."""
    form = (
        "<form action=/order>{}<input name=full_name placeholder='Full name'><input name=street placeholder='Street address'>"
        "<input name=city placeholder=City><input name=voucher placeholder='Access code'></form>"
    )
    assert (
        rungs(form.format("")) == rungs(form.format("<p>Please upload your prescription before checkout.</p>")) == set()
    )
