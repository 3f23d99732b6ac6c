"""xhtml: markup of XML media types."""

from __future__ import annotations

import pytest

from pharmcheck.reading.page import read_page

XHTML = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>T</title></head><body><p>a</p>{}</body></html>"


@pytest.mark.parametrize(
    "markup",
    [
        "<script/><p>Xanax</p>",
        "<script src='/a/b.js?x=1>2' /><p>Xanax</p>",
        '<canvas/><style type="text/css"/><p>Xanax</p>',
        "<p><![CDATA[Xanax]]></p>",
        "<p><![CDATA[Xan]]><![CDATA[ax]]></p>",
        "<iframe src='https://video.example/'/><p>Xanax</p>",
    ],
)
@pytest.mark.parametrize("kind", ["application/xhtml+xml", "text/xml; charset=utf-8"])
def test_xml_is_read_as_browsers_read_it(markup: str, kind: str) -> None:
    """An element that closes itself has no content, and a marked section is text; in HTML neither is so."""
    assert read_page("https://shop.example/", XHTML.format(markup).encode(), content_type=kind).text == "T\na\nXanax"


def test_a_marked_section_holds_no_markup() -> None:
    """Its signs are letters; elements without content stay as they are."""
    body = XHTML.format("<p>b<br/>c<![CDATA[<b>&amp;]]></p>").encode()
    assert read_page("https://shop.example/", body, content_type="application/xhtml+xml").text == "T\na\nb\nc<b>&amp;"
