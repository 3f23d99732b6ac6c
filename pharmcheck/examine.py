"""Evidence to findings: every signal is asked once, and what cannot be known says why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from pharmcheck.model import Answer, Evidence, Finding, Gap, Page, Quote, Unread
from pharmcheck.reading.locate import trace_all
from pharmcheck.signals import Signal, catalogue

MOST_QUOTES = 5  # a reader checks two or three; five leave a choice when a page has gone


def examine(evidence: Evidence) -> tuple[Finding, ...]:
    """Return one finding per signal, in the order of the catalogue; pure."""
    pages = () if isinstance(evidence.pages, Gap) else evidence.pages
    by_url = {page.url: page for page in reversed(pages)}
    if isinstance(evidence.checkout, Page):
        by_url.setdefault(evidence.checkout.url, evidence.checkout)
    artifacts = {name: getattr(evidence, name) for name in _needed()}
    gaps = {name: artifact for name, artifact in artifacts.items() if isinstance(artifact, Gap)}
    found = [_ask(signal, artifacts, gaps) for signal in catalogue()]
    traced = trace_all((quote for finding in found for quote in finding.quotes), by_url)
    return tuple(replace(f, quotes=tuple(map(traced.__getitem__, f.quotes))) if f.quotes else f for f in found)


@cache
def _needed() -> tuple[str, ...]:
    """Return the names of the artifacts that any signal needs."""
    return tuple(dict.fromkeys(name for signal in catalogue() for name in signal.needs))


def _ask(signal: Signal, artifacts: Mapping[str, object], gaps: Mapping[str, Gap]) -> Finding:
    if not gaps.keys().isdisjoint(signal.needs):
        lacking = next(name for name in signal.needs if name in gaps)
        return Finding(signal.id, Answer.UNKNOWN, why=gaps[lacking].why)
    try:
        quotes = _choose(signal.function(*[artifacts[name] for name in signal.needs]))
    except Unread as unread:
        return Finding(signal.id, Answer.UNKNOWN, why=str(unread))
    if not quotes:
        return _absent(signal.id)
    return Finding(signal.id, Answer.PRESENT, tuple(quotes))


@cache
def _absent(signal: str) -> Finding:
    """Return the answer of most signals on most sites; there is one for each signal."""
    return Finding(signal, Answer.ABSENT)


def _choose(quotes: Iterable[Quote]) -> list[Quote]:
    """Return at most MOST_QUOTES quotes: one of each page first, in the order of the signal otherwise."""
    distinct: dict[tuple[str, str], Quote] = {}
    for quote in quotes:
        distinct.setdefault((quote.url, quote.text), quote)
    if len(distinct) < 2:
        return list(distinct.values())
    seen: Counter[str] = Counter()
    ranked: list[tuple[int, Quote]] = []
    for quote in distinct.values():
        ranked.append((seen[quote.url], quote))
        seen[quote.url] += 1
    return [quote for _, quote in sorted(ranked, key=lambda pair: pair[0])][:MOST_QUOTES]
