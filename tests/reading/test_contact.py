"""Ways to reach an operator: telephones, mail addresses, messengers."""

from __future__ import annotations

import pytest

from tests.reading.operators import operator


@pytest.mark.parametrize(
    ("url", "html", "number", "country"),
    [
        ("https://s.co.uk/", "<p>Tel: 020 7946 0958", "+442079460958", "GB"),
        ("https://s.example/", "<p>+44 20 7946 0958", "+442079460958", "GB"),
        ("https://s.example/", "<p>Call us (212) 555-0143 any time", "+12125550143", "US"),
        ("https://s.example/", "<a href='tel:+442079460958'>Ring us</a>", "+442079460958", "GB"),
        ("https://s.example/", "<p>Call toll-free +1 800 555 0199", "+18005550199", ""),
        ("https://s.de/", "<p>Telefon 030 / 12 34 56 78", "+493012345678", "DE"),
        ("https://s.cz/", "<p>222 333 444", "+420222333444", "CZ"),
    ],
)
def test_a_phone_is_normalised_and_has_a_country(url: str, html: str, number: str, country: str) -> None:
    """`tel:` links and text; a number without a country code is read as of the site's country."""
    (found,) = operator(html, url).phones
    assert (found.value, found.country) == (number, country)


@pytest.mark.parametrize(
    "html",
    [
        "<p>1998-2020",
        "<p>Order 4012345678901",
        "<p>12.05.2024 - 13.05.2024",
        "<p>Fax: 020 7946 0959",
        "<p>£1,299.00 2,000.00",
    ],
)
def test_a_run_of_digits_is_no_phone(html: str) -> None:
    """Years, codes, dates, fax numbers and prices."""
    assert operator(html, "https://s.co.uk/").phones == ()


def test_emails_in_every_disguise() -> None:
    """Plain, linked, spelt out, and encoded by a CDN; a file name with an @ is none."""
    code = "42" + "".join(f"{ord(c) ^ 0x42:02x}" for c in "box@shop.example")
    found = operator(
        "<p>Info@Shop.example <a href='mailto:rx@shop.example?subject=x'>mail</a> help [at] shop [dot] example "
        f"<a data-cfemail='{code}'>[email protected]</a> logo@2x.png"
    )
    assert {d.value for d in found.emails} == {
        "info@shop.example", "rx@shop.example", "help@shop.example", "box@shop.example"
    }  # fmt: skip


def test_messengers_from_links_and_text_but_not_share_buttons() -> None:
    """An account to write to, by whatever app."""
    found = operator(
        "<a href='https://wa.me/12125550143?text=hi'>Chat</a><a href='https://t.me/share/url?url=x'>Share</a>"
        "<a href='https://wa.me/?text=look'>Share</a>"
        "<p>Telegram: @pillshop<p>Wickr: pillking<p>A signal to noise ratio of 12345678"
    )
    assert {d.value for d in found.messengers} == {"whatsapp 12125550143", "telegram pillshop", "wickr pillking"}


def test_a_phone_of_structured_markup_is_read() -> None:
    """JSON-LD's `telephone` is a telephone, quoted from the page's source."""
    html = '<script type="application/ld+json">{"@type":"Pharmacy","telephone":"+44 20 7946 0958"}</script><p>Hello'
    (found,) = operator(html).phones
    assert (found.value, found.quote.text) == ("+442079460958", "+44 20 7946 0958")


def test_mail_addresses_are_found_however_far_down_the_page() -> None:
    """Only the text around their signs is looked at; plain and spelt-out ones stand there whole."""
    prose = "<p>A sentence about nothing in particular, dot by dot.</p>" * 200
    found = operator(f"{prose}<p>box@shop.example{prose}<p>help [at] shop [dot] example</p>{prose}")
    assert [d.value for d in found.emails] == ["box@shop.example", "help@shop.example"]
