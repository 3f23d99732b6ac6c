"""The verdict in words: a symbol, a sentence and a colour, chosen by what the report rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pharmcheck.model import Report, SiteKind, Verdict
from pharmcheck.model.captured import CONTROLLED_CHECKOUT
from pharmcheck.report.listed import entries
from pharmcheck.report.words import against


@dataclass(frozen=True, slots=True)
class Wording:
    """A verdict for people: a symbol (never colour alone), a sentence, a terminal colour."""

    symbol: str
    sentence: str
    color: str


VERDICTS: Mapping[Verdict, Wording] = {
    Verdict.LEGITIMATE: Wording("✔", "Confirmed by a register", "green"),
    Verdict.UNVERIFIED: Wording("?", "No red flags found, but no register that we hold confirms it", "cyan"),
    Verdict.INTERMEDIARY: Wording("⇄", "An intermediary: someone else supplies the medicine", "yellow"),
    Verdict.SUSPICIOUS: Wording("▲", "Do not buy before you have checked", "yellow"),
    Verdict.ROGUE: Wording("✖", "Matches the pattern of an illegal pharmacy – do not buy", "red"),
    Verdict.NOT_A_PHARMACY: Wording("○", "Sells no medicines as far as was read", "blue"),
    Verdict.CANNOT_ASSESS: Wording("–", "Could not be judged", "magenta"),
}
# What a page that promotes a shop is for its reader: no shop, and no harmless page either.
POINTS_TO_A_SELLER = Wording("▷", "Sells nothing itself, but promotes medicines – check that seller first", "yellow")
_UNSEEN = "Controlled medicines in a cart whose checkout was not seen"


def wording(report: Report) -> Wording:
    """Return the wording of a report's verdict; where there are points of risk it does not say that there are none."""
    chosen = VERDICTS[report.verdict]
    if report.verdict is Verdict.UNVERIFIED:
        return replace(chosen, sentence=_unverified(report))
    if report.verdict is Verdict.NOT_A_PHARMACY and (report.promoted or report.kind.name is SiteKind.PROMOTION):
        return POINTS_TO_A_SELLER
    return chosen


def _unverified(report: Report) -> str:
    """Say what an unverified site is: what is known against it, and whether a register names it all the same."""
    listed = any(entry.status == "listed" for entry in entries(report))
    if any(gap.artifact == CONTROLLED_CHECKOUT for gap in report.gaps):
        return _UNSEEN if listed else f"{_UNSEEN}; no register that we hold confirms the site"
    if listed:
        return "A register names it, but that alone does not confirm it"
    sentence = VERDICTS[Verdict.UNVERIFIED].sentence
    return sentence.replace("No red flags", "No decisive red flag") if against(report) else sentence
