"""What the network tells of the site's name and host, in words: registration, DNS, certificate, hosting, a line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Certificate, Gap, Hosting, Names, Registration, Report
from pharmcheck.report.clean import defang, shortened, spoken
from pharmcheck.report.words import checked_domains, day_words
from pharmcheck.target import registrable_domain

TITLE = "Name and host"
_ARTIFACTS = ("registration", "dns", "tls", "hosting")
_MOST = 3  # names of one kind in a line; JSON has them all
_COLUMNS = 60  # of a name that a stranger chose
_TWO_YEARS = 730  # days; older domains are as old as their years


def told(report: Report) -> list[str]:
    """Return a sentence for each thing that was looked up, or why it could not be had; none where nobody looked."""
    whys = {gap.artifact: gap.why for gap in report.gaps}
    domains = checked_domains(report)
    looked_up = (report.registration, report.dns, report.tls, report.hosting)
    sentences: list[str] = []
    for artifact, found in zip(_ARTIFACTS, looked_up, strict=True):
        if not isinstance(found, Gap):
            sentences.append(f"{_sentence(found, report)}.")
        elif artifact in whys:
            sentences.append(spoken(whys[artifact], domains))
    return sentences


def other_gaps(report: Report) -> tuple[Gap, ...]:
    """Return the gaps that are not told here: those of the pages and of all else."""
    return tuple(gap for gap in report.gaps if gap.artifact not in _ARTIFACTS)


def _sentence(found: Registration | Names | Certificate | tuple[Hosting, ...], report: Report) -> str:
    if isinstance(found, Registration):
        return _registered(found, report)
    if isinstance(found, Names):
        return "; ".join(_served(found))
    if isinstance(found, Certificate):
        return _certified(found)
    return _hosted(found)


def _registered(found: Registration, report: Report) -> str:
    when = "on a day that is not published"
    if found.created:
        days = (report.captured - found.created).days
        age = f"{days // 365} years" if days >= _TWO_YEARS else f"{days} day{'s' if days != 1 else ''}"
        when = f"on {day_words(found.created.date())}, {age} before"
    until = f", until {day_words(found.expires.date())}" if found.expires else ""
    by = f", by {_given(found.registrar)}" if found.registrar else ""
    return f"{defang(found.domain)} was registered {when}{until}{by}; {_registrant(found)}"


def _registrant(found: Registration) -> str:
    if found.privacy_service:
        return f"registrant hidden by {_given(found.privacy_service)}"
    whom = ", ".join(_given(part) for part in (found.organisation, found.country) if part)
    if whom:
        return f"registrant: {whom}"
    return "registrant withheld by the registry" if found.redacted else "registrant not published"


def _served(found: Names) -> Iterator[str]:
    if "NS" in found.answered:
        yield f"Name servers: {_few(found.name_servers)}"
    if "MX" in found.answered:
        none = "mail: takes none" if found.mail == (".",) else "mail: no host named"
        yield none if found.mail in ((), (".",)) else f"mail: {_few(found.mail)}"
    if not {"NS", "MX"} & set(found.answered):
        yield "Name servers and mail hosts not told"


def _certified(found: Certificate) -> str:
    whose = f" to {_given(found.organisation)}" if found.organisation else ""
    days = f"{day_words(found.since.date())} to {day_words(found.until.date())}"
    domains = sorted({registrable_domain(name.removeprefix("*.")) for name in found.names})
    named = f"for {_few(domains)}" if domains else "for no name"
    said = f"Certificate of {_given(found.issuer) or 'an unnamed issuer'}{whose}, {days}, {named}"
    return f"{said}; browsers refuse it: {_given(found.error)}" if found.error else said


def _hosted(found: Sequence[Hosting]) -> str:
    places = dict.fromkeys(
        " ".join(filter(None, (f"AS{h.asn}" if h.asn else "", _given(h.name), f"in {h.country}" if h.country else "")))
        for h in found
    )
    tables = dict.fromkeys(_given(table) for h in found for table in h.tables)
    return f"Hosted by {'; '.join(places)} ({', '.join(tables)})"


def _few(names: Sequence[str]) -> str:
    """Return the first names, none of which can be clicked, and how many more there are."""
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(shortened(defang(name), _COLUMNS) for name in names[:_MOST]) + more if names else "none"


def _given(text: str) -> str:
    """Return what a registry, an issuer or a table wrote, clean and short."""
    return shortened(spoken(text), _COLUMNS)
