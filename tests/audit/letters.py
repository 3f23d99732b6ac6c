"""Mails with invented shops, built as the mail programs of spammers build them."""

from __future__ import annotations

from email.message import EmailMessage

from pharmcheck.audit.links import FoundLink, find_links
from pharmcheck.audit.message import Message, mail_messages, text_message


def mail(text: str = "", html: str = "", subject: str = "Offer", sender: str = "Best Shop <a@sender.example>") -> bytes:
    """Return a mail of a text part, an HTML part, or both as alternatives."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "you@reader.example", subject
    if text or not html:
        message.set_content(text)
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    return message.as_bytes()


def links_in_mail(data: bytes) -> list[FoundLink]:
    """Return all addresses of a mail."""
    return [link for m in mail_messages("mail.eml", "", data) if isinstance(m, Message) for link in find_links(m)]


def links_in(text: str) -> list[FoundLink]:
    """Return all addresses of a text."""
    return list(find_links(text_message("text.txt", "", text)))


def promoted(links: list[FoundLink]) -> list[str]:
    """Return who is promoted, each once, in order."""
    return list(dict.fromkeys(link.identity for link in links if link.left_out is None))


def reasons(links: list[FoundLink]) -> dict[str, str]:
    """Return why identities are left out."""
    return {link.identity: link.left_out for link in links if link.left_out is not None}
