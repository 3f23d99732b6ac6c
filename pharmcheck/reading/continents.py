"""On which continents countries lie: how far apart the destinations of a shop are."""

from __future__ import annotations

from collections.abc import Iterable

_CONTINENTS = {
    "Europe": "GB IE DE AT CH NL BE LU FR ES IT PT PL CZ SK SE DK NO FI HU RO BG GR CY MT LT LV EE UA RU TR",
    "America": "US CA MX BR BZ PA BB KN VG",
    "Asia": "IN PK CN HK SG TH IL AE JP",
    "Oceania": "AU NZ VU",
    "Africa": "ZA MU SC",
}
_CONTINENT = {code: name for name, codes in _CONTINENTS.items() for code in codes.split()}


def continents(codes: Iterable[str]) -> frozenset[str]:
    """Return the continents on which these countries lie (the Americas are one); codes that we do not know count none."""
    return frozenset(_CONTINENT[code] for code in codes if code in _CONTINENT)
