"""Quotes for what stands on no page of the site: an absence, and an entry of a register."""

from __future__ import annotations

from pharmcheck.model import Listing, Operator, Page, Quote, Unread

_CONTACT_ROLES = frozenset({"contact", "about", "terms"})


def absence(operator: Operator, sought: str) -> Quote:
    """Return the quote of an absence: empty text, and in the note what was sought and on which pages.

    Raises `Unread` when no page was read on which a seller gives such particulars.
    """
    pages = _contact_pages(operator)
    if not pages:
        raise Unread(f"no contact, about or terms page was read on which {sought} would stand")
    urls = ", ".join(p.url for p in pages)
    return Quote(pages[0].url, "", f"sought {sought} on {len(pages)} page{'s' if len(pages) > 1 else ''}: {urls}")


def _contact_pages(operator: Operator) -> tuple[Page, ...]:
    """Return the pages read that should name the operator; the home page is one if it gives any contact."""
    given = operator.addresses + operator.phones + operator.emails
    told = {detail.quote.url for detail in given}
    return tuple(p for p in operator.read if p.role in _CONTACT_ROLES or (p.role == "home" and p.url in told))


def entry(listing: Listing) -> Quote:
    """Return an entry of a register as a quote: the domain or name as the register has it, with its dates."""
    since = f", since {listing.since}" if listing.since else ""
    return Quote(
        listing.url,
        (listing.domain or listing.name or listing.number)[:200],
        f"{listing.registry}, as of {listing.as_of}{since}",
    )
