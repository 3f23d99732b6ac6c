"""The text of `signals/README.md`: what a signal is, a table of all, and a heading for each."""

from __future__ import annotations

from pharmcheck.signals import Signal, catalogue

_INTRO = """\
# Signals

One question about a site per file. `pharmcheck signals` prints this catalogue, `pharmcheck signals ID` one entry,
`pharmcheck check --explain` what each signal answered for a site. This file is written by `pharmcheck docs`.

* A signal's id says what is true when it fires. Its answer is *present*, with quotes, *absent*, or *unknown*, with what
  was missing.
* It sees the artifacts that it needs and nothing else: no network, no clock, no other signal. If one of them could not
  be had, the answer is unknown and the signal is not asked.
* Added text never turns a red flag off. The exceptions carry no weight for that reason: the four absences
  (`no-postal-address`, `no-phone`, `no-licence-number`, `no-responsible-pharmacist`), and where an address or a name on
  the page is held against what others say (`hosting-country-against-claims`, `registration-country-against-claims`,
  `licence-belongs-to-another-pharmacy`, `listed-domain-shows-another-name`).
* How much a signal counts stands in `pharmcheck/weights.toml`. One without a line there is on trial: shown, not scored.

To add one, write `pharmcheck/signals/<id>.py` with one function of that name, whose parameters are fields of `Evidence`
and whose docstring has a title, `Why:`, `Source:` and `False alarm:`; write `tests/signals/test_<id>.py` with a case
that fires, a near miss, and an unknown where the signal itself raises `Unread` (that a gap makes it unknown,
`tests/test_examine.py` asks of all); run `pharmcheck docs`.
"""


def signals_readme() -> str:
    """Return the text of `pharmcheck/signals/README.md`: a table of all signals, and a heading for each."""
    signals = catalogue()
    rows = [f"| [{s.id}](#{s.id}) | {s.title} | {', '.join(s.needs)} |" for s in signals]
    head = ("| id | true when it fires | needs |", "|---|---|---|")
    return "\n".join((_INTRO, f"## The {len(signals)} signals", "", *head, *rows, "", *map(_chapter, signals)))


def _chapter(signal: Signal) -> str:
    parts = (
        f"### {signal.id}",
        f"{signal.title}.",
        f"* **Why:** {signal.why}",
        f"* **Source:** {signal.source}",
        f"* **False alarm:** {signal.false_alarm}",
    )
    return "{}\n\n{}\n\n{}\n{}\n{}\n".format(*parts)
