"""Letters are read from mail, however it is coded or broken."""

from __future__ import annotations

from pharmcheck.reading.mail import read_letters


def test_headers_and_parts_are_decoded() -> None:
    """Subject and sender's name as shown; each part as text with the coding that it stood under."""
    data = (
        b"From: =?utf-8?b?VmlhZ3JhIFNob3A=?= <a@b.example>\nSubject: =?utf-8?Q?50=25_off?=\nMIME-Version: 1.0\n"
        b"Content-Type: text/plain; charset=latin-1\nContent-Transfer-Encoding: quoted-printable\n\ncaf=E9\n"
    )
    letter = next(read_letters(data))
    assert (letter.subject, letter.sender) == ("50% off", "Viagra Shop")
    assert [(p.text, p.undone) for p in letter.parts] == [("café\n", ("quoted-printable",))]


def test_an_address_alone_is_no_name() -> None:
    """Then nothing is shown as the sender's name."""
    assert next(read_letters(b"From: a@b.example\n\nx")).sender == ""


def test_a_letter_that_carries_another_gives_both() -> None:
    """In order, each with its own parts."""
    data = b"Subject: outer\nContent-Type: message/rfc822\n\nSubject: inner\n\nbody\n"
    assert [letter.subject for letter in read_letters(data)] == ["outer", "inner"]


def test_a_sentence_that_begins_with_from_does_not_split_a_letter() -> None:
    """Though an address follows it."""
    assert len(list(read_letters(b"Subject: x\n\nFrom here you can order\nhttp://pills.example/\n"))) == 1
