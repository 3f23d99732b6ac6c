"""Countries as a page names or implies them: by name, top-level domain and language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pharmcheck.model import Page
from pharmcheck.target import host_of

_NAMES = {
    "US": "United States of America|United States|U.S.A.|USA",
    "GB": "United Kingdom|Great Britain|England|Scotland|Wales|Northern Ireland|UK",
    "IE": "Republic of Ireland|Ireland|Éire",
    "CA": "Canada",
    "AU": "Australia",
    "NZ": "New Zealand|Aotearoa",
    "DE": "Germany|Deutschland",
    "AT": "Austria|Österreich",
    "CH": "Switzerland|Schweiz|Suisse|Svizzera",
    "NL": "The Netherlands|Netherlands|Nederland|Holland",
    "BE": "Belgium|België|Belgique",
    "LU": "Luxembourg|Luxemburg",
    "FR": "France",
    "ES": "Spain|España",
    "IT": "Italy|Italia",
    "PT": "Portugal",
    "PL": "Poland|Polska",
    "CZ": "Czech Republic|Czechia|Česká republika|Česko",
    "SK": "Slovakia|Slovak Republic|Slovensko|Slovenská republika",
    "SE": "Sweden|Sverige",
    "DK": "Denmark|Danmark",
    "NO": "Norway|Norge",
    "FI": "Finland|Suomi",
    "HU": "Hungary|Magyarország",
    "RO": "Romania|România",
    "BG": "Bulgaria|България",
    "GR": "Greece|Ελλάδα",
    "CY": "Cyprus|Κύπρος",
    "MT": "Malta",
    "LT": "Lithuania|Lietuva",
    "LV": "Latvia|Latvija",
    "EE": "Estonia|Eesti",
    "IN": "India",
    "PK": "Pakistan",
    "CN": "P.R. China|China",
    "HK": "Hong Kong",
    "SG": "Singapore",
    "TH": "Thailand",
    "IL": "Israel",
    "TR": "Turkey|Türkiye",
    "RU": "Russian Federation|Russia|Россия",
    "UA": "Ukraine|Україна",
    "AE": "United Arab Emirates|UAE|Dubai",
    "MU": "Mauritius",
    "SC": "Seychelles",
    "BZ": "Belize",
    "PA": "Panama",
    "VU": "Vanuatu",
    "BB": "Barbados",
    "KN": "Saint Kitts and Nevis|St. Kitts and Nevis|St Kitts",
    "VG": "British Virgin Islands",
    "MX": "Mexico|México",
    "BR": "Brazil|Brasil",
    "ZA": "South Africa",
    "JP": "Japan|日本",
    "HR": "Croatia|Hrvatska",
    "SI": "Slovenia|Slovenija",
    "IS": "Iceland|Ísland",
    "LI": "Liechtenstein",
    "RS": "Serbia|Srbija|Србија",
    "BY": "Belarus|Беларусь",
    "KZ": "Kazakhstan|Казахстан",
    "KR": "South Korea|Republic of Korea",
    "TW": "Taiwan",
    "MY": "Malaysia",
    "PH": "Philippines",
    "VN": "Vietnam|Viet Nam",
    "ID": "Indonesia",
    "AR": "Argentina",
    "CL": "Chile",
    "CO": "Colombia",
}
_CODE = {name: code for code, names in _NAMES.items() for name in names.split("|")}


def _pattern() -> re.Pattern[str]:
    """Return a pattern of all names. It begins with the first letter itself, so that the search may skip to one."""
    after: dict[str, list[str]] = {}
    for name in sorted(_CODE, key=len, reverse=True):
        after.setdefault(name[0], []).append(re.escape(name[1:]))
    rest = "|".join(f"(?<={first})(?:{'|'.join(names)})" for first, names in after.items())
    return re.compile(rf"[{''.join(after)}](?<![\w-].)(?:{rest})(?![\w-])")


COUNTRY_NAME = _pattern()
COUNTRIES = tuple(_CODE)  # the names
_DOMAINS = {code.lower(): code for code in _NAMES} | {"uk": "GB", "eu": "", "pharmacy": ""}
_VANITY = frozenset(
    ("tv", "io", "co", "me", "su", "in", "pa", "bz", "sc", "vu", "vg", "kn", "bb", "mu", "cc", "is", "li")
)
_LANGUAGES = {
    "de": ("DE", "AT", "CH"),
    "fr": ("FR", "BE", "CH"),
    "nl": ("NL", "BE"),
    "es": ("ES",),
    "it": ("IT",),
    "pt": ("PT",),
    "pl": ("PL",),
    "cs": ("CZ",),
    "sk": ("SK",),
    "sv": ("SE",),
    "da": ("DK",),
    "no": ("NO",),
    "nb": ("NO",),
    "fi": ("FI",),
    "hu": ("HU",),
    "ro": ("RO",),
    "el": ("GR",),
    "bg": ("BG",),
    "hr": ("HR",),
    "sl": ("SI",),
    "tr": ("TR",),
    "ja": ("JP",),
}


def named(text: str) -> str:
    """Return the ISO 3166 code of the last country that `text` names, "" for none; addresses end with theirs."""
    found = COUNTRY_NAME.findall(text)
    return _CODE[found[-1]] if found else ""


def code_of(value: str) -> str:
    """Return the code for an ISO code or an English or local name as structured markup gives it, "" if unknown."""
    value = value.strip()
    return value.upper() if value.upper() in _NAMES else ("GB" if value.upper() == "UK" else _CODE.get(value, ""))


def implied(page: Page) -> tuple[str, ...]:
    """Return the country of the page's top-level domain, or, where that says none, those of its language."""
    last = host_of(page.url).rpartition(".")[2]
    domain = "" if last in _VANITY else _DOMAINS.get(last, "")
    return (domain,) if domain else _LANGUAGES.get(page.language, ())


def implied_by(pages: Sequence[Page]) -> tuple[str, ...]:
    """Return the countries that the pages imply, in the order in which they first appear."""
    return tuple(dict.fromkeys(code for page in pages for code in implied(page)))
