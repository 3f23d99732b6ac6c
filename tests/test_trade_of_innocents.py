"""How lawful sellers and bystanders trade: what they have in common with pill shops is not held against them."""

from __future__ import annotations

import pytest

from pharmcheck.model import Answer
from tests import sites
from tests.reading.coins import BITCOIN

TRADE = {
    "wallet-on-page",
    "card-turned-into-coins",
    "absurd-quantity",
    "price-below-floor",
    "steep-volume-discount",
    "hurries-the-buyer",
    "perfect-rating",
    "affiliate-programme",
    "crypto-accepted-for-medicines",
    "crypto-or-wire-only",
}

NEWS = f"""<h1>Court orders seizure of coins</h1><p>Prosecutors said the man sold fentanyl and oxycodone for bitcoin. The
wallet {BITCOIN} held 40 coins when it was seized, the court heard on Monday. Reporters saw the ledger.</p>"""
SUPPLEMENTS = f"""<h1>Harebell Vitamins</h1><p>Vitamin C 1000 mg, 180 tablets $19.99 <button>Add to cart</button></p>
<p>Only 4 left in stock. We accept Bitcoin: {BITCOIN}</p><img src="/btc.svg" alt="Bitcoin">
<p>We ship to the USA, Canada, Germany, France, Japan, Australia, New Zealand and Brazil.</p>"""
CLINIC = """<h1>Fernhill Online Clinic</h1><p>Our pharmacists check every order. Complete the consultation first.</p>
<h2>Sildenafil 100 mg</h2><table><tr><td>4 tablets</td><td>£12.99</td></tr><tr><td>8 tablets</td><td>£19.99</td></tr>
<tr><td>16 tablets</td><td>£29.99</td></tr><tr><td>32 tablets</td><td>£44.99</td></tr></table>
<p>Mounjaro from £29 a week. Mounjaro 5 mg pen £159.00</p><p><a href="/affiliates">Affiliates</a></p>"""
MAIL_ORDER = """<h1>Prairie Mail Order Pharmacy</h1><p>A valid prescription is required. We transfer it from your doctor.</p>
<table><tr><td>Sildenafil 20 mg</td><td>30 tablets</td><td>$6.60</td></tr>
<tr><td>Sildenafil 20 mg</td><td>90 tablets</td><td>$9.90</td></tr>
<tr><td>Sildenafil 20 mg</td><td>180 tablets</td><td>$14.40</td></tr>
<tr><td>Sildenafil 20 mg</td><td>270 tablets</td><td>$19.30</td></tr></table>
<p>Alprazolam 0.5 mg, 90 tablets $14.20 <button>Add to cart</button></p>"""
AT_HOME = """<h1>Farmácia Jacarandá</h1><p>Pagamento: PIX, cartão de crédito, boleto.</p>
<p>Losartana 50 mg 30 comprimidos R$ 9,90 <button>Adicionar ao carrinho</button></p>"""
VIRUS = """<h1>Aciclovir</h1><p>For herpes simplex: order aciclovir cream, pay by card. Cryptosporidium is another matter.</p>
<img src="/cryptosporidium.jpg" alt="Cryptosporidium">"""


@pytest.mark.parametrize(
    "html", [NEWS, SUPPLEMENTS, CLINIC, AT_HOME, VIRUS], ids=["news", "vitamins", "clinic", "br", "virus"]
)
def test_nothing_of_their_trade_counts(html: str) -> None:
    """News of a seized wallet, a vitamin shop, a clinic, a Brazilian pharmacy and a page on a virus raise no such flag."""
    found = sites.report(html).findings
    assert {f.signal for f in found if f.answer is Answer.PRESENT} & TRADE == set()


def test_mail_order_by_the_hundred() -> None:
    """Mail order with its fee for filling and 90 tablets of alprazolam has no reason of weight from its packs."""
    assert sites.fired(sites.report(MAIL_ORDER)) & TRADE == set()


PILL_SHOP = f"""<h1>Buy generic Viagra online without prescription</h1>
<table><tr><td>Viagra 100mg x 10 pills</td><td>$39.00</td><td>Add to cart</td></tr>
<tr><td>Viagra 100mg x 30 pills</td><td>$87.00</td><td>Add to cart</td></tr>
<tr><td>Viagra 100mg x 90 pills</td><td>$189.00</td><td>Add to cart</td></tr>
<tr><td>Viagra 100mg x 180 pills</td><td>$306.00</td><td>Add to cart</td></tr></table>
<div class="countdown-timer">09:59</div><a href="/webmasters">Webmasters</a>
<p>Pay by card through MoonPay, or send bitcoin to {BITCOIN}</p><img src="/pay/btc.png">
<h3>Countries we ship to</h3><ul><li>USA</li><li>Canada</li><li>Germany</li><li>France</li><li>Japan</li><li>Australia</li>
<li>New Zealand</li><li>Brazil</li></ul>"""


def test_a_pill_shop_shows_them_all() -> None:
    """The page of a pill shop with these traits raises each of them, read from its HTML."""
    present = {f.signal for f in sites.report(PILL_SHOP).findings if f.answer is Answer.PRESENT}
    assert present >= (TRADE | {"worldwide-without-restriction"}) - {
        "price-below-floor",
        "perfect-rating",
        "crypto-or-wire-only",
    }
