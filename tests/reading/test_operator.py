"""read_operator: who says to be behind a site."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmcheck.model import Mention, Operator, Registry, Stance
from pharmcheck.reading.operator import read_operator
from pharmcheck.reading.page import read_page

GPHC = Registry(
    "gb-gphc", "GB", "x", "positive", "https://gphc.example", ("register.gphc.example",), r"^(10\d{5}|11\d{5}|90\d{5})$"
)
PSI = Registry("ie-psi", "IE", "x", "positive", "https://psi.example", ("psi.example",), r"^\d{4,8}$")
ONP = Registry("fr-onp", "FR", "x", "positive", "https://onp.example", (), r"^(\d{2,3}|2[AB])#\d{6}$")
KVK = Registry("nl-aanbiedersmedicijnen", "NL", "x", "positive", "https://kvk.example", (), r"^\d{12}$")
REGISTRIES = (GPHC, PSI, ONP, KVK)


def operator(html: str, url: str = "https://shop.example/", role: str = "contact") -> Operator:
    return read_operator([read_page(url, html.encode(), role=role)], [], REGISTRIES)


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


def test_a_box_is_an_address_that_says_so() -> None:
    """A box number is all that some sellers give."""
    (found,) = operator("<p>Write to P.O. Box 1234, Testtown, Seychelles").addresses
    assert (found.value.startswith("PO box"), found.country) == (True, "SC")


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


@pytest.mark.parametrize(
    ("url", "html", "number", "country"),
    [
        ("https://s.co.uk/", "<p>Tel: 020 7946 0958", "+442079460958", "GB"),
        ("https://s.example/", "<p>+44 20 7946 0958", "+442079460958", "GB"),
        ("https://s.example/", "<p>Call us (212) 555-0143 any time", "+12125550143", "US"),
        ("https://s.example/", "<a href='tel:+442079460958'>Ring us</a>", "+442079460958", "GB"),
        ("https://s.example/", "<p>Call toll-free +1 800 555 0199", "+18005550199", ""),
        ("https://s.de/", "<p>Telefon 030 / 12 34 56 78", "+493012345678", "DE"),
        ("https://s.cz/", "<p>222 333 444", "+420222333444", "CZ"),
    ],
)
def test_a_phone_is_normalised_and_has_a_country(url: str, html: str, number: str, country: str) -> None:
    """`tel:` links and text; a number without a country code is read as of the site's country."""
    (found,) = operator(html, url).phones
    assert (found.value, found.country) == (number, country)


@pytest.mark.parametrize(
    "html",
    [
        "<p>1998-2020",
        "<p>Order 4012345678901",
        "<p>12.05.2024 - 13.05.2024",
        "<p>Fax: 020 7946 0959",
        "<p>£1,299.00 2,000.00",
    ],
)
def test_a_run_of_digits_is_no_phone(html: str) -> None:
    """Years, codes, dates, fax numbers and prices."""
    assert operator(html, "https://s.co.uk/").phones == ()


def test_emails_in_every_disguise() -> None:
    """Plain, linked, spelt out, and encoded by a CDN; a file name with an @ is none."""
    code = "42" + "".join(f"{ord(c) ^ 0x42:02x}" for c in "box@shop.example")
    found = operator(
        "<p>Info@Shop.example <a href='mailto:rx@shop.example?subject=x'>mail</a> help [at] shop [dot] example "
        f"<a data-cfemail='{code}'>[email protected]</a> logo@2x.png"
    )
    assert {d.value for d in found.emails} == {
        "info@shop.example", "rx@shop.example", "help@shop.example", "box@shop.example"
    }  # fmt: skip


def test_messengers_from_links_and_text_but_not_share_buttons() -> None:
    """An account to write to, by whatever app."""
    found = operator(
        "<a href='https://wa.me/12125550143?text=hi'>Chat</a><a href='https://t.me/share/url?url=x'>Share</a>"
        "<a href='https://wa.me/?text=look'>Share</a>"
        "<p>Telegram: @pillshop<p>Wickr: pillking<p>A signal to noise ratio of 12345678"
    )
    assert {d.value for d in found.messengers} == {"whatsapp 12125550143", "telegram @pillshop", "wickr pillking"}


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<p>Superintendent Pharmacist: Jane Roe (2012345)", "Jane Roe"),
        ("<dt>Responsible pharmacist</dt><dd>John Q. Public</dd>", "John Q. Public"),
        (
            "<p>Superintendent pharmacist Jane Public, supervising. <p>Pharmacist Jane Public, superintendent",
            "Jane Public",
        ),
        ("<p>Jane Roe, Superintendent Pharmacist", "Jane Roe"),
        ("<p>Pharmacist in charge: John Public, PharmD", "John Public"),
        ("<p>Inhaberin: Dr. Erika Muster", "Dr. Erika Muster"),
        ("<p>Pharmacien titulaire : Marie Modèle", "Marie Modèle"),
        ("<p>Gevestigd apotheker: J. de Vries", "J. de Vries"),
        ("<p>Kierownik apteki: mgr farm. Anna Wzorowa", "mgr farm. Anna Wzorowa"),
        ("<p>Vedoucí lékárník: PharmDr. Jan Vzor", "PharmDr. Jan Vzor"),
        ("<p>Farmacéutico titular: Juan Ejemplo López", "Juan Ejemplo López"),
    ],
)
def test_a_pharmacist_is_named_with_an_office(html: str, name: str) -> None:
    """The office and the name, in the languages of the registers that we hold."""
    assert [d.value for d in operator(html).pharmacists] == [name]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Ask our responsible pharmacist about side effects",
        "<p>Our Registered Pharmacist Team is here",
        "<p>A superintendent pharmacist must be appointed by every pharmacy",
        "<p>Apotheker und Apothekerin sind geschützte Titel",
    ],
)
def test_an_office_without_a_name_names_nobody(html: str) -> None:
    """Talk of pharmacists is not a pharmacist."""
    assert operator(html).pharmacists == ()


def test_a_mention_leads_to_a_name_beside_it() -> None:
    """Phrases in other languages point at names as well."""
    page = read_page("https://shop.example/", "<p>Hlavný odborník Peter Vzor".encode(), role="about")
    mention = Mention("pharmacist-named", page, 0, len("Hlavný odborník"), Stance.ASSERTED)
    assert [d.value for d in read_operator([page], [mention]).pharmacists] == ["Peter Vzor"]


def test_a_prescriber_is_named_with_a_number() -> None:
    """A doctor without a council number is a name like any other."""
    found = operator("<p>Dr. Jane Roe, GMC number 7012345</p><p>Dr. John Public likes dogs</p>")
    assert [d.value for d in found.prescribers] == ["Dr. Jane Roe"]


@pytest.mark.parametrize(
    ("url", "html", "registry", "number"),
    [
        ("https://s.example/", "<p>GPhC registration number: 1099999", "gb-gphc", "1099999"),
        ("https://s.example/", "<dt>GPhC premises number</dt><dd>1099999</dd>", "gb-gphc", "1099999"),
        ("https://s.ie/", "<p>Pharmacy registration number 9901", "ie-psi", "9901"),
        ("https://s.example/", "<p>Licence n° 75#001234", "fr-onp", "75#001234"),
        ("https://s.example/", "<p>KvK-vestigingsnummer: 0000 1234 5678", "nl-aanbiedersmedicijnen", "000012345678"),
        ("https://s.example/", "<p>NPI: 1234567893", "us-nppes", "1234567893"),
        ("https://s.example/", "<a href='https://register.gphc.example/entry/1099999'>x</a>", "gb-gphc", "1099999"),
    ],
)
def test_a_number_beside_a_cue_is_a_licence(url: str, html: str, registry: str, number: str) -> None:
    """Or in a link to the register's own host."""
    assert [(x.registry, x.number) for x in operator(html, url).licences] == [(registry, number)]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Order 1099999 today",
        "<p>Company registration number 1099999",
        "<p>GPhC pharmacist number 2012345",
        "<p>Pharmacy registration number 9901",
        "<p>Our licence no. is shown in the window. Order 1099999",
    ],
)
def test_a_number_without_its_cue_or_shape_is_no_licence(html: str) -> None:
    """Other registers' numbers, a person's number, and a weak shape outside of its country."""
    assert operator(html).licences == ()


def test_a_wrong_check_digit_is_noted_and_the_number_kept() -> None:
    """What the site prints is evidence, right or wrong."""
    (found,) = operator("<p>NPI: 1234567890").licences
    assert (found.number, "check digit" in found.quote.note) == ("1234567890", True)


def test_names_of_companies_but_not_of_processors() -> None:
    """Legal forms of many countries and the copyright line; payment and hosting companies are somebody else."""
    found = operator(
        "<p>Example Meds Ltd</p><p>Muster GmbH & Co. KG</p><p>Wzór sp. z o.o.</p>"
        "<p>We use PayPal Inc. and Google LLC</p>"
        "<p>© 2019-2024 Sample Drugs. All rights reserved"
    )
    assert [d.value for d in found.names] == [
        "Example Meds Ltd",
        "Muster GmbH & Co. KG",
        "Wzór sp. z o.o.",
        "Sample Drugs",
    ]


def test_read_lists_the_pages_that_were_searched() -> None:
    """Shells, empty pages and issuers' pages are not places where particulars were sought."""
    home = read_page("https://shop.example/", b"<p>Hello")
    wall = read_page("https://shop.example/contact", b"<title>Just a moment...</title>", role="contact")
    issuer = read_page("https://register.gphc.example/1", b"<p>GPhC registration number 1099999", role="issuer")
    found = read_operator([home, wall, issuer], [], REGISTRIES)
    assert found.read == (home,)
    assert found.licences == ()


def test_quotes_stand_on_the_page() -> None:
    """Every quote is verbatim text of the page or its source, at most 200 characters."""
    page = read_page(
        "https://s.co.uk/",
        b"<p>Tel: 020 7946 0958, 1 Test Street, Testford ZZ1 1ZZ, <a href='mailto:a@b.example'>x</a>",
    )
    found = read_operator([page], [], REGISTRIES)
    for detail in (*found.addresses, *found.phones, *found.emails):
        assert detail.quote.text in page.text or detail.quote.text in page.source
        assert 0 < len(detail.quote.text) <= 200


MANY = {
    "mail addresses": "".join(f"<p>staff{n}@fine.example" for n in range(60)),
    "numbers": "".join(f"<p>Order line {n}: 0{2_000_000_000 + n}" for n in range(3_000)),
    "a number without its country": "<p>Tel. 012345 67890 <a href='tel:+919812345678'>98123 45678</a><p>Tel. 98123 45678",
    "a fax": "<p>Fax: +91 98123 45678",
    "text": "<p>" + "A sentence about nothing in particular. " * 2_500,
}


@pytest.mark.parametrize("added", MANY.values(), ids=MANY.keys())
def test_nothing_added_takes_a_particular_away(added: str) -> None:
    """Whatever stands before or behind, address, number in international form and mail address are still read."""
    shop = "<p>Example Meds, 12 Test Road, Sampletown 400001, India<p>Tel: +91 98123 45678<p>orders@mail.example"
    for html in (f"{added}{shop}", f"{shop}{added}", f"{added}{shop}{added}"):
        found = operator(html)
        assert "IN" in {a.country for a in found.addresses}
        assert "+91 98123 45678" in [p.quote.text for p in found.phones]
        assert "orders@mail.example" in [e.value for e in found.emails]


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "A b ",
        "Dr. A ",
        "ZZ1 1ZZ ",
        "12345 X ",
        "a@",
        "a.a",
        "GPhC ",
        "Street 1\n",
        "© ",
        "(at) ",
        "Dr ",
        "farm. ",
        "apotheker ",
        "-1",
        "a-",
        "Ab'",
        "Street 1, ZZ1 1ZZ ",
    ],
)
def test_long_repetitive_text_is_read_in_time(piece: str) -> None:
    """A page made to stall a pattern takes time in proportion; in its square it would take minutes."""
    page = read_page("https://s.de/", (piece * (200_000 // len(piece))).encode(), content_type="text/plain")
    begin = time.perf_counter()
    read_operator([page], [], REGISTRIES)
    assert time.perf_counter() - begin < 5


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("aZ1 9+-@.,#()\n:/©TelGPhC"), max_size=120))
def test_no_text_makes_it_raise(text: str) -> None:
    """Any text gives an operator."""
    operator(text)
