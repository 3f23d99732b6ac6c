"""A register's entry, held against what a site says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pharmcheck.model.listed import Listing
from pharmcheck.model.read import Licence


class Fit(StrEnum):
    """Whether one fact of a register's entry fits what the site says of itself."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Binding:
    """A register's entry, held against what the site says: its web site, name, address and telephone.

    `licence` is the number by which the entry was found, None where the entry names the site's domain.
    """

    listing: Listing
    site: Fit
    name: Fit
    address: Fit
    phone: Fit
    licence: Licence | None = None

    @property
    def fits(self) -> dict[str, Fit]:
        """The facts by their names, in the order in which they are told."""
        return {"web site": self.site, "name": self.name, "address": self.address, "telephone": self.phone}

    @property
    def verdict(self) -> str:
        """`agrees`, `partly`, `another` (the entry is somebody else's) or `unknown` (nothing could be compared).

        The web site decides where the entry has one. Without one, two other facts must differ and none agree.
        """
        known = [fit for fit in self.fits.values() if fit is not Fit.UNKNOWN]
        differing = known.count(Fit.DIFFERS)
        if self.site is Fit.DIFFERS or (differing >= 2 and differing == len(known)):
            return "another"
        if not known:
            return "unknown"
        return "partly" if differing else "agrees"
