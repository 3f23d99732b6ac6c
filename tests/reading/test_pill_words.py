"""Words of the pill trade, in links and in names of domains."""

from __future__ import annotations

import pytest

from pharmcheck.reading.pill_words import calls_in_address, is_planted, offers_pills, sells_in_head, trade_in


@pytest.mark.parametrize(
    ("host", "plain"),
    [
        ("buyzorbitadalafil.example", 2),
        ("www.tadalafbuy.example", 2),
        ("zorbi-onlinecialis.example", 2),
        ("cheap-zorbi-meds.example", 2),
        ("zorbrxpills.example", 2),
        ("zorbipharmacy.example", 1),
        ("tadalafil.example", 1),
        ("zorbi.example", 0),
        ("specialist-zorbi.example", 0),
        ("socialist.example", 0),
        ("financial-zorbi.example", 0),
        ("asteroid.example", 0),
        ("zorbimarx.example", 0),
        ("spills.example", 0),
        ("lyricalzorbi.example", 0),
    ],
)
def test_trade_in_a_name(host: str, plain: int) -> None:
    """Medicines and words of the trade in a domain count; the same letters inside an ordinary word do not."""
    assert trade_in(host) == plain


@pytest.mark.parametrize(
    ("path", "calls"),
    [
        ("tadalafil-rezeptfrei-online/", True),
        ("buy-tadalafil-online", True),
        ("?p=tadalafil-sans-ordonnance", True),
        ("can-i-buy-tadalafil-online", False),
        ("dove-acquistare-tadalafil", False),
        ("tadalafil-side-effects", False),
        ("buy-garden-chairs", False),
    ],
)
def test_a_call_in_an_address(path: str, calls: bool) -> None:
    """A medicine and a word of sale in a path call to buy; a question, a side effect or other goods do not."""
    assert calls_in_address(f"https://blog.example/{path}") is calls


def test_planted() -> None:
    """A page named after a medicine in a folder for programs or pictures was planted; a leaflet was not."""
    assert is_planted("https://zorbi.example/cgi-bin/tadalafil.htm")
    assert not is_planted("https://zorbi.example/medicines/tadalafil.htm")
    assert not is_planted("https://zorbi.example/wp-content/uploads/tadalafil.pdf")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Hello, 70% off\nFrom: BrandViagraZorbi <x@y.example>\n", True),
        ("Save now\nFrom: Zorbi Meds <x@y.example>\n", True),
        ("Re: Asteroids anyone?\nFrom: Jo Example <jo@y.example>\n", False),
        ("Warning for Viagra users\nFrom: Law Example <x@y.example>\n", False),
        ("A bitter pill\nFrom: Daily Example <x@y.example>\n", False),
    ],
)
def test_heads_of_letters(head: str, expected: bool) -> None:
    """Subject and sender tell who sells pills; warnings, news and figures of speech do not."""
    assert sells_in_head(head) is expected


def test_a_misspelt_subject_is_an_offer() -> None:
    """Who writes of `prescripiton drvgs` gets past filters; who spells the words right writes of them."""
    assert sells_in_head("Subject: take prescripiton drvgs\nFrom: Ann <a@mail.example>")
    assert not sells_in_head("Subject: the price of prescription drugs\nFrom: Ann <a@mail.example>")


@pytest.mark.parametrize(
    ("subject", "sender", "offered"),
    [
        ("Only for you: 70% off tonight", "Genuine Pfzier for Ann", True),
        ("Pfizer vaccine 90% effective in a new study", "Health Desk", False),
        ("News for Ann - popular brands 79% cheaper", "PfizerClassicViagra", True),
        ("Your coupon, authority garden", "Viagra-store", True),
        ("-BuyVlaqra online, fast", "Frank", True),
        ("First time V*agra under $3", "Pat", True),
        ("Agra and other towns of India", "Travel", False),
    ],
)
def test_heads_that_borrow_a_name(subject: str, sender: str, offered: bool) -> None:
    """A maker's name with a reduction, a medicine in the sender's name, or a name with a sign in it offers pills."""
    assert sells_in_head(f"{subject}\nFrom: {sender} <a@mail.example>") is offered


def test_pictures_that_offer_pills() -> None:
    """The words of a linked picture offer pills when they name them and bring no news of them."""
    assert offers_pills("Viagra over the Internet")
    assert not offers_pills("Viagra lawsuit news")
    assert not offers_pills("Click here")
