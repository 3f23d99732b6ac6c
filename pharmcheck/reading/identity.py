"""A register's entry held against the site's own particulars: the same operator, partly, or somebody else's identity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from pharmcheck.model import Binding, Fit, Licence, Listing, Operator, Page, Target
from pharmcheck.reading.alike import likeness, likeness_of_words
from pharmcheck.reading.plain_names import own_words, plain, same_name, town
from pharmcheck.reading.postcodes import postcodes_of, without_postcode
from pharmcheck.target import registrable_domain

_PREMISES = re.compile(r"\bpremises: ([^;]+)")
_PHONE = re.compile(r"\b(?:phone|telephone): ([+\d][\d ()/-]{5,30})")
_PHONE_DIGITS = 8  # the last ones: without country and area code as people leave them out
_ALIKE = 80.0
_NEAR_CHARS = 80  # between a postcode and its town
_MOST = 100  # addresses, names or places of a postcode on one site that are compared


@dataclass(frozen=True)
class Claims:
    """What a site says of its operator, and the plain text of the pages on which it would stand."""

    target: Target
    names: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    text: str = ""

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the text that can tell a name."""
        return frozenset(own_words(self.text).split())


def claims_of(target: Target, operator: Operator) -> Claims:
    """Return the claims of a site; only the pages that the operator was read from count."""
    pages: Sequence[Page] = operator.read
    return Claims(
        target,
        tuple(d.value for d in operator.names[:_MOST]),
        tuple(dict.fromkeys(page.title for page in pages if page.title))[:_MOST],
        tuple(d.value for d in operator.addresses[:_MOST]),
        tuple(d.value for d in operator.phones[:_MOST]),
        "\n".join(page.text for page in pages),
    )


def bind(listing: Listing, claims: Claims, licence: Licence | None = None) -> Binding:
    """Return the entry held against the claims, fact by fact."""
    premises, phone = _PREMISES.search(listing.note), _PHONE.search(listing.note)
    return Binding(
        listing,
        _site(listing, claims.target),
        _name(listing, claims),
        _address(premises[1], listing.country, claims) if premises else Fit.UNKNOWN,
        _phone(phone[1], claims) if phone else Fit.UNKNOWN,
        licence,
    )


def best(bindings: Iterable[Binding]) -> Binding | None:
    """Return of several entries the one that fits best: a chain has one entry for each of its shops."""
    order = {"agrees": 3, "partly": 2, "unknown": 1, "another": 0}
    return max(bindings, key=lambda b: (order[b.verdict], list(b.fits.values()).count(Fit.AGREES)), default=None)


def told(binding: Binding) -> str:
    """Return in words what agrees with the site and what differs; "" where nothing could be compared."""
    agreeing = [name for name, fit in binding.fits.items() if fit is Fit.AGREES]
    differing = [name for name, fit in binding.fits.items() if fit is Fit.DIFFERS]
    parts = [f"{_and(agreeing)} as on the site"] if agreeing else []
    return "; ".join([*parts, *([f"other {_and(differing)} than on the site"] if differing else [])])


def _site(listing: Listing, target: Target) -> Fit:
    if not listing.domain:
        return Fit.UNKNOWN
    same = target.host == listing.domain or registrable_domain(listing.domain) == target.domain
    return Fit.AGREES if same else Fit.DIFFERS


def _name(listing: Listing, claims: Claims) -> Fit:
    """Compare a name with those that the site gives, with its titles and its text.

    The domain counts as a name only where the entry names another one or none: whoever takes a domain over has its name.
    It differs only where the site gives names, and where it has a word of its own.
    """
    words = own_words(listing.name).split()
    own_domain = _site(listing, claims.target) is Fit.AGREES
    label = () if own_domain else (claims.target.domain.partition(".")[0],)
    if listing.name and any(same_name(listing.name, given) for given in (*claims.names, *claims.titles, *label)):
        return Fit.AGREES
    if words and claims.words.issuperset(words):
        return Fit.AGREES
    return Fit.DIFFERS if words and claims.names else Fit.UNKNOWN


def _address(listed: str, country: str, claims: Claims) -> Fit:
    """Compare premises with the addresses that the site gives, and with its text; they differ only where it gives some."""
    if any(_same_place(listed, given, country) for given in claims.addresses):
        return Fit.AGREES
    if _stands_in(listed, country, claims.text):
        return Fit.AGREES
    return Fit.DIFFERS if claims.addresses else Fit.UNKNOWN


def _same_place(listed: str, given: str, country: str) -> bool:
    """True when the town is the same, and the postcode or the street is."""
    where = _town(listed, country)
    if where and not _has_town(where, town(given)):
        return False
    codes, others = postcodes_of(listed, country), postcodes_of(given, country)
    if codes and others:
        return bool(codes & others)
    return _same_street(listed, given, where)


def _same_street(listed: str, given: str, where: str) -> bool:
    left, right = (re.sub(r"\d+", " ", plain(address)) for address in (listed, given))
    street = " ".join(word for word in left.split() if word not in where.split())
    numbers = set(re.findall(r"\d+", listed)) & set(re.findall(r"\d+", given))
    return bool(street and numbers) and likeness_of_words(street, right) >= _ALIKE


def _stands_in(listed: str, country: str, text: str) -> bool:
    """True when the postcode stands in the text with its town beside it."""
    where = _town(listed, country)
    for code in postcodes_of(listed, country) if where else ():
        spaced = r"[ \u00a0-]?".join(code)
        for found in islice(re.finditer(rf"(?<!\w){spaced}(?!\w)", text, re.IGNORECASE), _MOST):
            around = text[max(0, found.start() - _NEAR_CHARS) : found.end() + _NEAR_CHARS]
            if _has_town(where, town(around)):
                return True
    return False


def _town(address: str, country: str) -> str:
    """Return the town in plain letters: what stands in the last part that has letters, without the postcode."""
    bare = without_postcode(address, country)
    parts = [re.sub(r"\d+\w?", " ", plain(part)).strip() for part in bare.split(",")]
    named = [part for part in parts if part]
    return town(named[-1]) if named and len(parts) > 1 else ""


def _has_town(where: str, address: str) -> bool:
    """True when the words of a town stand in an address, a slip allowed for, or the first long one does (`Praha 4 - Krč`)."""
    words, given = where.split(), address.split()
    if set(words) <= set(given):
        return True
    return all(any(likeness(word, other) >= _ALIKE for other in given) for word in words if len(word) > 3)


def _phone(listed: str, claims: Claims) -> Fit:
    wanted = _digits(listed)
    given = {_digits(phone) for phone in claims.phones}
    if not wanted or not given:
        return Fit.UNKNOWN
    return Fit.AGREES if wanted in given else Fit.DIFFERS


def _digits(phone: str) -> str:
    digits = re.sub(r"\D", "", phone)
    return digits[-_PHONE_DIGITS:] if len(digits) >= _PHONE_DIGITS else ""


def _and(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
