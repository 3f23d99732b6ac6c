"""read_operator: who says to be behind a site."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmcheck.reading.operator import read_operator
from pharmcheck.reading.page import read_page
from tests.reading.operators import REGISTRIES, operator


def test_read_lists_the_pages_that_were_searched() -> None:
    """Shells, empty pages and issuers' pages are not places where particulars were sought."""
    home = read_page("https://shop.example/", b"<p>Hello")
    wall = read_page("https://shop.example/contact", b"<title>Just a moment...</title>", role="contact")
    issuer = read_page("https://register.gphc.example/1", b"<p>GPhC registration number 1099999", role="issuer")
    found = read_operator([home, wall, issuer], [], REGISTRIES)
    assert found.read == (home,)
    assert found.licences == ()


def test_quotes_stand_on_the_page() -> None:
    """Every quote is verbatim text of the page or its source, at most 200 characters."""
    page = read_page(
        "https://s.co.uk/",
        b"<p>Tel: 020 7946 0958, 1 Test Street, Testford ZZ1 1ZZ, <a href='mailto:a@b.example'>x</a>",
    )
    found = read_operator([page], [], REGISTRIES)
    for detail in (*found.addresses, *found.phones, *found.emails):
        assert detail.quote.text in page.text or detail.quote.text in page.source
        assert 0 < len(detail.quote.text) <= 200


MANY = {
    "mail addresses": "".join(f"<p>staff{n}@fine.example" for n in range(60)),
    "numbers": "".join(f"<p>Order line {n}: 0{2_000_000_000 + n}" for n in range(3_000)),
    "a number without its country": "<p>Tel. 012345 67890 <a href='tel:+919812345678'>98123 45678</a><p>Tel. 98123 45678",
    "a fax": "<p>Fax: +91 98123 45678",
    "text": "<p>" + "A sentence about nothing in particular. " * 2_500,
}


@pytest.mark.parametrize("added", MANY.values(), ids=MANY.keys())
def test_nothing_added_takes_a_particular_away(added: str) -> None:
    """Whatever stands before or behind, address, number in international form and mail address are still read."""
    shop = "<p>Example Meds, 12 Test Road, Sampletown 400001, India<p>Tel: +91 98123 45678<p>orders@mail.example"
    for html in (f"{added}{shop}", f"{shop}{added}", f"{added}{shop}{added}"):
        found = operator(html)
        assert "IN" in {a.country for a in found.addresses}
        assert "+91 98123 45678" in [p.quote.text for p in found.phones]
        assert "orders@mail.example" in [e.value for e in found.emails]


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "A b ",
        "Dr. A ",
        "ZZ1 1ZZ ",
        "12345 X ",
        "a@",
        "a.a",
        "GPhC ",
        "Street 1\n",
        "© ",
        "(at) ",
        "Dr ",
        "farm. ",
        "apotheker ",
        "-1",
        "a-",
        "Ab'",
        "Street 1, ZZ1 1ZZ ",
        "VAT No. 12 ",
        "P.O. Box 1 ",
        "号",
        "pharmacist ",
    ],
)
def test_long_repetitive_text_is_read_in_time(piece: str) -> None:
    """A page made to stall a pattern takes time in proportion; in its square it would take minutes."""
    page = read_page("https://s.de/", (piece * (200_000 // len(piece))).encode(), content_type="text/plain")
    begin = time.process_time()
    read_operator([page], [], REGISTRIES)
    assert time.process_time() - begin < 5


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("aZ1 9+-@.,#()\n:/©TelGPhC"), max_size=120))
def test_no_text_makes_it_raise(text: str) -> None:
    """Any text gives an operator."""
    operator(text)
