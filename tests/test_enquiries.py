"""What registers answer: entries, "none" only in so many words, and everything else a gap."""

from __future__ import annotations

from datetime import date

import pytest

from pharmcheck.enquiries import LOOK_UPS, MAX_QUESTIONS, Question, questions, read_answers
from pharmcheck.model import Enquiry, Gap, Licence, Quote
from pharmcheck.reading.page import read_page
from pharmcheck.target import parse_target
from tests.register_answers import (
    GPHC_NONE,
    NPI,
    NPPES_ERROR,
    NPPES_NONE,
    NPPES_PERSON,
    PREMISES,
    PSI_NUMBER,
    gphc,
    legitscript,
    nabp,
    nppes,
    psi,
)

DAY = date(2026, 11, 1)
TARGET = parse_target("https://shop.example")
BY_ID = {look_up.registry: look_up for look_up in LOOK_UPS}
ABOUT = {
    "us-nppes": NPI,
    "gb-gphc": PREMISES,
    "ie-psi-register": PSI_NUMBER,
    "us-nabp-accredited": "shop.example",
    "us-legitscript": "shop.example",
}


def answer(registry: str, body: str, moved_to: str = "") -> Enquiry | Gap:
    """Return what the answer `body` to the question about `ABOUT` means."""
    asked = Question(BY_ID[registry], ABOUT[registry]).url
    kind = "application/json" if body.startswith(("{", "[")) else "text/html; charset=utf-8"
    hops = (asked,) if moved_to else ()
    page = read_page(moved_to or asked, body.encode(), content_type=kind, role="register", hops=hops)
    (read,) = read_answers([page], TARGET, DAY)
    if isinstance(read, Enquiry):
        assert read.quote.text in page.source  # verbatim
        assert read.quote.digest == page.digest
        assert read.quote.offset == page.source.encode().find(read.quote.text.encode())
    return read


@pytest.mark.parametrize(
    ("registry", "body", "name", "number", "domain"),
    [
        ("us-nppes", nppes(), "SAMPLE MAIL PHARMACY LLC", NPI, ""),
        ("us-nppes", NPPES_PERSON, "", NPI, ""),
        ("gb-gphc", gphc(), "Sample Chemist", PREMISES, ""),
        ("gb-gphc", gphc(site="www.other.example"), "Sample Chemist", PREMISES, "other.example"),
        ("ie-psi-register", psi("9900", PSI_NUMBER), "Sample Pharmacy", PSI_NUMBER, ""),
        ("us-nabp-accredited", nabp("accredited", "https://www.shop.example/"), "", "", "shop.example"),
        ("us-legitscript", legitscript("Certified"), "", "", "shop.example"),
        ("us-legitscript", legitscript("Certified", "www.shop.example"), "", "", "shop.example"),
    ],
)
def test_an_entry(registry: str, body: str, name: str, number: str, domain: str) -> None:
    """The entry for the very number or domain that was asked for comes back, dated, with the words that say so."""
    read = answer(registry, body)
    assert isinstance(read, Enquiry)
    assert (read.outcome, read.registry, read.about) == ("entry", registry, ABOUT[registry])
    assert read.listing
    assert (read.listing.name, read.listing.number, read.listing.domain) == (name, number, domain)
    assert (read.listing.status, read.listing.as_of) == ("listed", DAY)


@pytest.mark.parametrize(
    ("registry", "body", "conclusive"),
    [
        ("us-nppes", NPPES_NONE, True),
        ("gb-gphc", GPHC_NONE, False),
        ("ie-psi-register", psi("9900"), False),
        ("us-nabp-accredited", nabp("unknown"), False),
        ("us-legitscript", legitscript("Unverified"), False),
        ("us-legitscript", "<h1>Checker</h1><p>No results found for “shop.example”</p>", False),
    ],
)
def test_none_in_so_many_words(registry: str, body: str, conclusive: bool) -> None:
    """A register that says so holds no entry; only one that knows all numbers proves something by it."""
    read = answer(registry, body)
    assert isinstance(read, Enquiry)
    assert (read.outcome, read.listing, read.conclusive) == ("none", None, conclusive)


CHANGED = [
    ("us-nppes", NPPES_ERROR, "answered with an error: Number must be 10 digits"),
    ("us-nppes", "<html>Maintenance</html>", "no JSON"),
    ("us-nppes", "[]", "not the JSON that we know"),
    ("us-nppes", "{}", "lacks result_count"),
    ("us-nppes", '{"result_count":0}', "lacks result_count"),
    ("us-nppes", '{"result_count":"0","results":[]}', "lacks result_count"),
    ("us-nppes", '{"result_count":0,"results":[{"number":"1234567893"}]}', "lacks result_count"),
    ("us-nppes", '{"resultCount":0,"results":[]}', "lacks result_count"),
    ("us-nppes", nppes("1999999984"), "another number"),
    ("us-nppes", nppes(basic=None), "lacks its kind or its basic facts"),
    ("us-nppes", nppes(basic={"status": "A"}), "lacks the name"),
    ("us-nppes", nppes(enumeration_type="NPI-3"), "lacks its kind"),
    ("us-nppes", "[" * 100_000, "no JSON"),
    ("gb-gphc", "<h1>Find a pharmacy</h1><div id=app></div>", "neither an entry nor the word"),
    ("gb-gphc", "<p>No results found</p>", "neither an entry nor the word"),
    ("gb-gphc", "<p>No results found for 10999990</p>", "neither an entry nor the word"),
    ("gb-gphc", gphc("1088888"), "another number"),
    ("gb-gphc", gphc().replace("Registration status", "Standing"), "lacks a status"),
    ("gb-gphc", gphc().replace("Sample Chemist", "Search the registers"), "lacks a name"),
    ("ie-psi-register", "<h1>Search register</h1>", "neither an entry nor the word"),
    ("ie-psi-register", psi(PSI_NUMBER).replace("PSI Registration Number", "Reg."), "lacks its registration number"),
    ("ie-psi-register", psi(PSI_NUMBER).replace("<h5>Sample Pharmacy</h5>", ""), "lacks a name"),
    ("ie-psi-register", psi("9900", pages="Page 1 of 2"), "there are more"),
    ("ie-psi-register", psi("9900", pages="1/1"), "there are more"),
    ("us-nabp-accredited", nabp("unknown", "other.example"), "another address"),
    ("us-nabp-accredited", nabp("blue"), "a word that we do not know"),
    ("us-nabp-accredited", '{"result":"unknown"}', "lacks result and url"),
    ("us-nabp-accredited", "0", "not the JSON that we know"),
    ("us-legitscript", legitscript("Certified", "shop.example.evil.example"), "neither an entry nor the word"),
    ("us-legitscript", legitscript("Certified", "ourshop.example"), "neither an entry nor the word"),
    ("us-legitscript", legitscript("Certified", "shop.example and evil.example"), "neither an entry nor the word"),
    ("us-legitscript", legitscript("Splendid"), "classification that we do not know"),
    ("us-legitscript", legitscript("Certified") + legitscript("Rogue"), "more than one classification"),
    ("us-legitscript", "<p>shop.example</p><p>LegitScript is certified by many.</p>", "neither an entry nor the word"),
    ("us-legitscript", "<p>No results found for shop.example.evil.example</p>", "neither an entry nor the word"),
]


@pytest.mark.parametrize(("registry", "body", "why"), CHANGED)
def test_a_page_that_is_not_understood_is_a_gap(registry: str, body: str, why: str) -> None:
    """Errors, another number or domain, a new word or a new layout say nothing about the site."""
    read = answer(registry, body)
    assert isinstance(read, Gap)
    assert read.artifact == f"register {registry}"
    assert why in read.why
    assert ABOUT[registry] in read.why


@pytest.mark.parametrize("registry", sorted(ABOUT))
def test_an_answer_from_another_host_is_a_gap(registry: str) -> None:
    """Only the register's own host speaks for it, wherever a redirect ends."""
    good = {"us-nppes": nppes(), "gb-gphc": gphc(), "ie-psi-register": psi(PSI_NUMBER)}
    body = good.get(registry, nabp("accredited") if "nabp" in registry else legitscript("Certified"))
    host = BY_ID[registry].hosts[0]
    for place in (f"https://{host}.evil.example/", f"https://x{host}/", "https://shop.example/"):
        read = answer(registry, body, moved_to=place)
        assert isinstance(read, Gap)
        assert "is not the register's host" in read.why


@pytest.mark.parametrize(
    ("registry", "body", "said"),
    [
        ("gb-gphc", gphc(status="Voluntarily removed", site="shop.example"), "Voluntarily removed"),
        ("us-legitscript", legitscript("Rogue"), "Rogue"),
        ("us-legitscript", legitscript("Unapproved"), "Unapproved"),
        ("us-legitscript", legitscript("Probationary"), "Probationary"),
    ],
)
def test_known_and_not_vouched_for(registry: str, body: str, said: str) -> None:
    """What a register holds and does not stand behind is neither an entry nor "none"."""
    read = answer(registry, body)
    assert isinstance(read, Enquiry)
    assert (read.outcome, read.quote.text, read.listing) == ("no-support", said, None)


def test_a_warning_of_nabp_is_one_of_a_body_that_is_no_authority() -> None:
    """ "Not recommended" stands in its own list, and is contested: it also names sellers that are lawful at home."""
    read = answer("us-nabp-accredited", nabp("Not-Recommended"))
    assert isinstance(read, Enquiry)
    assert read.listing
    assert (read.listing.registry, read.listing.status, read.listing.contested) == ("us-nabp-notrec", "warned", True)


@pytest.mark.parametrize("body", [nppes(), NPPES_PERSON, gphc(), psi(PSI_NUMBER)])
def test_natural_persons_are_left_out(body: str) -> None:
    """Officials, pharmacists and the holders of personal numbers stand in no field of the answer."""
    registry = "gb-gphc" if "Chemist" in body else "ie-psi-register" if "srchlbls" in body else "us-nppes"
    read = repr(answer(registry, body))
    assert "Enquiry" in read
    assert not any(word in read for word in ("INVENTED", "Invented", "OFFICIALNAME", "PERSONNAME", "0100"))


def test_what_is_asked() -> None:
    """The domain, and each number once of the register that gives it out; no number of another shape; at most eight."""
    quote = Quote("https://shop.example/", NPI)
    printed = [
        Licence("us-nppes", NPI, quote),
        Licence("us-nppes", NPI, quote),
        Licence("gb-gphc", "2031217", quote),  # a person's
        Licence("ie-psi", PSI_NUMBER, quote),
        Licence("pl-ra", "1999001", quote),
    ]
    asked = questions(TARGET, printed)
    assert {(q.look_up.registry, q.about) for q in asked} == {
        ("us-nabp-accredited", "shop.example"),
        ("us-legitscript", "shop.example"),
        ("us-nppes", NPI),
        ("ie-psi-register", PSI_NUMBER),
    }
    many = [Licence("us-nppes", f"12345678{n:02}", quote) for n in range(40)]
    assert len(questions(TARGET, many)) == MAX_QUESTIONS


def test_a_page_about_another_domain_says_nothing_of_this_site() -> None:
    """An answer in the record that was asked about somebody else is not read."""
    page = read_page(
        Question(BY_ID["us-legitscript"], "other.example").url, legitscript("Certified", "other.example").encode()
    )
    assert list(read_answers([page], TARGET, DAY)) == []


@pytest.mark.parametrize(
    "url", ["https://www.amazon.com/dp/1", "https://www.facebook.com/pills", "https://sites.google.com/view/pills"]
)
def test_a_market_is_not_vouched_for_with_all_who_sell_there(url: str) -> None:
    """What an accreditor says of a platform is neither asked nor, in an old capture, believed of one of its users."""
    target = parse_target(url)
    assert questions(target, ()) == ()
    (look_up,) = (x for x in LOOK_UPS if x.registry == "us-nabp-accredited")
    body = f'{{"result":"accredited","url":"{target.domain}"}}'
    page = read_page(Question(look_up, target.domain).url, body.encode(), role="register", status=200)
    assert list(read_answers([page], target, date(2026, 11, 1))) == []


@pytest.mark.parametrize(
    "body",
    [
        "<p>Results for shop.example</p><form><label>Status</label><span>Certified</span></form>",
        "<p>No websites match shop.example</p><dl><dt>Status</dt><dd>Certified</dd></dl>",
    ],
)
def test_a_filter_beside_the_domain_is_no_entry(body: str) -> None:
    """A search page repeats the domain and shows by what it can be searched."""
    found = answer("us-legitscript", body)
    assert not isinstance(found, Enquiry) or found.outcome != "entry"
