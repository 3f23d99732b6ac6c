"""Which of the phrases on a page become mentions: their quotes, roles, languages, order and number."""

from __future__ import annotations

import pytest

from pharmcheck.model import Mention, Page, Stance
from pharmcheck.reading.phrases import find_mentions

NONE, REQUIRED, UPLOAD = "no-prescription-needed", "prescription-required", "prescription-upload"
OFFER = "We sell Viagra without a prescription."


def read(text: str, concept: str = "", language: str = "") -> list[Mention]:
    """Return the mentions on a page, or those of one concept."""
    found = find_mentions(Page("https://shop.example/", "home", 200, text, language=language))
    return [m for m in found if concept in ("", m.concept)]


def told(text: str, concept: str = NONE, language: str = "") -> list[tuple[str, Stance]]:
    """Return the quotes of a concept with how they are meant."""
    return [(m.quote.text, m.stance) for m in read(text, concept, language)]


# Questions


@pytest.mark.parametrize(
    ("text", "quote", "stance"),
    [
        ("Do I need a prescription? No, never. Just order.", "Do I need a prescription? No, never", Stance.ASSERTED),
        ("Do I need a prescription?\n\n\nNo.", "Do I need a prescription?\n\n\nNo", Stance.ASSERTED),
        ("Do I need a prescription? Yes, always.", "Do I need a prescription? Yes, always", Stance.DENIED),
    ],
)
def test_the_quote_of_a_question_reaches_to_its_answer(text: str, quote: str, stance: Stance) -> None:
    """A question alone says nothing: what is quoted ends with the first words of the answer."""
    assert told(text) == [(quote, stance)]


def test_a_question_that_nobody_answers_is_no_mention() -> None:
    """Where only No would have meant it, silence means nothing; at the end of a page as well."""
    assert told("Do I need a prescription?") == []
    assert told("Do I need a prescription? We are open from nine to five.") == []


def test_each_question_has_its_own_answer() -> None:
    """The same question, answered otherwise further down, is told otherwise there."""
    text = "Do I need a prescription? No, never.\nTablets\nDo I need a prescription? Yes, always.\n"
    assert [stance for _, stance in told(text)] == [Stance.ASSERTED, Stance.DENIED]


def test_a_question_is_answered_in_its_language_or_that_of_the_page() -> None:
    """`Nej` is No on a Swedish page, and nothing on a page of no known language."""
    assert [stance for _, stance in told("Do I need a prescription? Nej.", language="sv")] == [Stance.ASSERTED]
    assert told("Do I need a prescription? Nej.") == []


def test_what_nobody_answers_hides_nothing_in_its_sentence() -> None:
    """A question without an answer is no mention; what else is said in it is one."""
    (found,) = told("Do I need a prescription, or is it true that no prescription is needed?")
    assert found == ("no prescription is needed", Stance.REPORTED)


def test_the_same_words_without_a_question_ask_nothing() -> None:
    """A heading is answered only where it asks."""
    assert told("Why I need a prescription. No, never.") == []


def test_one_word_may_stand_between_question_and_answer() -> None:
    """`Answer` as a heading of its own; what comes later, or behind a sentence, answers something else."""
    assert told("Do I need a prescription?\nAnswer\nNo, you don't.")[0][1] is Stance.ASSERTED
    assert told("Do I need a prescription?\nAnswer\nHonestly\nNo, you don't.") == []
    assert told("Do I need a prescription? Many people ask. No, you don't.") == []


# Overlaps


def test_of_overlapping_phrases_the_longest_is_quoted_once() -> None:
    """A shorter phrase inside a longer one is no second mention; one beside it is."""
    assert told("There is no need for any prescription here.") == [("no need for any prescription", Stance.ASSERTED)]
    two = told("No prescription needed, and you can buy Viagra without a prescription.")
    assert [quote for quote, _ in two] == ["No prescription needed", "buy Viagra without a prescription"]


def test_the_same_phrase_in_two_sentences_is_two_mentions() -> None:
    """Each stands at its own place."""
    text = f"{OFFER}\n{OFFER}"
    places = [m.start for m in read(text, NONE)]
    assert len(places) == 2
    assert places[1] - places[0] == len(OFFER) + 1


def test_mentions_stand_in_the_order_of_the_page() -> None:
    """By where they start, then by name, whatever the concept."""
    found = read(
        "We accept Bitcoin. No prescription needed. Worldwide shipping. Please upload your prescription. Bitcoin again."
    )
    keys = [(m.start, m.concept) for m in found]
    assert keys == sorted(keys)
    assert len({m.concept for m in found}) >= 4


# Numbers


def test_a_hundred_times_is_enough() -> None:
    """Of one concept a hundred assertions are kept, the first ones; denials among them are kept as well."""
    text = f"{OFFER}\n" * 150
    found = read(text, NONE)
    assert [m.stance for m in found] == [Stance.ASSERTED] * 100
    assert found[-1].start < len(OFFER + "\n") * 100
    denied = "We never sell antibiotics without a prescription.\n"
    assert [m.stance for m in read(denied * 150, NONE)] == [Stance.DENIED] * 150


def test_what_is_told_enough_hides_nothing_beside_it() -> None:
    """Behind a hundred of one concept, and more different sentences than are remembered, others are found, it is not."""
    many = "".join(f"You can buy tablet {n} here without a prescription.\n" for n in range(1_100))
    both = "Order Viagra without a prescription and please upload your prescription for insulin.\n"
    first = [(m.start, m.stance) for m in read(many, NONE)]
    assert len(first) == 100
    found = read(many + both + "We ship worldwide.\n")
    assert [(m.start, m.stance) for m in found if m.concept == NONE] == first
    assert [m.start for m in found if m.concept == UPLOAD] == [m.start + len(many) for m in read(both, UPLOAD)]
    assert any(m.concept == "worldwide-shipping" for m in found)
    few = read(OFFER + "\n" + f"{OFFER}\n" * 120 + both, NONE)
    assert len(few) == 100


def test_a_page_has_at_most_a_thousand_and_the_first_of_each_kind() -> None:
    """What is repeated most gives way, from its end."""
    found = read(
        "We never sell antibiotics without a prescription.\n" * 1_200 + "Please upload your prescription.\n" + OFFER
    )
    assert len(found) == 1_000
    assert any(m.concept == UPLOAD for m in found)
    assert [m.stance for m in found if m.concept == NONE].count(Stance.ASSERTED) == 1


# Languages


def test_a_phrase_is_judged_in_its_own_language_and_that_of_its_sentence() -> None:
    """An English phrase in a German sentence is denied by a German word."""
    assert (
        told("Wir verkaufen niemals Viagra without prescription, das ist verboten.", language="de")[0][1]
        is not Stance.ASSERTED
    )
    assert told("Viagra without prescription", language="de") == [("Viagra without prescription", Stance.ASSERTED)]


def test_equal_sentences_are_read_alike_wherever_they_stand() -> None:
    """What was found in a sentence holds for the same sentence elsewhere, each at its place, but not its surroundings."""
    text = f"{OFFER} Order now.\n\nQ: My friend says: {OFFER} Is it safe?"
    assert [m.stance for m in read(text, NONE)] == [Stance.ASSERTED, Stance.REPORTED]


# Whose words


LONG = "the reporters of the paper wrote down"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        (f'It told buyers for years: "Good news. {OFFER} Pay today." Then it closed.', Stance.REPORTED),
        (f'Ann B.: "Good news. {OFFER} Pay today."', Stance.ASSERTED),  # a reviewer's name
        (f'"Good news. {OFFER} Pay today." {LONG} last week', Stance.REPORTED),
        (f'The shop is closed now, says the paper. "Good news." {OFFER} "Pay today."', Stance.ASSERTED),
        (f'Home\n{LONG}: "Good news. {OFFER} Pay today." Then it closed.\nContact', Stance.REPORTED),
        (
            f'The old house\nAnn B.: "Good news. {OFFER} Pay today."\n{LONG}\nContact',
            Stance.ASSERTED,
        ),  # beside it, on its line
        (f'Home\nShop\nNews\n{LONG}: "Good news. {OFFER} Pay today." Then it closed.', Stance.REPORTED),
        (f"{LONG} 'good news. {OFFER} Pay today.' Then it closed.", Stance.ASSERTED),  # such marks hold headlines only
        (f'{LONG} "good news. {OFFER} ' + "We ship at once. " * 40 + 'Pay." today', Stance.ASSERTED),
        (f'{LONG} "good news\n{OFFER} Pay" today', Stance.ASSERTED),  # no quotation goes over lines
        (f'{LONG} "good news. ' + "We ship at once. " * 40 + f'{OFFER} Pay." today', Stance.ASSERTED),  # nor so far
    ],
)
def test_whose_words_a_quotation_holds(text: str, stance: Stance) -> None:
    """Others' where the line says more than a name about it; the shop's own where it is a review, or no quotation."""
    assert {m.stance for m in read(text, NONE)} == {stance}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        (f"Q: My friend told me this. {OFFER} Is that true?", Stance.REPORTED),
        (f"Question 7: My friend told me this. {OFFER} Is that true?", Stance.REPORTED),
        (f"Frage: Ein Freund sagt das. {OFFER} Stimmt das?", Stance.REPORTED),
        (f"質問: My friend told me this. {OFFER} Is that true？", Stance.REPORTED),
        (f"Q: My friend told me this. {OFFER} Is that true?\nQ: Is it far? No.", Stance.REPORTED),
        (f"Q: Is it far? No.\nQ: My friend told me this. {OFFER} Is that true?", Stance.REPORTED),
        (
            f"Q: Is it far? No.\n{OFFER}\nQ: My friend told me this. Is that true?",
            Stance.ASSERTED,
        ),  # between two of them
        (f"Q: My friend told me this. Is that true? {OFFER}", Stance.ASSERTED),  # behind its last question mark
        (f"Q: Is that true? A: {OFFER} Any more questions?", Stance.ASSERTED),
        (f"Q: My friend told me this.\n{OFFER} Is that true?", Stance.ASSERTED),  # another line
        (f"My friend told me this. {OFFER} Is that true?", Stance.ASSERTED),  # nobody asks a question here
    ],
)
def test_a_question_told_at_length_is_the_askers(text: str, stance: Stance) -> None:
    """From its sign to its last question mark, in one line, and up to the answer."""
    assert {m.stance for m in read(text, NONE)} == {stance}


@pytest.mark.parametrize("mark", ["", "- ", "• ", "* ", "  - ", "Shops. • ", "Shops.\n- ", "Shops.\n", "\t· "])
def test_what_opens_a_line_may_tell_of_others(mark: str) -> None:
    """`Ships in plain parcels` at the head of a line, or behind the mark of an item, is told about a shop."""
    assert told(f"{mark}Ships in plain parcels.", "discreet-packaging")[0][1] is Stance.REPORTED


@pytest.mark.parametrize("before", ["Cheap. ", "Cheap and strong. - ", "Read this. "])
def test_what_stands_amid_a_text_is_the_shops_own(before: str) -> None:
    """The same words behind another sentence are its promise."""
    assert told(f"{before}Ships in plain parcels.", "discreet-packaging")[0][1] is Stance.ASSERTED


def test_how_a_page_speaks_is_never_denied() -> None:
    """A voice is heard, whatever the sentence says."""
    found = read("We never add to cart. Beware of fake online pharmacies, not of us.", "warning-voice")
    assert found
    assert {m.stance for m in found} == {Stance.ASSERTED}


def test_a_sentence_that_speaks_of_something_else_means_nothing() -> None:
    """Glasses, and medicines that anybody may buy, need no prescription anywhere."""
    assert told("You can buy reading glasses without a prescription.") == []


def test_underscores_part_words() -> None:
    """A name of a file or an anchor says what its words say, and is quoted as it stands."""
    assert told("no_prescription_needed") == [("no_prescription_needed", Stance.ASSERTED)]
