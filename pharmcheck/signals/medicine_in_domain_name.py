"""A medicine in the name."""

from __future__ import annotations

from collections.abc import Iterator

from pharmcheck.model import Quote, Target
from pharmcheck.reading.domain_names import medicine_in_name


def medicine_in_domain_name(target: Target) -> Iterator[Quote]:
    """The domain carries the name of a prescription medicine for potency, sleep, pain or the like.

    Why: the name is chosen for the searches of people who want this medicine without asking; pharmacies name
    themselves after places, people and trees.
    Source: domainincite.com/tag/legitscript (names of medicines in domains); Directive 2001/83/EC art. 88.
    False alarm: pages of the maker, guides and clinics for one medicine; a domain that is the bare name is left out.
    """
    name = medicine_in_name(target)
    if name:
        yield Quote(target.url, target.domain, f"the name carries {name}")
