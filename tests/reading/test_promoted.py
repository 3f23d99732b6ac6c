"""Sellers that a page points to."""

from __future__ import annotations

import time

import pytest

from tests.sites import evidence


def names(html: str, url: str = "https://blog.example/post") -> set[str]:
    return {p.domain or p.name for p in evidence(html, url).promoted}


def test_a_name_after_a_call_to_buy_is_promoted() -> None:
    """'Buy X online on SHOP' names the shop, with or without a link."""
    assert names("<p>Isotretinoin treats acne. Buy isotretinoin online on zorbipharmacy.</p>") == {"zorbipharmacy"}


def test_a_link_with_a_medicine_in_its_text_is_promoted() -> None:
    """A link to another domain whose text names a medicine is a promotion."""
    assert names("<p>Forum talk. <a href='https://zorbimeds.net/x'>buy cheap tadalafil</a></p>") == {"zorbimeds.net"}


@pytest.mark.parametrize(
    "html",
    [
        "<p>Nice post! <a href='https://hijacked-bakery.example/x'>cheap tadalafil online without prescription</a></p>",
        "<p>Schöner Beitrag <a href='https://hijacked-bakery.example/x'>tadalafil rezeptfrei kaufen</a></p>",
        "<p>Merci <a href='https://hijacked-bakery.example/x'>achat tadalafil sans ordonnance</a></p>",
        "<p>Gracias <a href='https://hijacked-bakery.example/x'>comprar tadalafil 20 mg</a></p>",
        "<p>Grazie <a href='https://hijacked-bakery.example/x'>tadalafil senza ricetta</a></p>",
        "<p>Obrigado <a href='https://hijacked-bakery.example/x'>comprar tadalafil sem receita</a></p>",
        "<p>Bedankt <a href='https://hijacked-bakery.example/x'>tadalafil kopen zonder recept</a></p>",
        "<p>Спасибо <a href='https://hijacked-bakery.example/x'>купить тадалафил без рецепта</a></p>",
        "<p>thanks [url=https://hijacked-bakery.example/x]order tadalafil online[/url]</p>",
        "<p>thanks [order tadalafil online](https://hijacked-bakery.example/x)</p>",
        "<p>thanks &lt;a href=https://hijacked-bakery.example/x&gt;order tadalafil online&lt;/a&gt;</p>",
    ],
)
def test_keywords_that_are_linked(html: str) -> None:
    """Bare keywords of a medicine's sale, linked to a foreign domain, promote it: in many languages and markups."""
    assert names(html) == {"hijacked-bakery.example"}


@pytest.mark.parametrize(
    "html",
    [
        "<p>Buy cheap tadalafil online at https://zorbi.example/shop today.</p>",
        "<p>Buy cheap tadalafil online at hxxps://zorbi[.]example today.</p>",
        "<p>No prescription needed for tadalafil and xanax. Order now:</p><p>http : / / zorbi . example / x</p>",
        "<p>No prescription needed for tadalafil. <a href='https://zorbi.example/'>Click here</a></p>",
    ],
)
def test_an_address_beside_a_call_to_buy(html: str) -> None:
    """A bare address, disguised or not, or a bare 'click here', belongs to the call to buy beside it."""
    assert names(html) == {"zorbi.example"}


def test_a_name_of_the_trade_without_a_scheme() -> None:
    """Without a scheme, the name itself must speak of the trade; a sentence's joint does not."""
    assert names("<p>Buy cheap tadalafil at cheapzorbimeds.example.</p>") == {"cheapzorbimeds.example"}
    assert not names("<p>Buy cheap tadalafil, see zorbi.example for the weather.</p>")


@pytest.mark.parametrize(
    ("html", "name", "url"),
    [
        ("Buy xanax 2 mg online. Telegram: @zorbivendor", "@zorbivendor on Telegram", "https://t.me/zorbivendor"),
        ("Buy xanax 2 mg online: https://t.me/zorbivendor", "@zorbivendor on Telegram", "https://t.me/zorbivendor"),
        ("Order tramadol now. WhatsApp +1 (555) 010-0199", "+15550100199 on WhatsApp", "https://wa.me/15550100199"),
        ("Order tramadol now. Wickr me: zorbivendor", "zorbivendor on Wickr", ""),
    ],
)
def test_a_chat_account_is_the_seller(html: str, name: str, url: str) -> None:
    """Where orders go by chat, the account is promoted, not the service's domain."""
    found = evidence(f"<p>{html}</p>", "https://blog.example/post").promoted
    assert [(p.name, p.domain, p.url) for p in found] == [(name, "", url)]


def test_a_shop_that_is_only_named() -> None:
    """Capitalised words of the trade after a call to buy are a shop's name; a kind of shop is none."""
    assert names("<p>Buy tadalafil online from Zorbi Quick Meds and save.</p>") == {"Zorbi Quick Meds"}
    assert not names("<p>Buy tadalafil online from Online Pharmacy and save.</p>")


def test_a_letter_leads_where_most_of_its_links_lead() -> None:
    """A letter whose sender sells pills promotes the domain of its links, not that of a footer, and quotes its source."""
    html = (
        "<title>Hello, 70% off today</title><p>From: BrandViagra Shop &lt;x@y.example&gt;</p>"
        "<a href='https://a1.zorbi.example/?q=1'><img src='p.png'></a> <a href='https://b2.zorbi.example/?q=2'>View</a>"
        "<p><a href='https://lists.example.org/info'>the mailing list</a></p>"
    )
    found = evidence(html, "https://mail.example/1").promoted
    assert [p.domain for p in found] == ["zorbi.example"]
    assert found[0].quote.text in html


def test_a_warning_that_names_no_shop_promotes_none() -> None:
    """Advice to use reputable pharmacies points to nobody."""
    assert not names(
        "<p>Buying isotretinoin online? Use reputable pharmacies and avoid sellers without prescription.</p>"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p>Avoid pills-zorbi.example: it sells fake tadalafil without a prescription.</p>",
        "<p>Police shut down https://buyzorbipills.example, where people could buy xanax.</p>",
        "<p>The agency named sites that sell tadalafil without prescription: azorbimeds.example, bzorbipills.example, "
        "czorbirx.example, dzorbidrugs.example.</p>",
        "<p>Listed for tadalafil: azorbimeds.example, bzorbipills.example, czorbirx.example, dzorbidrugs.example.</p>",
        "<p>Tadalafil, sold online.</p><ul><li>https://azorbimeds.example</li><li>https://bzorbipills.example</li>"
        "<li>https://czorbirx.example</li></ul>",
        "<p>If you buy tadalafil online, check that the shop is on https://pharmacyregister.example first.</p>",
        "<p>Dealers sell xanax on Telegram (@zorbivendor), police warn.</p>",
    ],
)
def test_what_is_warned_of_is_not_promoted(html: str) -> None:
    """Warnings, news of the police, lists of rogue shops and advice promote nothing that they name."""
    assert not names(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Tadalafil helps.</p><p>Sources: <a href='https://journal.example.org/1'>a trial of tadalafil</a></p><p>x</p>",
        "<p>Tadalafil. <a href='https://health.example/a'>How to buy tadalafil safely online and what to ask</a></p>",
        "<p>Tadalafil is on <a href='https://en.wikipedia.org/wiki/Tadalafil'>tadalafil online</a></p>",
        "<p>See <a href='https://www.fda.gov/buy'>buy tadalafil online</a></p>",
        "<p>Tadalafil leaflet.pdf, e.g. p.12, Dr.Smith.</p>",
        "<p>Xanax is a sedative. Follow our newsroom on Telegram: @zorbinews</p>",
        "<p>Order now: garden chairs at https://zorbi.example/chairs</p>",
    ],
)
def test_references_are_not_promoted(html: str) -> None:
    """Studies, advice, encyclopaedias, authorities, files, newsrooms and other shops are no pill shops."""
    assert not names(html)


def test_the_quote_shows_the_promotion() -> None:
    """The quote holds the address or the linked words, letter for letter, with its place in the body."""
    html = "<p>Good read. Buy cheap tadalafil online at https://zorbi.example/shop today.</p>"
    quote = evidence(html, "https://blog.example/post").promoted[0].quote
    assert "zorbi.example" in quote.text
    assert quote.offset is not None and html.encode()[quote.offset :].startswith(quote.text[:20].encode())


@pytest.mark.parametrize(
    "html",
    [
        "<a href='https://z{}.example/'>buy tadalafil</a> " * 5_000,
        "<p>buy tadalafil http://z.example/ xanax 2 mg overnight WhatsApp +15550100199 </p>" * 5_000,
        "<p>visit zorbimeds from Zorbi Quick Meds tadalafil</p>" * 15_000,
    ],
    ids=["links", "addresses", "names"],
)
def test_work_is_bounded(html: str) -> None:
    """A page of thousands of links costs about as much to search as to parse."""
    begin = time.process_time()
    assert len(evidence(html, "https://blog.example/post").promoted) <= 20
    assert time.process_time() - begin < 10


def test_a_name_that_a_page_made_for_search_recommends() -> None:
    """Under an address that calls to buy a medicine, `bei NAME` recommends; under another address it only names."""
    html = "<p>Tadalafil rezeptfrei? Legal erhältlich ist es bei Zorbidoktor.com nach einem Fragebogen.</p>"
    assert names(html, "https://blog.example/tadalafil-rezeptfrei-online/") == {"zorbidoktor.com"}
    assert not names(html, "https://blog.example/tadalafil/")
