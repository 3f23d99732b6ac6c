"""Each register's own form: a made-up sample in its shape gives the entries that a person would take from it."""

from __future__ import annotations

import pytest

from pharmcheck.readers.entries import read_list
from pharmcheck.registries.folder import read_folder, read_reader
from pharmcheck.registries.store import registry_folders, shipped_root

UNLAWFUL = "Unlawful Sale of Unapproved and Misbranded Drugs to United States Consumers Over the Internet"
MARKETING = "about marketing claims, no finding of an illegal pharmacy"
DELETED = "entry deleted on {}; no longer in force"
EXPECTED = {
    "cz-sukl": [
        "Lékárna U Vzoru|00999000001|uvzoru.example||listed||premises: Dlouhá 1/2, 10000 Vzorov|",
        "Lékárna U Vzoru|00999000001|uvzoru-sk.example||listed||premises: Dlouhá 1/2, 10000 Vzorov|",
        "Lékárna Bez Webu|00999000002|||listed||premises: Krátká 5, 10000 Vzorov; no web address in the register|",
        "Lékárna V Obchodě|00999000004|velky-obchod.example|/lekarna|listed||premises: Široká 7, 10000 Vzorov|",
    ],
    "cz-sukl-illegal": [
        f"||falesna-lekarna.example||lifted|2022-03-10|{DELETED.format('2023-01-02')}|",
        "||pilulky-bez.example||warned|2025-09-16||",
        "||shop.example||warned|2025-09-16||",
    ],
    "cz-uskvbl-illegal": [
        "||leky-pro-kocky.example||warned|2024-02-15||",
        f"||antibiotika-pro-psy.example||lifted|2023-05-02|{DELETED.format('2024-01-31')}|",
    ],
    "pl-ra": [
        'Apteka "Pod Wzorem"|1999001|apteka-podwzorem.example||listed||premises: ul. Wzorcowa 1, 00-001 Wzorów|',
        "Apteka Zgłoszona|1999004|||listed||premises: ul. Wzorcowa 1, 00-001 Wzorów; no web address in the register|",
    ],
    "pl-wif-rzeszow": [
        "Apteka Wzorcowa||wzorcowa.example||listed||premises: ul. Przykładowa 4 00-200 WZORÓW|",
        "Apteka Na Próbę||probna.example|/apteka-wzorow|listed||premises: ul. Próbna 10 00-201 WZORÓW|",
    ],
    "us-fda-wl": [
        f"||pills-sample.example||warned|2026-01-09|{UNLAWFUL}|",
        "||cheap-meds-sample.example||warned|2026-01-08|Unapproved New Drugs/Misbranded|",
    ],
    "us-fda-wl-telehealth": [
        f"||tele-sample.example||warned|2025-09-09|{MARKETING}: {UNLAWFUL}|",
        f"||slim-sample.example||warned|2026-02-20|{MARKETING}: False & Misleading Claims/Misbranded|",
    ],
    "us-fda-wl-vet": ["||horse-sample.example||warned|2024-05-16|Unapproved New Animal Drug/Adulterated|"],
}


def test_every_register_with_a_reader_has_a_sample() -> None:
    """No reader is shipped that was never tried on the shape of its list."""
    folders = {folder.name: folder for folder in registry_folders(shipped_root())}
    assert {name for name, folder in folders.items() if read_reader(folder)} == EXPECTED.keys()
    assert {name for name, folder in folders.items() if any(folder.glob("sample.*"))} == EXPECTED.keys()


@pytest.mark.parametrize("registry_id", EXPECTED)
def test_a_sample_gives_its_entries(registry_id: str) -> None:
    """Rows that are not meant are left out, addresses and dates are normal, and no person is named."""
    folder = shipped_root() / registry_id
    reader, (known, _) = read_reader(folder), read_folder(folder)
    (sample,) = folder.glob("sample.*")
    assert reader
    reading = read_list(reader, [sample.read_bytes()], known.registry.polarity, known.registry.url)
    assert ["|".join(entry) for entry in reading.entries] == EXPECTED[registry_id]
    assert reading.unread == ()
