"""Who stands there now?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Binding, Fit, Quote
from pharmcheck.reading.cite import entry


def listed_domain_shows_another_name(bindings: Sequence[Binding]) -> Iterator[Quote]:
    """The register names this domain for a pharmacy of whose name and premises the site says nothing.

    Why: a domain that a closed pharmacy let go is bought for its entry, its visitors and its good name.
    Source: apotheke-adhoc.de on the German register (entry of a closed pharmacy led to an illegal shop, 2019).
    False alarm: a pharmacy that was renamed and moved, or a chain that shows its head office only. A line of text would
    cure it, so it is told and never scored.
    """
    for binding in bindings:
        strange = binding.name is Fit.DIFFERS and binding.address is Fit.DIFFERS and binding.phone is not Fit.AGREES
        if binding.licence is None and strange:
            yield entry(binding.listing)
