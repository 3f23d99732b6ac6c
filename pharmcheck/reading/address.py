"""Postal addresses in a page's text: postcode shapes of 28 countries, streets, boxes, structured addresses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from pharmcheck.model import Detail, Page
from pharmcheck.reading.countries import COUNTRY_NAME, code_of, implied, named
from pharmcheck.reading.passages import quote_of, spans
from pharmcheck.reading.structured import nested, text_of

MAX_PER_PAGE = 500
_BEFORE_CHARS, _AFTER_CHARS = 130, 70  # the street stands within this distance before a postcode, the town after it
_BEFORE_LINES, _AFTER_LINES = 4, 3
_LONGEST_LINE = 90  # a longer line is prose, not a line of an address
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|"
    "OR|PA|PR|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|"
    "Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|"
    "Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|"
    "New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|"
    "South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming"
)
_TOWN = r"[ ,]{1,3}(?=[A-ZÀ-ÖØ-ÞŁŚŻŹĆČŘŠŽÅÄÖ])"

# A shape that no other country writes, so that it names its country by itself.
_SURE = re.compile(
    r"(?<![\w.-])(?:(?:"
    r"(?P<GB>[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})"
    r"|(?P<CA>[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d)"
    rf"|(?P<US>(?:{_STATES})\.?,?\s+\d{{5}}(?:-\d{{4}})?)"
    r"|(?P<AU>(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT|New South Wales|Victoria|Queensland),?\s+\d{4})"
    r"|(?P<IE>[AC-FHKNPRTV-Y](?:\d{2}|6W) ?[0-9AC-FHKNPRTV-Y]{4}|Co(?:\.|unty) (?:Dublin|Cork|Galway|Kildare|Limerick))"
    r"|(?P<PT>[1-9]\d{3}-\d{3})"
    r"|(?P<SG>Singapore \(?\d{6}\)?)"
    r")(?![\w-])|(?:"
    r"(?P<NL>[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2})|(?P<PL>\d{2}-\d{3})"
    r"|(?P<DE>D-\d{5})|(?P<AT>A-\d{4})|(?P<CH>CH-\d{4})|(?P<BE>B-\d{4})"
    rf"|(?P<DK>DK-\d{{4}})|(?P<FI>FI-\d{{5}})|(?P<SE>SE?-\d{{3}} ?\d{{2}})){_TOWN})"
)
# Shapes that several countries share; the country comes from its name, the domain or the language.
_SHARED = re.compile(
    r"(?<![\w.,/#+€£$-])(?:"
    rf"(?:(?P<five>\d{{5}})|(?P<three_two>\d{{3}} \d{{2}})|(?P<four>\d{{4}})){_TOWN}"
    r"|(?:(?P<six>[1-9]\d{2} ?\d{3})|(?P<last_four>(?<=[a-z] )\d{4}(?=[\s,.]|$)))(?![\w-]))"
)
_SHARED_BY = {
    "five": ("DE", "FR", "ES", "IT", "FI", "US", "TR", "UA", "MX", "CZ", "SK", "SE", "GR", "TH", "LT", "EE", "HR"),
    "three_two": ("CZ", "SK", "SE", "GR"),
    "four": ("AT", "CH", "BE", "DK", "NO", "HU", "LU", "BG", "NZ", "AU", "CY", "ZA"),
    "six": ("IN", "CN", "RO", "SG", "RU"),
    "last_four": ("NZ", "AU", "ZA"),
}
_BOX = re.compile(r"\b(?:P\.? ?O\.? ?Box|Postfach|Postbus|Apartado(?: de correos)?|Boîte postale|BP) ?\d{1,6}\b")
_NUMBER_FIRST = re.compile(  # "12 High Street", "12 rue du Port": the number stands within 25 characters before
    r"\b(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|way|court|close|square|terrace|crescent|highway|"
    r"hwy|parkway|pkwy|broadway|row|gardens|quay|industrial estate|business park|retail park|parade|trading estate|"
    r"arcade|mall|centre|center|floor|house|building|marg|nagar|rue|place|chemin|allée|quai|cours|impasse|route)\b",
    re.IGNORECASE,
)
_NUMBER_AFTER = re.compile(  # "Musterstraße 5", "ul. Długa 3", "Calle Mayor, 7", "Suite 4"
    r"\b(?:suite|ste|unit|floor|level|shop|office|rue|calle|avenida|avda|av|plaza|paseo|camino|carrer|carretera|polígono|"
    r"via|viale|piazza|corso|largo|strada|rua|praça|travessa|estrada|bd|calea|șos|str)\b|\bc/|\b(?:ul|al|pl|os|nám|tř)\.|"
    r"\b(?:ulice|náměstí|třída|ulica|námestie)\b|(?<!\w)\w{2,40}(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer|straat|"
    r"laan|plein|gracht|kade|dijk|singel|markt|dreef|steenweg|gatan|vägen|gränd|torget|gade|vej|veien|vegen|gata|gaten|"
    r"plads|katu|tie|kuja)\b|\b(?:straße|utca|út|tér|körút)\b",
    re.IGNORECASE,
)
_HOUSE_NUMBER = re.compile(r"[ .,]{0,3}(?:[A-ZÀ-Ž][\w.'’-]{0,40}[ ,]{1,2}|d[aeou]l? ){0,4}(?:n[°.ºr]? ?)?\d{1,4}\b")
_SLASHED = re.compile(
    r"(?:^|, )[A-ZÀ-Ž][\w .]{2,40} \d{1,4}(?:/\d{1,4}[a-z]?|[a-z]?)[,\s]*$"
)  # "Dlouhá 12/4": no word for street
_SLASHED_IN = ("CZ", "SK")
_FOLLOWING_STREET = re.compile(
    r"(?:\w+ ){1,3}(?:street|st|road|rd|avenue|ave|lane|drive|dr|blvd|boulevard)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=\w{4})[.!?] (?=[A-Z]\w{3})|[:|©;•]\s|\s[-–—]\s|\)\s")
_END = re.compile(r"[|©;•]|\. |\.$|\s[-–—]\s|\b(?:[Tt]el|[Pp]hone|[Ff]ax|[Ee]-?mail|[Ff]on)\b|\+\d|\(|\d{5}")


def read_addresses(page: Page) -> Iterator[Detail]:
    """Yield the postal addresses on a page, structured ones first; a box number is an address that begins `PO box`.

    A postcode counts only with a street and number beside it, so that order numbers and prices do not. Where several
    countries write one shape, the country comes from its name, the site's domain or its language, or none is found.
    """
    yield from _structured(page)
    taken: set[str] = set()
    for start, end in spans(page):
        part = page.text[start:end]
        for read, pattern in ((_sure, _SURE), (_shared, _SHARED), (_box, _BOX), (_by_country, COUNTRY_NAME)):
            for match in pattern.finditer(part):
                found = read(page, start + match.start(), start + match.end(), match)
                if found is not None and found.quote.text[:15] not in taken:
                    yield found
                    taken.add(found.quote.text[:15])  # a postcode and a country's name may both lead to one address
                    if len(taken) >= MAX_PER_PAGE:
                        return


def _structured(page: Page) -> Iterator[Detail]:
    for item in nested(page.structured):
        street = text_of(item, "streetAddress", "postOfficeBoxNumber")
        if not street:
            continue
        keys = ("postalCode", "addressLocality", "addressRegion", "addressCountry")
        value = ", ".join(filter(None, (street, *(text_of(item, key) for key in keys))))
        country = code_of(text_of(item, "addressCountry")) or next(iter(implied(page)), "")
        yield Detail("address", value[:200], quote_of(page, street, "from structured data"), country)


def _sure(page: Page, start: int, end: int, match: re.Match[str]) -> Detail | None:
    return _address(page, start, end, match.lastgroup or "")


def _shared(page: Page, start: int, end: int, match: re.Match[str]) -> Detail | None:
    if "©" in page.text[max(0, start - 15) : start] or _FOLLOWING_STREET.match(page.text[end : end + 40]):
        return None
    candidates = _SHARED_BY[match.lastgroup or ""]
    country = named(_after(page, end)) or named(page.text[max(0, start - 60) : start])
    likely = (country,) if country else implied(page)
    return next((_address(page, start, end, code) for code in likely if code in candidates), None)


def _box(page: Page, start: int, end: int, _: re.Match[str]) -> Detail | None:
    stop = end + len(_after(page, end))
    country = named(page.text[start:stop]) or next(iter(implied(page)), "")
    return Detail("address", f"PO box: {_one_line(page.text[start:stop])}", page.quote(start, stop), country)


def _by_country(page: Page, start: int, end: int, match: re.Match[str]) -> Detail | None:
    return _address(page, start, end, code_of(match[0]))


def _address(page: Page, start: int, end: int, country: str) -> Detail | None:
    """Return the address around a postcode or a country's name, None without a street and number before it."""
    starts, _ = _streets(page.text)
    if country not in _SLASHED_IN and bisect_left(starts, start - _BEFORE_CHARS) == bisect_left(
        starts, end + _AFTER_CHARS
    ):
        return None
    stop = end + len(_after(page, end))
    begin = _street_before(page.text, start, country)
    if begin is None and not (
        page.text[start:end].strip()[-1:].isdigit() and _has_street(page.text, end, stop, country)
    ):
        return None
    begin = start if begin is None else begin
    return Detail("address", _one_line(page.text[begin:stop])[:200], page.quote(begin, stop), country)


def _street_before(text: str, at: int, country: str) -> int | None:
    """Return where the lines of an address that ends at `at` begin: the nearest line up with a street and number."""
    floor = max(0, at - _BEFORE_CHARS)
    end = at
    for _ in range(_BEFORE_LINES):
        begin = max(floor, text.rfind("\n", 0, end) + 1)
        line = text[begin:end]
        sentence = max((m.end() for m in _SENTENCE.finditer(line)), default=0)
        if _has_street(text, begin + sentence, end, country):
            return begin + sentence
        if begin <= floor or (end != at and len(line) > _LONGEST_LINE):
            return None
        end = begin - 1
    return None


def _has_street(text: str, begin: int, end: int, country: str) -> bool:
    """True for a word for a street with a number beside it, or a name with a house number as Czech addresses have."""
    starts, ends = _streets(text)
    first, stop = bisect_left(starts, begin), bisect_left(starts, end)
    return any(at <= end for at in ends[first:stop]) or (
        country in _SLASHED_IN and bool(_SLASHED.search(text[begin:end]))
    )


@lru_cache(maxsize=2)  # a page is asked for each of its postcodes, and one look at all of it is cheaper than those
def _streets(text: str) -> tuple[list[int], list[int]]:
    """Return where streets with their numbers begin, ascending, and where each ends."""
    followed = ((word, _HOUSE_NUMBER.match(text, word.end())) for word in _NUMBER_AFTER.finditer(text))
    found = [(word.start(), number.end()) for word, number in followed if number]
    for word in _NUMBER_FIRST.finditer(text):
        before = text[max(0, word.start() - 25) : word.start()].rpartition("\n")[2]
        digits = [at for at, sign in enumerate(before) if sign.isdigit()]
        if digits:
            found.append((word.start() - len(before) + digits[-1], word.end()))
    found.sort()
    return [start for start, _ in found], [end for _, end in found]


def _after(page: Page, end: int) -> str:
    """Return the town and country that follow a postcode: the rest of its line, and of two more if they are short."""
    lines = page.text[end : end + _AFTER_CHARS].split("\n")
    kept = [_END.split(lines[0], maxsplit=1)[0]]
    for line in lines[1:_AFTER_LINES]:
        if not COUNTRY_NAME.fullmatch(line.strip(" .,")):
            break
        kept.append(line)
    return "\n".join(kept).rstrip()


def _one_line(text: str) -> str:
    return ", ".join(part.strip(" ,\t") for part in re.split(r"[\n\t]", text) if part.strip(" ,\t"))
