"""What differs between visitors, and matters: medicines for sale that some are shown and others not."""

from __future__ import annotations

import pytest

from pharmcheck.model import Difference, Gap, Hop, Kind, Page, SiteKind, View, Visitor
from pharmcheck.reading.differences import planted, sellers_led_to
from pharmcheck.reading.page import read_page
from pharmcheck.reading.vantage import compare, shared_words

HOME, ELSE = "http://verein-am-see.example/", "http://finchpills.example/"
CLUB = "<h1>Sailing club</h1><p>Regatta on Saturday, harbour party on Sunday, and a course for children in spring."
SALE = (
    "<h1>Viagra 100 mg</h1><p>Buy Viagra without prescription.</p><div>Viagra 100 mg, 90 pills <b>$ 89.10</b>"
    "<form action=/cart method=post><button name=add-to-cart>Add to cart</button></form></div>"
)
LEAFLET = (
    "<h1>News</h1><p>Sildenafil, known as Viagra, widens the vessels. Ask your doctor whether it is right for you."
)


def view(visitor: str, html: str | None, url: str = HOME, status: int = 200, hops: int = 0) -> View:
    page = (
        Gap("view", "no answer")
        if html is None
        else read_page(url, html.encode(), content_type="text/html", role="view", status=status)
    )
    return View(Visitor(visitor), HOME, tuple(Hop(HOME, "HTTP 302") for _ in range(hops)), url, page)


def differences(*views: View) -> tuple[Difference, ...]:
    found = compare(views)
    assert not isinstance(found, Gap), found
    return found


@pytest.mark.parametrize("visitor", ["searcher", "crawler", "phone"])
def test_shown_to_some(visitor: str) -> None:
    """Medicines for sale that only one kind of visitor is shown are a difference, with a quote that can be traced."""
    (found,) = differences(view("ordinary", CLUB), view(visitor, SALE))
    assert (found.visitor, found.elsewhere) == (visitor, False)
    assert found.alike < 0.5
    assert all(q.digest and q.offset is not None for q in found.quotes)


def test_planted_in_the_same_page() -> None:
    """Links for crawlers alone, in the foot of a page that is otherwise the same for all, are a difference."""
    foot = "<p><a href=http://finch.example/1>buy Viagra online</a> <a href=http://finch.example/2>cheap Cialis</a> "
    foot += "<a href=http://finch.example/3>order Xanax</a>"
    (found,) = differences(view("ordinary", CLUB * 3), view("crawler", CLUB * 3 + foot))
    assert found.alike > 0.5
    assert "Viagra" in found.quotes[0].text


def test_shorter_edition() -> None:
    """A page of a shop that leaves its goods out for phones, and is otherwise the same, hides nothing."""
    words = "<p>" + " ".join(f"word{n}" for n in range(80))
    assert differences(view("ordinary", SALE + words), view("phone", words)) == ()


def test_hidden_from_some() -> None:
    """A sale that only one kind of visitor is not shown is a difference as well."""
    (found,) = differences(view("ordinary", SALE), view("phone", CLUB))
    assert "not to a phone" in found.quotes[0].note


@pytest.mark.parametrize(
    "other",
    [
        view("crawler", CLUB),
        view("crawler", LEAFLET),
        view("crawler", "<h1>Club de voile</h1><p>Régate samedi, fête dimanche."),
        view("phone", CLUB, "http://m.verein-am-see.example/", hops=1),
        view("phone", CLUB, "http://verein-am-see.test/", hops=1),
        view("phone", CLUB, "http://apps.example/club", hops=1),
        view("searcher", "<p>gone", status=404),
    ],
)
def test_of_no_matter(other: View) -> None:
    """The same page, a mere mention, another language, another edition, an app store and a missing page are none."""
    assert differences(view("ordinary", CLUB), other) == ()


@pytest.mark.parametrize(
    ("html", "url"),
    [(SALE, "http://finch.example/"), (CLUB, ELSE), (None, ELSE), (SALE, "http://finch.example/?id=3")],
)
def test_led_elsewhere(html: str | None, url: str) -> None:
    """Being led to a page that sells, or to a name that says so, is a difference, also where it gave no answer."""
    (found,) = differences(view("ordinary", CLUB), view("searcher", html, url, hops=1))
    assert (found.elsewhere, found.url) == (True, url)
    assert found.quotes[0].text == url


def test_shop_of_the_same_name() -> None:
    """`shop.de` for `shop.com` is a branch of the same seller, not elsewhere; what it shows counts as in one place."""
    (found,) = differences(view("ordinary", CLUB), view("phone", SALE, "http://verein-am-see.test/", hops=1))
    assert not found.elsewhere


@pytest.mark.parametrize(
    "others",
    [
        (),
        (view("crawler", None),),
        (view("crawler", "<p>no", status=403),),
        (view("phone", "<title>Just a moment...</title><p>Checking your browser"),),
    ],
)
def test_gap(others: tuple[View, ...]) -> None:
    """Where nobody else was asked for, or no other view is a page, there is a reason and no answer."""
    assert isinstance(compare((view("ordinary", CLUB), *others)), Gap)


@pytest.mark.parametrize(
    ("one", "other", "share"), [("a1 b1", "b1 a1", 1.0), ("a1 b1", "b1 c1 d1", 0.25), ("", "", 1.0)]
)
def test_shared_words(one: str, other: str, share: float) -> None:
    """Likeness is the share of words that both have, whatever their order."""
    assert shared_words(one, other) == share


def test_planted() -> None:
    """On a site that sells nothing a difference was planted; on a shop, or under a shop's name, it is its owner's."""
    found = differences(view("ordinary", CLUB), view("searcher", SALE, ELSE, hops=1))
    assert planted(Kind(SiteKind.NOT_A_SELLER, ""), found) == found
    assert planted(Kind(SiteKind.PHARMACY, ""), found) == ()
    doorway = (Difference(Visitor.PHONE, ELSE, HOME, True, 0.0, found[0].quotes),)
    assert planted(Kind(SiteKind.NOT_A_SELLER, ""), doorway) == ()


def test_destinations() -> None:
    """Each domain to which some are led is one seller, with the way as its quote."""
    ordinary = view("ordinary", CLUB)
    led = (view("searcher", SALE, ELSE, hops=1), view("phone", SALE, ELSE + "x", hops=1))
    assert [(s.domain, s.url) for s in sellers_led_to(differences(ordinary, *led))] == [("finchpills.example", ELSE)]


def test_views_are_pages() -> None:
    """A view's page is read like any other page."""
    page = view("crawler", SALE).page
    assert isinstance(page, Page)
    assert page.role == "view"
