"""read_page: bytes of any kind to a Page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmcheck.model import Field, Page
from pharmcheck.reading.page import read_page

URL = "https://shop.example/dir/page"


def page(html: str, content_type: str = "") -> Page:
    return read_page(URL, html.encode(), content_type=content_type)


def test_no_description_hides_another() -> None:
    """Whatever descriptions a page has, for search or for previews, are all read, each once."""
    first, second = "<meta name=description content='Xanax overnight'>", "<meta property=og:description content='A {}'>"
    found = page(f"<html><head>{first}{second}{first}</head><body><meta name=description content='Honest'><p>Hi")
    assert found.text == "Xanax overnight\nA {}\nHonest\nHi"


def test_text_begins_with_title_and_description_then_one_line_a_block() -> None:
    """Blocks give lines, inline tags none, white space is folded."""
    found = page(
        "<html><head><title> My\n shop </title><meta name=description content='Sells things'></head>"
        "<body><h1>Hello <b>you</b></h1><p>One\n  two<br>three<div>four</div>five"
    )
    assert found.text == "My shop\nSells things\nHello you\nOne two\nthree\nfour\nfive"
    assert found.title == "My shop"


def test_a_table_row_is_one_line_with_tabs_between_cells() -> None:
    """Prices stay on the line of their pack."""
    assert page("<table><tr><td>30 pills<td> £10.00 </tr><tr><td>60 pills<td>£18.00").text == (
        "30 pills\t£10.00\n60 pills\t£18.00"
    )


def test_scripts_and_styles_are_no_text_but_hidden_elements_are() -> None:
    """Injected spam hides in elements that are not shown, so these are read."""
    html = "<style>p{}</style><script>var x='no'</script><template>t</template><p hidden>a<p style='display:none'>b"
    assert page(html).text == "a\nb"


def test_noscript_counts_only_where_there_is_little_else() -> None:
    """Text for visitors without scripts would double a full page."""
    assert "Enable" in page("<div id=root></div><noscript>Enable scripts</noscript>").text
    assert "Enable" not in page("<p>" + "word " * 70 + "<noscript>Enable scripts</noscript>").text


def test_zero_width_characters_stay_and_control_characters_go() -> None:
    """Disguise is evidence; a terminal sequence must not reach the terminal."""
    found = page("<p>V\u200bi\x1b[31magra&#27;[0m\x9b</p>")
    assert found.text == "V\u200bi[31magra[0m"


def test_links_are_absolute_and_honour_the_base() -> None:
    """Relative addresses go by `base`; an image's alt text is the text of its link; scripts are no links."""
    found = page(
        "<base href='https://other.example/x/'><a href=y>Why</a><a href='/z?q=1'>Zed</a>"
        "<a href='mailto:a@b.example'>m</a>"
        "<a href='javascript:go()'>no</a>"
        "<a href=e rel=nofollow><img src=i.png alt='A seal'></a><a href='http://[bad'>b</a>"
    )
    assert [(link.url, link.text, link.rel) for link in found.links] == [
        ("https://other.example/x/y", "Why", ""),
        ("https://other.example/z?q=1", "Zed", ""),
        ("mailto:a@b.example", "m", ""),
        ("https://other.example/x/e", "A seal", "nofollow"),
        ("http://[bad", "b", ""),
    ]
    (image,) = found.images
    assert (image.url, image.alt, image.link) == (
        "https://other.example/x/i.png",
        "A seal",
        "https://other.example/x/e",
    )


def test_the_first_title_and_the_first_base_count() -> None:
    """Titles of pictures and later bases change nothing; a base without an address is none."""
    found = page(
        "<base target=_top><title itemprop=name>One</title><base href=/b/><base href=/c/><svg><title>Two</title></svg><a href=x>x</a>"
    )
    assert (found.title, found.links[0].url) == ("One", "https://shop.example/b/x")


@pytest.mark.parametrize(
    "tag", ["address", "article", "button", "dialog", "details", "figure", "h1", "hgroup", "li", "main", "menu", "p"]
)
def test_a_block_has_lines_of_its_own(tag: str) -> None:
    """What stands before, in and behind a block are three lines; of other elements, known or not, one."""
    assert page(f"a<{tag}>b</{tag}>c").text == "a\nb\nc"
    assert page("a<span>b</span><unheard>c</unheard>d").text == "abcd"


def test_microdata_ends_with_its_element() -> None:
    """Values of properties are the text of their elements, whatever else these are: links, buttons, fields without any."""
    found = page(
        "<div itemscope itemtype='https://schema.org/Product'><a href=/p itemprop=url><b itemprop=name>Tadora</b> 20 mg</a>"
        "<button itemprop=offer>Buy <i>it</i></button><input itemprop=query type=submit value=Go></div>"
        "<p itemprop=name>not its name</p>"
    )
    (item,) = found.structured
    assert item == {
        **{"@type": "Product", "url": "https://shop.example/p", "name": "Tadora"},
        **{"offer": "Buy it", "query": "Go"},
    }
    assert [(link.url, link.text) for link in found.links] == [("https://shop.example/p", "Tadora 20 mg")]


def test_a_script_as_base_is_ignored() -> None:
    """`base` may not turn links into scripts."""
    assert page("<base href='javascript:alert(1)//'><a href=x>x</a>").links[0].url == "https://shop.example/dir/x"


def test_forms_have_fields_with_the_labels_that_a_visitor_reads() -> None:
    """`for`, wrapping label, `aria-label`, placeholder and a button's text, in this order."""
    found = page(
        "<form action=/send method=post><label for=u>Upload your prescription</label>"
        "<input type=file id=u name=rx required>"
        "<label>Age <input name=age></label><input name=q placeholder=Search><textarea aria-label=Notes></textarea>"
        "<select name=n><option>30</option><option>60</option></select><button>Send <b>it</b></button></form>"
    )
    (form,) = found.forms
    assert (form.action, form.method) == ("https://shop.example/send", "POST")
    assert form.fields == (
        Field("file", "rx", "Upload your prescription", True),
        Field("text", "age", "Age"),
        Field("text", "q", "Search"),
        Field("textarea", "", "Notes"),
        Field("select", "n", "", False, ("30", "60")),
        Field("button", "", "Send it"),
    )
    assert "Upload your prescription" in form.text


def test_fields_outside_of_any_form_make_one_without_method() -> None:
    """Script-driven shops put their upload field anywhere."""
    (form,) = page("<p>x</p><input type=file name=rx>").forms
    assert (form.method, form.fields[0].kind) == ("", "file")


def test_structured_objects_are_flat_and_forgiving() -> None:
    """`@graph` and lists unfold, trailing commas are mended, broken blocks are left out, microdata looks alike."""
    found = page(
        '<script type="application/ld+json">{"@graph":[{"@type":"Pharmacy","name":"A"},{"@type":"Product"}]}</script>'
        '<script type="application/ld+json">[{"@type":"Offer","price":"1",},]</script>'
        '<script type="application/ld+json">{broken</script>'
        '<div itemscope itemtype="https://schema.org/Product"><b itemprop=name>Pill</b>'
        '<i itemprop=offers itemscope itemtype="https://schema.org/Offer"><meta itemprop=price content=5></i></div>'
    )
    assert [item.get("@type") for item in found.structured] == ["Pharmacy", "Product", "Offer", "Product"]
    assert found.structured[3] == {"@type": "Product", "name": "Pill", "offers": {"@type": "Offer", "price": "5"}}


def test_plain_text_keeps_its_lines_and_its_addresses_are_links() -> None:
    """A text without tags is read as it stands."""
    found = page("Buy here:\r\n  https://pills.example/a?b=1.\nBye", content_type="text/plain; charset=utf-8")
    assert found.text == "Buy here:\n  https://pills.example/a?b=1.\nBye"
    assert [link.url for link in found.links] == ["https://pills.example/a?b=1"]


@pytest.mark.parametrize(
    ("body", "content_type", "charset", "expected"),
    [
        ("<p>größer".encode(), "text/html; charset=iso-8859-1", "utf-8", "größer"),
        ("<p>größer".encode("latin-1"), "text/html; charset=iso-8859-1", "cp1252", "größer"),
        ("<meta charset=windows-1251><p>Аптека".encode("cp1251"), "", "cp1251", "Аптека"),
        ("<p>Аптека рядом с домом, работает каждый день".encode("cp1251"), "", "cp1251", "Аптека рядом"),
        ("\ufeff<p>größer".encode("utf-16"), "text/html; charset=utf-8", "utf-16", "größer"),
        ("<p>größer und besser".encode("utf-16-be"), "", "utf-16-be", "größer"),
        ("<p>薬局です".encode("shift_jis"), "text/html; charset=shift_jis", "cp932", "薬局です"),
        (b"\xef\xbb\xbf<p>x", "", "utf-8-sig", "x"),
    ],
)
def test_charset_by_mark_then_bytes_then_declaration_then_guess(
    body: bytes, content_type: str, charset: str, expected: str
) -> None:
    """Bytes that are strictly UTF-8 beat a wrong declaration; undeclared text is guessed."""
    found = read_page(URL, body, content_type=content_type)
    assert found.charset == charset
    assert expected in found.text


@pytest.mark.parametrize("body", [b"%PDF-1.7\n%\xe2\xe3", b"\x89PNG\r\n\x1a\n", bytes(range(1, 9)) * 40, b""])
def test_a_body_that_is_no_text_gives_an_empty_page(body: bytes) -> None:
    """PDF, pictures, control bytes and nothing at all."""
    found = read_page(URL, body)
    assert (found.text.strip(), found.shell) == ("", "empty")
    assert len(found.digest) == 64


def test_a_picture_declared_as_a_page_is_none() -> None:
    """What a server calls its files is no proof: one without tags is no page."""
    for body in (b"GIF89a\x01\x00", b"%PDF-1.4\n1 0 obj << /Title (p) >> <a1>"):
        assert read_page(URL, body, content_type="text/html").shell == "empty"


FULL = "<p>" + "We are a family shop with many good things for you and your home. " * 8


@pytest.mark.parametrize(
    ("html", "shell"),
    [
        ("<title>Just a moment...</title><h1>shop.example</h1><p>Verifying you are human.", "bot-wall"),
        ("<title>Access denied</title><p>Error 1020", "bot-wall"),
        ("<h1>shop.example</h1><p>This domain is for sale! Make an offer on this domain.", "parked"),
        (
            "<div id=root></div><script src=/app.js></script><noscript>You need to enable JavaScript to run this.",
            "javascript",
        ),
        ("<div id=app></div><script>" + "var a=1;" * 500 + "</script>", "javascript"),
        ("<h1>Sign in</h1><form><input name=u><input type=password name=p><button>Log in</button></form>", "login"),
        ("<html><body></body></html>", "empty"),
        ("<p>Our shop opens soon in Testford.", ""),
    ],
)
def test_a_shell_is_told_from_a_short_page(html: str, shell: str) -> None:
    """What stands in place of content is named; a short page of its own is none."""
    assert page(html).shell == shell


PHRASES = [
    "Just a moment...",
    "verify you are human",
    "this domain is for sale",
    "<input type=password>",
    "enable JavaScript",
]


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_put_among_goods_or_fields_does_not_make_a_shell(phrase: str) -> None:
    """What shows a price or a strength, or asks for several things, stands in place of nothing, however short it is."""
    for short in (
        "<p>Sundrel 50 mg</p>",
        "<p>Sundrel, $30</p>",
        "<form><input name=a><textarea name=b></textarea></form>",
    ):
        added = phrase if "domain" not in phrase else ""
        assert page(short + f"<p>{added}</p><script src=https://www.google.com/recaptcha/api.js></script>").shell == ""


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_put_into_a_full_page_does_not_make_it_a_shell(phrase: str) -> None:
    """A rogue page cannot hide behind the words of a bot wall."""
    assert page(FULL + phrase + "<script>1</script>").shell == ""


def test_text_is_read_to_the_end() -> None:
    """Whatever part of a body is read, all of its text is: padding hides nothing without a gap."""
    assert "no prescription" in page("<p>" + "padding " * 150_000 + "</p><p>no prescription").text


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["", "text/html", "text/html; charset=utf-16", "x; charset=\x00", "text/plain"]),
)
def test_no_bytes_make_it_raise(body: bytes, content_type: str) -> None:
    """Any body under any content type gives a Page whose text can be written as UTF-8."""
    read_page(URL, body, content_type=content_type).text.encode()


_MARKS = (
    "<a href=|<p>|</p>|<form>|<input type=|<label>|<table><td>|<script>|</script>|<!--|-->|<svg>|<template>|<select>|"
    "<option>|<div itemscope>|<b itemprop=x>|'|\"|>|&#x1b;|&nbsp|\0|<noscript>|<title>|<base href=//x>|words|\u202e|"
    "http://[|</form>|<img alt=x src=data:>|</div>"
)
_PIECES = st.sampled_from(_MARKS.split("|"))


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_no_markup_makes_it_raise(html: str) -> None:
    """Pieces of markup in any order give a Page without control characters in its text."""
    text = page(html).text
    assert not any(ord(c) < 32 and c not in "\n\t" for c in text)


def test_text_in_templates_is_read_where_there_is_no_other() -> None:
    """A page that scripts build from a template, or whose style never ends, is read; beside visible text it is not."""
    assert "Tadalafil 20 mg" in page("<template><section><h2>Tadalafil 20 mg</h2></section></template>").text
    assert "Tadalafil 20 mg" in page("<html><head><style>p{}<body><h2>Tadalafil 20 mg</h2>").text
    assert "Tadalafil" not in page("<p>Welcome</p><template><h2>Tadalafil 20 mg</h2></template>").text
