"""Addresses to which a page points, however they are written."""

from __future__ import annotations

import time

import pytest

from pharmcheck.reading.web_addresses import find_addresses
from tests.builders import page
from tests.sites import evidence


def domains(text: str) -> set[str]:
    return {a.domain for a in find_addresses(page(text))}


@pytest.mark.parametrize(
    "text",
    [
        "http://zorbimeds.example/x",
        "hxxps://www.zorbimeds[.]example",
        "zorbimeds.example",
        "Visit zorbimeds.example, now!",
        "zorbimeds(dot)example/buy?id=3.",
        "<a href=http://zorbimeds.example>pills</a>",
        '<a class="x" href="http://zorbimeds.example/1">pills</a>',
        "[url=http://zorbimeds.example]pills[/url]",
        "[url]http://zorbimeds.example[/url]",
        "[pills](https://zorbimeds.example/shop)",
        "[https://zorbimeds.example pills]",
        "http : / / shop . zorbimeds . example / index",
        "http://user:pw@zorbimeds.example:8080/",
        "https://search.example/url?q=http%3A%2F%2Fzorbimeds.example%2Fbuy&sa=D",
        "https://archive.example/web/2020/http://zorbimeds.example/buy",
    ],
)
def test_written_and_disguised(text: str) -> None:
    """Bare, defanged, spaced, without a scheme, in HTML, BBCode, Markdown or wiki markup, inside a redirector."""
    assert domains(text) == {"zorbimeds.example"}


@pytest.mark.parametrize("text", ["zorbi-meds dot com", "zorbi-meds . com", "www . zorbi-meds . com"])
def test_spelt_dots(text: str) -> None:
    """A dot as a word or with blanks is undone before the commonest suffixes."""
    assert domains(text) == {"zorbi-meds.com"}


@pytest.mark.parametrize(
    "text",
    [
        "Dr.Smith said so, e.g. on p.12",
        "leaflet.pdf and readme.md and setup.py",
        "10.000 tablets, 2.5 mg",
        "take two tablets.Buy milk",
        "order@zorbimeds.example",
        "10 pills. Now wait.",
        "mailto:order@zorbimeds.example",
    ],
)
def test_no_address(text: str) -> None:
    """Abbreviations, files, numbers, the joint of two sentences and mail addresses are none."""
    assert domains(text) == set()


def test_what_is_linked_is_told() -> None:
    """An address has the words that are linked and where they stand; of a picture without words it has no place."""
    html = (
        "<p>See <a href='https://one.example/a'>cheap pills</a> <a href='https://two.example/'><img src=x.png></a></p>"
    )
    pages = evidence(html).pages
    assert isinstance(pages, tuple)
    found = {a.domain: a for a in find_addresses(pages[0])}
    one, two = found["one.example"], found["two.example"]
    assert (one.anchor, pages[0].text[one.start : one.end]) == ("cheap pills", "cheap pills")
    assert (two.anchor, two.start) == ("", -1)


def test_links_to_the_same_host_are_left_out() -> None:
    """A page's own links point nowhere."""
    pages = evidence("<p><a href='/cart'>Cart</a> <a href='https://shop.example/x'>x</a></p>").pages
    assert isinstance(pages, tuple)
    assert not list(find_addresses(pages[0]))


@pytest.mark.parametrize(
    "text",
    [
        "a." * 400_000,
        "a-" * 400_000,
        "<a " * 300_000,
        "[a" * 400_000,
        "[url=" * 200_000,
        "http://" * 140_000,
        "http : / / a " * 80_000,
        "zorbi dot com " * 70_000,
        "x[.]" * 200_000,
        "http://zorbi.example/buy " * 40_000,
        " " * 1_000_000,
    ],
    ids=lambda text: text[:12],
)
def test_work_is_bounded(text: str) -> None:
    """A megabyte of anything costs about a second at most."""
    begin = time.process_time()
    assert len(list(find_addresses(page(text)))) <= 2_000
    assert time.process_time() - begin < 2


@pytest.mark.parametrize("beside", ["", " (see [.] there)"])
def test_bare_names_among_other_words(beside: str) -> None:
    """A name is found in brackets, after a comma and at the end, whether or not the text also disguises dots."""
    text = (
        f"Prices,from.our shop (zorbimeds.example),quillopharm.example/a?b\nand 3.5 mg at last larkmeds.example{beside}"
    )
    assert {"zorbimeds.example", "quillopharm.example", "larkmeds.example"} <= domains(text)
    assert domains(text) == domains(text + " [dot]")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Welcome to shop.example today", []),
        ("shop.example/cart and pills.example", ["pills.example"]),
        ("shop.example.evil.example", ["evil.example"]),
        ("shop.example/go?to=pills.example", ["shop.example"]),
        ("shop.example/go?to=http%3A%2F%2Fpills%2Eexample%2Fx", ["pills.example"]),
        ("shop.example:8080/x", ["shop.example"]),
        ("myshop.example", ["myshop.example"]),
    ],
)
def test_its_own_name_is_left_out(words: str, found: list[str]) -> None:
    """Only where it stands alone: what begins or ends like it is another, and a place below it may be meant for one."""
    assert [address.domain for address in find_addresses(page(words), "shop.example")] == found
