"""Claims and assortments that no pharmacy has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pharmcheck.model import Mention, Offer, Quote, Sighting
from pharmcheck.reading.asserted import asserted

# Families of the table of medicines, by what they are bought for. The first four are controlled nearly everywhere.
_CONTROLLED = ("opioids", "sedatives", "stimulants", "steroids")
_SOLD_FOR = {
    "opioid": "opioids",
    "benzodiazepine": "sedatives",
    "hypnotic": "sedatives",
    "sedative": "sedatives",
    "barbiturate": "sedatives",
    "stimulant": "stimulants",
    "wakefulness": "stimulants",
    "anabolic": "steroids",
    "sarm": "steroids",
    "ed": "potency",
    "weight": "slimming",
    "glp1": "slimming",
    "hair": "hair",
}


def miracle_or_lifestyle_bundle(
    mentions: Sequence[Mention], sightings: Sequence[Sighting], offers: Sequence[Offer]
) -> Iterator[Quote]:
    """Medicines come with miracle claims or a money-back guarantee, or as a mix of potency, slimming and controlled medicines.

    Why: no medicine is free of side effects or sure to work; and the mix is that of what sells without a
    doctor. The mix needs three such kinds, two of them controlled, all to be ordered.
    Source: Health Canada, buying-drugs-over-internet; Gen Digital on one network of 5,000 shops (2025);
    Interpol, Pangea XVII.
    False alarm: loud advertising of a lawful shop; a full-range mail-order pharmacy in DE or the US.
    """
    told = {s.page.url for s in sightings}
    for mention in asserted(mentions, "miracle-claim", "no-side-effects", "guaranteed-result", "lifestyle-bundle"):
        if mention.page.url in told:
            yield mention.quote
    mix: dict[str, Offer] = {}
    for offer in offers:
        sold_for = _SOLD_FOR.get(offer.medicine.family)
        if sold_for and offer.order and offer.medicine.prescription_only:
            mix.setdefault(sold_for, offer)
    if len(mix) >= 3 and sum(kind in mix for kind in _CONTROLLED) >= 2:
        yield from (replace(offer.quote, note=f"one of {len(mix)} in the mix: {kind}") for kind, offer in mix.items())
