"""What people paste becomes the address that they mean, or a sentence that says why not."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pharmcheck.target import TargetError, host_of, normal_url, parse_target, registrable_domain, scheme_given
from tests.growth import LINEAR, growth_of

UNDERSTOOD = [
    ("https://pills.example/", "https://pills.example/"),
    ("pills.example", "https://pills.example/"),
    ("  pills.example\n", "https://pills.example/"),
    ("PILLS.Example", "https://pills.example/"),
    ("shop   dot   pills \u3000 [.]\t example/x", "https://shop.pills.example/x"),
    ("hxxps://pills[.]example", "https://pills.example/"),
    ("hXXp://pills(.)example/a", "http://pills.example/a"),
    ("hxxps[:]//pills[.]example/a[.]html", "https://pills.example/a.html"),
    ("hxxp[://]pills.example", "http://pills.example/"),
    ("h**ps://pills.example", "https://pills.example/"),
    ("meow://pills.example", "http://pills.example/"),
    ("pills[dot]example", "https://pills.example/"),
    ("pills dot example", "https://pills.example/"),
    ("pills . example/x", "https://pills.example/x"),
    ("pills{.}example", "https://pills.example/"),
    ("pills\\.example", "https://pills.example/"),
    ("<https://pills.example/a>.", "https://pills.example/a"),
    ("\u201cpills.example\u201d,", "https://pills.example/"),
    ("(pills.example)", "https://pills.example/"),
    ("https://pills.example/a_(b)", "https://pills.example/a_(b)"),
    ("pi\u200blls.example", "https://pills.example/"),
    ("pills\uff0eexample", "https://pills.example/"),
    ("pills.example:8443/x?y=1#z", "https://pills.example:8443/x?y=1"),
    ("https://pills.example:443/", "https://pills.example/"),
    ("https://user:secret@pills.example/", "https://pills.example/"),
    ("https://bank.example%2f@pills.example/", "https://pills.example/"),
    ("http:\\\\pills.example\\a", "http://pills.example/a"),
    ("http://https://pills.example/", "https://pills.example/"),
    ("//pills.example/x", "https://pills.example/x"),
    ("pills.example.", "https://pills.example/"),
    ("https://%70ills.example/", "https://pills.example/"),
    ("my_pills.example", "https://my_pills.example/"),
    ("https://apotheke-münchen.example/käse?q=ü", "https://xn--apotheke-mnchen-8vb.example/k%C3%A4se?q=%C3%BC"),
    ("straße.example", "https://xn--strae-oqa.example/"),
    ("💊.example", "https://xn--pr8h.example/"),
    ("http://[2001:db8:0::1]:8080/", "http://[2001:db8::1]:8080/"),
    ("http://[::ffff:192.0.2.7]/", "http://[::ffff:c000:207]/"),
    ("http://2130706433/", "http://127.0.0.1/"),
    ("http://0x7f.1/", "http://127.0.0.1/"),
    ("http://0177.0.0.1/", "http://127.0.0.1/"),
    ("http://127.1/", "http://127.0.0.1/"),
    ("http://①②⑦.⓪.⓪.①/", "http://127.0.0.1/"),
    ("http://127.0.0.1.pills.example/", "http://127.0.0.1.pills.example/"),
    ("Check this out: https://pills.example/viagra", "https://pills.example/viagra"),
    ("https://pills.example/product/modalert-200/ Check this out", "https://pills.example/product/modalert-200/"),
    ("Rx.Direct deal: https://pills.example/a?b=1. Hurry!", "https://pills.example/a?b=1"),
    ("see hxxps://pills[.]example/a (cheap)", "https://pills.example/a"),
    ("order (hxxp://pills(.)example/a_(b)), quick", "http://pills.example/a_(b)"),
    ("my shop\nwww.pills.example/a, since 2019", "https://www.pills.example/a"),
    ("https://pills.example/ or HTTPS://pills.example/.. https://pills.example/", "https://pills.example/"),
    ("pills.example: https://pills.example/a", "https://pills.example/a"),
    ("[our shop](https://pills.example/a)", "https://pills.example/a"),
    ("Visit <https://pills.example/a> today", "https://pills.example/a"),
    (
        "mirror: https://web.archive.org/web/2020/http://pills.example/ here",
        "https://web.archive.org/web/2020/http://pills.example/",
    ),
    ("pills.example/a?b Check this out", "https://pills.example/a?b"),
    ("https://pills . example/a", "https://pills.example/a"),
    ("http:// pills.example/a", "http://pills.example/a"),
    ("http://1.1.1.1 &@192.0.2.2# @192.0.2.3/", "http://192.0.2.2/"),
]
REFUSED = [
    ("", "empty"),
    ("   ", "empty"),
    ("javascript:alert(1)", "javascript: addresses are not http or https"),
    ("ftp://pills.example/", "ftp: addresses are not http or https"),
    ("file:///etc/hosts", "file: addresses are not http or https"),
    ("mailto:order@pills.example", "mailto: addresses"),
    ("data:text/html,x", "data: addresses"),
    ("order@pills.example", "e-mail address"),
    ("@pillshop", "name of an account"),
    ("@pills.example", "name of an account"),
    (
        "https://pills.example/a https://other.example/b",
        "2 links, “https://pills.example/a” and “https://other.example/b”",
    ),
    ("see www.pills.example, hxxp://other[.]example", "2 links, “www.pills.example” and “http://other.example”"),
    ("write to order@pills.example", "e-mail address"),
    ("hello", "no dot"),
    ("is this pharmacy safe", "no dot"),
    ("cheap pills.example", "not a host name"),
    ("12.5", "a number"),
    ("http://300.1.1.1/", "not an IPv4 address"),
    ("http://0x/", "not an IPv4 address"),
    ("http://1.2.3.4.5/", "not an IPv4 address"),
    ("http://[::1/", "no readable host"),
    ("http://[fe80::1%25eth0]/", "not an IPv6 address"),
    ("http://pills.example:99999/", "port 99999"),
    ("http://127.0.0.1%23.pills.example/", "not a host name"),
    ("http://a..example/", "not a host name"),
    ("http://" + "a" * 64 + ".example/", "not a host name"),
    ("http://", "not a host name"),
    ("https://pills.example/" + "a" * 5000, "longer than"),
]


@pytest.mark.parametrize(("text", "url"), UNDERSTOOD)
def test_understood(text: str, url: str) -> None:
    """Defanged, wrapped, bare, internationalised and oddly written addresses give the address that is meant."""
    target = parse_target(text)
    assert (target.url, target.input) == (url, text)


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_refused(text: str, why: str) -> None:
    """What is no web address is refused with a sentence that says why."""
    with pytest.raises(TargetError, match=why.replace("(", r"\(")):
        parse_target(text)


def test_blanks_are_read_in_linear_time() -> None:
    """An address of 4,000 blanks, of which a list holds a hundred, is no work in the square of their number."""
    assert growth_of(_parsed, lambda chars: "a" + " " * chars + "b.example", 4_000) < LINEAR


def test_brackets_at_the_end_are_read_in_linear_time() -> None:
    """Closing brackets that nothing opened are counted once, not once for each that is dropped."""
    assert growth_of(_parsed, lambda chars: "a.example/" + ")" * chars, 40_000) < LINEAR
    assert parse_target("a.example/x(y)))]").url == "https://a.example/x(y)"


def _parsed(text: str) -> None:
    with suppress(TargetError):
        parse_target(text)


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.pills.example", "pills.example"),
        ("a.b.pills.co.uk", "pills.co.uk"),
        ("pills.myshopify.com", "pills.myshopify.com"),
        ("www.pills.github.io", "pills.github.io"),
        ("github.io", "github.io"),
        ("127.0.0.1", "127.0.0.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("localhost", "localhost"),
    ],
)
def test_registrable_domain(host: str, domain: str) -> None:
    """Private suffixes count, unknown suffixes follow the list's default rule, addresses stand for themselves."""
    assert registrable_domain(host) == domain


def test_page_or_host() -> None:
    """A path or query makes the target a page; a bare host does not."""
    assert not parse_target("pills.example/").is_page
    assert parse_target("pills.example/profile/7").is_page
    assert parse_target("pills.example/?p=7").is_page


def test_scheme_given() -> None:
    """Only what was pasted with http or https, also defanged, counts as having a scheme."""
    assert scheme_given("hxxp://pills[.]example")
    assert not scheme_given("pills[.]example:8080")


def test_host_of_broken() -> None:
    """A broken address has no host, rather than an exception."""
    assert host_of("http://[::1/") == ""
    assert host_of("https://Pills.Example:8443/x") == "pills.example"


_PIECES = [
    "a",
    "b",
    "0",
    "x1",
    ".",
    "..",
    "-",
    "_",
    ":",
    "80",
    "/",
    "?",
    "#",
    "@",
    "%2e",
    "[",
    "]",
    "\\",
    " ",
    "\n",
    "é",
    "com",
]


@example(["a", "\n", "%2e"])  # a line end before the last dot once stayed in the host
@given(st.lists(st.sampled_from(_PIECES), max_size=12))
def test_the_short_cuts_change_nothing(pieces: list[str]) -> None:
    """The host is the one that the standard library reads, and a normal address stays as it is."""
    url = "https://" + "".join(pieces)
    try:
        expected = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        expected = ""
    assert host_of(url) == expected
    try:
        normal, host = normal_url(url)
    except TargetError:
        return
    assert normal_url(normal) == (normal, host)
    assert "#" not in normal and host_of(normal) == host


@example("http://shop.example/\udca8?\ud800")  # bytes of a command line that are no UTF-8
@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    """Any text gives a target or a TargetError, and a target's address stays the same when pasted again."""
    try:
        target = parse_target(text)
    except TargetError as error:
        assert str(error)
        return
    assert normal_url(target.url) == (target.url, target.host)
    assert target.url.isascii()
    assert not any(c.isspace() for c in target.url)
