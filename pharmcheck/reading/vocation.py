"""What a site says that it is: a pharmacy that dispenses, a clinic that prescribes, a go-between.

Newspapers, regulators and hospitals name pharmacies as well. So only what a site says of itself counts: its name in the
title, the copyright line or its address, structured data, the first person. Every piece only adds: no text takes one away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pharmcheck.model import Mention, Operator, Page, Quote, Target
from pharmcheck.reading.asserted import asserted
from pharmcheck.reading.landmarks import landmarks
from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.reading.passages import quote_of
from pharmcheck.reading.structured import nested

_TITLE_PARTS = re.compile(r"\s[|–—»«•·:-]\s|\s*[|»«•]\s*|:\s")
_MOST_WORDS = 6  # a longer title is a headline
_MOST_LINES = 500
_TITLE_CHARS = 300
_HEAD_CHARS = 80  # of a page without a title; also the longest name
_ANY = re.compile(
    r"\b(?:online|internet|mail|community|clinical|retail|local|independent|international|digital)\b", re.I
)
_WORD = r"[A-ZÀ-ŽĄĆĘŁŃÓŚŹŻĚŠČŘÝ0-9][\w'’.&-]*"
_SMALL = "&|and|am|an|im|in|zum|zur|de|del|du|des|la|le|di|da|do|dos|pod|na|u|van|von"
_TAIL = rf"(?:,? ?(?:{_WORD}|{_SMALL})(?![^\W_]))"
_NAMES = compile_on_use(
    rf"(?:[Tt]he )?(?:{_WORD} (?:(?:{_SMALL}) )*){{1,4}}(?:Pharmac(?:y|ies)|Chemists?|Drugstore|Apothecary|Apothe(?:ke|ek)|Apotek(?:et)?)"
    rf"(?:,? (?:Ltd|Limited|Group|Online)\.?|{_TAIL}{{0,4}})"
    rf"|(?:{_WORD}[ -])?(?:[A-ZÄÖÜ][\wäöüß]+-?[Aa]potheken?|[Aa]potheken?){_TAIL}{{0,4}}"
    rf"|(?:(?:Grande|La|Le|Votre|Tu|Su|Vaše|Twoja) )?"
    rf"(?:Pharmacie|Farm[aá]cias?|Drogaria|Botica|Apteka|Lékárna|Lekáreň|Apotheek|Apotek(?:et)?){_TAIL}{{1,5}}"
)
_NAME_WORD = re.compile(
    r"pharmac(?:y|ies|ie)\b|chemist|drugstore|apothe|apotek|aptek|l[eé]k[aá]rn|farm[aá]ci|drogaria|botica", re.I
)
# Others whose names hold the word: teachers, judges, reporters and guides of pharmacies.
_OTHERS = compile_on_use(
    r"school|college|universit|facult|institut|academ|council|board|associat|federat|societ|union|guild|chamber|kammer|verband|"
    r"ordre|orden|ordine|colegio|izba|komora|komor|departm|ministr|authorit|agenc|regulat|inspect|journal|times|news|week|today|"
    r"magazin|umschau|zeitung|post\b|wiki|forum|blog|guide|ratgeber|career|jobs?\b|checker|finder|compar|vergleich|test\b|"
    r"review|rank|best\b|top\b|fake|rogue|illegal|safe|warn|hospital|klinik|software|consult|supplies|equipment|history|practice|technician|museum|"
    r"\bwhy|\bwhat|\bhow|which|when|\byour\b",
    re.IGNORECASE,
)
_PHARMACY_TYPES = frozenset({"pharmacy"})
_CLINIC_TYPES = frozenset({"medicalclinic", "physician", "medicalbusiness", "physiciansoffice", "medicalorganization"})


@dataclass(frozen=True, slots=True)
class Vocation:
    """What a site says that it is; each field holds the quotes, empty where it does not say so.

    `pharmacy` it dispenses; `clinic` its clinicians prescribe from afar; `abroad` it speaks as a supplier from another
    country (`co_signed`: whose doctor signs the prescription again); `dispatched` its parcels come from there; `broker` it
    passes orders on to pharmacies elsewhere; `comparison` it compares sellers.
    """

    pharmacy: tuple[Quote, ...] = ()
    clinic: tuple[Quote, ...] = ()
    abroad: tuple[Quote, ...] = ()
    co_signed: bool = False
    dispatched: tuple[Quote, ...] = ()
    broker: tuple[Quote, ...] = ()
    comparison: tuple[Quote, ...] = ()


def read_vocation(target: Target, pages: Sequence[Page], mentions: Sequence[Mention], operator: Operator) -> Vocation:
    """Return what the pages say that the site is."""
    said = _Said(mentions)
    return Vocation(
        pharmacy=_pharmacy(target, pages, said, operator),
        clinic=_clinic(pages, said),
        abroad=said.quotes("supply-from-abroad", "co-signed"),
        co_signed=bool(said.of("co-signed")),
        dispatched=said.quotes("dispatched-abroad"),
        broker=said.quotes("partner-network"),
        comparison=_comparison(said),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """The mentions, asked for by concept; the same words count once."""

    mentions: Sequence[Mention]

    def of(self, *concepts: str) -> list[Mention]:
        found: dict[str, Mention] = {}
        for mention in asserted(self.mentions, *concepts):
            found.setdefault(mention.page.text[mention.start : mention.end].casefold(), mention)
        return list(found.values())

    def quotes(self, *concepts: str) -> tuple[Quote, ...]:
        return tuple(m.quote for m in self.of(*concepts)[:2])


def _pharmacy(target: Target, pages: Sequence[Page], said: _Said, operator: Operator) -> tuple[Quote, ...]:
    """Return the quotes when it says that it dispenses, or when two things of different sort show a pharmacy."""
    voice = said.quotes("dispensing-voice")
    if voice:
        return voice
    named = tuple(_own_names(target, pages, operator))[:1]
    typed = tuple(_typed(pages, _PHARMACY_TYPES))[:1]
    staff, imprint = said.quotes("pharmacist-voice"), said.quotes("pharmacy-imprint")
    services = said.quotes("pharmacy-service")
    licence = (*said.quotes("pharmacy-licence"), *(d.quote for d in operator.pharmacists))[:2]
    abroad = said.quotes("supply-from-abroad", "co-signed")
    own = [sort for sort in (named, typed, staff, imprint) if sort]
    beside = [sort for sort in (services, licence, abroad) if sort]
    if len(own) >= 2 or (own and beside and (own != [staff] or licence or abroad or len(services) > 1)):
        return tuple(quote for sort in (*own, *beside) for quote in sort)[:4]
    return tuple(_bare_names(pages))[:1]


def _clinic(pages: Sequence[Page], said: _Said) -> tuple[Quote, ...]:
    """Return the quotes when it says more than once, in different words, that it prescribes from afar."""
    own = said.of("remote-prescribing")
    service = said.of("telehealth-service")
    typed = tuple(_typed(pages, _CLINIC_TYPES))[:1] if own or service else ()
    if len(own) + bool(service) + bool(typed) >= 2 and (own or typed):
        return tuple(m.quote for m in (*own, *service)[:2])
    return ()


def _comparison(said: _Said) -> tuple[Quote, ...]:
    """Return the quotes when it speaks of comparing twice, or in a title."""
    found = said.of("pharmacy-comparison", "price-comparison", "discount-card")
    if len(found) >= 2 or any(
        m.concept != "discount-card" and m.start < (len(m.page.title) or _HEAD_CHARS) for m in found
    ):
        return tuple(m.quote for m in found[:2])
    return ()


def _own_names(target: Target, pages: Sequence[Page], operator: Operator) -> Iterator[Quote]:
    """Yield where the site bears the name of a pharmacy: in a title, as its operator, in its own or its mail's domain."""
    for page in pages:
        for title in _titles(page):
            for part in _TITLE_PARTS.split(title):
                name = part.strip(" .,")
                if is_pharmacy_name(name) and (at := page.text.find(name)) >= 0:
                    yield page.quote(at, at + len(name), "its name")
    for detail in operator.names:
        if is_pharmacy_name(detail.value.strip(" .,")):
            yield detail.quote
    for detail in operator.emails:
        if _names_pharmacy(detail.value.rpartition("@")[2].split(".")[0]):
            yield detail.quote
    if pages and _names_pharmacy(target.domain.split(".")[0]):
        yield Quote(pages[0].url, "", f"the name of its address, {target.host}", pages[0].digest)


def _bare_names(pages: Sequence[Page]) -> Iterator[Quote]:
    """Yield the titles that hold a pharmacy's name and nothing else, unless it is a word for any pharmacy."""
    for page in pages:
        if is_pharmacy_name(page.title.strip()) and not _ANY.search(page.title):
            yield page.quote(0, len(page.title), "its name")


def _titles(page: Page) -> Iterator[str]:
    """Yield the title of a page; of one that has none the beginning of each line that holds a word for a pharmacy.

    Of each, not of the first alone: a line written above must not hide a name.
    """
    if page.title:
        yield page.title[:_TITLE_CHARS]
        return
    for word in landmarks(page.text).get("pharmacy-name", ())[:_MOST_LINES]:
        start = page.text.rfind("\n", 0, word.start) + 1
        yield page.text[start : start + _HEAD_CHARS].partition("\n")[0]


def _names_pharmacy(label: str) -> bool:
    """True when a label of a domain holds the word for a pharmacy, and is not of those who write of pharmacies."""
    label = label.replace("-", " ")
    return _NAME_WORD.search(label) is not None and _OTHERS.search(label) is None


def is_pharmacy_name(text: str) -> bool:
    """True when a title or a company's name is, as a whole, what a pharmacy is called (`Larkfield Pharmacy`)."""
    if len(text) > _HEAD_CHARS or len(text.split()) > _MOST_WORDS or not _NAME_WORD.search(text):
        return False
    return _OTHERS.search(text) is None and _NAMES.fullmatch(text) is not None


def _typed(pages: Sequence[Page], types: frozenset[str]) -> Iterator[Quote]:
    """Yield where structured data says that the site is one of these schema.org types."""
    for page in pages:
        for item in nested(page.structured):
            written = item.get("@type")
            for name in written if isinstance(written, list) else [written]:
                if isinstance(name, str) and name.rsplit("/", 1)[-1].casefold() in types:
                    yield quote_of(page, name, "structured data")
