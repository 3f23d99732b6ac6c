"""find_seals: what a seal shows, where it leads, what its issuer says."""

from __future__ import annotations

from datetime import date

import pytest

from pharmcheck.model import Page, Registry, Seal, Target
from pharmcheck.reading.page import read_page
from pharmcheck.reading.seal_outcomes import Authorities
from pharmcheck.reading.seals import find_seals
from pharmcheck.target import parse_target

TARGET = Target("shop.example", "https://shop.example/", "shop.example", "shop.example")
ES = Registry("es-aemps-distafarma", "ES", "x", "positive", "https://list.es.example", ("list.es.example",))
GPHC = Registry("gb-gphc", "GB", "x", "positive", "https://gphc.example", ("www.gphc.example", "gphc.example"))
SCRIPT = Registry("us-legitscript", "US", "x", "positive", "https://ls.example", ("www.ls.example", "ls.example"))
ILLEGAL = Registry("cz-sukl-illegal", "CZ", "x", "negative", "https://bad.example", ("bad.example",))
KNOWN = Authorities((ES, GPHC, SCRIPT, ILLEGAL), (), lambda registry, number: (), date(2026, 11, 1))


def shop(html: str) -> Page:
    return read_page("https://shop.example/", f"<p>Our shop</p>{html}".encode())


def issuer(url: str, html: str, hops: tuple[str, ...] = ()) -> Page:
    return read_page(url, html.encode(), role="issuer", hops=hops)


def seals(*pages: Page) -> list[tuple[str, str]]:
    return [(seal.scheme, str(seal.outcome)) for seal in find_seals(pages, TARGET, KNOWN)]


@pytest.mark.parametrize(
    ("html", "scheme"),
    [
        ("<img src=a.png alt='Click to verify if this website is operating legally'>", "eu-logo"),
        ("<img src=a.png alt='Zur Überprüfung der Legalität dieser Website hier klicken'>", "eu-logo"),
        ("<img src=a.png alt='Kliknij, aby sprawdzić legalność tej strony'>", "eu-logo"),
        ("<img src=/img/eu-common-logo.png>", "eu-logo"),
        ("<img src=a.png alt='GPhC registered pharmacy'>", "gb-gphc"),
        ("<img src=/img/legitscript-seal.png>", "us-legitscript"),
        ("<img src=/img/vipps.gif alt='VIPPS accredited'>", "vipps"),
        ("<img src=/img/pharmacychecker.png>", "us-pharmacychecker"),
        ("<img src=/img/cipa-seal.png>", "ca-cipa"),
        ("<img src=/img/versandapotheken-logo.png>", "de-bfarm-versandhandel"),
        ("<img src=/img/fda-approved.png alt='FDA approved pharmacy'>", "invented"),
        ("<img src=x.png alt='Certified by WHO'>", "invented"),
    ],
)
def test_a_picture_that_opens_nothing_is_unlinked(html: str, scheme: str) -> None:
    """By alt text or by file name."""
    assert seals(shop(html)) == [(scheme, "unlinked")]


@pytest.mark.parametrize(
    "html",
    [
        "<p>We are registered with the GPhC and the MHRA; FDA approved medicines; see LegitScript.",
        "<a href='https://gphc.example/'>GPhC</a>",
        "<img src=/img/municipal.png alt='The municipal building'>",
        "<img src=/img/principal.jpg>",
        "<img src=/img/vipps.png alt='Betal med Vipps'>",
        "<img src=/img/vipps.svg alt=Vipps>",
        "<img src=a.png alt='A doctor who approved of the new building shakes hands with the mayor of the town'>",
        "<img src=/img/common.png alt='Logo'>",
        "<img src=/img/logo-de.png alt=Deutsch>",
    ],
)
def test_a_mention_or_a_like_name_is_no_seal(html: str) -> None:
    """Words in the text, ordinary pictures, and a way to pay that has a seal's name."""
    assert seals(shop(html)) == []


@pytest.mark.parametrize(
    "link",
    [
        "https://other.example/x",
        "https://list.es.example.login.example/?id=1",
        "https://notgphc.example/",
    ],
)
def test_a_seal_that_opens_another_host_leads_elsewhere(link: str) -> None:
    """Hosts are compared whole, never by a piece of them."""
    assert seals(shop(f"<a href='{link}'><img src=a.png alt='GPhC registered pharmacy'></a>")) == [
        ("gb-gphc", "elsewhere")
    ]


def test_a_link_that_imitates_a_register_is_a_seal() -> None:
    """The picture has no telling name, but the host is made to look right."""
    html = "<a href='https://list.es.example.login.example/?id=1'><img src=/img/logo_es.png></a>"
    assert seals(shop(html)) == [("es-aemps-distafarma", "imitated")]


def test_a_link_to_the_page_itself_opens_nothing() -> None:
    """`#` is not a place, and a letter is no page."""
    for link in ("#", "mailto:a@b.example"):
        html = f"<a href='{link}'><img src=a.png alt='GPhC registered pharmacy'></a>"
        assert seals(shop(html)) == [("gb-gphc", "unlinked")]


ENTRY = "https://gphc.example/register/1099999"
SHOWN = f"<a href='{ENTRY}'><img src=a.png alt='GPhC registered pharmacy'></a>"


def test_the_right_host_without_its_page_is_unchecked() -> None:
    """A link proves nothing until the other side was read."""
    assert seals(shop(SHOWN)) == [("gb-gphc", "unchecked")]


@pytest.mark.parametrize(
    "html", ["<p>Website: www.shop.example", "<p>Entry</p><a href='http://shop.example/'>site</a>"]
)
def test_an_entry_that_names_the_host_confirms(html: str) -> None:
    """In its text or as a link."""
    assert seals(shop(SHOWN), issuer(ENTRY, html)) == [("gb-gphc", "confirmed")]


def test_a_redirect_on_the_way_to_the_entry_is_followed() -> None:
    """The link matches a hop; the final page is what counts."""
    entry = issuer("https://www.gphc.example/new/1099999", "<p>shop.example", hops=(ENTRY,))
    assert seals(shop(SHOWN), entry) == [("gb-gphc", "confirmed")]


@pytest.mark.parametrize(
    ("url", "html"),
    [
        (ENTRY, "<p>Website: othershop.example"),
        (ENTRY, "<p>Website: shop.example.evil.example"),
        (ENTRY, "<p>Mail to info@shop.example"),
        (ENTRY, "<p>Warning: the site shop.example sells medicines illegally"),
        (ENTRY, "<title>Rogue sites</title><p>shop.example"),
        (ENTRY, "<p>shop.example was not found in the register"),
        ("https://gphc.example/register/2", "<p>Website: shop.example"),
    ],
)
def test_a_page_that_does_not_vouch_for_the_host_confirms_nothing(url: str, html: str) -> None:
    """Another name, a longer name, a warning, no result, or an entry that the seal does not open."""
    assert seals(shop(SHOWN), issuer(url, html)) == [("gb-gphc", "unchecked")]


def test_a_page_of_another_host_confirms_nothing() -> None:
    """The link began at the register and ended at the shop's friend."""
    entry = issuer("https://friend.example/", "<p>shop.example", hops=(ENTRY,))
    assert seals(shop(SHOWN), entry) == [("gb-gphc", "unchecked")]


@pytest.mark.parametrize("html", ["<p>Website: shop.example", "<h1>Entry 9</h1><p>Website: https://another.example/"])
def test_a_page_that_came_over_http_is_nobodys_word(html: str) -> None:
    """Anybody on the way could have written it: it neither confirms nor tells on the shop, until it ends on https."""
    shown = shop(SHOWN.replace("https:", "http:"))
    plain = ENTRY.replace("https:", "http:")
    (seal,) = find_seals((shown, issuer(plain, html)), TARGET, KNOWN)
    assert (str(seal.outcome), "over http" in seal.why, seal.proof) == ("unchecked", True, None)
    assert seals(shown, issuer(ENTRY, "<p>shop.example", hops=(plain,))) == [("gb-gphc", "confirmed")]


@pytest.mark.parametrize(
    ("html", "outcome"),
    [
        ("<p>Search results for shop.example: no results", "unchecked"),
        ("<p>You looked for shop.example. Certified merchants are safe.", "unchecked"),
        ("<p>shop.example is LegitScript-certified", "confirmed"),
    ],
)
def test_a_search_that_repeats_the_name_must_speak_for_it(html: str, outcome: str) -> None:
    """A shop writes its own name into the link, so finding it on the page is no proof."""
    link = "https://www.ls.example/websites/?checker_keywords=shop.example"
    page = shop(f"<a href='{link}'><img src=/legitscript.png></a>")
    assert seals(page, issuer(link, html)) == [("us-legitscript", outcome)]


def test_the_common_logo_may_open_any_agency_of_the_area() -> None:
    """Also one whose list we do not hold; that stays unconfirmed."""
    for link, outcome in (("https://list.es.example/e/1", "unchecked"), ("https://www.fimea.fi/apteekit", "unchecked")):
        html = f"<a href='{link}'><img src=a.png alt='Click to verify if this website is operating legally'></a>"
        assert seals(shop(html)) == [("eu-logo", outcome)]


def test_the_sentence_of_the_common_logo_as_a_text_link_is_a_seal() -> None:
    """Some shops draw the logo with style sheets."""
    html = "<a href='/about'>Click to verify if this website is operating legally</a>"
    assert seals(shop(html)) == [("eu-logo", "itself")]


def test_the_same_seal_on_every_page_counts_once_with_a_quote() -> None:
    """Footers repeat."""
    found: tuple[Seal, ...] = find_seals([shop(SHOWN), shop(SHOWN)], TARGET, KNOWN)
    assert len(found) == 1
    assert found[0].quote.text == "GPhC registered pharmacy"
    assert found[0].link == ENTRY


def test_a_copy_without_link_does_not_count_beside_a_confirmed_one() -> None:
    """A lawful shop shows its logo at the checkout, too."""
    html = SHOWN + "<img src=a.png alt='GPhC registered pharmacy'>"
    assert seals(shop(html), issuer(ENTRY, "<p>shop.example")) == [("gb-gphc", "confirmed")]
    assert sorted(seals(shop(html))) == [("gb-gphc", "unchecked"), ("gb-gphc", "unlinked")]


def test_many_seals_hide_no_false_one() -> None:
    """However many good links stand before it, the seal that opens another host, or nothing, is kept."""
    good = "".join(f"<a href=https://gphc.example/{n}><img src=gphc.png alt=GPhC></a>" for n in range(60))
    false = "<a href=https://elsewhere.example/><img src=legitscript.png></a><img src=cipa-seal.png>"
    found = seals(shop(good + false))
    assert {("us-legitscript", "elsewhere"), ("ca-cipa", "unlinked")} <= set(found)
    assert len(found) <= 50


@pytest.mark.parametrize(
    ("asked", "html"),
    [
        ("search?q=shop.example%20is%20certified", "<p>You searched for shop.example is certified"),
        ("search?q=shop.example+this+site+is+verified", "<p>You searched for shop.example this site is verified"),
        ("search?q=sh%3Cb%3E%3C/b%3Eop.example", "<p>You searched for sh<b></b>op.example"),
        ("search?q=sh%C2%ADop.example", "<p>You searched for shop.example"),
        ("search?q=shop%2525252Eexample", "<p>You searched for shop.example"),
        (
            "search?q=shop.example",
            "<p>shop.example: we could not find that.<p>A pharmacy that is registered shows a seal.",
        ),
        ("search?q=shop.example", "<p>You searched for shop.example.<p>Whoever is registered shows a seal."),
        ("news/operation", "<h1>Five hundred shops taken offline</h1><p>shop.example, pills.example, meds.example"),
        ("news/court", "<h1>Sentenced</h1><p>He ran shop.example, with which he defrauded patients"),
        ("out/12345", "<p>You are leaving our site.<a href='https://shop.example/'>Go on</a>"),
    ],
)
def test_what_an_issuer_repeats_or_reports_does_not_vouch(asked: str, html: str) -> None:
    """Words of the question come back as words of the answer, news name whom they accuse, and an exit leads anywhere."""
    link = f"https://gphc.example/{asked}"
    own = shop(f"<a href='{link}'><img src=g.png alt='GPhC registered pharmacy'></a>")
    assert seals(own, issuer(link, html)) == [("gb-gphc", "unchecked")]


@pytest.mark.parametrize(
    ("url", "html", "outcome"),
    [
        (
            "https://sites.google.com/view/pills",
            "<p>Honest<a href='https://www.google.com/maps?q=1'>Map</a>",
            "unchecked",
        ),
        ("https://www.facebook.com/pills", "<p>Honest<a href='https://www.facebook.com/register'>Us</a>", "unchecked"),
        ("https://www.facebook.com/pills", "<p>Honest, facebook.com/honest", "unchecked"),
        ("https://www.facebook.com/", "<p>Honest, facebook.com/honest", "unchecked"),
        ("https://pills.jimdosite.com/", "<p>Honest, honest.jimdosite.com", "unchecked"),
        ("https://www.facebook.com/honest", "<p>Honest, www.facebook.com/honest", "confirmed"),
        (
            "https://www.facebook.com/honest/posts",
            "<p><a href='https://facebook.com/honest/posts/'>Site</a>",
            "confirmed",
        ),
        ("https://honest.jimdosite.com/kontakt", "<p>Honest, honest.jimdosite.com", "confirmed"),
    ],
)
def test_an_entry_on_a_platform_names_its_own_part_only(url: str, html: str, outcome: str) -> None:
    """A map, a link to the register's own account or a neighbour's address vouches for nobody else there."""
    link = "https://gphc.example/registrationnumber/1099999"
    own = read_page(url, f"<p>Our shop</p><a href='{link}'><img src=g.png alt='GPhC registered pharmacy'></a>".encode())
    found = find_seals((own, issuer(link, html)), parse_target(url), KNOWN)
    assert [str(seal.outcome) for seal in found] == [outcome]


def test_a_picture_beside_the_words_takes_no_seal_away() -> None:
    """The common logo's sentence that opens the shop itself is told, also where any picture opens the same page."""
    words = "<a href='/legal'>Click to verify if this website is operating legally</a>"
    for picture in ("", "<a href='/legal'><img src='/x.png' alt=''></a>"):
        assert seals(shop(words + picture)) == [("eu-logo", "itself")]
