"""The table of medicines, and finding their names on pages."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmcheck.model import Page, Sighting
from pharmcheck.reading.medicine_table import load_medicines
from pharmcheck.reading.medicines import MAX_SIGHTINGS, find_medicines
from tests.growth import LINEAR, growth

STATUSES = {"rx", "otc", "pharmacist", "mixed", "unapproved", "withdrawn"}


def page(text: str) -> Page:
    return Page("https://shop.example/", "home", 200, text)


def seen(text: str) -> list[str]:
    return [s.medicine.name for s in find_medicines(page(text))]


def only(text: str) -> Sighting:
    [sighting] = find_medicines(page(text))
    return sighting


def test_the_table_is_whole() -> None:
    """Each row is complete, its words are the known ones, and no name or brand appears twice as a medicine."""
    medicines = load_medicines()
    assert len(medicines) >= 1_100
    assert len({m.name for m in medicines}) == len(medicines)
    for m in medicines:
        assert m.use in {"human", "vet", "research", "device", "supplement"}, m.name
        assert m.family and m.source and m.confidence in {"high", "medium", "low"}, m.name
        assert set(m.status) == {"US", "GB", "EU"} and set(m.status.values()) <= STATUSES, m.name
        assert set(m.schedule.values()) <= {f"C{i}" for i in range(1, 6)} | {f"CD{i}" for i in range(1, 6)}, m.name
        assert all(len(home) == 2 and home.isupper() for _, home in m.export_brands), m.name
        assert m.max_strength_mg is None or m.max_strength_mg > 0, m.name
        assert m.source == "background" or m.source.startswith("http"), m.name


def test_every_name_and_brand_is_found() -> None:
    """A name next to a strength is found as that medicine, whatever letters or signs it has."""
    for m in load_medicines():
        for name in (m.name, *m.brands, *(brand for brand, _ in m.export_brands)):
            assert m.name in seen(f"{name} 100 mg"), name


def test_a_pharmacist_brand_is_its_own_medicine() -> None:
    """Viagra Connect is sold by a pharmacist in Great Britain; Viagra is on prescription only."""
    assert not only("Viagra Connect 50mg film-coated tablets").medicine.prescription_only
    assert only("Viagra 50mg").medicine.prescription_only


@pytest.mark.parametrize(
    "text",
    ["V1agra", "V 1 1 A G R A", "Via\u200bgra", "Vi\u0430gra", "V I A G R A", "V.i.a.g.r.a"],
)
def test_disguised_names_are_found_and_marked(text: str) -> None:
    """A disguised name is a sighting as it stands, marked as disguised."""
    sighting = only(f"Get {text} here")
    assert (sighting.medicine.name, sighting.written, sighting.disguised) == ("sildenafil", text, True)


def test_capital_i_for_l_is_a_disguise() -> None:
    """CiaIis with a capital I reads as Cialis."""
    sighting = only("CiaIis 20 mg")
    assert sighting.medicine.name == "tadalafil" and sighting.disguised


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sildénafil 50 mg", "sildenafil"),
        ("tadalafilo 20 mg", "tadalafil"),
        ("купить Виагру", "sildenafil"),
        ("цена сиалиса", "tadalafil"),
        ("購買Viagra請洽", "sildenafil"),
        ("Kamagra100mg", "sildenafil"),
        ("buy-viagra.example", "sildenafil"),
        ("PT 141 vial", "bremelanotide"),
        ("Semaglutid Injektion", "semaglutide"),
    ],
)
def test_names_in_other_writings(text: str, name: str) -> None:
    """Other languages, scripts without spaces, glued strengths and hyphens neither hide a name nor disguise it."""
    sighting = only(text)
    assert sighting.medicine.name == name and not sighting.disguised


@pytest.mark.parametrize(
    "text",
    [
        "The muse of the poet read a soma of Somali verse",
        "tramadolx and xviagra and lyrical",
        "Norco, California: lithium for batteries",
        "our testosterone booster lowers insulin resistance",
        "well versed in the vigil",
        "Shampooing antichute quinine 250 ml",
        "Chininový šampon proti lupům, quinine 2 %, 250 ml",
        "Champô de quinine, 250 ml",
        "Zopiclone-d4, 1 mg/mL",
        "Ostarine (MK-2866) urine metabolite M4, 1 mg",
        "Sildenafil related compound A, 25 mg",
        "Diazepam 1.0 mg/mL in methanol, 1 mL",
        "b12 and h1n1 cost 0ver $5.00!",
    ],
)
def test_ordinary_words_are_no_medicines(text: str) -> None:
    """Words that only contain a name, ordinary words that are brands too, body hormones, what washes hair and what
    laboratories measure with are left alone."""
    assert seen(text) == []


@pytest.mark.parametrize("wash", "Shampoo Sampoo Shampoing Champú Champô Champu Xampu Szampon Schampo Шампунь".split())  # noqa: SIM905
def test_what_washes_hair_is_no_medicine(wash: str) -> None:
    """In each language the word for what washes hair keeps the medicine in it from counting, and only near it."""
    assert seen(f"{wash} quinine 250 ml") == []
    assert seen(f"{wash} for champions\nQuinine 250 mg") == ["quinine"]


def test_guarded_names_count_beside_a_strength_or_another_medicine() -> None:
    """Soma is a medicine beside a strength, a dose form or another medicine."""
    assert seen("Soma 350mg") == ["carisoprodol"]
    assert seen("buy Soma online") == ["carisoprodol"]
    assert seen("Xanax\nSoma\nAmbien") == ["alprazolam", "carisoprodol", "zolpidem"]


def test_the_longest_name_wins() -> None:
    """A combination product is not its single ingredient."""
    assert seen("Super P-Force tablets") == ["sildenafil with dapoxetine"]


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("Viagra Cialis\u200b\u0430Soma350mg\n"))))
def test_any_text_is_read(text: str) -> None:
    """No text raises, and each sighting quotes its page."""
    for sighting in find_medicines(page(text)):
        assert text[sighting.start : sighting.end] == sighting.written != ""


def test_a_dump_of_names_is_cut() -> None:
    """A page of nothing but names gives 2,000 sightings, in order."""
    sightings = find_medicines(page("Viagra\n" * 5_000))
    assert len(sightings) == MAX_SIGHTINGS
    assert [s.start for s in sightings] == sorted(s.start for s in sightings)


@pytest.mark.parametrize("unit", ["Viagra 100mg x 30 pills $45. ", "v1 a2 b@c x! ", "ab", "V i a g r "])
def test_large_pages_are_read_in_linear_time(unit: str) -> None:
    """100 KB of a product list take no time in the square of their length, also where every word is odd."""
    find_medicines(page("Viagra"))
    assert growth(lambda text: find_medicines(page(text)), unit, 100_000) < LINEAR


@pytest.mark.parametrize("dump", ["Ibuprofen ", "Xanax ", "v1 a2 b@c x! "])
def test_no_dump_hides_a_name(dump: str) -> None:
    """However often a name or noise is repeated, another name is found before, between and behind."""
    text = f"V1agra {dump * 4_000} V1agra {dump * 4_000} V1agra"
    found = [s.start for s in find_medicines(page(text)) if s.disguised]
    assert found == [m.start() for m in re.finditer("V1agra", text)]


def test_guarded_names_on_one_line_are_read_in_time() -> None:
    """A line of a megabyte takes no time in the square of its length."""
    begin = time.process_time()
    find_medicines(page("soma " * 100_000))
    assert time.process_time() - begin < 5


def test_two_names_with_a_hyphen_inside_are_disguised() -> None:
    """`V-iagra` beside `Ci-alis` is written past a filter; one such name may be a word at the end of a line."""
    found = find_medicines(page("V-iagra 1 €, Ci-alis 2 €"))
    assert [(s.medicine.name, s.written, s.disguised) for s in found] == [
        ("sildenafil", "V-iagra", True),
        ("tadalafil", "Ci-alis", True),
    ]
    assert seen("Take via-gra as your doctor told you.") == []


@pytest.mark.parametrize("text", ["Depo-Provera, Solu-Medrol", "co-codamol and co-amoxiclav", "well-known, follow-up"])
def test_names_that_have_a_hyphen_are_not_disguised(text: str) -> None:
    """A hyphen that belongs to the name, or to ordinary words, hides nothing."""
    assert not any(s.disguised for s in find_medicines(page(text)))
