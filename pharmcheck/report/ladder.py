"""The prescription ladder in words: what a seller says it asks for, what its forms ask for, and where that is not enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pharmcheck.buyers import ASKED, few
from pharmcheck.model import Gap, Report, Rung, Step
from pharmcheck.reading.intake import ASKS_FOR_NONE
from pharmcheck.reading.sellers import SELLERS
from pharmcheck.report.clean import spoken

TITLE = "Prescription"


def told(report: Report, *, law: bool = True) -> list[str]:
    """Return sentences in our words, the lowest rung first; none for who sells nothing on prescription.

    With `law` those follow that tell where a country of the report does not accept it.
    """
    ladder = report.ladder
    if isinstance(ladder, Gap) or report.kind.name not in SELLERS:
        return []
    steps = [s for s in ladder.steps if s.medicine] or list(ladder.steps)
    steps = [s for s in steps if s.lowest and s.lowest.height < Rung.OTC_ONLY.height]
    alike = groupby(sorted(steps, key=_likeness), key=_likeness)
    sentences = [_sentence(group) for group in (list(members) for _, members in alike)]
    return sentences + (list(_refusals(steps)) if law else [])


def _likeness(step: Step) -> tuple[int, int, int, bool]:
    heights = [rung.height if rung else len(Rung) for rung in (step.lowest, step.said, step.done)]
    return heights[0], heights[1], heights[2], step.agrees


def _sentence(alike: Sequence[Step]) -> str:
    """Return what holds of these steps, which are alike. Where a form asks, words that ask as well add nothing."""
    first = alike[0]
    parts = []
    if first.said and (first.done is None or first.said in ASKS_FOR_NONE or not first.agrees):
        parts.append(f"the words ask for {ASKED[first.said]}")
    if first.done:
        asked = "nothing" if first.done is Rung.NONE else ASKED[first.done]
        parts.append(f"the forms{'' if parts else ' ask'} for {asked}")
    return f"{_names(alike)}: {', '.join(parts)}{'' if first.agrees else '; they disagree'}."


def _refusals(steps: Sequence[Step]) -> Iterator[str]:
    """Yield for each country and reason the medicines for which that rung is not accepted there; never from memory alone."""
    found: dict[tuple[str, str], list[Step]] = {}
    for step in steps:
        for answer in step.law:
            if answer.acceptable == "no" and answer.confidence != "low":
                found.setdefault((answer.country, answer.why), []).append(step)
    for (country, why), refused in found.items():
        yield f"Not accepted in {spoken(country)} for {_names(refused)}: {why}"


def _names(steps: Sequence[Step]) -> str:
    return few([spoken(step.medicine) or "prescription medicines" for step in steps])
