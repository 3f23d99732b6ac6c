"""How it prices pills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Quote, Sighting
from pharmcheck.reading.anycase import AnyCase
from pharmcheck.reading.asserted import asserted

# A row of a table of packs: what is saved, or "pills" where a pharmacy says tablets. How many there are and what they cost stands
# on any product's page, and lawful clinics as well say what one tablet costs.
_ROW = AnyCase(
    r"sav(?:e|ing)|spar|écon|econ|ahorr|risparm|poup|oszcz|ušet|эконом|bonus|bespa|besp|total|"
    r"/ ?(?:tab|cap|dose)|\bpil|pigu|píld|пилюл|хапче|таблеток|錠あたり|セット"
)


def bonus_pills_or_per_pill_table(mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> Iterator[Quote]:
    """Prescription medicines come with free pills, or from a table of packs with a price per pill.

    Why: such tables and gifts come from the template of affiliate shops; a pharmacy fills what a prescription
    says.
    Source: medical-specialists.blogspot.com/2014/01/illegal-websites-posing-as-pharmacies.html (a pharmacist's
    account); Directive 2001/83/EC art. 88 (no advertising of prescription medicines to the public).
    False alarm: tables of discount cards, worming packs for animals, vitamins.
    """
    pages = {s.page.url for s in sightings if s.medicine.prescription_only}
    for mention in asserted(mentions, "bonus-pills", "pack-table"):
        if mention.page.url in pages and (mention.concept == "bonus-pills" or _ROW.stands_in(mention.quote.text)):
            yield mention.quote
