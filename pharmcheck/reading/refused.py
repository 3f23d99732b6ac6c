"""Medicines that a page names to refuse them, to warn of them, or because somebody asks for them: they are not its goods."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from pharmcheck.model import Mention, Page, Sighting, Stance
from pharmcheck.reading.disguise import Folded, fold
from pharmcheck.reading.said import cues_in
from pharmcheck.reading.sentences import Sentence, Sentences
from pharmcheck.reading.spoken import spoken
from pharmcheck.reading.stance import Cue, answer_of

_FEW = 12  # of whose names a page is full, it speaks as of its subject; to weigh each sentence would cost time
# Beside one of these in its own sentence a name is that of goods, whatever else is denied there (`no prescription`).
_SOLD = frozenset((
    "order-call", "sales-pitch", "no-prescription-needed", "prescription-waived", "discreet-packaging",
    "worldwide-shipping",
))  # fmt: skip


def mark_refused(page: Page, mentions: Sequence[Mention], sightings: Sequence[Sighting]) -> tuple[Sighting, ...]:
    """Return the sightings of a page; those of prescription medicines that a sentence refuses, reports or asks for are `refused`."""
    named = [s for s in sightings if s.medicine.prescription_only and s.end > len(page.title)]
    if not 0 < len(named) <= _FEW:
        return tuple(sightings)
    folded = fold(page.text)
    sentences = Sentences(folded.text, page.text)
    sold = [m.start for m in mentions if m.concept in _SOLD and m.stance is Stance.ASSERTED]
    refused = {s.start for s in named if _is_refused(s, page, folded, sentences, sold)}
    return tuple(replace(s, refused=True) if s.start in refused else s for s in sightings)


def _is_refused(seen: Sighting, page: Page, folded: Folded, sentences: Sentences, sold: Sequence[int]) -> bool:
    """True when the sentence of a name refuses it, warns of it, reports it or asks for it, and sells nothing (`sold`)."""
    at = folded.place(seen.start)
    start, end = sentences.span(at)
    first, last = folded.origin(start, max(start + 1, end))
    if any(first <= place < last for place in sold):
        return False
    sentence = sentences.at(start)
    cues = _cues(sentence, page.language)
    if sentence.asks:
        following = (sentences.at(s) for s in sentences.after(start))
        return answer_of((s, _cues(s, page.language)) for s in following if s.words) is not Stance.ASSERTED
    place = bisect_right(sentence.starts, at - start) - 1
    harmless = {i for cue in cues if cue.kind == "harmless" for i in cue.taken}
    return any(
        cue.kind in ("warned", "reported")
        or (cue.kind == "denied" and cue.taken[-1] < place and not harmless.intersection(cue.taken))
        or (cue.kind == "untrue" and cue.taken[0] > place)
        for cue in cues
    )


def _cues(sentence: Sentence, language: str) -> tuple[Cue, ...]:
    return cues_in(sentence, spoken(sentence.text, sentence.bag, language))
