"""inside: shadow roots, documents of frames, and what stands in `<noscript>`."""

from __future__ import annotations

from base64 import b64encode

import pytest

from pharmcheck.model import Page
from pharmcheck.reading.page import read_page

URL = "https://shop.example/"
FULL = "<p>" + "word " * 70 + "</p>"


def page(html: str) -> Page:
    return read_page(URL, html.encode(), content_type="text/html")


def test_titles_of_icons_and_what_waits_for_scripts_are_no_text() -> None:
    """What browsers show nowhere: names of drawings, templates, styles, what stands between the tags of a frame."""
    drawing = "<svg><title>Cart</title><style>b{}</style><path d=M0/></svg>"
    frame = "<iframe src=//video.example/1>no frames</iframe><style style='display: none;'>c</style>"
    assert page(f"<title>T</title><p>a{drawing}<template>t</template>b{frame}").text == "T\nab"


def test_a_shadow_root_has_lines_of_its_own() -> None:
    """Its text, links and forms are the page's."""
    found = page("<div>a<template shadowrootmode=open><a href=/b>b</a><form><input name=c></form></template>d</div>")
    assert found.text == "a\nb\nd"
    assert (found.links[0].url, found.forms[0].fields[0].name) == ("https://shop.example/b", "c")


@pytest.mark.parametrize(
    "address",
    [
        "data:text/html,<p>Xanax",
        "data:text/html;charset=utf-8,%3Cp%3EXanax",
        "\n da\nta:text/html;base64," + b64encode(b"<p>Xanax").decode().rstrip("="),
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><text>Xanax</text></svg>",
        "data:,Xanax",
    ],
)
def test_data_in_an_address_is_read(address: str) -> None:
    """However it is written; a frame without such data has no text."""
    assert page(f'{FULL}<iframe src="{address}"></iframe>').text.endswith("\nXanax")


def test_data_that_is_no_text_is_not_read() -> None:
    """Pictures, and what is not in the encoding it claims."""
    for data in ("data:image/png;base64,iVBORw0KGgo=", "data:text/html;base64,a", "data:text/html"):
        assert page(f"<p>a<embed src='{data}'>").text == "a"


def test_a_frame_of_the_same_host_is_a_link() -> None:
    """What it shows can be read in its turn; frames of others, as of videos and maps, are theirs."""
    found = page("<iframe src=/shop title='Our shop'></iframe><iframe src=https://video.example/1></iframe>")
    assert [(link.url, link.text) for link in found.links] == [("https://shop.example/shop", "Our shop")]


def test_a_picture_for_visitors_without_scripts_keeps_its_link() -> None:
    """Pictures that load late stand in `<noscript>` once more, in the link that they are in."""
    (image,) = page("<a href=/seal><noscript><img src=/s.png alt='A seal'></noscript></a>").images
    assert (image.url, image.link) == ("https://shop.example/s.png", "https://shop.example/seal")


def test_noscript_ends_at_its_first_end() -> None:
    """As in browsers that run scripts, for which what stands there is mere text."""
    assert page(f"{FULL}<noscript><b title='</noscript>shown'>x</b><!--</noscript><i>too").text.endswith("shown'>x")
    assert page(f"{FULL}<noscript><p>a</noscript><p>b").text.endswith("\nb")


@pytest.mark.parametrize("many", ["<noscript><b>a</b></noscript>" * 5_000, "<template shadowrootmode=open>" * 50])
def test_what_is_beyond_all_measure_cuts_the_page(many: str) -> None:
    """More documents, or deeper in one another, than any shop has: the page is not read to its end, and says so."""
    assert page(f"<p>a</p>{many}<iframe srcdoc='Xanax'></iframe>").cut
    assert not page("<p>a</p><iframe srcdoc='Xanax'></iframe>").cut
