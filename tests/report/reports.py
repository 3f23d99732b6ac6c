"""Reports built for the tests of the renderers: invented names, every field filled."""

from __future__ import annotations

from datetime import UTC, date, datetime

from pharmcheck.model import (
    Answer,
    Buyer,
    Enquiry,
    Finding,
    Gap,
    Host,
    HostState,
    Kind,
    Ladder,
    Listing,
    Promoted,
    Quote,
    Reason,
    Report,
    Rung,
    RungLaw,
    SiteKind,
    Step,
    Target,
    Verdict,
)

DIGEST = "ab" * 32
CAPTURED = datetime(2026, 11, 21, 14, 3, 5, tzinfo=UTC)
AUTHORITY = "https://authority.example.org/report"


def quote(text: str, path: str = "/faq", note: str = "", offset: int | None = 12345) -> Quote:
    return Quote(f"https://pills.example{path}", text, note, DIGEST, offset)


def reason(signal: str, points: float, title: str, *quotes: Quote, source: str = "Agency rule 7, 2025") -> Reason:
    return Reason(signal, title, points, quotes, source)


REASONS = (
    reason(
        "on-official-warning-list", 25, "Is on an official warning list", quote("", "/", "entry of 2026-03-01", None)
    ),
    reason("no-prescription-needed", 13, "Says that no prescription is needed", quote("No prescription needed, ever.")),
    reason(
        "controlled-medicine", 12.4, "Sells a controlled medicine to whoever fills a cart", quote("Tramadol 100 mg")
    ),
    reason(
        "customs-guarantee", 8, "Promises to send again what customs seize", quote("Seized? We reship free.", "/ship")
    ),
    reason("crypto-only", 5, "Takes only payment that cannot be disputed", quote("Pay with Bitcoin or wire.", "/pay")),
    reason("no-phone", 4, "Gives no telephone number", quote("", "/contact", "sought on /contact and /about", None)),
    reason("bonus-pills", 3, "Adds free pills to an order", quote("4 bonus pills with every pack", "/")),
    reason(
        "freemail-contact", 2, "Is reached at a free mail address only", quote("write to shop@mail.example", "/contact")
    ),
    reason("seal-confirmed", -6, "A seal is confirmed by its issuer", quote("Verified seller", "/", "", 77)),
)
FINDINGS = (
    *(Finding(r.signal, Answer.PRESENT, r.quotes) for r in REASONS),
    Finding("on-trial", Answer.PRESENT, (quote("24/7 support"),)),
    Finding("impossible-strength", Answer.ABSENT),
    Finding("no-prescription-intake", Answer.UNKNOWN, (), "the checkout could not be read"),
)
WARNED = Listing(
    "xx-authority-illegal",
    "CZ",
    "Pills Shop",
    "",
    "pills.example",
    "warned",
    AUTHORITY,
    date(2026, 11, 1),
    date(2026, 3, 1),
)
LISTED = Listing("yy-register", "GB", "Pills Ltd", "9010001", "pills.example", "listed", "", date(2026, 10, 30))
COPIED = Listing("yy-register", "GB", "Honest Chemist", "9010002", "honest.example", "listed", "", date(2026, 10, 30))
BUYERS = (
    Buyer("CZ", "no", "prescription medicines may not be sold online in CZ"),
    Buyer("GB", "unknown", "no rule held"),
)
PROMOTED = (
    Promoted("pillhouse", "pillhouse.example", "https://pillhouse.example/go", quote("Buy at pillhouse.example now")),
)
ENQUIRIES = (
    Enquiry(
        "zz-register",
        "Invented Register",
        "9010003",
        "entry",
        quote('"name": "Pills Holding"', "/api", "zz-register, asked on 2026-11-21", 9),
        Listing(
            "zz-register",
            "US",
            "Pills Holding",
            "9010003",
            "",
            "listed",
            AUTHORITY,
            date(2026, 11, 21),
            note="mail order",
        ),
    ),
    Enquiry("yy-checker", "Invented Checker", "pills.example", "no-support", quote("Unapproved", "/check")),
    Enquiry("xx-register", "Another Register", "9010004", "none", quote("no entry", "/none"), conclusive=True),
)
GAPS = (
    Gap("checkout", "the cart asks for a log-in first"),
    Gap("terms", "https://pills.example/terms: no answer in 10 s"),
    Gap("product", "robots.txt does not allow /p/"),
)
LADDER = Ladder(
    (
        Step("", Rung.REQUIRED, Rung.NONE, Rung.NONE, agrees=False, quotes=(quote("A prescription is required."),)),
        Step(
            "tramadol",
            Rung.REQUIRED,
            Rung.NONE,
            Rung.NONE,
            agrees=False,
            law=(
                RungLaw(
                    "CZ", "no", "Prescription medicines are for prescriptions.", "law 378/2007", "2008-01-01", "high"
                ),
                RungLaw("GB", "unknown", "No rule is held.", ""),
            ),
        ),
        Step("apixaban", Rung.REQUIRED, Rung.UPLOAD, Rung.UPLOAD),
    ),
    Rung.NONE,
)
ADVICE = (
    "Do not order, and do not enter card or health details here.",
    "Already ordered? Do not take the medicine, and ask your bank to dispute the payment.",
    f"Report it in CZ: Authority, {AUTHORITY}",
)


def report(**changes: object) -> Report:
    """Return a report in which every part is filled, with `changes` to its fields."""
    fields: dict[str, object] = {
        "target": Target("hxxps://pills[.]example", "https://pills.example/", "pills.example", "pills.example"),
        "captured": CAPTURED,
        "host": Host(HostState.OWN, ""),
        "kind": Kind(SiteKind.PHARMACY, "It names medicines beside an order path."),
        "verdict": Verdict.ROGUE,
        "risk": 97,
        "confidence": "high",
        "reasons": REASONS,
        "findings": FINDINGS,
        "listings": (WARNED, LISTED, COPIED),
        "buyers": BUYERS,
        "promoted": PROMOTED,
        "gaps": GAPS,
        "advice": ADVICE,
        "counterfactual": "Most of this rests on the warning; without it the verdict would be weighed anew.",
        "ruleset": "0.1.0+abcdef123456",
        "ladder": LADDER,
        "enquiries": ENQUIRIES,
    }
    return Report(**(fields | changes))  # type: ignore[arg-type]


def plain(verdict: Verdict, risk: int, kind: SiteKind, **changes: object) -> Report:
    """Return a report with a verdict and little else."""
    empty: dict[str, object] = dict.fromkeys(("reasons", "listings", "enquiries", "buyers", "promoted", "gaps"), ())
    empty["ladder"] = Ladder()
    return report(verdict=verdict, risk=risk, kind=Kind(kind, "why"), **(empty | changes))


EVERY_VERDICT = (
    plain(Verdict.LEGITIMATE, 0, SiteKind.PHARMACY, listings=(LISTED,)),
    plain(Verdict.UNVERIFIED, 17, SiteKind.OTC_SHOP),
    plain(Verdict.INTERMEDIARY, 40, SiteKind.INTERMEDIARY),
    plain(Verdict.SUSPICIOUS, 70, SiteKind.TELEHEALTH, reasons=REASONS[2:4]),
    report(),
    plain(Verdict.NOT_A_PHARMACY, 0, SiteKind.INFORMATION, promoted=PROMOTED, counterfactual=""),
    plain(Verdict.CANNOT_ASSESS, 50, SiteKind.UNREADABLE, gaps=GAPS, findings=()),
)
