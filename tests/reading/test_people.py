"""Who is named: pharmacists and companies."""

from __future__ import annotations

import pytest

from pharmcheck.model import Mention, Stance
from pharmcheck.reading.operator import read_operator
from pharmcheck.reading.page import read_page
from tests.reading.operators import operator


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


def test_a_pharmacist_is_found_however_far_down_the_page() -> None:
    """Only the text around words for the office is looked at; the name stands there."""
    prose = "<p>A sentence about nothing in particular.</p>" * 200
    (found,) = operator(f"{prose}<p>Jane Roe, Superintendent Pharmacist</p>{prose}").pharmacists
    assert found.value == "Jane Roe"


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


@pytest.mark.parametrize(
    "form",
    [
        *(
            "Pty Ltd",
            "Pvt. Ltd",
            "Pte., Ltd",
            "Co. Ltd",
            "Ltd",
            "Limited",
            "LLC",
            "L.L.C.",
            "LLP",
            "PLC",
            "plc",
            "Inc",
            "Incorporated",
        ),
        *(
            "Corp",
            "Corporation",
            "gGmbH",
            "GmbH",
            "GmbH & Co. KG",
            "AG",
            "OHG",
            "KG",
            "e.K.",
            "e. Kfm.",
            "UG",
            "UG (haftungsbeschränkt)",
        ),
        *(
            "B.V.",
            "BV",
            "N.V.",
            "NV",
            "V.O.F.",
            "VOF",
            "S.L.",
            "S.L.U.",
            "S.A.R.L.",
            "S.A.S.",
            "S.A.",
            "SARL",
            "SAS",
            "EURL",
            "SELARL",
        ),
        *(
            "SPRL",
            "S.r.l.",
            "S.R.L.",
            "Srl",
            "SRL",
            "S.p.A.",
            "Lda",
            "s.r.o.",
            "s. r. o.",
            "a.s.",
            "a. s.",
            "sp. z o.o.",
            "Sp. z o. o.",
        ),
        *("sp. j.", "A/S", "ApS", "AB", "Oy", "Kft", "Zrt", "Bt."),
    ],
)
def test_a_company_is_named_with_each_legal_form(form: str) -> None:
    """Behind a name of several words, far into a line."""
    (name,) = operator(f"<p>{'some words of ours ' * 30}Sample and Daughters Trading {form}").names
    assert name.value.startswith(f"Sample and Daughters Trading {form.rstrip('.')[:2]}")
