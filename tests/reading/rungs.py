"""The rungs of a site from its pages."""

from __future__ import annotations

from pharmcheck.model import Gap, Kind, Ladder, Rung, SiteKind, Step
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
