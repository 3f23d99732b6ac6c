"""Headings below which a list tells what others do, in the words of many advisers."""

from __future__ import annotations

import pytest

from pharmcheck.model import Stance
from pharmcheck.reading.page import read_page
from pharmcheck.reading.phrases import find_mentions
from pharmcheck.reading.warned_lists import spare_warned_lists

ITEMS = {
    "en": "Viagra without a prescription",
    "de": "Viagra ohne Rezept",
    "fr": "Viagra sans ordonnance",
    "es": "Viagra sin receta",
    "it": "Viagra senza ricetta",
    "pt": "Viagra sem receita",
    "nl": "Viagra zonder recept",
    "pl": "Viagra bez recepty",
    "cs": "Viagra bez předpisu",
    "ru": "Виагра без рецепта",
    "sv": "Viagra utan recept",
    "ja": "処方箋なしで購入できる",
}
HEADINGS = {
    "en": [
        "Signs to walk away",
        "Walk away if you see",
        "When to walk away",
        "Leave the site at once if",
        "Close the tab when you see any of these",
        "Alarm bells",
        "Deal breakers",
        "Think twice when you read",
        "How to spot a dodgy site",
        "What should make you suspicious",
        "Good reasons not to order",
        "Never a good sign",
        "What gives a fake shop away",
        "Typical tricks of fake chemists",
        "Do not order where you find",
        "Be on your guard if",
        "Not a pharmacy we would use:",
        "The tricks they use",
        "Hands off if",
        "Bad signs",
        "Spot the fake",
        "Check before you buy: bad signs",
        "What crooks promise",
        "Our checklist: do not buy if",
    ],
    "de": [
        "Finger weg, wenn",
        "Daran erkennen Sie Fake-Apotheken",
        "Hier sollten die Alarmglocken läuten",
        "Bestellen Sie nicht, wenn",
        "Typische Maschen",
        "So arbeiten Betrüger",
        "Das spricht gegen einen Shop",
        "Schlechte Zeichen",
        "Verlassen Sie die Seite, wenn",
    ],
    "fr": [
        "Passez votre chemin si",
        "Les signes qui doivent alerter",
        "Fuyez si vous voyez",
        "Comment repérer un faux site",
        "Les pièges classiques",
        "Ce qui doit vous faire douter",
        "Quittez le site si",
    ],
    "es": [
        "Señales de alarma",
        "Desconfíe si ve",
        "Cómo detectar una web falsa",
        "Trucos habituales",
        "Cierre la página si",
        "Salga de la web si",
    ],
    "it": [
        "Lasciate perdere se",
        "Segnali di allarme",
        "Come riconoscere un sito falso",
        "I trucchi più comuni",
        "Non ordinate se",
    ],
    "pt": [
        "Sinais de alerta",
        "Desconfie se vir",
        "Como reconhecer um site falso",
        "Truques comuns",
        "Feche a página se",
    ],
    "nl": [
        "Niet kopen als",
        "Zo herkent u een nepapotheek",
        "Alarmbellen",
        "Foute boel als",
        "Sluit de pagina als",
    ],
    "pl": [
        "Uciekaj, gdy widzisz",
        "Sygnały ostrzegawcze",
        "Po czym poznać fałszywą aptekę",
        "Typowe sztuczki",
        "Nie kupuj, jeśli",
    ],
    "cs": [
        "Ruce pryč, když",
        "Varovné signály",
        "Jak poznat falešnou lékárnu",
        "Časté triky",
        "Nenakupujte, pokud",
    ],
    "ru": [
        "Бегите, если видите",
        "Тревожные признаки",
        "Как распознать мошенников",
        "Типичные уловки",
        "Не покупайте, если",
    ],
    "sv": [
        "Lämna sidan om",
        "Varningssignaler",
        "Så känner du igen en bluffsida",
        "Vanliga knep",
        "Köp inte om",
    ],
    "ja": [
        "あやしいサイトの見分け方",
        "危険なサイトの特徴",
        "こんなサイトは要注意",
        "よくある手口",
        "買ってはいけないサイト",
    ],
}


@pytest.mark.parametrize(("language", "heading"), [(code, text) for code, texts in HEADINGS.items() for text in texts])
def test_a_list_below_such_a_heading_promises_nothing(language: str, heading: str) -> None:
    """What an adviser lists as a reason to walk away is not its own promise."""
    items = f"<li>Zenovia</li><li>{ITEMS[language]}</li><li>Bitcoin</li>"
    html = f"<html lang={language}><title>Guide</title><h2>{heading}</h2><ul>{items}</ul>"
    page = read_page("https://guide.example/", html.encode(), content_type="text/html; charset=utf-8")
    listed = {m.stance for m in spare_warned_lists(page, find_mentions(page)) if m.concept == "no-prescription-needed"}
    assert listed
    assert Stance.ASSERTED not in listed


def test_a_list_in_one_line_is_one() -> None:
    """Below such a heading semicolons part the items as lines do; below another one they do not."""
    items = "<p>No street address; Viagra without a prescription; only bitcoin; a logo that leads nowhere.</p>"
    meant = {
        heading: {
            m.stance
            for page in [read_page("https://guide.example/", f"<title>Guide</title><h2>{heading}</h2>{items}".encode())]
            for m in spare_warned_lists(page, find_mentions(page))
            if m.concept == "no-prescription-needed"
        }
        for heading in ("Signs to walk away", "What we offer")
    }
    assert meant == {"Signs to walk away": {Stance.LISTED}, "What we offer": {Stance.ASSERTED}}
