"""language: what a text is written in, whatever the page declares."""

from __future__ import annotations

import pytest

from pharmcheck.reading.language import detect, language

SENTENCES = {
    "en": "This is the pharmacy that you can trust for all of your needs and we are here to help.",
    "de": "Wir sind die Apotheke in Ihrer Nähe und nehmen uns Zeit für Ihre Fragen.",
    "fr": "Nous sommes une pharmacie de quartier et nous vous conseillons dans le choix des produits pour la famille.",
    "es": "Somos una farmacia de barrio y le ayudamos con los productos para la salud de su familia en España.",
    "it": "Siamo una farmacia di quartiere e vi aiutiamo con i prodotti per la salute della famiglia, anche la sera.",
    "pt": "Somos uma farmácia do bairro e ajudamos com os produtos para a saúde da sua família, não se preocupe.",
    "nl": "Wij zijn de apotheek in uw buurt en het team helpt u met de keuze van een goed product voor het gezin.",
    "pl": "Jesteśmy apteką w twojej okolicy i pomagamy w wyborze produktów dla rodziny, także przez telefon.",
    "cs": "Jsme lékárna ve vašem městě a poradíme vám při výběru přípravků pro celou rodinu, také po telefonu.",
    "sk": "Sme lekáreň vo vašom meste a radi vám poradíme pri výbere prípravkov pre celú rodinu, aj po telefóne.",
    "sv": "Vi är ett apotek i din stad och vi hjälper dig med att välja produkter för hela familjen, inte bara en.",
    "da": "Vi er et apotek i din by og vi hjælper dig med at vælge produkter til hele familien, ikke kun en.",
    "fi": "Olemme apteekki kaupungissa ja autamme, kun etsit tuotteita, jotka ovat hyviä, sekä kotiin että matkalle.",
    "hu": "Mi vagyunk az a gyógyszertár, amely segít, ha nem tudja, hogy mi kell és ez még csak egy kezdet.",
    "ro": "Suntem o farmacie din oraș și vă ajutăm cu produse pentru sănătate, nu doar la telefon.",
    "tr": "Biz bir eczane olarak çok iyi ürünler ve daha iyi fiyatlar için buradayız, ne kadar sürerse sürsün de.",
    "ru": "Мы аптека рядом с вашим домом, и мы поможем вам выбрать нужные товары для всей семьи.",
    "uk": "Ми аптека поруч із вашим домом, і допоможемо вибрати потрібні товари для всієї родини.",
    "ja": "私たちはあなたの街の薬局です。家族みんなの健康をお手伝いします。",
    "zh": "我们是您身边的药店，为您的家人提供健康产品和建议。",
    "el": "Είμαστε το φαρμακείο της γειτονιάς σας και σας βοηθάμε.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_tells_its_language(code: str) -> None:
    """One sentence is enough for each language that phrases are kept in."""
    assert detect(SENTENCES[code]) == code


@pytest.mark.parametrize(
    "text", ["", "Xylo 50 mg 30", "1 2 3 4 5 6 7 8", "lorem ipsum dolor amet consectetur elit sed"]
)
def test_too_little_or_nonsense_tells_nothing(text: str) -> None:
    """Unsure is an answer."""
    assert detect(text) == ""


def test_the_text_beats_the_declaration_which_serves_where_text_is_short() -> None:
    """Templates often keep a `lang` that is not theirs."""
    assert language("de-DE", SENTENCES["en"]) == "en"
    assert language("de-DE", "Impressum") == "de"
    assert language("", "Impressum") == ""


def test_signs_of_any_kind_part_words() -> None:
    """Words are told apart by dashes, quotation marks, fixed blanks and digits of any script as by blanks."""
    text = "die\u2013Apotheke\u00a0und\u201cdie\u201dder\u0663das\u2014ist\u2026nicht\u3000auf den \u0645"
    assert detect(text) == "de"
