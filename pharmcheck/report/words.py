"""What a report says in words, and in which order: shared by the renderers for people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date
from urllib.parse import urlsplit

from pharmcheck.model import (
    Finding,
    Gap,
    HostState,
    Quote,
    Reason,
    Report,
    SiteKind,
    Verdict,
)
from pharmcheck.reading.landing import led_from
from pharmcheck.report.clean import clean, defang, shortened, spoken, unlinked, within
from pharmcheck.target import host_of, registrable_domain

KINDS: Mapping[SiteKind, str] = {
    SiteKind.PHARMACY: "online pharmacy",
    SiteKind.OTC_SHOP: "non-prescription shop",
    SiteKind.TELEHEALTH: "online clinic",
    SiteKind.INTERMEDIARY: "intermediary",
    SiteKind.RESEARCH_CHEMICALS: "seller of “research” chemicals",
    SiteKind.VET_PHARMACY: "veterinary pharmacy",
    SiteKind.COMPARISON: "price comparison",
    SiteKind.MARKETPLACE_LISTING: "offer on a marketplace",
    SiteKind.HACKED_HOST: "page that seems placed on somebody else's site",
    SiteKind.PROMOTION: "page that promotes a seller",
    SiteKind.INFORMATION: "information",
    SiteKind.NOT_A_SELLER: "not a seller",
    SiteKind.UNREADABLE: "kind of site not known",
}

UNJUDGED = frozenset({Verdict.CANNOT_ASSESS, Verdict.NOT_A_PHARMACY})  # their risk says nothing, and is shown nowhere
# Their reasons say the same as the entries themselves; one screen shows the entries, with these points.
WARNED_SIGNAL, LISTED_SIGNAL = "on-official-warning-list", "listed-by-register"

_ADDRESS = re.compile(r"https://[^\s<>\"'“”()\[\]]*[^\s<>\"'“”()\[\].,;:!?]")
SPENT = "Seen as well, without points of its own (others of its group had reached the cap)"
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"  # strftime would follow the locale

LAWFUL: Mapping[str, str] = {"yes": "lawful", "no": "not lawful", "unknown": "not known"}


def risk_words(report: Report) -> str:
    """Say the risk. Never "low" unless a register vouches: what was not found may still be there (law 4)."""
    if report.verdict is Verdict.CANNOT_ASSESS:
        return "risk not judged"
    if report.verdict is Verdict.NOT_A_PHARMACY:
        return "no medicines for sale, so no risk score"
    little = "very low" if report.verdict is Verdict.LEGITIMATE else "few signs found"
    steps = ((80, "very high"), (50, "high"), (20, "raised"), (0, little))
    return f"risk {report.risk} of 100 ({next(word for floor, word in steps if report.risk >= floor)})"


def facts(report: Report) -> str:
    """Return the line under the verdict: the risk, how sure we are, what kind of site it is, and when it was captured."""
    sure, kind = f"{report.confidence} confidence", KINDS[report.kind.name]
    return " · ".join((risk_words(report), sure, kind, f"captured {captured_words(report)}"))


def captured_words(report: Report) -> str:
    """Say when the site was captured: `21 Nov 2026, 14:03 UTC`."""
    moment = report.captured.astimezone(UTC)
    return f"{day_words(moment.date())}, {moment:%H:%M} UTC"


def day_words(day: date) -> str:
    """Write a day so that no country misreads it: `3 Nov 2026`."""
    return f"{day.day} {_MONTHS[3 * day.month - 3 : 3 * day.month]} {day.year}"


def host_words(report: Report) -> str:
    """Return the checked host, or host and path where a page was given; a punycode host also as people read it."""
    target = report.target
    host = clean(target.host)
    try:
        readable = clean(host.encode("ascii").decode("idna"))
    except UnicodeError:
        readable = host
    name = host if readable == host else f"{host} ({readable})"
    return name + shortened(spoken(_path(target.url)), 60) if target.is_page else name


def against(report: Report) -> list[Reason]:
    """Return the reasons that point to risk, strongest first."""
    return sorted((r for r in report.reasons if r.points > 0), key=lambda r: -r.points)


def in_favour(report: Report) -> list[Reason]:
    """Return the reasons that speak for the site, strongest first."""
    return sorted((r for r in report.reasons if r.points < 0), key=lambda r: r.points)


def spent(report: Report) -> list[Reason]:
    """Return the reasons without points of their own: others of their group had reached its cap."""
    return [r for r in report.reasons if r.points == 0]


def signed(points: float) -> str:
    """Write points as a whole number with its sign: `+13`, `-6`, `+0`."""
    return f"{round(points):+d}"


def points_of(signal: str, report: Report) -> str:
    """Return the points of the reason of that signal with their sign, "" if it is no reason."""
    return next((signed(r.points) for r in report.reasons if r.signal == signal), "")


def about_host(report: Report) -> str:
    """Return the sentence on the host where it is another's than the page, or led from elsewhere, "" otherwise."""
    host = clean(report.target.host)
    if link := led_from(report.views, report.target):
        return f"You gave {clean(host_of(link))}, which leads on to {host}: the verdict is on the latter only."
    if report.host.state is HostState.OWN:
        return ""
    said = {
        HostState.LOOKS_COMPROMISED: f"{host} looks compromised",
        HostState.PLATFORM: f"{host} is a platform",
        HostState.MARKETPLACE: f"{host} is a marketplace",
    }[report.host.state]
    return f"{said}: {report.host.why}; the verdict is on this page only."


def checked_domains(report: Report) -> tuple[str, ...]:
    """Return the domains that are never linked: the site's, those it promotes, those of all entries met."""
    listed = (e.domain for e in report.listings)
    promoted = (p.domain for p in report.promoted)
    led = (registrable_domain(host_of(url)) for view in report.views for url in (view.url, *(h.url for h in view.hops)))
    return tuple(dict.fromkeys(d for d in (report.target.domain, report.target.host, *promoted, *listed, *led) if d))


def official(url: str, report: Report) -> bool:
    """True when `url` may be a link: https, readable, and not on a domain that was checked, promoted or listed."""
    host = host_of(url)
    return url.startswith("https://") and bool(host) and not any(within(host, d) for d in checked_domains(report))


def pieces(text: str, report: Report) -> Iterator[tuple[str, bool]]:
    """Split our own text into pieces, and tell of each whether it may be a link; other addresses are defanged."""
    end = 0
    text = clean(text)
    for match in _ADDRESS.finditer(text):
        yield unlinked(text[end : match.start()]), False
        yield (match[0], True) if official(match[0], report) else (defang(match[0]), False)
        end = match.end()
    yield unlinked(text[end:]), False


def ours(text: str, report: Report) -> str:
    """Return our own text for a terminal: addresses of authorities stay, addresses of checked sites are defanged."""
    return "".join(piece for piece, _ in pieces(text, report))


def quote_words(quote: Quote, report: Report, columns: int = 200) -> str:
    """Return the site's words in quotation marks, "" for an absence."""
    domains = [p.domain for p in report.promoted]
    return f"“{shortened(spoken(quote.text, domains), columns)}”" if quote.text.strip() else ""


def where(quote: Quote, report: Report) -> str:
    """Say where a quote stands: its page, and the byte in the saved record."""
    return ", ".join(filter(None, (page_words(quote, report), byte_words(quote))))


def byte_words(quote: Quote) -> str:
    """Say at which byte of the saved record a quote begins, "" where it stands in none."""
    return "" if quote.offset is None else f"byte {quote.offset:,}"


def page_words(quote: Quote, report: Report) -> str:
    """Say on which page a quote stands: the path on the checked host, else the address."""
    if host_of(quote.url) == report.target.host:
        return shortened(spoken(_path(quote.url)), 60)
    if quote.url in {e.url for e in report.listings} and official(quote.url, report):
        return clean(quote.url)
    return shortened(defang(quote.url), 80)


def gap_words(gap: Gap, report: Report) -> str:
    """Say what could not be had and why; an address on the checked host is given by its path."""
    why = re.sub(rf"https?://{re.escape(report.target.host)}(?=/)", "", clean(gap.why))
    return unlinked(why if why.startswith(gap.artifact) else f"{clean(gap.artifact)}: {why}")


def finding_words(finding: Finding, report: Report) -> str:
    """Return what a signal's answer weighed, or why it is unknown."""
    if finding.why:
        return spoken(finding.why)
    if finding.answer != "present":
        return ""
    points = points_of(finding.signal, report)
    return f"{points} points" if points else "no points"


def _path(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "/"
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
