"""The report as Markdown, for a mail or a ticket: a site's text is escaped, and its addresses are no links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pharmcheck.model import Answer, Quote, Reason, Report
from pharmcheck.report import ladder, listed, name_and_host, tied, verdicts, ways, words
from pharmcheck.report.clean import spoken

_ACTIVE = re.compile(r"([\\`*_{}\[\]|~<>&$]|^[-+#=])")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def render_markdown(report: Report, *, explain: bool = False, authorities: Mapping[str, str] | None = None) -> str:
    """Return the report as CommonMark; `explain` adds a table of all signals."""
    return "\n".join(_lines(report, explain, authorities or {})) + "\n"


def escaped(text: str) -> str:
    """Return clean text in which nothing means anything to Markdown, links anywhere, or mentions or mails anyone."""
    return _marks(spoken(text))


def _marks(text: str) -> str:
    text = _ACTIVE.sub(lambda m: _ENTITIES.get(m[1], f"\\{m[1]}"), text).replace("@", "(at)")
    return re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", text)


def _lines(report: Report, explain: bool, authorities: Mapping[str, str]) -> Iterator[str]:
    yield from _head(report)
    yield from _judged(report, authorities)
    yield from _told(report)
    if explain:
        yield from _findings(report)
    yield ""
    yield f"Made by pharmcheck, rules {escaped(report.ruleset)}."


def _head(report: Report) -> Iterator[str]:
    """Yield the verdict, the facts, and what is to be said of host and network before all else."""
    wording = verdicts.wording(report)
    yield f"# {wording.symbol} {escaped(words.host_words(report))}: {wording.sentence}"
    yield ""
    yield escaped(words.facts(report))
    for said in filter(None, (words.about_link(report), words.about_host(report))):
        yield ""
        yield escaped(said)
    if tied.told(report):
        yield ""
        yield escaped(tied.told(report))


def _judged(report: Report, authorities: Mapping[str, str]) -> Iterator[str]:
    """Yield what speaks against the site and for it: warnings, reasons, entries, prescriptions."""
    warned = (f"**{escaped(listed.listing_words(e, report, authorities))}**" for e in listed.warnings(report))
    yield from _section("Official warnings", warned)
    yield from _section("Why (points of risk)", (_reason(r, report) for r in words.against(report)))
    entries = [escaped(listed.listing_words(e, report, authorities)) for e in listed.entries(report)]
    favour = [_reason(r, report) for r in words.in_favour(report)]
    yield from _section("What speaks for the site", entries + favour)
    neutral = (escaped(listed.listing_words(e, report, authorities)) for e in listed.neutral_entries(report))
    yield from _section(listed.NEUTRAL, neutral)
    yield from _section(words.SPENT, (_reason(r, report) for r in words.spent(report)))
    yield from _section(ladder.TITLE, (_ours(s, report) for s in ladder.told(report)))
    others = (escaped(listed.listing_words(e, report, authorities)) for e in listed.other_entries(report))
    yield from _section("Register entries of other sites", others)
    yield from _section(listed.ASKED, (escaped(listed.enquiry_words(e)) for e in report.enquiries))
    yield from _section(name_and_host.TITLE, (escaped(said) for said in name_and_host.told(report)))


def _told(report: Report) -> Iterator[str]:
    """Yield what a reader does with it: what is not known, what it means at home, where else it leads, what to do."""
    unread = name_and_host.other_gaps(report)
    yield from _section("What could not be checked", (escaped(words.gap_words(g, report)) for g in unread))
    yield from _section(
        "For a buyer in",
        (f"**{escaped(b.country)}** {words.LAWFUL[b.lawful]}: {_ours(b.why, report)}" for b in report.buyers),
    )
    yield from _section(
        "Sellers that it points to",
        (f"{escaped(listed.seller_words(p))}: {_quote(p.quote, report)}" for p in report.promoted),
    )
    yield from _section(ways.TITLE, (escaped(way) for way in ways.told(report)))
    yield from _section("What would change this", [escaped(report.counterfactual)] if report.counterfactual else [])
    yield from _section("What to do now", (_ours(a, report) for a in report.advice))


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    items = list(items)
    if items:
        yield from ("", f"## {title}", "")
        yield from (f"* {item}" for item in items)


def _reason(reason: Reason, report: Report) -> str:
    title = f"**{words.signed(reason.points)}** {escaped(reason.title)}"
    return "\n".join([title, *(f"  * {_quote(q, report)}" for q in reason.quotes)])


def _quote(quote: Quote, report: Report) -> str:
    parts = (words.quote_words(quote, report), f"({words.where(quote, report)})", spoken(quote.note))
    return " ".join(escaped(p) for p in parts if p)


def _ours(text: str, report: Report) -> str:
    """Keep the addresses of authorities as links; they are the only ones."""
    return "".join(f"<{piece}>" if link else _marks(piece) for piece, link in words.pieces(text, report))


def _findings(report: Report) -> Iterator[str]:
    yield from ("", "## All signals", "", "| signal | answer | weighed, or why unknown |", "|---|---|---|")
    for answer in Answer:
        for finding in (f for f in report.findings if f.answer is answer):
            yield f"| {escaped(finding.signal)} | {answer.value} | {escaped(words.finding_words(finding, report))} |"
