"""A link keeps where it was seen and how it was read."""

from __future__ import annotations

from pharmcheck.audit.links import find_links
from pharmcheck.audit.message import text_message
from tests.audit.letters import links_in, links_in_mail, mail, promoted


def test_a_link_knows_its_place_and_its_codings() -> None:
    """File, message, part, offset in the decoded part, and each coding by name."""
    data = mail(
        html="<p>é " + "x" * 200 + '<a href="http://www.google.com/url?q=http%3A%2F%2Fpills.example">Buy &amp; save</a>'
    )
    link = next(x for x in links_in_mail(data) if x.left_out is None)
    assert (link.file, link.part, link.anchor) == ("mail.eml", "1 text/html", "Buy & save")
    assert link.offset == len("<p>é ") + 200
    assert link.undone[-1] == "unwrapped www.google.com"
    assert link.undone[0] in ("base64", "quoted-printable")


def test_as_dict_has_the_fields_that_are_promised() -> None:
    """The line of `links --format json`."""
    line = links_in("hxxp://shop.pills.example/a")[0].as_dict()
    assert {k: line[k] for k in ("url", "host", "domain", "identity", "undone", "left_out")} == {
        "url": "http://shop.pills.example/a",
        "host": "shop.pills.example",
        "domain": "pills.example",
        "identity": "pills.example",
        "undone": ["scheme"],
        "left_out": None,
    }
    assert set(line) >= {"file", "message", "offset"}


def test_lines_that_mail_servers_cut_are_whole_again() -> None:
    """`!`, a line end and a blank inside an address; blanks before line ends in flowed text; folded calendars."""
    for head, body in (
        ("text/html", '<a href="http://pills.exam!\n ple/">x</a>'),
        ("text/plain; format=flowed; delsp=yes", "http://pills.exam \nple/buy"),
        ("text/calendar", "DESCRIPTION:Buy http://pills.exam\n ple/a"),
    ):
        links = links_in_mail(f"From: a@b.example\nMIME-Version: 1.0\nContent-Type: {head}\n\n{body}\n".encode())
        assert promoted(links) == ["pills.example"]
        assert "line-break" in links[0].undone


def test_codings_that_lie_hide_nothing() -> None:
    """Plain text under the name of base64, text behind a uuencoded file, damaged quoted-printable."""
    for coding, body in (
        ("base64", '<a href="http://pills.example">not base64</a>'),
        ("x-uuencode", "begin 644 a\n#86)C\n`\nend\nhttp://pills.example"),
        ("quoted-printable", '<a href=3D"http://pills=\n.example/=ZZ=3">x</a>='),
    ):
        data = f"From: a@b.example\nContent-Type: text/html\nContent-Transfer-Encoding: {coding}\n\n{body}\n".encode()
        assert promoted(links_in_mail(data)) == ["pills.example"]


def test_a_page_does_not_promote_itself() -> None:
    """Links of a crawled page to its own site are left out."""
    page = text_message(
        "crawl.warc",
        "http://blog.example/",
        "<a href=/a>1</a><a href=http://blog.example/b>2</a><a href=http://pills.example>3</a>",
        "text/html",
        "http://blog.example/",
    )
    assert promoted(list(find_links(page))) == ["pills.example"]


def test_platforms_and_addresses_keep_their_full_names() -> None:
    """The name below a platform is the domain; an IPv6 host stands in brackets."""
    assert links_in("http://pills.yoyo.pl/")[0].domain == "pills.yoyo.pl"
    assert links_in("http://[2001:db8::1]/")[0].host == "[2001:db8::1]"


def test_a_link_that_pretends_says_so() -> None:
    """Its words show another address, or no reader sees it."""
    shown = links_in("<a href=http://pills.example/>www.cvs.com</a>")[0]
    assert "shown as www.cvs.com" in shown.undone
    hidden = links_in("<div style='display:none'><a href=http://pills.example/>x</a></div>")[0]
    assert "hidden" in hidden.undone
