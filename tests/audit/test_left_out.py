"""What a mail promotes, and what of its addresses is left out and why."""

from __future__ import annotations

import pytest

from pharmcheck.audit import left_out
from tests.audit.letters import links_in, links_in_mail, mail, promoted, reasons


def test_the_shop_behind_the_picture_is_promoted_and_the_picture_is_not() -> None:
    """Where a click leads counts; what is only loaded does not."""
    links = links_in_mail(mail(html="<a href=http://x1.pills.example/><img src=http://images.example/a.gif></a>"))
    assert promoted(links) == ["pills.example"]
    assert reasons(links) == {"images.example": left_out.IMAGE}


def test_a_letter_of_one_picture_promotes_where_that_stands() -> None:
    """Nothing else names anybody."""
    assert promoted(links_in_mail(mail(html="<body background=http://pills.example/a.gif>"))) == ["pills.example"]


def test_borrowed_links_of_well_known_sites_are_left_out() -> None:
    """A newsletter's dress does not make its owner a pharmacy."""
    html = "<!DOCTYPE html PUBLIC 'x' 'http://www.w3.org/TR/html4/'><a href=http://pills.example>Buy</a><a href=http://www.cnn.com/>CNN</a>"
    links = links_in_mail(mail(html=html))
    assert promoted(links) == ["pills.example"]
    assert reasons(links)["cnn.com"] == left_out.KNOWN


def test_names_that_stand_in_the_text_part_only_are_decoys() -> None:
    """The HTML part is what is shown; the other one is for filters."""
    links = links_in_mail(
        mail("http://decoy-one.example/ http://decoy-two.example/", "<a href=http://pills.example>Buy</a>")
    )
    assert promoted(links) == ["pills.example"]
    assert reasons(links) == dict.fromkeys(("decoy-one.example", "decoy-two.example"), left_out.TEXT_ONLY)


def test_a_stolen_newsletter_is_not_who_is_promoted() -> None:
    """Its pictures, its address in words and in the text part stay where every link leads to the shop."""
    text = "Wellness News\nhttp://www.newsletter.example/issue/7\nhttp://www.newsletter.example/friend"
    html = (
        "<img src=http://www.newsletter.example/logo.gif><a href=http://pills.example/>www.newsletter.example</a>"
        "<a href=http://pills.example/><img src=http://pills.example/1.gif></a><p>© www.newsletter.example</p>"
        "<a href=http://pills.example/unsubscribe.php?u=1>Unsubscribe</a>"
    )
    links = links_in_mail(mail(text, html))
    assert promoted(links) == ["pills.example"]
    assert {link.left_out for link in links if link.domain == "newsletter.example"} == {
        left_out.IMAGE,
        left_out.NAMED,
        left_out.TEXT_ONLY,
    }
    assert any("shown as www.newsletter.example" in link.undone for link in links)


def test_the_text_part_counts_where_the_other_links_nothing() -> None:
    """A picture without a link leaves the address in the text."""
    assert promoted(links_in_mail(mail("http://pills.example/", "<img src=cid:1>"))) == ["pills.example"]


def test_filler_names_beside_links_are_left_out() -> None:
    """A bare name in the words of a letter that links elsewhere is a hash buster."""
    links = links_in_mail(mail(html="<a href=http://pills.example>Buy</a><p>said onjq.com of it"))
    assert promoted(links) == ["pills.example"]
    assert reasons(links) == {"onjq.com": left_out.NAMED}


def test_a_whole_address_in_plain_sight_counts_beside_links() -> None:
    """Mail programs let readers click it; the words of a link do not count, as they may show any address."""
    html = "<a href=http://a.example>http://www.bank.example</a><p>Order at www.pills.example today"
    links = links_in_mail(mail(html=html))
    assert promoted(links) == ["a.example", "pills.example"]
    assert reasons(links) == {"bank.example": left_out.NAMED}


def test_links_that_no_reader_sees_are_decoys_beside_others() -> None:
    """Alone they are all that there is."""
    hidden = "<div style='display:none'><a href=http://decoy.example>x</a></div>"
    links = links_in_mail(mail(html=hidden + "<a href=http://pills.example>Buy</a>"))
    assert promoted(links) == ["pills.example"]
    assert reasons(links) == {"decoy.example": left_out.HIDDEN}
    assert promoted(links_in_mail(mail(html=hidden))) == ["decoy.example"]


def test_a_bare_name_is_promoted_where_nothing_is_linked() -> None:
    """Then it is all that the letter gives."""
    assert promoted(links_in_mail(mail("Type pills-mart dot com into your browser"))) == ["pills-mart.com"]


def test_removal_links_are_left_out_by_their_words_their_address_or_what_stands_before() -> None:
    """Where readers can unsubscribe is nobody's shop, unless the shop is there too."""
    text = "Buy at http://pills.example/\n\nIf you wish to leave this list use\nhttp://lists-a.example/trim/?17"
    assert promoted(links_in_mail(mail(text))) == ["pills.example"]
    html = "<a href=http://pills.example>Buy</a> <a href=http://b.example/>Unsubscribe</a> <a href=http://c.example/remove.php>x</a>"
    links = links_in_mail(mail(html=html))
    assert promoted(links) == ["pills.example"]
    assert reasons(links) == dict.fromkeys(("b.example", "c.example"), left_out.REMOVAL)


def test_the_footer_of_a_mailing_list_is_left_out() -> None:
    """What a list adds below a letter is not the sender's."""
    text = (
        "Buy at http://pills.example/\n\n_______________________________________________\nSome mailing list\n"
        "http://host.example/mailman/listinfo/some\nhttp://sponsor.example/\n"
    )
    links = links_in_mail(mail(text))
    assert promoted(links) == ["pills.example"]
    assert set(reasons(links).values()) == {left_out.FOOTER}


def test_a_line_of_dashes_before_the_only_link_is_no_footer() -> None:
    """Where all that a letter links stands below such a line, that is what it promotes."""
    text = "Dear friend\n-------------------------\nan offer sponsored by the makers\nhttp://pills.example/\n"
    assert promoted(links_in_mail(mail(text))) == ["pills.example"]


def test_an_unresolved_redirector_stays_visible() -> None:
    """It is named as what it is, not as a shop."""
    links = links_in("buy https://tinyurl.com/abc")
    assert promoted(links) == []
    assert reasons(links) == {"tinyurl.com": left_out.UNRESOLVED}


def test_a_chat_account_is_promoted_and_a_button_to_share_is_not() -> None:
    """Somebody answers at the one, nobody at the other."""
    assert promoted(links_in("order https://t.me/pillvendor")) == ["telegram:pillvendor"]
    assert reasons(links_in("https://t.me/share/url?url=x")) == {"t.me": left_out.SHARE}


def test_where_no_site_is_named_accounts_and_numbers_are_who_is_promoted() -> None:
    """A number that is the account of a chat is not a second one."""
    assert promoted(links_in("Wickr: pillvendor")) == ["wickr:pillvendor"]
    assert promoted(links_in("WhatsApp ٠٠٩٧١٥٥٣٠٣١٨٤٦")) == ["whatsapp:+971553031846"]
    assert promoted(links_in("Call us at +44 20 7946 0018 today")) == ["phone:+442079460018"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Tramadol 50 mg, no prescription needed.\nOrder from dosepharmacy today", "name:dosepharmacy"),
        ("Cheap Tramadol without prescription - just google for  BlueHarbor Meds", "name:blueharbor meds"),
        ("Viagra rezeptfrei bestellen: bei Google nach Zorbi Apotheke suchen", "name:zorbi apotheke"),
    ],
)
def test_a_shop_that_is_only_named_is_promoted(text: str, who: str) -> None:
    """Beside a call to buy medicines that need a doctor; it has no address, and says where it stands."""
    (link,) = links_in(text)
    assert (link.identity, link.url, link.host, link.domain, link.left_out) == (who, "", "", "", None)
    assert text[link.offset :].casefold().startswith(link.anchor.casefold())
    (link,) = links_in_mail(mail(html=f"<h1>Offer</h1><p>{text}</p>", subject="About Cialis"))
    assert (link.identity, link.part) == (who, "1 text/html")


@pytest.mark.parametrize(
    "text",
    [
        "Do not buy Xanax from zorbimeds, it is a scam. The FDA warns of it.",
        "Have your Tramadol prescription filled: order at Walgreens Pharmacy",
        "Order your vitamins from zorbimeds today",
        "He met her at zorbimeds, and they spoke of Tramadol all day",
        "Order Viagra only from licensed Pharmacies, at your Local Pharmacy or from a Canadian Pharmacy",
    ],
)
def test_a_name_without_a_call_to_buy_medicines_is_nobody(text: str) -> None:
    """Warnings, well-known pharmacies, other goods, talk, and kinds of shop."""
    assert links_in(text) == []


def test_a_name_beside_a_site_is_not_the_identity() -> None:
    """The site is."""
    text = "Tramadol, no prescription needed. Order from dosepharmacy at http://pills.example/"
    assert promoted(links_in(text)) == ["pills.example"]


def test_numbers_beside_a_site_are_not_the_identity() -> None:
    """The site is."""
    assert promoted(links_in("http://pills.example/ or WhatsApp +44 20 7946 0018")) == ["pills.example"]


def test_mails_subject_and_sender_are_read() -> None:
    """Names there are evidence too."""
    links = links_in_mail(
        mail("no link", subject="pills-mart.com: 70% off", sender='"www.pills-two.com" <a@b.example>')
    )
    assert promoted(links) == ["pills-mart.com", "pills-two.com"]
    assert [link.part for link in links] == ["subject", "sender"]


def test_an_authority_is_no_shop() -> None:
    """Government and school hosts are cited, not promoted."""
    assert reasons(links_in("http://www.fda.gov/x http://pills.example/")) == {"fda.gov": left_out.KNOWN}


def test_a_mail_address_is_a_contact_not_a_link() -> None:
    """It is listed with its reason, from text and from links alike."""
    assert reasons(links_in("write to Order@pills.example")) == {"mail:order@pills.example": left_out.MAIL}
    assert reasons(links_in("<a href='mailto:order@pills.example?subject=x'>x</a>")) == {
        "mail:order@pills.example": left_out.MAIL
    }
