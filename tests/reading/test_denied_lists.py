"""What one negator denies of a list: all of it."""

from __future__ import annotations

import time

import pytest

from pharmcheck.model import Stance
from tests.stances import stances


@pytest.mark.parametrize(
    ("text", "concept", "stance"),
    [
        ("We don't take gift cards, Zelle, wire or crypto.", "wire-payment", Stance.DENIED),
        ("We don't take gift cards, Zelle, wire or crypto.", "crypto-payment", Stance.DENIED),
        ("We never ask questions, ship in plain packets and take bitcoin or cash.", "crypto-payment", Stance.ASSERTED),
        ("No worries, bitcoin or PayPal accepted.", "crypto-payment", Stance.ASSERTED),
        ("We don't take cards, we take bitcoin or cash.", "crypto-payment", Stance.ASSERTED),
    ],
)
def test_a_list_is_denied_as_a_whole(text: str, concept: str, stance: Stance) -> None:
    """What a negator denies of the first item it denies of all, up to the `or`; another clause is none."""
    assert stances(text, concept) == {stance}


REFUSED = {
    "en": [
        "We don't dispense antibiotics, tramadol, codeine preparations, sleeping tablets or steroids without a prescription.",
        "We do not supply diazepam, zopiclone, pregabalin, Viagra or any weight loss medicine without a prescription.",
        "We will refuse any request for antibiotics, tramadol, or steroid creams without a prescription.",
        "Customers who ask for antibiotics, tramadol or sleeping tablets without a prescription are sent to their GP.",
        "Requests for tramadol, diazepam or antibiotics without a prescription will be turned down.",
    ],
    "de": [
        "Keine Abgabe von Antibiotika, Tramadol, Schlafmitteln, Viagra oder anderen Arzneimitteln ohne Rezept.",
        "Ohne Rezept dürfen wir Antibiotika, Tramadol, Viagra und Schlaftabletten nicht abgeben.",
        "Wer Tramadol, Viagra oder Antibiotika ohne Rezept verlangt, wird an den Arzt verwiesen.",
    ],
    "fr": [
        "Nous ne délivrons pas d'antibiotiques, de tramadol, de somnifères, de Viagra ou de corticoïdes sans ordonnance.",
        "Toute demande d'antibiotiques, de tramadol ou de Viagra sans ordonnance sera refusée.",
        "Il est interdit de vendre du Viagra, du tramadol ou des antibiotiques sans ordonnance.",
    ],
    "es": [
        "Rechazamos los pedidos de Viagra, tramadol o antibióticos sin receta.",
        "Si nos pide antibióticos, tramadol o Viagra sin receta, le diremos que no.",
    ],
    "it": [
        "Non vendiamo antibiotici, tramadolo, sonniferi, Viagra o cortisonici senza ricetta.",
        "È vietato vendere Viagra, tramadolo o antibiotici senza ricetta medica.",
    ],
    "pt": [
        "Pedidos de Viagra, tramadol ou antibióticos sem receita serão recusados.",
        "É proibido vender Viagra, tramadol ou antibióticos sem receita médica.",
    ],
    "nl": [
        "Verzoeken om Viagra, tramadol of antibiotica zonder recept wijzen wij af.",
        "Het is verboden om Viagra, tramadol of antibiotica zonder recept te verkopen.",
    ],
    "pl": ["Prośby o Viagrę, tramadol lub antybiotyki bez recepty będą odrzucane."],
    "cs": ["Žádosti o Viagru, tramadol nebo antibiotika bez předpisu odmítáme."],
    "ru": [
        "Мы не отпускаем антибиотики, трамадол, снотворные, Виагру или гормоны без рецепта.",
        "Просьбы продать Виагру, трамадол или антибиотики без рецепта будут отклонены.",
    ],
    "sv": ["Förfrågningar om Viagra, tramadol eller antibiotika utan recept avvisas."],
    "fi": ["Emme myy antibiootteja, tramadolia, unilääkkeitä, Viagraa tai kortisonia ilman reseptiä."],
    "hu": ["Nem adunk ki antibiotikumot, tramadolt, altatót, Viagrát vagy szteroidot recept nélkül."],
    "ro": ["Nu eliberăm antibiotice, tramadol, somnifere, Viagra sau corticoizi fără rețetă."],
    "ja": [
        "抗生物質、トラマドール、睡眠薬は処方箋なしでは販売しません。",
        "処方せんなしで医薬品を販売することはありません。",
        "処方箋医薬品を処方箋なしで販売することは法律で禁止されています。",
        "睡眠薬を処方箋なしで求められてもお断りしています。",
    ],
}


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in REFUSED.items() for text in texts])
def test_a_pharmacy_that_refuses_a_list_promises_none_of_it(language: str, text: str) -> None:
    """However many medicines stand between the refusal and `without a prescription`."""
    assert Stance.ASSERTED not in stances(text, language=language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "When a doctor writes a prescription, bring it to us."),
        ("en", "A doctor will then write you a prescription which you can take to any pharmacy."),
        ("pt", "Se seu médico emite receita digital, envie o PDF original."),
        ("da", "En læge udskriver recepten, og du henter medicinen på apoteket."),
        ("nb", "En lege skriver ut resepten, og du henter medisinen på apoteket."),
        ("ru", "Подготовим рецепт к вашему приходу."),
    ],
)
def test_whoever_prescribes_gives_no_prescription_away(language: str, text: str) -> None:
    """That doctors write prescriptions is no offer of one."""
    assert not stances(text, "prescription-waived", language)


@pytest.mark.parametrize(
    "text",
    [
        "We ask no questions, you get tramadol and Viagra without a prescription.",
        "We don't ask questions: tramadol, zolpidem, Viagra or Xanax without a prescription.",
        "No doctor, no waiting, tramadol or Viagra without a prescription.",
        "You don't need to see a doctor, just order tramadol, Xanax or Viagra without prescription.",
        "We don't need your prescription so do not send photos of it, buy Xanax.",
    ],
)
def test_a_shop_that_denies_something_else_still_promises(text: str) -> None:
    """What is denied is not what is given away."""
    assert Stance.ASSERTED in stances(text)


def test_what_is_no_list_costs_no_time() -> None:
    """Long items before a bracket are not tried in every way to part them."""
    begin = time.process_time()
    items = ", ".join(["abcdefghijklmnop"] * 9)
    assert stances(f"We don't take cards, {items} (bitcoin accepted)", "crypto-payment") == {Stance.ASSERTED}
    assert time.process_time() - begin < 1
