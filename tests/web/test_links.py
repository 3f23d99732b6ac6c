"""Lists of links, as people paste and save them."""

from __future__ import annotations

import pytest

from pharmcheck.web.links import LinksError, decoded, read_links


def urls(text: str) -> list[str]:
    return [line.target.url for line in read_links(text, 200) if line.target]


@pytest.mark.parametrize(
    "text",
    [
        "a.example\nb.example/x\n",
        "\n  a.example  \r\n\r\nhxxps://b[.]example/x",
        "name,link\nFirst shop,a.example\nSecond shop,https://b.example/x\n",
        "link;name\na.example;First\nb.example/x;Second\n",
        'a.example\t"First, or not"\nb.example/x\tSecond\n',
        "a.example, the first\nb.example/x\n",
    ],
)
def test_shapes(text: str) -> None:
    """Lines, and CSV with heads, in any column and with any usual mark, give the same links."""
    assert urls(text) == ["https://a.example/", "https://b.example/x"]


def test_commas_in_addresses() -> None:
    """An address with a comma in it is not cut."""
    assert urls("https://a.example/?x=1,2") == ["https://a.example/?x=1,2"]
    assert urls("https://a.example/x,y\nb.example") == ["https://a.example/x,y", "https://b.example/"]


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example, https://b.example/x\nc.example",
        "https://a.example; https://b.example/x\nc.example",
        "a.example b.example/x c.example",
        "a.example/,b.example/x,c.example",
        "<https://a.example> [a shop](https://b.example/x), c[.]example",
        "First | a.example | b.example/x\nSecond | c.example | 1.50",
        "| link | price |\n|---|---|\n| a.example | 1.50 |\n| https://b.example/x | 2 |\n| c.example | 3 |",
        "shop,link,other link\nFirst,a.example,https://b.example/x\nSecond,,c.example",
        "identity,url,host\na.example,https://a.example/,a.example\nb.example,https://b.example/x,b.example\n, c.example,",
    ],
)
def test_every_address_counts(text: str) -> None:
    """Several addresses of one line or row are all checked, whatever parts them; a name beside its own link adds none."""
    assert urls(text) == ["https://a.example/", "https://b.example/x", "https://c.example/"]


def test_numbers_of_hosts_count() -> None:
    """An address in numbers counts beside names; a price, a version and a mail address do not."""
    assert urls("a.example 192.0.2.1 1.50 v2.3 me@b.example") == ["https://a.example/", "https://192.0.2.1/"]


def test_a_link_of_another_kind_is_named() -> None:
    """What cannot be checked is left out by name, also beside what can."""
    good, bad = read_links("https://a.example, ftp://b.example", 200)
    assert good.target
    assert (bad.target, bad.text, bad.why) == (None, "ftp://b.example", "ftp: addresses are not http or https")


def test_once_each() -> None:
    """The same link is checked once."""
    assert urls("a.example\nhttps://a.example/\nA.EXAMPLE\n") == ["https://a.example/"]


def test_what_is_no_link_says_why() -> None:
    """A line that is no link stays in the list with its reason."""
    good, bad = read_links("a.example\nnot a link\n", 200)
    assert good.target
    assert bad.target is None
    assert "no dot" in bad.why


def test_an_endless_address_is_named() -> None:
    """An address of more than 2,000 characters is not read: it is left out by name, and costs no other."""
    good, bad = read_links(f"a.example\nhttps://b.example/{'x' * 2_000}\n", 200)
    assert good.target
    assert bad.text.startswith("https://b.example/x")
    assert (bad.target, bad.why) == (None, "the address is longer than 2,000 characters")


def test_too_many() -> None:
    """One link too many refuses the list: it is never cut in silence."""
    assert len(read_links("\n".join(f"s{n}.example" for n in range(200)), 200)) == 200
    with pytest.raises(LinksError, match="more than 200 links"):
        read_links("\n".join(f"s{n}.example" for n in range(201)), 200)


@pytest.mark.parametrize("text", ["", "\n\n", "nothing\nhere\n", "ftp://a.example"])
def test_none(text: str) -> None:
    """A list without a link is refused."""
    with pytest.raises(LinksError, match="no link"):
        read_links(text, 200)


def test_files() -> None:
    """Files as spreadsheets save them are read; what is no text is refused."""
    assert decoded("ä.example".encode("utf-8-sig")) == "ä.example"
    assert decoded("ä.example".encode("utf-16")) == "ä.example"
    assert decoded("ä.example".encode("cp1252")) == "ä.example"
    with pytest.raises(LinksError, match="not a text"):
        decoded(b"PK\x03\x04\x00\x00")
