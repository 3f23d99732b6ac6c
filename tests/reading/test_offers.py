"""Offers: what a page sells, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmcheck.model import Field, Form, Link, Offer, Page
from pharmcheck.reading.medicines import find_medicines
from pharmcheck.reading.offers import find_offers
from tests.growth import LINEAR, growth

URL = "https://pills.example/product"


def offers(text: str, **parts: object) -> tuple[Offer, ...]:
    page = Page(**{"url": URL, "role": "product", "status": 200, "text": text} | parts)  # type: ignore[arg-type]
    return find_offers(page, find_medicines(page))


def facts(text: str, **parts: object) -> list[tuple[str, float | None, int | None, str, str, str]]:
    return [(o.medicine.name, o.strength_mg, o.quantity, o.price, o.currency, o.order) for o in offers(text, **parts)]


def test_a_listing_ties_name_strength_pack_price_and_button() -> None:
    """Each card of a listing is one offer, with what stands on its own lines."""
    first = "Oxycodone 30 mg\nRated 5 out of 5\n€ 199,00\nAdd to cart"
    second = "Ibuprofen 400mg, 20 Tabletten\n4,99 €\nIn den Warenkorb"
    assert facts(f"{first}\n{second}") == [
        ("oxycodone", 30, None, "199,00", "EUR", "cart"),
        ("ibuprofen", 400, 20, "4,99", "EUR", "cart"),
    ]


def test_a_note_below_a_product_is_no_product() -> None:
    """The class of a pack, or what it contains, belongs to the product above."""
    for note in ("P – codeine: three days only, can cause addiction", "Contains codeine"):
        assert [o.medicine.name for o in offers(f"Co-codamol 8/500 mg 32 tablets\n{note}\n£3.95\nAdd to basket")] != [
            "codeine"
        ]
        assert "codeine" not in [o.medicine.name for o in offers(f"Paracetamol 500 mg\n{note}\n£3.95\nAdd to basket")]


def test_what_a_product_is_said_to_be_without_is_no_product() -> None:
    """`No psilocybin` above another price offers none."""
    assert offers("No tramadol, no codeine.\nLion's Mane dual extract 2 oz\n$32.00\nAdd to cart") == ()


def test_what_is_given_on_top_is_no_product() -> None:
    """The strength of a row is that of what is sold, not of the free pills beside it."""
    rows = "Viagra 100mg\nPackage\tPrice\n100mg x 120 pills + free Cialis\t$82.80\n100mg x 60 pills + 4 free Levitra\t$49.00"
    assert {(o.medicine.name, o.strength_mg, o.price) for o in offers(rows)} == {
        ("sildenafil", 100.0, "82.80"),
        ("sildenafil", 100.0, "49.00"),
    }


def test_a_price_table_follows_its_product() -> None:
    """Rows after a description belong to the product; the price is that of the pack, not of one pill."""
    rows = "50 mg x 30 pills\t$1.99\t$59.70\n50 mg x 90 pills\t$1.20\t$108.00\tSave $71.10\n100 mg x 60 pills\t$105.00"
    text = (
        f"Viagra online\nViagra\nA paragraph on what it is, which is long enough to be a sentence of its own.\n{rows}"
    )
    assert facts(text, title="Viagra online") == [
        ("sildenafil", 50, 30, "59.70", "USD", "table"),
        ("sildenafil", 50, 90, "108.00", "USD", "table"),
        ("sildenafil", 100, 60, "105.00", "USD", "table"),
    ]


def test_an_amount_per_pill_with_a_call_is_an_offer() -> None:
    """A row that gives only the amount for one pill and a call to buy sells all the same."""
    assert facts("Accutane 20mg x 60 pills $1.95 per pill Buy now") == [("isotretinoin", 20, 60, "1.95", "USD", "link")]


def test_the_price_of_another_product_is_not_the_medicine_s() -> None:
    """A card without a medicine, after one with, keeps its price to itself, whether on one line or two."""
    others = "Vitamin D3 1000 IU 90\nFrom £4.90\nSalmon oil 500 ml £9.00\nAdd to cart"
    assert facts(f"Loratadine 10mg\nFrom £2.10\n{others}", title="Loratadine 10mg") == [
        ("loratadine", 10, None, "2.10", "GBP", "")
    ]


def test_a_price_glued_to_a_word_is_read() -> None:
    """Cards whose parts stand without a space between them are read."""
    assert facts("Xarelto 20 mg\nPrescription required$149.00Add to cart") == [
        ("rivaroxaban", 20, None, "149.00", "USD", "cart")
    ]


def test_a_table_cell_of_a_bare_number_is_the_pack() -> None:
    """A table of name, number of units and price gives packs."""
    assert facts("Lisinopril 10 mg\t90\t$8.10") == [("lisinopril", 10, 90, "8.10", "USD", "")]


@pytest.mark.parametrize(
    "call",
    [
        *("Add to basket", "In den Warenkorb", "Ajouter au panier", "Añadir al carrito", "Aggiungi al carrello"),
        *("In winkelwagen", "Do koszyka", "Do košíku", "Adicionar ao carrinho", "В корзину"),
    ],
)
def test_carts_in_many_languages(call: str) -> None:
    """The button that puts something in a cart is known in ten languages."""
    assert facts(f"Tramadol 100 mg\n45 €\n{call}") == [("tramadol", 100, None, "45", "EUR", "cart")]


def test_a_cart_form_on_a_product_page_is_an_order_path() -> None:
    """A page about one medicine with an add-to-cart form offers it, without any price in the text."""
    form = Form(URL, "POST", (Field("hidden", "add-to-cart", "12"),), "1")
    assert facts("Modafinil 200 mg\nModafinil", title="Modafinil 200 mg", forms=(form,)) == [
        ("modafinil", None, None, "", "", "cart")
    ]


def test_a_link_to_buy_on_the_same_host_is_an_order_path() -> None:
    """A link on the shop's own host that calls to buy a named medicine offers it; one to another host does not."""
    text = "Our shop\nSpecials of this week: Xanax and more"
    own = Link("https://pills.example/buy-xanax", "Buy Xanax")
    assert [o.order for o in offers(text, links=(own,))] == ["link"]
    assert offers(text, links=(Link("https://other.example/buy-xanax", "Buy Xanax"),)) == ()
    assert offers(text, links=(Link("https://[1/buy-xanax", "Buy Xanax"),)) == ()


def test_product_data_is_an_offer() -> None:
    """JSON-LD with a medicine's name and a price is an offer, also when the text does not give the price."""
    data = {
        "@type": "Product",
        "name": "Modalert 200 mg 100 tablets",
        "offers": {"price": 129.0, "priceCurrency": "AUD"},
    }
    assert facts("Modalert\nFor focus", structured=(data,)) == [("modafinil", 200, 100, "129.0", "AUD", "")]


@pytest.mark.parametrize(
    "text",
    [
        "Isotretinoin 10 mg to 40 mg per day is usual.",
        "In 2024 insulin costs $300 a month in the US.",
        "Ozempic had a list price of $969 a month, according to the company.",
        "How to buy Cialis safely\nCan I buy Viagra online?",
        "Take sildenafil 50 mg once daily",
        "Where to buy Xanax online? Avoid shops that say: Xanax $1 per pill, buy now",
        "Tramadol\nFree shipping on orders over $200",
        "Tramadol is a painkiller\nDelivery\n£3.95",
        "Xanax, Valium and Ativan are benzodiazepines",
    ],
)
def test_articles_offer_nothing(text: str) -> None:
    """Doses, news of prices, advice on buying and the cost of delivery are no offers."""
    assert offers(text) == ()


def test_a_lawful_price_without_a_cart_has_no_order_path() -> None:
    """A clinic that shows a price and starts a consultation gives no way to order."""
    assert facts("Lyrica\nFrom £29.99\nStart consultation") == [("pregabalin", None, None, "29.99", "GBP", "")]


def test_a_heading_that_calls_to_buy_is_a_weak_offer() -> None:
    """A line that begins with a call to buy gives an offer without a price; prices replace it only where they have its way to order."""
    assert facts("Buy Tramadol online overnight") == [("tramadol", None, None, "", "", "link")]
    priced = ("tramadol", 100, 30, "60", "USD", "")
    assert facts("Buy Tramadol online\n100 mg x 30 pills\t$60") == [("tramadol", None, None, "", "", "link"), priced]


def test_quotes_are_verbatim() -> None:
    """An offer quotes name and price as they stand, or the row, with the name in the note."""
    filler = "\n".join(["Plain line"] * 30)
    text = f"Viagra\nViagra 50 mg x 10 pills\t$20\n{filler}\n100 mg x 30 pills\t$60\n100 mg x 60 pills\t$99"
    found = offers(text, title="Viagra")
    assert [o.quote.text for o in found] == [
        "Viagra 50 mg x 10 pills\t$20",
        "100 mg x 30 pills\t$60",
        "100 mg x 60 pills\t$99",
    ]
    assert found[1].quote.note == "under Viagra"


@given(
    st.lists(
        st.sampled_from(["Viagra", "İ", "100 mg", "x 30", "$45", "\n", "\t", "Add to cart", "buy", "is", "ß", "\u200b"])
    )
)
def test_any_page_is_read(words: list[str]) -> None:
    """No order of names, amounts and calls raises, and each quote is a piece of the page."""
    text = " ".join(words)
    for offer in offers(text):
        assert offer.quote.text and offer.quote.text in text


@pytest.mark.parametrize(
    ("cell", "prices", "price"),
    [
        ("30 pills", "$1.99 $59.70", "59.70"),
        ("30 pills", "$59.70 $1.99", "59.70"),
        ("30 pills", "$70.00 $59.70 $1.99", "59.70"),
        ("30 pills", "$70.00 $59.70", "70.00"),
        ("30 pills", "$70.00 $60.00 $1.90 $1.99", "60.00"),
    ],
)
def test_of_the_prices_of_a_row_that_of_the_pack_counts(cell: str, prices: str, price: str) -> None:
    """It is the first of which another one is a unit's price, or the first at all."""
    assert [o.price for o in offers(f"Viagra 100 mg\n100 mg\t{cell}\t{prices}")] == [price]


@pytest.mark.parametrize("unit", ["$5 ", "30 pills\t$30\t"])
def test_long_rows_are_read_in_linear_time(unit: str) -> None:
    """Prices of one row are not held against each other, nor is the pack of each sought back to the first: 5 KB took 10 s."""

    def read(text: str) -> object:
        page = Page(URL, "product", 200, text=f"Viagra 100 mg\t30 pills\t{text}")
        return find_offers(page, find_medicines(page))

    read("warm up")
    assert growth(read, unit, 50_000) < LINEAR


@pytest.mark.parametrize(
    "unit", ["Viagra 100mg x 30 pills $45.99\n", "Viagra 100mg x 30 pills $45.99 ", "Viagra $1 ", "$1 "]
)
def test_large_pages_are_read_in_linear_time(unit: str) -> None:
    """100 KB of table rows, or of one line, take no time in the square of their length, and give at most 500 offers."""

    def read(text: str) -> None:
        page = Page(URL, "product", 200, text)
        assert len(find_offers(page, find_medicines(page))) <= 500

    assert growth(read, unit, 100_000) < LINEAR


@pytest.mark.parametrize(
    "added",
    [
        "Tramadol\n$30",
        "Vitamin C\n500 mg x 30 tablets $5",
        "Ibuprofen 200 mg x 16 tablets $1.20 add to cart\n" * 600,
        "".join(f"Ibuprofen {n} mg x 16 tablets ${n} add to cart\n" for n in range(1, 700)),
        "Ibuprofen helps. " * 3_000,
        "Tramadol is a medicine. " * 3_000,
    ],
    ids=["a price", "another product", "one offer often", "many offers", "another name", "its name"],
)
@pytest.mark.parametrize(
    "shop", ["Tramadol 50 mg\nAdd to cart", "Tramadol 50 mg x 30 pills\t$60\nTramadol 50 mg x 90 pills\t$99"]
)
def test_nothing_added_takes_an_offer_away(shop: str, added: str) -> None:
    """Prices, other goods and repetitions before or behind leave the way to order as it was."""
    for text in (f"{added}\n{shop}", f"{shop}\n{added}", f"{added}\n{shop}\n{added}"):
        found = [o for o in offers(f"Tramadol\n{text}", title="Tramadol") if o.medicine.name == "tramadol"]
        assert any(o.order in ("cart", "table") for o in found)


def test_another_price_leaves_the_table_to_the_page() -> None:
    """Rows without a name belong to the medicine that the page is about, also below the price of something else."""
    rows = "50 mg x 30 pills\t$60\n50 mg x 90 pills\t$99"
    found = offers(f"Tramadol\nVitamin C 500 mg x 30 tablets $5\n{rows}", title="Tramadol")
    assert [(o.price, o.order) for o in found] == [("60", "table"), ("99", "table")]


def test_a_link_to_buy_leaves_the_price_in_the_product_data() -> None:
    """Product data gives the price also where the text has a call to buy only."""
    data = ({"@type": "Thing"},) * 300 + ({"@type": "Product", "name": "Tramadol 50 mg", "offers": {"price": "60"}},)
    page = Page(URL, "product", 200, "Buy Tramadol online", structured=data)
    assert {(o.order, o.price) for o in find_offers(page, find_medicines(page))} == {("link", ""), ("", "60")}


def test_a_list_with_links_that_add_goes_to_the_cart() -> None:
    """Three short links that add to a cart are the buttons of a list of three prices; fewer may belong to something else."""
    text = "Amoxicillin 500 mg x 90 $49\nCefixime 200 mg x 20 $45\nDoxycycline 100 mg x 180 $88"
    links = tuple(Link(f"https://pills.example/?add={n}", "Add") for n in range(3))
    assert {offer.order for offer in offers(text, links=links)} == {"cart"}
    assert {offer.order for offer in offers(text, links=links[:2])} == {""}


@pytest.mark.parametrize(
    "button", ["Lisää ostoskoriin", "Pridať do košíka", "Sepete ekle", "Adaugă în coș", "カートに入れる"]
)
def test_buttons_of_other_languages(button: str) -> None:
    """What puts goods into a cart is read in the languages of the phrases."""
    assert [order for *_, order in facts(f"Xanax 1 mg 50 tabl.\n49 €\n{button}")] == ["cart"]


def test_a_japanese_sentence_under_a_product_is_no_offer() -> None:
    """Who takes a medicine is told to ask a doctor: the price before it is that of tea."""
    assert facts("青汁 30包 2,480円。ワルファリンを服用中の方は医師にご相談ください。\nカートに入れる") == []


def test_advertisements_in_one_line_name_forms_and_boxes() -> None:
    """Between name and price of a line of goods may stand grams, boxes and patches."""
    text = (
        "Choose here, and it is in the letterbox of your house on Friday or Monday at the latest, with no fee on top: "
        "Amoxicillin 1 g x 28: 39 €. Fentanyl patches 100 mcg, box of 5, 200 €."
    )
    assert [(o.medicine.name, o.price) for o in offers(text)] == [("amoxicillin", "39"), ("fentanyl", "200")]
