"""A name that cannot simply be bought."""

from __future__ import annotations

from collections.abc import Iterator

from pharmcheck.model import Quote, Target


def dot_pharmacy_domain(target: Target) -> Iterator[Quote]:
    """The host stands under the top-level domain .pharmacy.

    Why: NABP runs this domain and gives names only to holders whose licences and policies it has checked.
    Source: NABP, nabp.pharmacy/help (why a .pharmacy domain comes before accreditation).
    False alarm: a holder that is not a seller (a college, a school); "pharmacy" elsewhere in a name proves
    nothing.
    """
    if target.host.endswith(".pharmacy"):
        yield Quote(target.url, target.host, "names under .pharmacy are delegated by NABP")
