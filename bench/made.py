"""Invented pages: shops of any size, and bodies that somebody built to cost whoever reads them much time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

_MEDICINES = (
    *("Sildenafil", "Tadalafil", "Vardenafil", "Finasteride", "Amoxicillin", "Metformin", "Atorvastatin", "Modafinil"),
    *("Tramadol", "Orlistat", "Prednisolone", "Azithromycin", "Omeprazole", "Sertraline", "Lisinopril", "Doxycycline"),
)
_TOLD = (
    "Our team checks every parcel before it leaves the warehouse and sends you a number to follow it.",
    "Please read the leaflet and ask your doctor whether this medicine agrees with what you take already.",
    "Orders placed before noon are sent the same day; the rest leaves on the next working day.",
    "We ship worldwide in discreet packaging, and most parcels arrive within ten to fourteen days.",
    "Keep out of the reach of children, in a dry place below 25 degrees, and do not use it after its date.",
)
_HEAD = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Heronmere Tablets - buy {first} online</title>'
    '<meta name="description" content="Invented shop {number}"><link rel="stylesheet" href="/style.css">'
    '<script type="application/ld+json">{{"@type":"WebSite","name":"Heronmere Tablets"}}</script></head><body>'
    '<nav><ul><li><a href="/">Home</a></li><li><a href="/shop/">Shop</a></li><li><a href="/faq/">FAQ</a></li>'
    '<li><a href="/contact/">Contact</a></li><li><a href="/cart/">Cart</a></li></ul></nav><main>'
)
_CARD = (
    '<div class="product type-product status-publish"><a href="/product/{slug}-{number}/" class="woocommerce-loop-link">'
    '<img src="/img/{slug}-{number}.jpg" alt="{name} {mg} mg" width="300" height="300" loading="lazy">'
    '<h2 class="product-title">{name} {mg} mg</h2></a><p class="excerpt">{told}</p>'
    '<table><tr><td>{pills} pills</td><td>${price}.99</td><td><a href="?add-to-cart={number}" rel="nofollow" '
    'class="button add_to_cart_button" data-quantity="1">Add to cart</a></td></tr></table></div>\n'
)
_FOOT = (
    "</main><footer><p>Heronmere Tablets, 12 Reed Lane, Marshwick MW1 2AB. Phone +44 20 7946 0{number:03}, "
    '<a href="mailto:help@heronmere-tablets.example">help@heronmere-tablets.example</a></p></footer></body></html>'
)


def shop(size_kb: int, number: int = 0) -> bytes:
    """Return a shelf of an invented shop, of about `size_kb` KB, no two with the same `number` alike."""
    parts = [_HEAD.format(first=_MEDICINES[number % len(_MEDICINES)], number=number)]
    size, card = len(parts[0]), number
    while size < size_kb * 1000 - len(_FOOT):
        name = _MEDICINES[card % len(_MEDICINES)]
        told = f"{_TOLD[card % len(_TOLD)]} Lot {card * 37 % 9973}."
        row = {"slug": name.lower(), "name": name, "number": card, "told": escape(told)}
        parts.append(_CARD.format(**row, mg=25 * (1 + card % 4), pills=10 * (1 + card % 9), price=19 + card % 80))
        size, card = size + len(parts[-1]), card + 1
    return "".join((*parts, _FOOT.format(number=number % 1000))).encode()


def _again(unit: str) -> Callable[[int], str]:
    return lambda chars: unit * (chars // len(unit))


def _numbered(unit: str, opening: str = "", closing: str = "") -> Callable[[int], str]:
    """Return what repeats `unit` with another number in place of each `#`."""
    return lambda chars: opening + "".join(unit.replace("#", str(n)) for n in range(chars // len(unit))) + closing


# What each is called, and what gives so many characters of it.
HOSTILE: Mapping[str, Callable[[int], str]] = {
    "nested tags": _again("<div>"),
    "tags that never close": _again("<b><i><a href=x>y"),
    "fonts left open": _numbered("<p><font color=#>x</p>"),
    "links in links": _numbered("<a href='https://pills#.example/'>buy "),
    "attributes": _numbered(" a#='x'", "<p", ">text"),
    "tables in tables": _again("<table><tr><td>"),
    "forms": _numbered("<form><input name=f# placeholder='prescription'><label>x"),
    "broken entities": _again("&amp;&#x;&nosuch"),
    "no no no": _again("no "),
    "viagra": _again("viagra "),
    "buy viagra": _again("buy viagra online without prescription "),
    "questions": _again("do i need a prescription? "),
    "questions at length": _numbered("<p>Q: I want to order some #. No prescription needed. Is that so?</p>"),
    "headings": _numbered("<h2>Buy Viagra # without prescription</h2>"),
    "forum turns": _numbered("user# wrote: I bought tramadol there, no prescription needed. "),
    "refusals": _numbered(
        "<p>We never sell without a prescription #</p><p>No prescription needed here #</p><p>Viagra</p>"
    ),
    "sentences without an end": _numbered("it's no prescription needed # "),
    "lists of warnings": _again(
        "<p>Do not buy from a website which:</p><li>sells without a prescription</li><li>ships worldwide</li>"
    ),
    "menus": _numbered("<li><a href=/menu-#>Medicines # without prescription</a></li>"),
    "shelves": _numbered(
        "<p>Ibuprofen 400 mg # tablets $4.99 <a href=/cart?#>Add to cart</a></p><p>Medicines without prescription #</p>"
    ),
    "rankings": _numbered(
        "<p>#. Pharmacy Name – 9.8 viagra</p>", "<p>Pharmacies without prescription: which to choose?</p>"
    ),
    "cells": _numbered("<tr><td>Viagra # mg<td>$#.99<td>#</tr>", "<table>", "</table>"),
    "prices of one pack": lambda chars: "<table><tr><td>Viagra 100 mg<td>30 pills<td>" + "$5 " * (chars // 3),
    "packs in one row": lambda chars: "<table><tr><td>Viagra 100 mg" + "<td>30 pills<td>$30" * (chars // 19),
    "quotation marks": _again("\"'no prescription"),
    "digits": _again("1234567890"),
    "prices": _again("$1 "),
    "commas": _again(","),
    "full stops": _again(". "),
    "one endless word": _again("pharmacy"),
    "hyphens": _again("a-"),
    "letters apart": _again("v i a g r a "),
    "phone numbers": _numbered("+44 20 7946 0# "),
    "e-mail addresses": _numbered("help#@pills.example "),
    "half addresses": _again("a@b."),
    "web addresses": _numbered("https://pills#.example/buy "),
    "streets": _numbered("# Reed Lane, London SW1A 2AA, "),
    "licence numbers": _numbered("GPhC registration number # "),
    "names": _again("Dr Anna Reedmere MPharm, "),
    "empty lines": _again("\n"),
    "blanks": _again(" "),
    "accents": _again("ví\u0301agrа "),
    "ideographs": _again("処方箋不要"),
    "ideographs that promise": _numbered("処方箋なしで#バイアグラ通販　送料無料 "),
    "items that promise": _numbered("• Ships worldwide # "),
    "long coin addresses": _again("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"),
}
