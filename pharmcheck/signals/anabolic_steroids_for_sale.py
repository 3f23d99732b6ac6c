"""Steroids as goods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Mention, Page, Quote
from pharmcheck.reading.asserted import asserted
from pharmcheck.reading.shop_names import names_over_menus
from pharmcheck.reading.shops import BUSINESS


def anabolic_steroids_for_sale(pages: Sequence[Page], mentions: Sequence[Mention]) -> Iterator[Quote]:
    """A shop offers anabolic steroids or growth hormone to the public.

    Why: they are controlled in the US, Britain and most of Europe, and no pharmacy sells them for bodybuilding.
    Source: Anabolic Steroid Control Act (21 U.S.C. 802(41)); Misuse of Drugs Act 1971, class C; Council of
    Europe Anti-Doping Convention.
    False alarm: a supplement shop that borrows the words for its protein powders.
    """
    if asserted(mentions, "seller-voice", *BUSINESS) or any(next(names_over_menus(page), None) for page in pages):
        yield from (m.quote for m in asserted(mentions, "steroid-goods"))
