"""Lawful sales without a prescription, and sentences that only quote a red flag, leave a lawful site alone."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pharmcheck.model import Verdict
from tests.sites import report

ACCUSED = (Verdict.ROGUE, Verdict.SUSPICIOUS)


def _pharmacy(body: str) -> str:
    return (
        "<title>Larkfield Pharmacy</title><h1>Larkfield Pharmacy</h1>"
        "<p>Our pharmacists dispense NHS and private prescriptions. Superintendent pharmacist: Ada Example.</p>"
        f"{body}<p>Larkfield Pharmacy Ltd, 1 Sample Street, Leeds LS1 4AP. Tel 0113 496 0000.</p>"
    )


def _product(name: str, price: str, line: str) -> str:
    button = "<form method='post' action='/cart'><button name='add-to-cart' value='1'>Add to basket</button></form>"
    return f"<div class='product'><h2>{name}</h2><span class='price'>{price}</span><p>{line}</p>{button}</div>"


LAWFUL = {
    "sildenafil 50 mg from a pharmacist, GB": _product(
        "Sildenafil 50 mg, 4 tablets",
        "£14.99",
        "Pharmacy medicine: no prescription needed, our pharmacist checks your answers.",
    ),
    "mail order with a cart, a price match, a messenger and a promise to send again, AU": (
        "<p>Atorvastatin 20 mg 30 tablets $12.95 Add to basket</p><p>Sertraline 50 mg 30 tablets $9.95 Add to basket</p>"
        "<p>Prescription only: after checkout enter your eScript token.</p>"
        "<p>Price match: lowest prices guaranteed, we beat any price.</p><p>Message us on WhatsApp to order.</p>"
        "<p>If a parcel is lost we send it again free of charge.</p>"
    ),
    "modafinil against a prescription that follows the order, AU": _product(
        "Modafinil 100 mg, 30 tablets",
        "$42.95",
        "S4, prescription only. After checkout enter your eScript token or post the paper script: nothing leaves before that.",
    ),
    "tadalafil 10 mg from a pharmacist, GB": _product(
        "Tadalafil 10 mg, 4 tablets", "£19.99", "Available without a prescription from a pharmacist."
    ),
    "emergency contraception, GB": _product(
        "Levonorgestrel 1.5 mg, 1 tablet", "£12.00", "Morning-after pill, no prescription needed."
    ),
    "desogestrel, GB": _product(
        "Desogestrel 75 mcg, 84 tablets", "£24.00", "The mini pill, without prescription since 2021."
    ),
    "orlistat 60 mg, GB": _product(
        "Orlistat 60 mg, 84 capsules", "£35.00", "No prescription required. For adults with a BMI of 28 or over."
    ),
    "estradiol 10 mcg vaginal, GB": _product(
        "Gina 10 mcg vaginal tablets", "£29.99", "Can be bought without a prescription from our pharmacy."
    ),
    "chloramphenicol eye drops, GB": _product(
        "Chloramphenicol 0.5% eye drops 10 ml", "£5.99", "No prescription needed."
    ),
    "co-codamol 8/500, GB": _product(
        "Co-codamol 8/500, 32 tablets", "£4.49", "Pharmacy medicine. Can cause addiction: three days' use only."
    ),
    "sumatriptan 50 mg, GB": _product("Sumatriptan 50 mg, 2 tablets", "£8.99", "For migraine, no prescription needed."),
    "fluconazole 150 mg, GB": _product(
        "Fluconazole 150 mg, 1 capsule", "£7.99", "For thrush. No prescription required."
    ),
    "tamsulosin, GB": _product(
        "Tamsulosin 400 mcg, 14 capsules", "£9.99", "Sold by our pharmacist without a prescription."
    ),
    "mebendazole, GB": _product(
        "Mebendazole 100 mg, 4 tablets", "£6.49", "Threadworm treatment, no prescription needed."
    ),
    "finasteride? no, minoxidil, US": _product("Minoxidil 5% foam", "$29.99", "No prescription needed."),
    "naloxone 4 mg, US": _product("Naloxone 4 mg nasal spray", "$44.99", "Over the counter: no prescription needed."),
    "Opill, US": _product("Opill 0.075 mg, 28 tablets", "$19.99", "Birth control without a prescription."),
    "adapalene 0.1%, US": _product("Adapalene 0.1% gel", "$14.99", "No prescription required."),
    "omeprazole 20 mg, US": _product("Omeprazole 20 mg, 42 tablets", "$17.99", "No prescription needed."),
    "ivermectin from a pharmacist, US": (
        "<p>In Arkansas, Idaho, Louisiana, Tennessee and Texas our pharmacists may supply oral ivermectin without a prescription "
        "after a consultation at the counter.</p>"
    ),
    "Pharmacy First, GB": (
        "<p>Pharmacy First: our pharmacist can treat sore throat, shingles and urinary infections with antibiotics, "
        "no GP appointment and no prescription needed.</p>"
    ),
    "minor ailments, CA": (
        "<p>Ontario pharmacists may prescribe for minor ailments: no doctor's visit needed for cold sores or pink eye.</p>"
    ),
    "salbutamol from a pharmacist, AU": "<p>Salbutamol inhalers can be bought without a prescription from our pharmacist in Australia.</p>",
    "insulin, CA": "<p>Insulin is sold without a prescription behind the counter in our Ontario pharmacy.</p>",
    "reading glasses": "<p>Prescription-free reading glasses: no prescription required. Add to basket.</p>",
    "contact lenses": "<p>Coloured contact lenses without prescription, £9.99. Add to basket.</p>",
    "dog wormer": _product("Drontal wormer for dogs, 6 tablets", "£18.00", "No prescription needed for your dog."),
    "prescription charges": "<p>No prescription charge for patients over 60. Free delivery of your NHS prescription.</p>",
    "no insurance": "<p>Without prescription insurance you pay our cash price for your medicines.</p>",
    "repeat prescriptions": "<p>Order your repeat prescriptions online; we request them from your surgery.</p>",
    "plain parcels": "<p>All online orders arrive in plain, discreet packaging.</p>",
}


@pytest.mark.parametrize("case", LAWFUL)
def test_a_lawful_sale_stays_quiet(case: str) -> None:
    """What a pharmacist may sell without a prescription somewhere does not make a pharmacy suspicious."""
    found = report(_pharmacy(LAWFUL[case]))
    assert found.verdict not in ACCUSED, [(r.signal, r.points) for r in found.reasons]
    assert "no-prescription-needed" not in {r.signal for r in found.reasons}


TEACHING = [
    "Beware of websites that say no prescription needed.",
    "Never buy Xanax or Valium online without a prescription.",
    "Rogue sites promise to reship your pills free of charge if customs seize them.",
    "The police seized 40,000 tablets of tramadol that had been sold online without a prescription.",
    "Sites that only take Bitcoin for Viagra are a warning sign.",
    "“Buy cheap Viagra online, no prescription, overnight delivery” is how a typical spam mail begins.",
    "Can I buy antibiotics online without a prescription? No: a doctor must see you first.",
    "Vorsicht vor Seiten, die Viagra ohne Rezept verkaufen.",
    "Kaufen Sie niemals Schlaftabletten ohne Rezept im Internet.",
    "Méfiez-vous des sites qui vendent du Viagra sans ordonnance.",
    "N'achetez jamais de médicaments sans ordonnance sur Internet.",
    "Desconfíe de las páginas que venden Viagra sin receta.",
    "Nunca compre antibióticos sin receta en internet.",
    "Diffidate dei siti che vendono Viagra senza ricetta.",
    "Non acquistate mai farmaci senza ricetta su internet.",
    "Desconfie de sites que vendem Viagra sem receita.",
    "Pas op voor websites die Viagra zonder recept verkopen.",
    "Koop nooit slaappillen zonder recept op internet.",
    "Uważaj na strony, które sprzedają Viagrę bez recepty.",
    "Nigdy nie kupuj antybiotyków bez recepty w internecie.",
    "Pozor na weby, které prodávají Viagru bez předpisu.",
    "Остерегайтесь сайтов, которые продают Виагру без рецепта.",
    "Никогда не покупайте антибиотики без рецепта в интернете.",
    "Se upp för sajter som säljer Viagra utan recept.",
    "処方箋なしでバイアグラを販売するサイトにご注意ください。",
]
_HOSTS = [
    _pharmacy(LAWFUL["sildenafil 50 mg from a pharmacist, GB"]),
    _pharmacy(
        "<p>We deliver repeat prescriptions. Please upload your prescription or let your surgery send it by EPS.</p>"
    ),
    "<title>Buying medicines online safely</title><p>The agency explains how to know a lawful pharmacy by its entry in the register.</p>",
    "<title>Clinic North</title><p>Our doctors prescribe after a video consultation. A prescription is always required.</p>",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(host=st.sampled_from(_HOSTS), lines=st.lists(st.sampled_from(TEACHING), min_size=1, max_size=8, unique=True))
def test_quoting_a_red_flag_to_teach_accuses_nobody(host: str, lines: list[str]) -> None:
    """Warnings and advice in any language, also many of them, never make a lawful page suspicious."""
    found = report(host + "".join(f"<p>{line}</p>" for line in lines))
    assert found.verdict not in ACCUSED, [(r.signal, r.points, r.quotes[0].text) for r in found.reasons]
