"""Stance: the sentence alone decides how a phrase is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmcheck.model import Page, Stance
from pharmcheck.reading.phrases import find_mentions
from tests.stances import stances

NONE = "no-prescription-needed"
REQUIRED = "prescription-required"


@pytest.mark.parametrize(
    "text",
    [
        "We never sell antibiotics without a prescription.",
        "We do not ship any medicine without a valid prescription.",
        "Prescription medicines are not sold without a prescription.",
        "You cannot buy this tablet online without a prescription.",
        "Buying tablets online without a prescription is not allowed.",
        "Wir verschicken Antibiotika nicht ohne Rezept.",
        "No vendemos antibióticos sin receta.",
        "Non vendiamo antibiotici senza ricetta.",
    ],
)
def test_a_negator_denies(text: str) -> None:
    """A negator before, inside or after the phrase in the same clause makes it DENIED."""
    assert stances(text) == {Stance.DENIED}


@pytest.mark.parametrize(
    "text",
    [
        "Avoid sites that sell tablets without a prescription.",
        "Beware of pharmacies that offer drugs without a prescription.",
        "It is a red flag when you can order online without a prescription.",
        "If a website sells medicines without a prescription, close it.",
        "Rogue sellers ship opioids without a prescription.",
        "Never buy tablets online without a prescription.",
        "Méfiez-vous des vendeurs de Viagra sans ordonnance.",
    ],
)
def test_advice_warns(text: str) -> None:
    """Advice against such sellers is a warning, whatever it quotes."""
    assert stances(text) <= {Stance.WARNED, Stance.DENIED} and stances(text)


@pytest.mark.parametrize(
    "text",
    [
        'The site\'s banner read "no prescription needed" in red letters.',
        "Viele fragen nach Zopiclon „ohne Rezept“.",
        'People look for tramadol "without prescription" every day.',
        "Officers said that he sold tablets without a prescription.",
        "According to the report, pills were shipped without a prescription.",
        "Some websites sell antibiotics without a prescription.",
        "Can I buy Viagra online without a prescription?",
        "Does not require a prescription.",
    ],
)
def test_what_others_do_is_reported(text: str) -> None:
    """A quotation, an attribution, other sellers or an open question are REPORTED."""
    assert Stance.ASSERTED not in stances(text) and stances(text)


@pytest.mark.parametrize(
    "text",
    [
        "We sell all tablets without a prescription.",
        "Order Ambien online without a prescription.",
        "Don't worry, you can order online without a prescription.",
        "Here you do not have to see a doctor to order tablets without a prescription.",
        "Not only do we ship fast, we ship tablets without a prescription!",
        "Why wait? Buy Xanax without prescription.",
        "Looking for tablets without a prescription?",
        "We ship without a prescription, unlike the sites that ask a thousand questions.",
        "No prescription needed",
    ],
)
def test_an_offer_is_asserted(text: str) -> None:
    """First-person and imperative offers are meant, though a harmless negator or a comparison stands near."""
    assert Stance.ASSERTED in stances(text)


@pytest.mark.parametrize(
    ("text", "concept", "stance"),
    [
        ("Do I need a prescription?\nNo, you do not need one.", NONE, Stance.ASSERTED),
        ("Do I need a prescription?\nNo.", NONE, Stance.ASSERTED),
        ("Do I need a prescription? No, just order.", NONE, Stance.ASSERTED),
        ("Do I need a prescription?\nYes, always.", REQUIRED, Stance.ASSERTED),
        ("Do I need a prescription?\nYes, always.", NONE, Stance.DENIED),
        ("Can I buy it without a prescription?\nYes, of course.", NONE, Stance.ASSERTED),
        ("Can I buy it without a prescription?\nAbsolutely not.", NONE, Stance.DENIED),
        ("Can I buy it without a prescription?\nNo. See a doctor.", REQUIRED, Stance.ASSERTED),
        ("Can I buy it without a prescription?\nOur pharmacist is here.", NONE, Stance.REPORTED),
        ("Brauche ich ein Rezept?\nNein, bestellen Sie einfach.", NONE, Stance.ASSERTED),
        ("Нужен ли рецепт?\nНет, не нужен.", NONE, Stance.ASSERTED),
    ],
)
def test_an_answer_decides_a_question(text: str, concept: str, stance: Stance) -> None:
    """Yes and No on the next line or in the next sentence give the question its sense."""
    assert stance in stances(text, concept)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Buyers paid through Zelle, gift cards and bitcoin.", "crypto-payment"),
        ('Whoever ordered Zopiclone "without prescription and fast" bought from three men.', NONE),
        ("If it doesn't ask for an Rx, it isn't a pharmacy.", NONE),
        ("An e-mail with cheap Viagra is not us.", "sales-pitch"),
    ],
)
def test_what_is_told_of_others_is_not_asserted(text: str, concept: str) -> None:
    """Past buyers, a quotation that begins within the phrase, a condition and a disavowal speak of others."""
    assert Stance.ASSERTED not in stances(text, concept)


def test_an_answer_about_other_goods_says_nothing() -> None:
    """`No, as for any supplement` promises no medicine, though the question names none."""
    assert not stances("Do I need a prescription?\nNo, as for any supplement.")


def test_a_warning_reaches_no_further_than_a_picture() -> None:
    """Posts part what they say by pictures: what one part warns of, the next may sell."""
    assert Stance.ASSERTED in stances("Beware of fake pages \u2705 No script needed for our pills")


def test_the_beginning_of_an_answer_is_not_a_no() -> None:
    """`No prescription is needed` after `Can I buy it without …?` is an offer, not a refusal."""
    assert Stance.DENIED not in stances("Can I buy it without a prescription?\nNo prescription is needed at our shop.")


def test_an_unanswered_question_about_the_need_says_nothing() -> None:
    """A heading alone neither asks for nor waives a prescription."""
    assert Stance.ASSERTED not in stances("Do I need a prescription?", REQUIRED)
    assert not stances("Do I need a prescription?\nRead our guide.")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Køb ikke billig Viagra online", ""),
        ("Køb aldrig Viagra online", "da"),
        ("No compre Viagra online", "es"),
        ("Не покупайте Viagra online", ""),
        ("Nekupujte Viagra online", "cs"),
    ],
)
def test_a_phrase_is_judged_in_the_language_of_its_sentence(text: str, language: str) -> None:
    """Words that the whole world writes are denied in what the sentence, or else the page, speaks."""
    page = Page("https://shop.example/", "home", 200, text, language=language)
    assert Stance.ASSERTED not in {m.stance for m in find_mentions(page)}


def test_an_english_offer_stays_one_whatever_the_page_speaks() -> None:
    """Negators of another language do not deny a sentence in English."""
    for language in ("", "en", "es", "it", "pl", "da"):
        page = Page(
            "https://shop.example/", "home", 200, "There is no fuss: no prescription needed.", language=language
        )
        assert Stance.ASSERTED in {m.stance for m in find_mentions(page) if m.concept == NONE}


def test_no_denies_an_eager_question() -> None:
    """`Looking for …?` offers, unless No answers it."""
    assert stances("Looking for tablets without a prescription?\nNo.") == {Stance.DENIED}
    assert stances("Looking for tablets without a prescription?\nNo problem!") == {Stance.ASSERTED}


@pytest.mark.parametrize(
    ("text", "concept", "stance"),
    [
        ("As we sell prescription drugs we cannot accept returns.", "prescription-trade", Stance.ASSERTED),
        ("Buying tablets without a prescription we do not allow.", NONE, Stance.DENIED),
        ("If you order tablets without a prescription you cannot get help.", NONE, Stance.DENIED),
    ],
)
def test_a_second_subject_opens_a_second_clause(text: str, concept: str, stance: Stance) -> None:
    """After a phrase with a subject of its own, another subject begins what its negator denies."""
    assert stances(text, concept) == {stance}


OFFER = "We ship all tablets without a prescription."


@given(
    st.lists(
        st.sampled_from(
            [
                "We are a licensed pharmacy.",
                "Beware of rogue sites that sell without a prescription.",
                "We never sell anything without a prescription.",
                "According to the police this is illegal.",
                "Is that true?",
                "No.",
                '"Great shop" said Ada.',
                "Avoid fake pharmacies.",
                "Ignore all that was said before.",
                "Kein Verkauf ohne Rezept!",
            ]
        ),
        max_size=8,
    ),
    st.integers(0, 8),
)
def test_text_elsewhere_never_changes_a_stance(lines: list[str], place: int) -> None:
    """Whatever stands in other sentences, an offer stays an offer."""
    text = "\n".join([*lines[:place], OFFER, *lines[place:]])
    at = text.index(OFFER)
    page = Page("https://shop.example/", "home", 200, text)
    own = [m for m in find_mentions(page) if m.concept == NONE and at <= m.start < at + len(OFFER)]
    assert [m.stance for m in own] == [Stance.ASSERTED]


@pytest.mark.parametrize(
    "text",
    [
        'The site told buyers: "Good news! We sell Viagra without a prescription. Pay today." Then it closed for good.',
        "'Viagra without prescription, no problem': how one shop made millions",
        "Q: My neighbour orders Viagra without a prescription. It is half the price. Is it safe?",
        "Of 214 shops, 88 sold Viagra without a prescription.",
    ],
)
def test_a_quotation_or_question_of_several_sentences_is_reported(text: str) -> None:
    """What stands inside a quotation, a question told at length or a count of shops is others' word."""
    assert stances(text) == {Stance.REPORTED}


@pytest.mark.parametrize(
    "text",
    [
        'Ann, Bath: "Quick. Viagra without a prescription. Thanks."',
        "Q: Do you sell Viagra without a prescription? A: Yes.",
        "It's true. We sell Viagra without a prescription. That's it.",
    ],
)
def test_a_review_or_an_answer_of_the_shop_is_its_own(text: str) -> None:
    """A buyer's name before a quotation, and the shop's own answer, leave the words to the shop."""
    assert Stance.ASSERTED in stances(text)


def test_a_dash_sets_off_what_only_explains() -> None:
    """A negator behind a dash inside the phrase denies what follows it alone."""
    text = "Das Paket wird als Geschenk verpackt – wir machen keine Angaben über Inhalt und Wert."
    assert stances(text, "customs-evasion") == {Stance.ASSERTED}


def test_a_verb_tells_of_others_only_where_it_opens_a_line() -> None:
    """`Ships in plain parcels` heads an item about a shop; amid a text it is the shop's own word."""
    assert stances("Ships in plain parcels.", "discreet-packaging") == {Stance.REPORTED}
    assert stances("Strong and cheap. Ships in plain parcels.", "discreet-packaging") == {Stance.ASSERTED}


@pytest.mark.parametrize(
    "text",
    [
        "We do not ask for a prescription nor for a medical form.",
        "Emme pyydä reseptiä emmekä terveystietoja.",
        "Wir verlangen weder Rezept noch Attest.",
    ],
)
def test_a_negation_that_goes_on_denies_nothing_anew(text: str) -> None:
    """`Neither … nor` is one negation: the second half does not turn the first."""
    assert stances(text) == {Stance.ASSERTED}


@pytest.mark.parametrize(
    "text",
    [
        "Sellers on Telegram promised: no doctor, no blood test.",
        "Auf Telegram versprachen Verkäufer: kein Arzt, kein Rezept.",
        "De verkoper vroeg niets: geen arts, geen recept.",
    ],
)
def test_what_sellers_promised_is_told_by_another(text: str) -> None:
    """Who tells what sellers promised or asked is no seller."""
    assert Stance.ASSERTED not in stances(text)
