"""The terminal report: one screen, verdict first, every claim with its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pharmcheck.model import Gap, Kind, Ladder, Report, Rung, SiteKind, Step, Target, Verdict
from pharmcheck.report.html import render_html
from pharmcheck.report.markdown import render_markdown
from pharmcheck.report.text import SCREEN, render_table, render_text
from pharmcheck.report.verdicts import wording
from pharmcheck.target import parse_target
from tests.report.reports import COPIED, EVERY_VERDICT, FINDINGS, LADDER, LISTED, REASONS, plain, quote, reason, report

NAMES = {"xx-authority-illegal": "State Institute", "yy-register": "General Council"}


def text(made: Report, **options: object) -> str:
    return render_text(made, authorities=NAMES, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("made", EVERY_VERDICT, ids=lambda r: str(r.verdict))
def test_fits_one_screen(made: Report) -> None:
    """Without --explain every report fits a screen, and no line is wider than asked."""
    lines = text(made, width=100).splitlines()
    assert len(lines) <= SCREEN
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize("made", EVERY_VERDICT, ids=lambda r: str(r.verdict))
def test_verdict_first(made: Report) -> None:
    """The first line gives the host, and the verdict as symbol and sentence, with colour and without."""
    said = wording(made)
    first = text(made).splitlines()[0]
    assert first == f"{said.symbol} pills.example: {said.sentence}"
    assert first in text(made, color=True).splitlines()[0]


def test_unverified_with_points_does_not_say_none() -> None:
    """Where there are points of risk the verdict does not say that no red flag was found."""
    assert "No red flags found" in text(plain(Verdict.UNVERIFIED, 17, SiteKind.PHARMACY))
    assert "No decisive red flag found" in text(plain(Verdict.UNVERIFIED, 39, SiteKind.PHARMACY, reasons=REASONS[4:5]))


def test_color_changes_nothing_but_color() -> None:
    """Without colour no escape sequence is printed; with colour the words are the same."""
    import click

    colored = text(report(), color=True)
    assert "\x1b[" in colored
    assert "\x1b" not in text(report())
    assert click.unstyle(colored) == text(report())


def test_every_verdict_and_kind_has_words() -> None:
    """No verdict and no kind of site is printed as an internal id or not at all."""
    for verdict in Verdict:
        for kind in SiteKind:
            assert len(text(plain(verdict, 30, kind)).splitlines()) > 1


def test_reason_with_quote_and_place() -> None:
    """A reason has its points, title, one short quote in quotation marks, the path and the byte."""
    made = plain(
        Verdict.SUSPICIOUS, 70, SiteKind.PHARMACY, reasons=(reason("a", 13, "Title", quote("No Rx.", note="n")),)
    )
    assert "  +13  Title\n       “No Rx.”  /faq, byte 12,345\n" in text(made)


def test_long_quote_is_shortened() -> None:
    """A quote of 200 characters shows its beginning and an ellipsis; --explain shows all of it."""
    made = plain(Verdict.SUSPICIOUS, 70, SiteKind.PHARMACY, reasons=(reason("a", 13, "T", quote("word " * 40)),))
    assert " …”" in text(made)
    assert text(made, explain=True).count("word") == 40


def test_absence_tells_where_it_was_sought() -> None:
    """A reason without a quote gives our note: what was sought and where."""
    made = plain(
        Verdict.SUSPICIOUS, 70, SiteKind.PHARMACY, reasons=(reason("a", 4, "T", quote("", note="sought on /c")),)
    )
    assert "Note: sought on /c" in text(made)
    assert "“”" not in text(made)


def test_warning_before_reasons_and_entry_after() -> None:
    """Official warnings come first, with list and dates; then reasons, what speaks for the site, and the rest."""
    shown = text(report())
    warning = "official warning list of State Institute (CZ) since 1 Mar 2026"
    order = [warning, "our copy is of 1 Nov 2026", "Why (points", "What speaks for", "listed by General Council (GB)"]
    order += [
        "What could not be checked",
        "For a buyer in",
        "pillhouse[.]example",
        "What would change",
        "What to do now",
    ]
    flat = " ".join(shown.split())
    assert sorted(order, key=flat.index) == order


def prescription_lines(made: Report, **options: object) -> list[str]:
    """Return the lines under the heading Prescription."""
    lines = text(made, **options).splitlines()
    start = lines.index("Prescription") + 1
    return lines[start : lines.index("", start)]


def test_prescription_tells_what_is_asked_for() -> None:
    """For each group of medicines the words and the forms are told, and where they disagree."""
    made = plain(Verdict.SUSPICIOUS, 70, SiteKind.PHARMACY, ladder=LADDER)
    assert prescription_lines(made) == [
        "    ·  tramadol: the words ask for a prescription, the forms for nothing; they disagree.",
        "    ·  apixaban: the forms ask for a picture of a prescription.",
    ]
    assert "Not accepted in CZ for tramadol: Prescription medicines are for prescriptions." in text(made, explain=True)


def test_prescription_takes_four_lines_at_most() -> None:
    """However many medicines there are, the heading has at most four lines under it, unless asked to explain."""
    rungs = [Rung.NONE, Rung.WAIVED, Rung.OPTIONAL, Rung.QUESTIONNAIRE, Rung.CONSULTATION, Rung.REQUIRED]
    steps = tuple(
        Step(f"a medicine with a long name ({rung} {n})", rung, None, rung, law=LADDER.steps[1].law)
        for rung in rungs
        for n in range(9)
    )
    for count in range(1, len(rungs) + 1):
        made = plain(Verdict.SUSPICIOUS, 70, SiteKind.PHARMACY, ladder=Ladder(steps[: 9 * count], Rung.NONE))
        assert len(prescription_lines(made)) <= 4
    assert len(prescription_lines(made, explain=True)) > 4


@pytest.mark.parametrize("kind", [SiteKind.INFORMATION, SiteKind.NOT_A_SELLER, SiteKind.PROMOTION, SiteKind.UNREADABLE])
def test_prescription_is_told_of_sellers_only(kind: SiteKind) -> None:
    """Who sells nothing is told nothing about prescriptions, nor is a seller of whom nothing is known."""
    assert "Prescription\n" not in text(plain(Verdict.NOT_A_PHARMACY, 0, kind, ladder=LADDER))
    nothing = Ladder((Step("", Rung.OTC_ONLY, None, Rung.OTC_ONLY),), Rung.OTC_ONLY)
    for ladder in (Ladder(), nothing, Ladder((Step("", None, None),))):
        assert "Prescription\n" not in text(plain(Verdict.UNVERIFIED, 17, SiteKind.PHARMACY, ladder=ladder))


def test_entry_of_another_site_speaks_not_for_this_one() -> None:
    """A register entry with another domain is never among what speaks for the site."""
    made = plain(Verdict.UNVERIFIED, 20, SiteKind.PHARMACY, listings=(COPIED,))
    assert "What speaks" not in text(made)
    assert "honest[.]example is listed by" in text(made, explain=True)
    assert "What speaks" in text(replace(made, listings=(LISTED,)))


@pytest.mark.parametrize("status", ["lifted", "recorded"])
@pytest.mark.parametrize("render", [render_text, render_markdown, lambda report: render_html([report])])
def test_a_withdrawn_warning_speaks_neither_for_nor_against(render: Callable[[Report], str], status: str) -> None:
    """A warning that was withdrawn, and an entry of a neutral list, stand as facts that count nothing."""
    made = plain(Verdict.UNVERIFIED, 20, SiteKind.PHARMACY, listings=(replace(LISTED, status=status),))
    shown = render(made)
    assert "What speaks for the site" not in shown
    assert "Entries that speak neither for the site nor against it" in shown


def test_gap_is_told_once_and_by_path() -> None:
    """A gap names its artifact once, and an address on the checked host by its path."""
    gaps = (Gap("terms", "terms: no link was found"), Gap("cart", "https://pills.example/cart shows no form"))
    shown = text(plain(Verdict.SUSPICIOUS, 70, SiteKind.PHARMACY, gaps=gaps))
    assert "terms: no link was found" in shown
    assert "terms: terms" not in shown
    assert "cart: /cart shows no form" in shown


def test_buyers() -> None:
    """Each country says lawful, not lawful or not known, and why."""
    assert "CZ  not lawful: prescription medicines" in text(report())
    assert "GB  not known: no rule held" in text(report())


def test_unjudged_is_never_low_risk() -> None:
    """Where nothing could be judged no number is shown, and nowhere the word low for a risk (law 4)."""
    assert "risk not judged" in text(EVERY_VERDICT[-1])
    assert "50" not in text(EVERY_VERDICT[-1]).splitlines()[1].partition("captured")[0]
    for made in EVERY_VERDICT[1:]:
        assert "low)" not in text(made)


def test_fuller_report_sheds_weak_reasons_and_says_so() -> None:
    """What does not fit the screen is counted, and --explain shows all of it."""
    gaps = tuple(Gap(f"page-{n}", "no answer in 10 s") for n in range(30))
    made = report(gaps=gaps)
    assert text(made).count("more: see --explain") == 2
    explained = text(made, explain=True)
    assert "page-29" in explained
    assert all(r.title in explained for r in made.reasons)


def test_strongest_reasons_first() -> None:
    """Reasons stand by points; at most six on a screen."""
    reasons = tuple(reason(f"s-{n}", n, f"Title {n}.", quote(f"quote {n}")) for n in range(1, 10))
    shown = text(plain(Verdict.SUSPICIOUS, 70, SiteKind.PHARMACY, reasons=reasons))
    assert [line.split()[-1] for line in shown.splitlines() if "Title" in line] == ["9.", "8.", "7.", "6.", "5.", "4."]


@pytest.mark.parametrize("nothing", [0.0, -0.0])
def test_reason_at_its_cap_is_on_no_side(nothing: float) -> None:
    """A reason that a cap left without points is neither for nor against the site; --explain shows it."""
    made = plain(Verdict.SUSPICIOUS, 70, SiteKind.PHARMACY, reasons=(reason("a", nothing, "Capped"),))
    assert "Capped" not in text(made)
    assert "Seen as well" in text(made, explain=True)
    assert "   +0  Capped" in text(made, explain=True)


def test_address_to_report_to_is_one_word() -> None:
    """A long official address is not broken, so that it can be copied."""
    url = "https://authority.example.org/" + "long-path/" * 12
    assert url in text(report(advice=(f"Report it: {url}",)))


def test_explain_shows_every_signal() -> None:
    """With --explain each signal stands under its answer; an unknown one says why."""
    shown = text(report(), explain=True)
    assert all(f.signal in shown for f in FINDINGS)
    assert "no-prescription-intake    the checkout could not be read" in shown
    assert "on-trial                  no points" in shown


def test_page_and_punycode() -> None:
    """A pasted path belongs to the headline; a punycode host is shown as people read it, too."""
    target = Target("x", "https://xn--bcher-kva.example/buy?id=1", "xn--bcher-kva.example", "xn--bcher-kva.example")
    first = text(report(target=target)).splitlines()[0]
    assert first.startswith("✖ xn--bcher-kva.example (bücher.example)")
    assert "/buy?id=1:" in first


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://pills.example:8080/x", "pills.example:8080/x"),
        ("https://pills.example:8443/", "pills.example:8443"),
        ("http://[2001:db8::1]:81/", "[2001:db8::1]:81"),
        ("https://pills.example/a:80/", "pills.example/a:80/"),
    ],
)
def test_a_port_belongs_to_the_headline(url: str, shown: str) -> None:
    """What stands on another port of a host is another site."""
    assert f" {shown}: " in text(report(target=parse_target(url))).splitlines()[0]


def test_quote_from_elsewhere_is_defanged() -> None:
    """A quote that stands on another host gives that host, defanged."""
    other = replace(quote("Pay here"), url="https://pay.example/checkout")
    made = plain(Verdict.SUSPICIOUS, 70, SiteKind.PHARMACY, reasons=(reason("a", 5, "T", other),))
    assert "hxxps://pay[.]example/checkout, byte 12,345" in text(made)


def test_unreadable_address_is_still_shown() -> None:
    """An address that no parser takes does not stop the report."""
    made = report(reasons=(reason("a", 5, "T", replace(quote("Pay"), url="https://[broken/x")),))
    assert "hxxps://[broken/x" in text(made)


def test_narrow_terminal() -> None:
    """At 40 columns nothing is lost and no line is wider, but for the floor of the text column."""
    assert max(map(len, text(report(), width=40, explain=True).splitlines())) <= 48


def test_table_has_a_line_for_each() -> None:
    """The closing table gives symbol, host, risk and verdict of each report; where nothing was judged there is no number."""
    lines = render_table(EVERY_VERDICT).splitlines()
    assert len(lines) == len(EVERY_VERDICT)
    assert lines[4] == "✖ pills.example   97  Matches the pattern of an illegal pharmacy – do not buy"
    assert lines[5] == "▷ pills.example    –  Sells nothing itself, but promotes medicines – check that seller first"
    assert lines[6] == "– pills.example    –  Could not be judged"


def test_kind_says_why_when_explained() -> None:
    """--explain tells why the site is of its kind."""
    assert "because of a cart" in text(report(kind=Kind(SiteKind.PHARMACY, "because of a cart")), explain=True)


def test_no_word_that_condemns() -> None:
    """Our words state facts and patterns: no report calls anybody a criminal, fraud or scam."""
    for made in EVERY_VERDICT:
        shown = text(made, explain=True).lower()
        assert not any(word in shown for word in ("criminal", "fraud", "scam", "rogue"))


def test_registers_that_were_asked() -> None:
    """What a register answered is told, by whom and about what; a checked address is no link."""
    made = " ".join(render_text(report(), explain=True).split())
    assert "Registers that were asked" in made
    assert "Invented Register holds an entry for 9010003: Pills Holding, mail order" in made
    assert "Invented Checker knows pills[.]example, and says “Unapproved”" in made
    assert "Another Register says that it holds no entry for 9010004" in made
    assert "Registers that were asked" not in render_text(report(enquiries=()), explain=True)
