"""Words with which shops take orders: those for a cart, and calls to put something in it or to buy."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick

from pharmcheck.reading.anycase import AnyCase

# A cart, whatever is said of it.
CART = AnyCase(
    r"\b(?:cart|basket|bag|trolley|warenkorb|panier|carrito|cesta|carrello|carrinho|winkelwagen|winkelmand\w*|koszyk\w*|košík\w*|"
    r"корзин\w*|kundvagn\w*|varukorg\w*|kurven?|handlekurv\w*|ostoskori\w*|kosár\w*|coș\w*|καλάθι|sepet\w*|кошик\w*|количк\w*)\b|カート"
)
# What puts something in one; lower case.
_INTO_CART = (
    "add to cart|add to basket|add to bag|add to my cart|added to cart|in den warenkorb|zum warenkorb hinzufügen"
    "|in den einkaufswagen|ajouter au panier|añadir al carrito|agregar al carrito|añadir a la cesta"
    "|aggiungi al carrello"
    "|in winkelwagen|in winkelmand|in winkelmandje|do koszyka|do košíku|adicionar ao carrinho|comprar agora|в корзину"
    "|lägg i varukorg|lägg i varukorgen|lägg i kundvagn|læg i kurv|læg i kurven|legg i handlekurv|legg i handlekurven|в кошик"
    "|quick add|lisää ostoskoriin|lisää koriin|pridať do košíka|vložiť do košíka|přidat do košíku|sepete ekle|kosárba|kosárba teszem"
    "|adaugă în coș|adaugă în coş|adauga in cos|στο καλάθι|добави в количката|в количката|カートに入れる|カートに追加"
)
_BUY = (
    "buy now|buy it now|buy online|buy this|order now|order online|order today|order here|buy here"
    "|buy today|purchase now"
    "|purchase online|shop now|jetzt kaufen|jetzt bestellen|online kaufen|online bestellen|acheter"
    "|commander|comprar|acquista"
    "|ordina ora|nu kopen|nu bestellen|kup teraz|kup online|zamów|koupit|objednat|купить|заказать"
    "|köp nu|купити|je commande|buy|order"
    "|kaufen|bestellen|kopen|kup|purchase|select pack"
)


@cache
def _calls() -> tuple[AhoCorasick, tuple[str, ...]]:
    cart, buy = _INTO_CART.split("|"), _BUY.split("|")
    return AhoCorasick(cart + buy), ("cart",) * len(cart) + ("link",) * len(buy)


def order_calls(text: str) -> list[tuple[int, str]]:
    """Return (offset, kind) of calls in lower-case text: `cart` to put something in a cart, `link` to buy."""
    automaton, kinds = _calls()
    return [
        (start, kinds[index])
        for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True)
        if not (start and text[start - 1].isalpha()) and not text[end : end + 1].isalnum()
    ]
