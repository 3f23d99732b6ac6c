"""Sellers that a page points to."""

from __future__ import annotations

from tests.sites import evidence


def names(html: str) -> set[str]:
    return {p.domain or p.name for p in evidence(html, "https://blog.example/post").promoted}


def test_a_name_after_a_call_to_buy_is_promoted() -> None:
    """'Buy X online on SHOP' names the shop, with or without a link."""
    assert names("<p>Isotretinoin treats acne. Buy isotretinoin online on zorbipharmacy.</p>") == {"zorbipharmacy"}


def test_a_link_with_a_medicine_in_its_text_is_promoted() -> None:
    """A link to another domain whose text names a medicine is a promotion."""
    assert names("<p>Forum talk. <a href='https://zorbimeds.net/x'>buy cheap tadalafil</a></p>") == {"zorbimeds.net"}


def test_a_warning_that_names_no_shop_promotes_none() -> None:
    """Advice to use reputable pharmacies points to nobody."""
    assert not names(
        "<p>Buying isotretinoin online? Use reputable pharmacies and avoid sellers without prescription.</p>"
    )


def test_sources_of_an_article_are_not_promoted() -> None:
    """A reference to a study is no shop."""
    assert not names(
        "<p>Tadalafil helps.</p><p>Sources: <a href='https://journal.example.org/1'>a trial of tadalafil</a></p>"
        + "<p>x</p>"
    )
