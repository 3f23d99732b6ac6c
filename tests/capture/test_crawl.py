"""The pages that tell most are read, in a fixed order, and no link is followed that could do something."""

from __future__ import annotations

import asyncio

import pytest

from pharmcheck.capture import capture
from pharmcheck.capture.choose import candidates, issuer_links
from pharmcheck.model import Image, Link, Page, Site
from pharmcheck.pipeline import judge
from pharmcheck.report import render
from pharmcheck.target import parse_target
from tests.capture.shop import Route, Shop, redirect

WORDS = "<p>An invented shop with more than enough words on its page to be taken for a page with content.</p>"


def read(routes: dict[str, Route], target: str = "http://shop.example", **options: object) -> tuple[Site, list[str]]:
    async def run() -> tuple[Site, list[str]]:
        async with Shop(routes) as shop:
            return await capture(parse_target(target), shop.options(**options)), shop.asked

    return asyncio.run(run())


def links(*pairs: tuple[str, str]) -> Page:
    return Page(
        "http://shop.example/", "home", 200, "text", links=tuple(Link(f"http://shop.example{u}", t) for u, t in pairs)
    )


SCOPE = frozenset({"shop.example"})


@pytest.mark.parametrize(
    ("role", "path", "text"),
    [
        ("contact", "/kontakt", "Kontakt"),
        ("contact", "/p1", "Impressum"),
        ("contact", "/x", "Mentions légales"),
        ("contact", "/x", "Aviso legal"),
        ("contact", "/x", "Contattaci"),
        ("contact", "/x", "Fale conosco"),
        ("contact", "/x", "Klantenservice"),
        ("contact", "/x", "Dane kontaktowe"),
        ("contact", "/x", "Kontaktujte nás"),
        ("prescription", "/how-it-works", ""),
        ("prescription", "/x", "Rezept einlösen"),
        ("checkout", "/cart", ""),
        ("checkout", "/x", "Košík"),
        ("checkout", "/x", "Panier"),
        ("product", "/product/alpha-10mg", "Alpha"),
        ("product", "/sildenafil.html", ""),
        ("shipping", "/x", "Versand und Zahlung"),
        ("returns", "/x", "Widerrufsbelehrung"),
        ("terms", "/x", "Všeobecné obchodní podmínky"),
        ("terms", "/agb", "AGB"),
        ("privacy", "/x", "Ochrana osobních údajů"),
        ("faq", "/x", "Najczęściej zadawane pytania"),
        ("about", "/x", "Over ons"),
        ("contact", "/x", "Контакты"),
        ("prescription", "/x", "Как сделать заказ"),
        ("prescription", "/x", "Så beställer du"),
        ("checkout", "/x", "買い物かご"),
        ("shipping", "/x", "Доставка и оплата"),
        ("shipping", "/x", "Toimitus"),
        ("product", "/x", "Cennik"),
        ("product", "/x", "Τιμές και φάρμακα"),
        ("faq", "/x", "Vragen"),
        ("faq", "/x", "よくあるご質問"),
        ("about", "/x", "Hakkımızda"),
        ("returns", "/x", "Повернення"),
        ("privacy", "/x", "개인정보"),
    ],
)
def test_roles(role: str, path: str, text: str) -> None:
    """A link says what its page is for by its text or its path, in twenty languages and six scripts."""
    assert candidates([links((path, text))], SCOPE)[role] == (f"http://shop.example{path}",)


@pytest.mark.parametrize(
    "path",
    [
        "/cart?add-to-cart=7",
        "/cart/add/7",
        "/logout?contact",
        "/contact/delete",
        "/basket?remove=1",
        "/terms.pdf",
        "/product.jpg",
    ],
)
def test_never_followed(path: str) -> None:
    """Links that would change something, and files, are never offered."""
    assert not any(candidates([links((path, "Contact, cart and product"))], SCOPE).values())


def test_other_hosts_are_not_offered() -> None:
    """A link to another site is not offered, whatever it says."""
    page = Page("http://shop.example/", "home", 200, "x", links=(Link("http://other.example/contact", "Contact"),))
    assert candidates([page], SCOPE)["contact"] == ()


def test_best_link_first() -> None:
    """The link whose text and path both say it comes first, then the order of the page decides."""
    found = candidates(
        [links(("/blog/contact-lenses", "Contact lenses"), ("/a", "Contact"), ("/contact", "Contact"))], SCOPE
    )
    assert found["contact"][0] == "http://shop.example/contact"


def test_prescription_medicines_before_others() -> None:
    """Among products, one that is named as a prescription medicine comes first."""
    found = candidates([links(("/product/soap", "Soap"), ("/item-7", "Sildenafil tablets"))], SCOPE)
    assert found["product"][0] == "http://shop.example/item-7"


def test_issuers() -> None:
    """Of seal issuers, at most three addresses are taken, images' first; look-alike hosts are not theirs."""
    page = Page(
        "http://shop.example/",
        "home",
        200,
        "x",
        links=tuple(Link(f"https://register.example/{n}", "entry") for n in range(4)),
        images=(
            Image("/seal.png", "seal", "https://www.register.example/seal"),
            Image("/x", "", "https://notregister.example/"),
        ),
    )
    assert issuer_links([page], ["register.example"]) == (
        "https://www.register.example/seal",
        "https://register.example/0",
        "https://register.example/1",
    )


SITE: dict[str, Route] = {
    "/": WORDS
    + "<a href=/contact>Contact</a> <a href=/product/soap>Soap</a> <a href='/cart?add-to-cart=7'>Add to cart</a>"
    "<a href=http://register.example/entry/7><img src=/seal.png alt=Seal></a>",
    "/contact": WORDS,
    "/product/soap": WORDS + "<a href=/basket>Basket</a>",
    "/basket": WORDS,
    "register.example/entry/7": WORDS,
}


def test_plan() -> None:
    """Home, pages by role, pages linked only there, the seal's page at its issuer; roles without a link are gaps."""
    site, asked = read(SITE, issuer_hosts=("register.example",))
    assert [(p.role, p.url) for p in site.pages] == [
        ("home", "http://shop.example/"),
        ("contact", "http://shop.example/contact"),
        ("product", "http://shop.example/product/soap"),
        ("checkout", "http://shop.example/basket"),
        ("issuer", "http://register.example/entry/7"),
    ]
    assert (
        next(g.why for g in site.gaps if g.artifact == "terms") == "terms: no link to a terms page was found on 4 pages"
    )
    assert not any("add-to-cart" in path for path in asked)


def test_no_checkout() -> None:
    """A site without a link to a cart says so."""
    site, _ = read({"/": WORDS})
    assert "checkout: no link to a cart or checkout was found on 1 page" in [g.why for g in site.gaps]


ODD: dict[str, Route] = {
    "/": WORDS + "".join(f"<a href=/{name}>{name}</a> " for name in ("dreams", "calm", "verve", "contact")),
    "/dreams": WORDS + "<a href=/basket>Basket</a>",
    **{f"/{name}": WORDS for name in ("calm", "verve", "contact", "basket")},
}


def test_pages_without_a_role() -> None:
    """What no word tells of is read as well, as far as the limit reaches, and so is the cart to which it leads."""
    site, _ = read(ODD)
    assert {(p.role, p.url.rpartition("/")[2]) for p in site.pages} == {
        ("home", ""),
        ("contact", "contact"),
        *(("further", name) for name in ("dreams", "calm", "verve")),
        ("checkout", "basket"),
    }


def test_pages_without_a_role_leave_room() -> None:
    """Two places are kept for the cart behind them, and given away when it was read."""
    site, _ = read(ODD, max_pages=5)
    assert [p.role for p in site.pages] == ["home", "contact", "further", "checkout", "further"]


def test_page_limit() -> None:
    """No more pages than allowed are read, and the first that was left out says why."""
    site, _ = read(SITE, max_pages=2)
    assert len(site.pages) == 2
    assert "product: the limit of 2 pages was reached" in [g.why for g in site.gaps]


def test_pasted_page() -> None:
    """A pasted page is read besides home, and only pages of its own host are followed."""
    routes: dict[str, Route] = {
        "/": WORDS,
        "/profile/7": WORDS + "<a href=http://help.market.example/contact>Contact</a> <a href=/terms>Terms</a>",
        "/terms": WORDS,
    }
    site, asked = read(routes, "http://market.example/profile/7")
    assert [p.role for p in site.pages] == ["home", "pasted", "terms"]
    assert "/contact" not in asked


def test_second_link_after_a_broken_one() -> None:
    """Where the best link leads nowhere, the next one is tried, and no gap is left."""
    site, _ = read({"/": WORDS + "<a href=/contact>Contact</a> <a href=/kontakt>Reach us</a>", "/kontakt": WORDS})
    assert [p.url for p in site.pages if p.role == "contact"] == ["http://shop.example/kontakt"]
    assert "contact" not in {g.artifact for g in site.gaps}


def test_which_page_could_not_be_read() -> None:
    """Of pages of which a site has several the gap names the one that could not be read."""
    site, _ = read({"/": WORDS + "<a href=/dreams>Dreams</a> <a href=/product/alpha>Alpha</a>"})
    whys = {g.artifact: g.why for g in site.gaps}
    assert whys["further"] == "further page http://shop.example/dreams: shop.example answered HTTP 404 (not found)"
    assert (
        whys["product"] == "product page http://shop.example/product/alpha: shop.example answered HTTP 404 (not found)"
    )
    told = " ".join(render(judge(site), width=300).split())
    assert "further page /dreams: shop.example answered HTTP 404" in told


def test_same_page_twice() -> None:
    """Two links that lead to one page give one page; the other role says where it went."""
    home = WORDS + "<a href=/contact>Contact</a> <a href=/faq>FAQ</a>"
    site, _ = read({"/": home, "/contact": WORDS, "/faq": redirect("/contact")})
    assert "faq page: the link leads to the page already read as contact" in [g.why for g in site.gaps]
