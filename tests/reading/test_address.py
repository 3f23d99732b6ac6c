"""read_addresses: postal addresses of many countries."""

from __future__ import annotations

import pytest

from tests.reading.operators import operator


@pytest.mark.parametrize(
    ("url", "html", "country"),
    [
        ("https://s.example/", "<p>Unit 4, Sample Industrial Estate<br>Testford<br>ZZ1 1ZZ", "GB"),
        ("https://s.example/", "<p>Visit us at 100 Test Street, Sampletown, KS 66000.", "US"),
        ("https://s.example/", "<p>12 Sample Ave., Winnipeg, MB R3C 4T3", "CA"),
        ("https://s.example/", "<p>12 Sample Street, Testville NSW 2000", "AU"),
        ("https://s.nz/", "<p>12 Sample Street, Testville 1010, New Zealand", "NZ"),
        ("https://s.de/", "<p>Muster-Apotheke<br>Musterstraße 5<br>12345 Musterstadt", "DE"),
        ("https://s.at/", "<p>Mustergasse 5, 1010 Musterstadt", "AT"),
        ("https://s.ch/", "<p>Musterweg 1, 8001 Musterstadt", "CH"),
        ("https://s.example/", "<p>Hoofdstraat 12, 1234 AB Voorbeeldstad", "NL"),
        ("https://s.be/", "<p>Voorbeeldlaan 3, 1000 Voorbeeldstad", "BE"),
        ("https://s.fr/", "<p>12 rue du Modèle, 75001 Modèle-Ville", "FR"),
        ("https://s.es/", "<p>Calle Mayor, 7, 28013 Villaejemplo", "ES"),
        ("https://s.it/", "<p>Via Esempio 1, 00100 Cittàesempio", "IT"),
        ("https://s.example/", "<p>Rua do Exemplo 5, 1000-001 Vilaexemplo", "PT"),
        ("https://s.example/", "<p>ul. Wzorowa 1/2, 00-001 Wzorów", "PL"),
        ("https://s.cz/", "<p>Dlouhá 1/2<br>100 00 Vzorov", "CZ"),
        ("https://s.cz/", "<p>Vzorová lékárna s.r.o., Dlouhá 12, 100 00 Vzorov", "CZ"),
        ("https://s.sk/", "<p>Dlhá ulica 5, 811 01 Vzorov", "SK"),
        ("https://s.example/", "<p>1 Main Street, Testtown, D02 AF30", "IE"),
        ("https://s.se/", "<p>Provgatan 5, 111 22 Provstad", "SE"),
        ("https://s.dk/", "<p>Prøvevej 5, 2100 Prøveby", "DK"),
        ("https://s.no/", "<p>Prøvegata 5, 0150 Prøveby", "NO"),
        ("https://s.fi/", "<p>Koekatu 5, 00100 Koekaupunki", "FI"),
        ("https://s.hu/", "<p>1051 Mintaváros, Minta utca 3.", "HU"),
        ("https://s.ro/", "<p>Strada Exemplului 5, 010011 Orașul, România", "RO"),
        ("https://s.example/", "<p>12 Test Road, Sampletown 400001, India", "IN"),
        ("https://s.example/", "<p>5 Test Road, Sampletown 100000, China", "CN"),
        ("https://s.example/", "<p>Flat 5, 100 Test Road, Sampletown, Hong Kong", "HK"),
        ("https://s.example/", "<p>10 Test Road, Singapore 123456", "SG"),
        ("https://s.example/", "<p>Suite 305, Sample Corporate Centre, Testtown, Belize", "BZ"),
    ],
)
def test_an_address_has_its_country(url: str, html: str, country: str) -> None:
    """By the postcode's shape where one country has it, else by its name, the domain or the language."""
    (found,) = operator(html, url).addresses
    assert found.country == country
    assert any(c.isdigit() for c in found.value)


@pytest.mark.parametrize(
    ("url", "html", "country"),
    [
        ("https://s.example/", "<p>12 Sample Street, Auckland 1010", "NZ"),
        ("https://s.example/", "<p>Mustergasse 5, A-1010 Musterstadt", "AT"),
        ("https://s.example/", "<p>Musterstrasse 5, CH-8001 Musterstadt", "CH"),
        ("https://s.example/", "<p>5 rue du Modèle, L-1234 Modèle", "LU"),
        ("https://s.example/", "<p>12 rue du Modèle, F-75001 Modèle-Ville", "FR"),
        ("https://s.example/", "<p>Dlhá ulica 5, SK-811 01 Vzorov", "SK"),
        ("https://s.mx/", "<p>Av. Ejemplo 123, Col. Centro, C.P. 06600 Ciudad Ejemplo", "MX"),
        ("https://s.example/", "<p>Rua do Exemplo, 123 - Centro, Vila Exemplo - SP, 01310-100", "BR"),
        ("https://s.com.tr/", "<p>Örnek Mah. Örnek Cad. No: 5, 34000 Örnekköy/İstanbul", "TR"),
        ("https://s.example/", "<p>123456, г. Образцов, ул. Примерная, д. 5", "RU"),
        ("https://s.ru/", "<p>ул. Примерная, д. 5, Образцов, 123456", "RU"),
        ("https://s.ro/", "<p>Str. Exemplului nr. 5, 010011 Orașul", "RO"),
        ("https://s.example/", "<p>12 Sample Marg, Mumbai - 400 001", "IN"),
        ("https://s.example/", "<p>10 Test Road #01-23 S(123456)", "SG"),
        ("https://s.example/", "<p>〒100-0001 東京都見本区見本町1-1 見本ビル", "JP"),
        ("https://s.example/", "<p>大阪府見本市見本町三丁目5番", "JP"),
        ("https://s.example/", "<p>上海市见本区见本路123号", "CN"),
        ("https://s.example/", "<p>香港九龍見本道12號", "HK"),
    ],
)
def test_an_address_is_read_in_any_script(url: str, html: str, country: str) -> None:
    """Postcodes with their country's letters, and the manners of more countries, in their own letters."""
    (found,) = operator(html, url).addresses
    assert found.country == country


@pytest.mark.parametrize(
    ("url", "html"),
    [
        ("https://s.com.br/", "<p>Ref. 12345-678 na rua e na loja"),
        ("https://s.ru/", "<p>Артикул 123456, доставка по улице за 5 дней"),
        ("https://s.jp/", "<p>商品番号 100-0001 送料 500円 東京都への発送"),
        ("https://s.cn/", "<p>订单号 123456 上海市包邮"),
        ("https://s.in/", "<p>Item 400 001 in 12 colours, road tested"),
        ("https://s.mx/", "<p>Modelo C.P. 06600 Calidad y via oral 5 mg"),
        ("https://s.com.tr/", "<p>Ürün 34000 Kapsül cadde"),
        ("https://s.example/", "<p>Lot AB1 2CD, E-12345 Colour, H-1234 Hue, 12 mg by mouth"),
        ("https://s.de/", "<p>PZN 12345 Weg mit Schmerzen in 5 Tagen"),
        ("https://s.co.uk/", "<p>12 tablets a day court 5 risks AB1 2CD"),
    ],
)
def test_ordinary_numbers_and_product_codes_are_no_address(url: str, html: str) -> None:
    """Codes in the shape of a postcode, without a street and its number, in the countries that have the shape."""
    assert operator(html, url).addresses == ()


def test_a_street_is_found_however_far_down_the_page() -> None:
    """What stands far from any street is not looked at, and what stands beside one is."""
    prose = "<p>A sentence about nothing in particular, item 12345.</p>" * 200
    (found,) = operator(f"{prose}<p>1 Test Street, Testford ZZ1 1ZZ{prose}").addresses
    assert (found.value, found.country) == ("1 Test Street, Testford ZZ1 1ZZ", "GB")


@pytest.mark.parametrize(
    "html",
    [
        "<p>Order 12345 Sample pills today",
        "<p>© 2024 Sample Shop, all rights reserved",
        "<p>We ship to the United States, Canada and Germany within 10 days",
        "<p>Item code AB1 2CD in stock",
        "<p>Save 30% on 1234 AB tablets",
        "<p>Call 0800 12345 Monday to Friday",
    ],
)
def test_a_number_without_a_street_is_no_address(html: str) -> None:
    """Order numbers, years and lists of destinations."""
    assert operator(html, "https://shop.de/").addresses == ()


def test_structured_markup_gives_name_and_address() -> None:
    """JSON-LD is read as what the site says of itself, quoted from its source."""
    html = (
        '<script type="application/ld+json">{"@type":"Pharmacy","name":"Sample Pharmacy","address":{'
        '"streetAddress":"1 Test Street","postalCode":"ZZ1 1ZZ","addressCountry":{"name":"United Kingdom"}}}</script>'
        "<p>Hello"
    )
    found = operator(html)
    assert [(d.value, d.country) for d in found.addresses] == [("1 Test Street, ZZ1 1ZZ, United Kingdom", "GB")]
    assert found.names[0].value == "Sample Pharmacy"
    assert found.addresses[0].quote.text == "1 Test Street"
