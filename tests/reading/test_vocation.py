"""What a site says that it is."""

from __future__ import annotations

import pytest

from pharmcheck.model import Gap
from pharmcheck.reading.vocation import Vocation, is_pharmacy_name, read_vocation
from tests.sites import evidence


def read(html: str, url: str = "https://site.example/") -> Vocation:
    """Return the vocation of a site of one page."""
    found = evidence(html, url)
    assert not isinstance(found.pages, Gap) and not isinstance(found.mentions, Gap)
    assert not isinstance(found.operator, Gap)
    return read_vocation(found.target, found.pages, found.mentions, found.operator)


@pytest.mark.parametrize(
    "name",
    [
        "Larkfield Pharmacy",
        "Larkfield Pharmacy Ltd",
        "The Old Mill Chemist",
        "Linden-Apotheke",
        "Apotheke am Markt",
        "Linden Apotheke Ilmwald",
        "Pharmacie du Lac",
        "Farmacia del Olmo",
        "Farmácia do Pinhal",
        "Apteka Pod Kasztanem",
        "Lékárna U Kaštanu",
        "Apotheek De Beuk",
        "Apotek Linden",
    ],
)
def test_a_pharmacy_is_known_by_its_name(name: str) -> None:
    """Names of pharmacies in eight languages are names."""
    assert is_pharmacy_name(name)


@pytest.mark.parametrize(
    "title",
    [
        "School of Pharmacy",
        "Royal Council of Pharmacy",
        "Larkfield Journal of Pharmacy",
        "Hospital Pharmacy",
        "Online pharmacies",
        "Pharmacies close across the county",
        "Apotheke brennt in Ilmwald",
        "Apotheken streiken",
        "Pharmacie en ligne",
        "Lékárna hoří",
        "Fake Pharmacy Sites",
        "Larkfield Bakery",
    ],
)
def test_a_headline_or_a_body_that_speaks_of_pharmacies_bears_no_name(title: str) -> None:
    """Schools, councils, journals, guides and headlines are not named like a pharmacy."""
    assert not is_pharmacy_name(title)


@pytest.mark.parametrize(
    "html",
    [
        "<title>Larkfield Pharmacy</title><p>Open from nine to six, also on Saturdays.</p>",
        "<title>Services | Larkfield Pharmacy</title><p>Repeat dispensing, medicines use review, blood pressure.</p>",
        "<p>You must post the paper prescription to us before we can dispense it.</p>",
        "<p>Our pharmacists are here to help. Prescription collection and delivery. Repeat dispensing.</p>",
        '<script type="application/ld+json">{"@type": "Pharmacy", "name": "Larkfield"}</script><p>Repeat dispensing</p>',
        "<title>Impressum</title><p>Inhaberin: Apothekerin Eva Muster. Zuständige Apothekerkammer: Musterland.</p>",
        "<p>Schicken Sie uns Ihr Rezept im Freiumschlag.</p>",
        "<title>Pharmacie du Lac</title><p>Retrait en pharmacie</p>",
        "<title>Regulamin</title><p>Regulamin apteki Kasztan. Zezwolenie Wojewódzkiego Inspektora Farmaceutycznego.</p>",
        "<title>Lékárna U Kaštanu - kontakt</title><p>Vedoucí lékárník: Mgr. Eva Vzorná</p>",
        "<title>Contatti - Farmacia del Tiglio</title><p>I nostri farmacisti rispondono.</p>",
        "<title>Contacto</title><p>Nuestros farmacéuticos te aconsejan. Farmacia de guardia. Formulación magistral.</p>",
        "<title>Service - Apotheek De Beuk</title><p>Herhaalrecept en afhaalautomaat</p>",
    ],
)
def test_a_pharmacy_without_prices(html: str) -> None:
    """Two things that a site shows of itself, or one that only a pharmacy says, make it a pharmacy; each is quoted."""
    assert read(html).pharmacy


@pytest.mark.parametrize(
    "html",
    [
        "<title>Pharmacy in Larkfield closes after ninety years | The Larkfield Courier</title>"
        "<p>Ask your pharmacist about repeat dispensing, said the council. The pharmacist dispenses the medicine.</p>",
        "<title>Choosing an online pharmacy</title><p>Check the GPhC registration number and the superintendent pharmacist.</p>",
        "<title>Example Council of Pharmacy</title><p>We register pharmacists. Superintendent pharmacist: duties and guidance.</p>",
        "<title>St Example Hospital</title><p>Our hospital pharmacists work on every ward. Visiting hours daily.</p>",
        "<title>Rezept für Apfelkuchen</title><p>Schicken Sie uns Ihr Rezept für Kuchen und Zutaten!</p>",
        "<p>A newspaper wrote: 'our pharmacists are tired'. Patients use the electronic prescription service.</p>",
        "<title>Larkfield Bakery</title><p>Order online. Click and collect. Delivery service.</p>",
        "<p>Beware of sites that write: send us your prescription.</p>",
        '<script type="application/ld+json">{"@type": "NewsArticle", "name": "Pharmacy"}</script><p>Pharmacies are busy.</p>',
    ],
)
def test_those_who_speak_of_pharmacies_are_none(html: str) -> None:
    """Newspapers, guides, regulators, hospitals and cooks do not become pharmacies by their words."""
    assert not read(html).pharmacy


def test_a_name_in_the_address_needs_something_beside_it() -> None:
    """A host called after a pharmacy proves nothing alone, and an article's host of that name less."""
    services = "<p>Repeat dispensing and medicines use review</p>"
    assert read(services, "https://larkfieldpharmacy.example/").pharmacy
    assert not read("<p>Welcome to the site of tomorrow.</p>", "https://larkfieldpharmacy.example/").pharmacy
    assert not read(services, "https://pharmacyjournal.example/").pharmacy


def test_a_clinic_speaks_of_its_own_prescribers() -> None:
    """First person twice, or once beside the word for the service, makes a clinic; an article about telehealth does not."""
    own = "<p>Our doctors can prescribe it. You may cancel until the clinician approves the prescription.</p>"
    assert read(own).clinic
    assert not read("<p>Telehealth grew last year. Doctors prescribe more often from afar.</p>").clinic


def test_go_betweens_and_comparisons() -> None:
    """A network abroad makes a broker; comparing in the title makes a comparison, a card named there does not."""
    assert read(
        "<p>We arrange the filling of your prescription in a network of pharmacies around the world.</p>"
    ).broker
    assert read("<title>Versandapotheken im Vergleich</title><p>Noten und Preise</p>").comparison
    assert not read("<title>What is a discount card</title><p>A short guide.</p>").comparison
