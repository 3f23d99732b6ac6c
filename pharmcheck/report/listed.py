"""What registers and official lists say of a site, in words: its entries, by what they count, and answers to enquiries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pharmcheck.model import Enquiry, Listing, Promoted, Report
from pharmcheck.report.clean import defang, spoken, within
from pharmcheck.report.words import day_words

ASKED = "Registers that were asked"
NEUTRAL = "Entries that speak neither for the site nor against it"


def warnings(report: Report) -> list[Listing]:
    """Return the entries of official warning lists."""
    return [e for e in report.listings if e.status == "warned"]


def entries(report: Report) -> list[Listing]:
    """Return one entry per register for this very site: they speak for it."""
    return _own(report, "listed")


def neutral_entries(report: Report) -> list[Listing]:
    """Return one entry per list for warnings that were withdrawn, and per list that names sites good and bad."""
    return _own(report, "lifted", "recorded")


def _own(report: Report, *statuses: str) -> list[Listing]:
    """Return the entries of such a status that mean this very site, one per list."""
    own = [e for e in report.listings if e.status in statuses and names_target(e, report)]
    return list({(e.registry, e.status): e for e in reversed(own)}.values())[::-1]


def other_entries(report: Report) -> list[Listing]:
    """Return the register entries that were met but mean another site, or an earlier holder: they do not speak for this one."""
    others = [e for e in report.listings if e.status != "warned"]
    return [e for e in others if e.status == "former" or not names_target(e, report)]


def listing_words(
    listing: Listing, report: Report, authorities: Mapping[str, str], say: Callable[[str], str] = str
) -> str:
    """Say what an entry says, by whom, and how old our copy is. `authorities` maps registry ids to names, `say` tells each clause."""
    clauses = [say(clause) for clause in _clauses(listing, report, authorities)]
    itself = any(e.listing == listing for e in report.enquiries)
    when = say(f"{'it was asked on' if itself else 'our copy is of'} {day_words(listing.as_of)}")
    return f"{', '.join(clauses)}; {when}" + (f" ({say(spoken(listing.note))})" if listing.note else "")


def _clauses(listing: Listing, report: Report, authorities: Mapping[str, str]) -> Iterator[str]:
    """Yield what an entry says: on which list this site or another is, since when, under which name and number."""
    who = f"{spoken(authorities.get(listing.registry, '')) or listing.registry} ({listing.country})"
    since = f" since {day_words(listing.since)}" if listing.since else ""
    said = {
        "warned": f"is named on the official warning list of {who}{since}",
        "lifted": f"was on the warning list of {who}; that warning was withdrawn",
        "former": f"was listed by {who}{since}",
    }.get(listing.status, f"is listed by {who}{since}")
    yield f"{'This site' if names_target(listing, report) or not listing.domain else defang(listing.domain)} {said}"
    if listing.status == "former":
        yield "for whoever held it then"
    if listing.name:
        yield f"as {spoken(listing.name)}"
    if listing.number:
        yield f"number {spoken(listing.number)}"
    same = listing.registry, listing.status, listing.domain
    alike = sum((e.registry, e.status, e.domain) == same for e in report.listings)
    if alike > 1:
        yield f"with {alike - 1} more entries for this domain"


def enquiry_words(enquiry: Enquiry) -> str:
    """Say what a register answered that was asked itself."""
    about = defang(enquiry.about) if "." in enquiry.about else spoken(enquiry.about)
    held = enquiry.listing
    facts = ", ".join(spoken(fact) for fact in (held.name, held.note) if fact) if held else ""
    said = {
        "entry": f"holds an entry for {about}" + (f": {facts}" if facts else ""),
        "none": f"says that it holds no entry for {about}",
    }.get(enquiry.outcome, f"knows {about}, and says “{spoken(enquiry.quote.text)}”")
    return f"{spoken(enquiry.authority)} {said}"


def seller_words(seller: Promoted) -> str:
    """Name a promoted seller and its domain, so that neither can be clicked."""
    name, place = spoken(seller.name, [seller.domain]), defang(seller.domain)
    known = [_known(e) for e in seller.listings[:2]]
    return ", ".join(dict.fromkeys(part for part in (name, place, *known) if part))


def _known(listing: Listing) -> str:
    """Say in few words what a list holds on a promoted seller."""
    since = f" since {day_words(listing.since)}" if listing.since else ""
    if listing.status == "warned":
        return f"on an official warning list ({listing.registry}){since}"
    return f"in a register ({listing.registry})" if listing.status == "listed" else ""


def names_target(listing: Listing, report: Report) -> bool:
    """True for an entry of the checked host or of a part of its domain, not of another site."""
    return within(report.target.host, listing.domain) or within(listing.domain, report.target.domain)
