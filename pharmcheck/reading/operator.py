"""Who says to be behind a site: names, addresses, ways to reach them, pharmacists, licences, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pharmcheck.model import Detail, Licence, Mention, Operator, Page, Registry
from pharmcheck.reading.address import read_addresses
from pharmcheck.reading.address_keys import address_key
from pharmcheck.reading.companies import read_company_numbers
from pharmcheck.reading.countries import implied_by
from pharmcheck.reading.emails import read_emails
from pharmcheck.reading.licences import read_licences
from pharmcheck.reading.messengers import read_messengers
from pharmcheck.reading.people import read_names, read_pharmacists
from pharmcheck.reading.phones import read_phones
from pharmcheck.reading.practitioners import read_practitioner_numbers
from pharmcheck.reading.together import read_together

MAX_DETAILS = 5_000  # of one kind; a bound on time, far above what an honest site prints


def read_operator(pages: Sequence[Page], mentions: Sequence[Mention], registries: Sequence[Registry] = ()) -> Operator:
    """Return what the pages say of the operator, each particular once, where it stands first.

    Phones without a country code are read as of the countries of the addresses, then of the domain and language.
    `read` are the pages that were searched: those with text of the site's own, so no shells and no issuers' pages.
    """
    read = tuple(page for page in pages if page.text.strip() and not page.shell and page.role != "issuer")
    by_page = [tuple(read_addresses(page)) for page in read]
    addresses = _once(detail for found in by_page for detail in found)
    located = tuple(dict.fromkeys(detail.country for detail in addresses if detail.country))
    countries = (*located, *(code for code in implied_by(read) if code not in located))
    phones = [tuple(read_phones(page, countries)) for page in read]
    licences = [tuple(read_licences(page, registries, countries)) for page in read]
    together = (pair for given in zip(read, by_page, phones, licences, strict=True) for pair in read_together(*given))
    return Operator(
        names=_once(detail for page in read for detail in read_names(page)),
        addresses=addresses,
        phones=_once(detail for found in phones for detail in found),
        emails=_once(detail for page in read for detail in read_emails(page)),
        messengers=_once(detail for page in read for detail in read_messengers(page)),
        pharmacists=_once(detail for page in read for detail in read_pharmacists(page, mentions)),
        licences=_licences_once(licence for found in licences for licence in found),
        numbers=_once(detail for page in read for detail in _printed(page, countries)),
        together=tuple({(home.value, other.value): (home, other) for home, other in together}.values())[:MAX_DETAILS],
        keys=tuple(dict.fromkeys(filter(None, map(address_key, addresses)))),
        read=read,
    )


def _printed(page: Page, countries: Sequence[str]) -> Iterable[Detail]:
    yield from read_company_numbers(page, countries)
    yield from read_practitioner_numbers(page)


def _once(details: Iterable[Detail]) -> tuple[Detail, ...]:
    """Return the first detail of each value; case, blanks and marks make no difference.

    Of a number that stands there with and without its country's code, the place with the code is kept: it tells more.
    """
    first: dict[str, Detail] = {}
    for detail in details:
        key = "".join(filter(str.isalnum, detail.value.casefold()))
        known = first.get(key)
        if key and (
            len(first) < MAX_DETAILS if known is None else _is_international(detail) > _is_international(known)
        ):
            first[key] = detail
    return tuple(first.values())


def _is_international(detail: Detail) -> bool:
    return detail.quote.text.startswith(("+", "00", "(+"))


def _licences_once(licences: Iterable[Licence]) -> tuple[Licence, ...]:
    first: dict[tuple[str, str], Licence] = {}
    for licence in licences:
        if len(first) < MAX_DETAILS:
            first.setdefault((licence.registry, licence.number), licence)
    return tuple(first.values())
