"""The report for a terminal: one screen, the verdict first, in words, symbol and colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import click

from pharmcheck.model import Answer, Promoted, Quote, Reason, Report
from pharmcheck.report import ladder, listed, name_and_host, tied, verdicts, ways, words
from pharmcheck.report.clean import cells, shortened, spoken

SCREEN = 40  # lines: a usual terminal window; a fuller report shows fewer of its weaker reasons
FEWEST = 3  # reasons that any report shows
_INDENT = 7  # columns: the points of a reason, right-aligned, and two blanks


@dataclass(frozen=True, slots=True)
class Sheet:
    """How to print: with ANSI colours or not, how wide, at most how many reasons, with every signal or not."""

    color: bool
    width: int
    shown: int
    explain: bool
    authorities: Mapping[str, str]

    def style(self, text: str, **look: str | bool) -> str:
        """Return `text` with an ANSI style where colours are on."""
        return click.style(text, **look) if self.color else text  # type: ignore[arg-type]

    def item(self, mark: str, text: str, **look: str | bool) -> Iterator[str]:
        """Yield `text`, wrapped beside a mark; only the text takes the style."""
        lead = f"{mark:>{_INDENT - 2}}  "
        for line in textwrap.wrap(text, max(20, self.width - _INDENT), break_on_hyphens=False, break_long_words=False):
            yield lead + self.style(line, **look)
            lead = " " * _INDENT

    def section(self, title: str, lines: Sequence[str]) -> Iterator[str]:
        """Yield a blank line, a title and the lines; nothing where there are no lines."""
        if lines:
            yield ""
            yield self.style(title, bold=True)
            yield from lines

    def few(self, lines_of: Sequence[Sequence[str]], most: int) -> list[str]:
        """Return the lines of the first `most` items and a line that counts the rest; all of them with --explain."""
        most = len(lines_of) if self.explain else most
        lines = [line for lines in lines_of[:most] for line in lines]
        rest = len(lines_of) - most
        return lines + (list(self.item("", f"and {rest} more: see --explain", dim=True)) if rest > 0 else [])


def render_text(
    report: Report,
    *,
    color: bool = False,
    explain: bool = False,
    width: int = 100,
    authorities: Mapping[str, str] | None = None,
) -> str:
    """Return the report for a terminal `width` columns wide; on one screen, unless `explain` asks for all of it."""
    for shown in (6, 5, 4, FEWEST, FEWEST - 1):
        lines = list(_lines(report, Sheet(color, width, shown, explain, authorities or {})))
        if explain or len(lines) <= SCREEN:
            break
    return "\n".join(lines) + "\n"


def render_table(reports: Sequence[Report], *, color: bool = False) -> str:
    """Return one line for each report: symbol, host, risk, verdict in words."""
    sheet = Sheet(color, 100, 0, False, {})
    hosts = [shortened(words.host_words(r), 48) for r in reports]
    column = max(map(cells, hosts), default=0)
    lines = []
    for report, host in zip(reports, hosts, strict=True):
        wording = verdicts.wording(report)
        said = sheet.style(f"{wording.symbol} {host}{' ' * (column - cells(host))}", fg=wording.color)
        risk = "–" if report.verdict in words.UNJUDGED else report.risk
        lines.append(f"{said}  {risk:>3}  {wording.sentence}")
    return "\n".join(lines) + "\n"


def _lines(report: Report, sheet: Sheet) -> Iterator[str]:
    wording = verdicts.wording(report)
    headline = f"{wording.symbol} {words.host_words(report)}: {wording.sentence}"
    for line in textwrap.wrap(headline, sheet.width, subsequent_indent="  "):
        yield sheet.style(line, fg=wording.color, bold=True)
    yield from textwrap.wrap(
        words.facts(report), sheet.width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
    )
    for said in filter(None, (words.about_link(report), words.about_host(report))):
        yield from textwrap.wrap(said, sheet.width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    yield from textwrap.wrap(tied.told(report), sheet.width, initial_indent="  ", subsequent_indent="  ")
    if sheet.explain:
        yield from textwrap.wrap(spoken(report.kind.why), sheet.width, initial_indent="  ", subsequent_indent="  ")
    yield from _warnings(report, sheet)
    yield from _reasons(report, sheet)
    yield from _prescription(report, sheet)
    yield from _name_and_host(report, sheet)
    yield from _rest(report, sheet)
    if sheet.explain:
        yield from _findings(report, sheet)


def _warnings(report: Report, sheet: Sheet) -> Iterator[str]:
    points = words.points_of(words.WARNED_SIGNAL, report)
    said = [
        list(sheet.item(points or "!", listed.listing_words(e, report, sheet.authorities), fg="red", bold=True))
        for e in listed.warnings(report)
    ]
    yield from sheet.section("Official warnings", sheet.few(said, 2))


def _reasons(report: Report, sheet: Sheet) -> Iterator[str]:
    entries, warned = listed.entries(report), listed.warnings(report)
    told = {words.WARNED_SIGNAL} if warned else set()
    told |= {words.LISTED_SIGNAL} if entries else set()
    told = set() if sheet.explain else told
    against = [list(_reason(r, report, sheet)) for r in words.against(report) if r.signal not in told]
    yield from sheet.section("Why (points of risk)", sheet.few(against, max(FEWEST, sheet.shown)))
    points = words.points_of(words.LISTED_SIGNAL, report) or "+"
    favour = [list(sheet.item(points, listed.listing_words(e, report, sheet.authorities), fg="green")) for e in entries]
    favour += [list(_reason(r, report, sheet)) for r in words.in_favour(report) if r.signal not in told]
    yield from sheet.section("What speaks for the site", sheet.few(favour, max(2, sheet.shown - 2)))
    neutral = [
        list(sheet.item("·", listed.listing_words(e, report, sheet.authorities)))
        for e in listed.neutral_entries(report)
    ]
    yield from sheet.section(listed.NEUTRAL, sheet.few(neutral, 2))
    if sheet.explain:
        spent = [line for r in words.spent(report) for line in _reason(r, report, sheet)]
        yield from sheet.section(words.SPENT, spent)
        other = (listed.listing_words(e, report, sheet.authorities) for e in listed.other_entries(report))
        yield from sheet.section(
            "Register entries of other sites", [line for o in other for line in sheet.item("·", o)]
        )


def _reason(reason: Reason, report: Report, sheet: Sheet) -> Iterator[str]:
    yield from sheet.item(words.signed(reason.points), words.ours(reason.title, report), bold=True)
    yield from _quotes(reason.quotes[: 5 if sheet.explain else 1], report, sheet)
    if sheet.explain and reason.source:
        yield from sheet.item("", f"Source: {words.ours(reason.source, report)}", dim=True)


def _quotes(quotes: Sequence[Quote], report: Report, sheet: Sheet) -> Iterator[str]:
    """Yield each quote with where it stands; our note where asked to explain, or where there is no quote."""
    room = sheet.width - _INDENT
    for quote in quotes:
        said, place = words.quote_words(quote, report, 200 if sheet.explain else 60), words.where(quote, report)
        if said:
            yield from sheet.item("", f"{said}  {place}", dim=True)
        note = spoken(quote.note)
        if note and (sheet.explain or not said):
            yield from sheet.item("", f"Note: {note if sheet.explain else shortened(note, 2 * room - 8)}", dim=True)


def _prescription(report: Report, sheet: Sheet) -> Iterator[str]:
    """Yield what is asked for, in four lines at most; on the fullest screen none, for the reasons tell the worst of it."""
    if sheet.shown < FEWEST and not sheet.explain:
        return
    room = sheet.width - _INDENT
    sentences = [words.ours(s, report) for s in ladder.told(report, law=sheet.explain)]
    columns = 999 if sheet.explain else 2 * room - 8 if len(sentences) <= 2 else room
    said = [list(sheet.item("·", shortened(s, columns))) for s in sentences]
    yield from sheet.section(ladder.TITLE, sheet.few(said, 2 if sheet.shown > FEWEST else 1))


def _name_and_host(report: Report, sheet: Sheet) -> Iterator[str]:
    """Yield a line each on registration, DNS, certificate and hosting; fewer of them on a fuller screen."""
    if sheet.shown < FEWEST and not sheet.explain:
        return
    columns = 999 if sheet.explain else 2 * (sheet.width - _INDENT) - 8
    told = [list(sheet.item("·", shortened(said, columns))) for said in name_and_host.told(report)]
    yield from sheet.section(name_and_host.TITLE, sheet.few(told, {6: 4, 5: 3}.get(sheet.shown, 1)))


def _rest(report: Report, sheet: Sheet) -> Iterator[str]:
    room = sheet.width - _INDENT
    full = sheet.shown < FEWEST and not sheet.explain  # there is no section on name and host then
    gaps = [
        list(sheet.item("·", shortened(words.gap_words(g, report), 999 if sheet.explain else 2 * room - 8)))
        for g in (report.gaps if full else name_and_host.other_gaps(report))
    ]
    yield from sheet.section("What could not be checked", sheet.few(gaps, max(1, sheet.shown - 3)))
    buyers = [
        list(sheet.item(b.country, f"{words.LAWFUL[b.lawful]}: {words.ours(b.why, report)}")) for b in report.buyers
    ]
    yield from sheet.section("For a buyer in", sheet.few(buyers, max(FEWEST, sheet.shown)))
    if sheet.shown >= FEWEST or sheet.explain:  # the reasons tell what weighs in these answers
        asked = [list(sheet.item("·", listed.enquiry_words(e))) for e in report.enquiries]
        yield from sheet.section(listed.ASKED, sheet.few(asked, max(1, sheet.shown - 3)))
    promoted = [list(sheet.item("→", _promoted(p, report))) for p in report.promoted]
    yield from sheet.section("Sellers that it points to", sheet.few(promoted, max(1, sheet.shown - 3)))
    led = [list(sheet.item("↪", way)) for way in ways.told(report)]
    yield from sheet.section(ways.TITLE, sheet.few(led, max(2, sheet.shown - 3)))
    if report.counterfactual:
        yield ""
        yield from _labelled("What would change this:", words.ours(report.counterfactual, report), sheet)
    advice = [list(sheet.item("▸", words.ours(a, report))) for a in report.advice]
    yield from sheet.section("What to do now", sheet.few(advice, max(4, sheet.shown)))


def _labelled(label: str, text: str, sheet: Sheet) -> Iterator[str]:
    first, *more = textwrap.wrap(f"{label} {text}", sheet.width, subsequent_indent="  ", break_on_hyphens=False)
    yield sheet.style(label, bold=True) + first.removeprefix(label)
    yield from more


def _promoted(seller: Promoted, report: Report) -> str:
    known, said = listed.seller_words(seller), words.quote_words(seller.quote, report, 50)
    return f"{known}: {said}  {words.where(seller.quote, report)}" if said else known


def _findings(report: Report, sheet: Sheet) -> Iterator[str]:
    titles = {
        Answer.PRESENT: "Signals that fired",
        Answer.UNKNOWN: "Signals that could not be answered",
        Answer.ABSENT: "Signals that did not fire",
    }
    shown = {reason.signal for reason in report.reasons}  # their quotes stand above
    column = max((len(f.signal) for f in report.findings), default=0)
    for answer, title in titles.items():
        found = [f for f in report.findings if f.answer is answer]
        rows: list[str] = []
        for f in found:
            rows += sheet.item("·", f"{f.signal:<{column}}  {words.finding_words(f, report)}".rstrip())
            if f.signal not in shown:
                rows += _quotes(f.quotes[:2], report, sheet)
        yield from sheet.section(f"{title} ({len(found)})", rows)
    yield ""
    yield f"Rules {spoken(report.ruleset)}"
