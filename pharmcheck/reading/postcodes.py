"""Shapes of postcodes, the countries that write them, and the postcodes of an address whose country is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pharmcheck.reading.on_use import compile_on_use

_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|"
    "OR|PA|PR|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|"
    "Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|"
    "Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|"
    "New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|"
    "South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming"
)
# Where an Indian, a New Zealand and a Russian postcode stand without their country's name.
_INDIAN = (
    "Mumbai|Delhi|New Delhi|Bengaluru|Bangalore|Hyderabad|Ahmedabad|Chennai|Kolkata|Surat|Pune|Nagpur|Jaipur|Indore|Vadodara|"
    "Noida|Gurgaon|Gurugram|Chandigarh|Lucknow|Maharashtra|Gujarat|Haryana|Punjab|Rajasthan|Karnataka|Tamil Nadu|Telangana|"
    "Kerala|West Bengal|Uttar Pradesh|Madhya Pradesh|Uttarakhand|Himachal Pradesh"
)
_NEW_ZEALAND = "Auckland|Wellington|Christchurch|Hamilton|Dunedin|Tauranga|Palmerston North|Napier|Nelson|Rotorua"
_RUSSIAN = r"(?:Россия|РФ|г\.? ?[А-Я]|город [А-Я]|Москва|Санкт-Петербург|[А-Я][а-я]+(?:ская|ский) (?:обл|край))"
_TOWN = r"[ ,]{1,3}(?=[A-ZÀ-ÖØ-ÞŁŚŻŹĆČŘŠŽÅÄÖĐİΑ-ΩА-Я])"

# A shape that no other country writes, so that it names its country by itself.
SURE = compile_on_use(
    r"(?<![\w.-])(?:(?:"
    r"(?P<GB>[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})"
    r"|(?P<CA>[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d)"
    rf"|(?P<US>(?:{_STATES})\.?,?\s+\d{{5}}(?:-\d{{4}})?)"
    r"|(?P<AU>(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT|New South Wales|Victoria|Queensland),?\s+\d{4})"
    r"|(?P<IE>[AC-FHKNPRTV-Y](?:\d{2}|6W) ?[0-9AC-FHKNPRTV-Y]{4}|Co(?:\.|unty) (?:Dublin|Cork|Galway|Kildare|Limerick))"
    rf"|(?P<IN>(?:{_INDIAN})[ ,.:–-]{{1,4}}[1-9]\d{{2}} ?\d{{3}})"
    rf"|(?P<NZ>(?:{_NEW_ZEALAND}),? \d{{4}})"
    r"|(?P<PT>[1-9]\d{3}-\d{3})"
    r"|(?P<BR>\d{5}-\d{3})"
    r"|(?P<SG>Singapore \(?\d{6}\)?|S\(\d{6}\)))(?![\w-])|(?:"
    r"(?P<NL>[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2})|(?P<PL>\d{2}-\d{3})"
    r"|(?P<DE>D-\d{5})|(?P<AT>A-\d{4})|(?P<CH>CH-\d{4})|(?P<BE>B-\d{4})|(?P<FR>F-\d{5})|(?P<IT>IT?-\d{5})|(?P<ES>E-\d{5})"
    r"|(?P<CZ>CZ-\d{3} ?\d{2})|(?P<SK>SK-\d{3} ?\d{2})|(?P<HU>H-\d{4})|(?P<NO>NO?-\d{4})|(?P<LU>L-\d{4})|(?P<LV>LV-\d{4})|(?P<LT>LT-\d{5})"
    rf"|(?P<DK>DK-\d{{4}})|(?P<FI>FI-\d{{5}})|(?P<SE>SE?-\d{{3}} ?\d{{2}})){_TOWN}"
    rf"|(?P<RU>[1-6]\d{{5}})(?=,? {{0,2}}{_RUSSIAN}))"
)
_BEGINNING = re.compile(r"[A-Z\d](?<![\w.-].)")
# Shapes that several countries share; the country comes from its name, the domain or the language.
SHARED = compile_on_use(
    r"(?<![\w.,/#+€£$-])(?:"
    rf"(?:(?:C\.?P\.? ?)?(?P<five>\d{{5}})|(?P<three_two>\d{{3}} \d{{2}})|(?P<four>\d{{4}})){_TOWN}"
    r"|(?:(?P<zero_six>0\d{5})|(?P<six>[1-9]\d{2} ?\d{3})|(?P<last_four>(?<=[a-z] )\d{4}(?=[\s,.]|$)))(?![\w-]))"
)
_SHARED_BY: dict[str, Sequence[str]] = {
    "five": ("DE", "FR", "ES", "IT", "FI", "US", "TR", "UA", "MX", "CZ", "SK", "SE", "GR", "TH", "LT", "EE", "HR"),
    "three_two": ("CZ", "SK", "SE", "GR"),
    "four": ("AT", "CH", "BE", "DK", "NO", "HU", "LU", "BG", "NZ", "AU", "CY", "ZA"),
    "zero_six": ("RO",),
    "six": ("IN", "CN", "RO", "SG", "RU"),
    "last_four": ("NZ", "AU", "ZA"),
}
# Where the country is known: it says which shape to look for, so that house numbers are not taken for a postcode.
_IN_COUNTRY = {
    **dict.fromkeys(("CZ", "SK", "SE", "GR"), r"\d{3} ?\d{2}"),
    **dict.fromkeys(("DE", "FR", "ES", "IT", "FI", "EE", "HR", "LT", "US", "MX", "TR"), r"\d{5}"),
    **dict.fromkeys(
        ("AT", "BE", "BG", "CH", "CY", "DK", "HU", "LU", "NO", "SI", "LI", "LV", "AU", "NZ", "ZA"), r"\d{4}"
    ),
    **dict.fromkeys(("RO", "RU", "IN", "SG", "CN"), r"\d{3} ?\d{3}"),
    "PL": r"\d{2}-? ?\d{3}",
    "PT": r"\d{4}-\d{3}",
    "NL": r"\d{4} ?[A-Z]{2}",
    "GB": r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}",
    "IE": r"[A-Z]\d[\dW] ?[A-Z\d]{4}",
    "CA": r"[A-Z]\d[A-Z] ?\d[A-Z]\d",
    "BR": r"\d{5}-?\d{3}",
    "JP": r"\d{3}-?\d{4}",
}
LONGEST_CHARS = 40  # of any of these, and of a country's name


def sure(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the matches of SURE; tried where a capital or a number begins, it takes a fifth of the time of a search."""
    for beginning in _BEGINNING.finditer(text, start, end):
        match = SURE.match(text, beginning.start(), end) if beginning.start() >= start else None
        if match:
            start = match.end()
            yield match


def sharing(match: re.Match[str]) -> Sequence[str]:
    """Return the countries that write a match of SHARED."""
    return _SHARED_BY[match.lastgroup or ""]


def postcodes_of(address: str, country: str) -> frozenset[str]:
    """Return the postcodes of an address in this country without blanks and hyphens, none where its shape is not known."""
    shape = _IN_COUNTRY.get(country)
    found = re.findall(_alone(shape, country), address.upper()) if shape else ()
    return frozenset(re.sub(r"[ -]", "", code) for code in found)


def without_postcode(address: str, country: str) -> str:
    """Return an address in this country with a blank for its postcode: of a country whose shape is not known, four to six digits."""
    return re.sub(_alone(_IN_COUNTRY.get(country, r"\d{4,6}"), country), " ", address, flags=re.IGNORECASE)


def _alone(shape: str, country: str) -> str:
    return rf"(?<![\w/])(?:{country}-)?({shape})(?![\w/])"
