"""read_company_numbers: company and tax numbers with their check digits."""

from __future__ import annotations

import pytest

from tests.reading.operators import operator


@pytest.mark.parametrize(
    ("text", "value", "country"),
    [
        ("Umsatzsteuer-Identifikationsnummer gemäß § 27 a UStG: DE136695976", "VAT DE136695976", "DE"),
        ("Amtsgericht Musterstadt, HRB 12345", "HRB 12345", "DE"),
        ("VAT registration number: GB 434 0314 94", "VAT GB434031494", "GB"),
        ("SIRET : 732 829 320 00074", "SIRET 73282932000074", "FR"),
        ("RCS Modèle B 552 008 443", "SIREN 552008443", "FR"),
        ("P.IVA 00743110157", "P.IVA 00743110157", "IT"),
        ("CIF: B58378431", "NIF B58378431", "ES"),
        ("NIPC 501964843", "NIF 501964843", "PT"),
        ("NIP: 856-734-62-15", "NIP 8567346215", "PL"),
        ("REGON 192598184", "REGON 192598184", "PL"),
        ("IČO: 25123891", "IČO 25123891", "CZ"),
        ("DIČ: CZ25123891", "VAT CZ25123891", "CZ"),
        ("KvK-nummer: 12345678", "KvK 12345678", "NL"),
        ("BTW-nummer NL004495445B01", "VAT NL004495445B01", "NL"),
        ("BTW BE 0403.019.261", "VAT BE0403019261", "BE"),
        ("UID-Nr.: ATU13585627", "VAT ATU13585627", "AT"),
        ("UID: CHE-100.155.212", "UID CHE100155212", "CH"),
        ("Org.nr: 123456-7897", "orgnr 1234567897", "SE"),
        ("Organisasjonsnummer 988 077 917", "orgnr 988077917", "NO"),
        ("CVR-nr. 13585628", "CVR 13585628", "DK"),
        ("Y-tunnus: 2077474-0", "Y-tunnus 20774740", "FI"),
        ("Adószám: 12892312-2-41", "adószám 12892312241", "HU"),
        ("CUI 18547290", "CUI 18547290", "RO"),
        ("ИНН 7707083893", "ИНН 7707083893", "RU"),
        ("GSTIN 27AAPFU0939F1ZV", "GSTIN 27AAPFU0939F1ZV", "IN"),
        ("CNPJ: 16.727.230/0001-97", "CNPJ 16727230000197", "BR"),
        ("ABN 83 914 571 673", "ABN 83914571673", "AU"),
        ("ACN 004 085 616", "ACN 004085616", "AU"),
    ],
)
def test_a_number_beside_its_word_has_its_country(text: str, value: str, country: str) -> None:
    """Whole, in the scheme's name, with a check digit that holds where there is one (python-stdnum's examples)."""
    (found,) = operator(f"<p>{text}").numbers
    assert (found.kind, found.value, found.country, found.valid) == ("company-number", value, country, True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Registered in England and Wales, company number 01234567", "company 01234567"),
        ("VAT number 434 0314 94", "VAT 434031494"),
    ],
)
def test_english_words_are_british_in_britain_only(text: str, value: str) -> None:
    """Half of the world writes `VAT number`."""
    assert [d.value for d in operator(f"<p>{text}", "https://s.co.uk/").numbers] == [value]
    assert operator(f"<p>{text}").numbers == ()


@pytest.mark.parametrize(
    "text",
    [
        "USt-IdNr.: DE136695977",
        "Partita IVA: IT00743110158",
        "IČ: 25123890",
        "CNPJ: 16.727.230/0001-98",
        "NIP 8567346216",
    ],
)
def test_a_wrong_check_digit_is_told(text: str) -> None:
    """The number is kept, is not valid, and its quote says why."""
    (found,) = operator(f"<p>{text}").numbers
    assert not found.valid
    assert "check digit" in found.quote.note


@pytest.mark.parametrize(
    "text",
    [
        "A private vat of 123456789 litres",
        "Prices include VAT 20% for order 123456789",
        "The company has 2000 people and sold 12345678 packs",
        "Call +44 20 7946 0958, VAT included",
        "ICO registration 12345678",
        "CIF 4 days, item 123456789012",
        "VAT DE12345 is too short",
        "Order 136695976 today",
        "NIF, Tel. 912 345 678",
        "SIREN / contact : 123 456 789",
    ],
)
def test_a_number_of_another_shape_or_without_its_word_is_none(text: str) -> None:
    """Prices, orders, telephones and what is too short or too long accuse nobody of a wrong digit."""
    assert operator(f"<p>{text}", "https://s.co.uk/").numbers == ()
