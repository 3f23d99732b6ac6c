"""What a form asks of its visitor: a prescription, health answers, an appointment, an order.

Newsletters, searches, contact forms and store locators ask for something else and are none of these.
"""

from __future__ import annotations

from collections.abc import Iterator

from pharmcheck.model import Field, Form, Page, Quote, Rung, Statement
from pharmcheck.reading.anycase import AnyCase

_PRESCRIPTION = AnyCase(
    r"prescri|\brx\b|\be?-?scripts?\b|ordonnance|předpis|рецепт|処方|kassenrezept|e-?rezept|e-?recept|privatrezept|ricetta medica|"
    r"receta m[eé]dica|receita m[eé]dica|verordnung",
)
_MAYBE_RECIPE = AnyCase(r"rezept|\brecetas?\b|ricett[ae]|\breceitas?\b|recept")
# Where these words may mean a dish, the page must speak of medicines as well.
_MEDICINES = AnyCase(
    r"apothe|arznei|medikament|medicament|medicin|medicijn|farm[aá]c|farmaci|aptek|apotek|l[eé]k[aá]rn|\blek[iy]?\b|\bléky?\b|läkemedel",
)
_TRANSFER = AnyCase(
    r"transfer|current pharmacy|previous pharmacy|(?:prescription|rx|refill|script) ?(?:number|no\b|#|id)|nominat|\beps\b|e-?rezept|"
    r"card ?link|gesundheitskarte|versichertennummer|kvnr|krankenkasse|e-?recept|kod(?:u)? recepty|k[oó]d (?:e-?)?receptu|"
    r"(?:numer|kod) e-?recepty|\bpesel\b|e-?script|\btoken\b|prescriber|num[eé]ro (?:de )?(?:l')?ordonnance|carte vitale|"
    r"tarjeta sanitaria|c[oó]digo (?:de )?(?:la )?receta|\bnre\b|numero ricetta|codice fiscale|tessera sanitaria|receptnummer|"
    r"dispensing number|access code",
)
_REPEAT = AnyCase(
    r"repeat|re-?order|refill|wiederhol|folgerezept|dauermedik|renouvel|repetici[oó]n|ripeti|herhaal|powt[oó]rz|sta[łl]e leki|opakovan",
)
_SURGERY = AnyCase(
    r"surgery|gp (?:practice|name|details)|(?:your|name of) gp\b|doctor'?s (?:name|practice|details)|nhs (?:no|number)|hausarzt|arztpraxis|"
    r"m[eé]decin (?:traitant|prescripteur)|m[eé]dico (?:de cabecera|di base|curante|prescriptor)|huisarts|przychodni|lekarz|praktick|"
    r"o[sš]et[rř]uj[ií]c",
)
_HEALTH = AnyCase(
    r"(?P<allergy>allerg|alergi)|(?P<symptom>symptom|beschwerden|symptôme|síntoma|sintom|klacht|objaw|příznak)|"
    r"(?P<condition>medical|(?<!and )(?<!& )\bconditions?\b|krank|diagnos|maladie|enfermedad|malatti|ziekte|chorob|onemocn|nemoc|"
    r"antécédent|antecedent|patologi)|"
    r"(?P<pressure>blood pressure|blutdruck|tension art|tensión|pressione (?:art|del)|bloeddruk|ciśnieni|krevní tlak)|"
    r"(?P<weight>\bweight\b|gewicht|\bpoids\b|\bpeso\b|\bwaga\b|\bváha|hmotnost)|(?P<height>\bheight\b|körpergröße|altezza|estatura|wzrost|výška)|"
    r"(?P<bmi>\bbmi\b)|(?P<pregnancy>pregnan|breast.?feed|schwanger|stillen|grossesse|enceinte|embaraz|gravid|zwanger|ciąż|těhot)|"
    r"(?P<smoking>smok|rauch|fum(?:ez|as?|i)\b|rook|palisz|kouř)|"
    r"(?P<medication>medication|medikament|medicijn|traitements?\b|medicaci[oó]n|medicinali|leki\b|léky)|"
    r"(?P<organ>\bheart\b|\bliver\b|\bkidney|herz|leber|nieren|cœur|coraz[oó]n|cuore|serce|srdc)|"
    r"(?P<health>health (?:problem|issue|history|question)|surger(?:y|ies)|\bgender\b|\bsex\b|geschlecht|geslacht)",
)
_BOOKING = AnyCase(
    r"appointment|\bvideo|\bconsult|call ?back|(?:preferred|desired) (?:date|time)|\bbook|\btermin|wunschtermin|rendez-?vous|\bcita\b|"
    r"appuntamento|afspraak|wizyt|termín|objedn",
)
# Bounded repeats: the text is the visitor's to write, and must be read in linear time.
_SPOKEN_WITH = AnyCase(
    r"(?:book|request|arrange|buchen|vereinbar|réserv|reserv|prenot|boek|umów|objedn|zarezerw)\w{0,12}(?:\W{1,4}\w{1,20}){0,4}?\W{1,4}"
    r"(?:\w{0,12}consult|\w{0,12}sprechstunde|\w{0,12}televisit|teleporad|\w{0,12}konzult|\w{0,12}konsult|doctor|prescriber|"
    r"clinician|arzt|médecin|médico|medico|arts|lekarz|lékař)",
)
_SCHEDULED = AnyCase(
    r"\bschedul|\bbook (?:a|an|my|your)\b|terminbuchung|termin (?:buchen|wählen)|prendre rendez-?vous|pedir cita|prenota la visita|"
    r"afspraak maken|umów wizytę|objednat termín"
)
_BUTTON_CHARS = 60
_WHEN = AnyCase(r"\b(?:date|time|day|slot|tag|uhrzeit|datum|heure|jour|fecha|hora|data|ora|tijd|dag|godzin|čas|den)")
_PERSON = AnyCase(
    r"e-?mail|phone|telefon|t[eé]l[eé]phone|tel[eé]fono|mobil|full.?name|first.?name|last.?name|your name|\bname\b|vorname|nachname|"
    r"pr[eé]nom|\bnom\b|"
    r"nombre|apellido|nome\b|cognome|naam|imi[eę]|nazwisk|jm[eé]no|p[rř][ií]jmen[ií]",
)
_PLACE = AnyCase(
    r"address|street|\bcity\b|\btown\b|\bzip\b|post.?code|postal|county|\bstate\b|country|adres|straße|strasse|\bort\b|\bplz\b|postleitzahl|stadt|"
    r"\brue\b|\bville\b|direcci[oó]n|calle|ciudad|indirizzo|\bvia\b|citt[aà]|\bcap\b|straat|huisnummer|plaats|"
    r"ulic|miasto|kod pocztowy|m[eě]sto|psč",
)
_PAYING = AnyCase(
    r"card|payment|billing|shipping|cvv|cvc|iban|zahl|lieferadresse|paiement|livraison|pago|env[ií]o|tarjeta|pagamento|spedizione|"
    r"betaal|betaling|bezorg|p[łl]atno[sś]|dostaw|platb|doprav|doru[cč]en",
)
_OPTIONAL = AnyCase(
    r"optional|freiwillig|facultati|opcional|facoltativ|optioneel|opcjonaln|nieobowiązkow|nepovinn|valgfri|frivillig|valinnai|任意",
)
# Who reports something is asked for a name and what was paid as well.
_REPORTING = AnyCase(
    r"\breport (?:a|an|it|this|form|to us|your)\b|\b(?:send|submit|file) (?:a |the |your )?report\b|\byour report\b|"
    r"\bcomplain|adverse|side effect|yellow card|what did you (?:buy|order|see)\b|did (?:they|the (?:site|seller)) ask\b|"
    r"nebenwirkung melden|verdacht melden|"
    r"\bsignal(?:er|ement)|\bdenunci|\bsegnala|\bmelding\b|\bmeld (?:een|een )|zgłoś|nahlásit|nahlaste|сообщить о|anmäl",
)
_ASKED_OF_BUYERS = 3  # fields
_UNSEEN = ("hidden", "button", "submit", "image", "reset", "search")


def read_forms(page: Page) -> Iterator[Statement]:
    """Yield the rungs of the prescription ladder that the forms of a page stand for."""
    said = [_said(form) for form in page.forms]
    medical = any(map(_MAYBE_RECIPE.stands_in, said)) and _MEDICINES.stands_in(page.text)
    for form, words in zip(page.forms, said, strict=True):
        yield from _rungs(page, form, words, medical)


def _said(form: Form) -> str:
    """Return the words of a form; what is written around billing fields asks for nothing and is left out."""
    around = "" if is_order_form(form) else form.text
    return " ".join([around, form.action, *(_words(f) for f in form.fields)])


def _rungs(page: Page, form: Form, words: str, medical: bool) -> Iterator[Statement]:
    """Yield the rungs of one form; `words` are its own, `medical` tells that its page speaks of medicines."""
    spoken = _PRESCRIPTION.stands_in(words) or (medical and _MAYBE_RECIPE.stands_in(words))
    spoken = spoken and not is_report_form(form)  # it asks what a seller asked for
    shown = [f for f in form.fields if f.kind not in _UNSEEN]
    files = [f for f in shown if f.kind == "file"]
    if files and spoken:
        optional = _OPTIONAL.stands_in(_words(files[0])) and not files[0].required
        yield Statement(Rung.OPTIONAL if optional else Rung.UPLOAD, _quote(page, form))
    if spoken and not files and (_count(shown, _TRANSFER) or _repeats(shown, words)):
        yield Statement(Rung.E_PRESCRIPTION, _quote(page, form))
    health = _health(shown)
    if health >= 3:
        yield Statement(Rung.QUESTIONNAIRE, _quote(page, form))
    booked = _count(shown, _BOOKING) or _SCHEDULED.stands_in(form.text[-_BUTTON_CHARS:])
    if (health and booked) or (_count(shown, _WHEN) and _SPOKEN_WITH.stands_in(words)):
        yield Statement(Rung.CONSULTATION, _quote(page, form))


def is_order_form(form: Form) -> bool:
    """True when a form asks who the buyer is and where to send to or how to pay, in three fields or more.

    A store locator asks for no person, a contact form or newsletter for neither place nor payment, and who reports a seller
    buys nothing.
    """
    shown = [f for f in form.fields if f.kind not in _UNSEEN]
    if len(shown) < _ASKED_OF_BUYERS or is_report_form(form):
        return False
    words = [_words(f) for f in shown]
    persons = {i for i, said in enumerate(words) if _PERSON.stands_in(said)}
    places = {i for i, said in enumerate(words) if _PLACE.stands_in(said) and "mail" not in said.lower()}
    paying = {i for i, said in enumerate(words) if _PAYING.stands_in(said)}
    return bool(places | paying) and bool(persons or paying) and len(persons | places | paying) >= _ASKED_OF_BUYERS


def is_report_form(form: Form) -> bool:
    """True when a form takes reports of sellers, of side effects, or complaints."""
    return _REPORTING.stands_in(f"{form.text} {form.action.replace('/', ' ')}")


def _repeats(shown: list[Field], words: str) -> bool:
    """True for a repeat order: it asks who the patient is and which surgery prescribes."""
    return _REPEAT.stands_in(words) and _count(shown, _SURGERY) >= 1 and _count(shown, _PERSON) >= 1


def _health(shown: list[Field]) -> int:
    """Return how many different matters of health the fields ask for; three buttons for one answer are one."""
    return len(set().union(*(_HEALTH.groups_in(_words(f)) for f in shown)))


def _count(shown: list[Field], words: AnyCase) -> int:
    return sum(1 for f in shown if words.stands_in(_words(f)))


def _words(field: Field) -> str:
    return f"{field.name.replace('_', ' ').replace('-', ' ')} {field.name} {field.label}"


def _quote(page: Page, form: Form) -> Quote:
    text = form.text.split("\n")[0][:200] if form.text else ""
    return Quote(page.url, text, f"form to {form.action}", page.digest)
