"""locate: a quote back to the bytes that it stands on."""

from __future__ import annotations

import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pharmcheck.reading.locate import locate
from pharmcheck.reading.page import read_page

URL = "https://shop.example/"


def test_a_plain_quote_is_found_where_it_begins() -> None:
    """Offsets count bytes, not characters."""
    body = "<p>Größe – naïve</p><p>no prescription needed</p>".encode()
    assert locate(read_page(URL, body), "no prescription needed") == body.index(b"no prescription")


@pytest.mark.parametrize(
    ("html", "quote"),
    [
        ("<p>é no <b>pre</b>scription\n   needed", "no prescription needed"),
        ("<p>é no&nbsp;prescription <!-- x --> needed", "no prescription needed"),
        ("<p>é no<script>var a</script> prescription needed", "no prescription needed"),
        ("<tr><td>é no<td>prescription needed", "no\tprescription needed"),
        ("é<p>no</p><p>prescription", "no\nprescription"),
        ("<meta name=description content='é no &amp; prescription needed'>", "no & prescription needed"),
        ("<p>é no pre\0scription needed", "no prescription needed"),
    ],
)
def test_a_quote_is_found_across_tags_entities_and_folds(html: str, quote: str) -> None:
    """The text of a page is folded and its source is not."""
    body = html.encode()
    assert locate(read_page(URL, body), quote) == body.index(b"no")


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_offsets_are_of_the_original_bytes_in_any_charset(charset: str) -> None:
    """The mark at the beginning counts, and so does the width of a character."""
    body = "<p>Аптека, рядом с вами</p><p>Цена".encode(charset)
    found = read_page(URL, body, content_type=f"text/html; charset={charset}")
    tail = "Цена".encode(charset).removeprefix(b"\xff\xfe").removeprefix(b"\xef\xbb\xbf")
    assert locate(found, "Цена") == len(body) - len(tail)


def test_bytes_that_do_not_decode_do_not_shift_the_offset() -> None:
    """Broken UTF-8 counts byte for byte, a true U+FFFD as its three bytes."""
    body = "größe and grüße, süß, öl, über <p>".encode() + b"\xff\xe2\x82" + "\ufffd".encode() + b"<p>target"
    found = read_page(URL, body, content_type="text/html; charset=utf-8")
    assert found.charset == "utf-8"
    assert locate(found, "target") == body.index(b"target")


def test_what_is_not_on_the_page_is_not_found() -> None:
    """Neither absent words nor nothing at all."""
    found = read_page(URL, b"<p>hello</p>")
    assert locate(found, "goodbye") is None
    assert locate(found, " \n") is None


def test_a_long_source_takes_time_in_proportion() -> None:
    """Half a megabyte of marks; in the square of that it would take minutes."""
    found = read_page(URL, b"<p>hello</p>" + b"&amp; <b>" * 50_000)
    begin = time.process_time()
    assert locate(found, "goodbye you") is None
    assert time.process_time() - begin < 4


_ASCII = st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters="<>&"), min_size=1, max_size=30)
_BLOCK = st.tuples(st.sampled_from(["p", "div", "li", "h1", "td"]), st.lists(_ASCII, min_size=1, max_size=3))


@settings(max_examples=150, deadline=None)
@given(st.lists(_BLOCK, min_size=1, max_size=5))
def test_every_line_of_plain_text_leads_to_its_first_byte(blocks: list[tuple[str, list[str]]]) -> None:
    """The byte at the offset is the first letter of the line, for every line of the text."""
    html = "".join(f"<{tag}>{'<b>'.join(parts)}</{tag}>" for tag, parts in blocks)
    body = f"<body>ø{html}".encode()
    found = read_page(URL, body)
    lines = [line for line in found.text.splitlines() if line.isascii()]
    assume(lines)
    for line in lines:
        at = locate(found, line)
        assert at is not None
        assert body[at : at + 1] == line[:1].encode()
