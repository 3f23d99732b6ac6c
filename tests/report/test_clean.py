"""Text of a site cannot act on a terminal, hide other text, or become a link."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmcheck.report.clean import cells, clean, defang, shortened, spoken


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]8;;https://pills.example\x07click\x1b]8;;\x07", "click"),
        ("\x1b]0;title\x1b\\after", "after"),
        ("\x1bPdevice\x1b\\after", "after"),
        ("one\r\ntwo\x00\x08\x7f", "one two"),
        ("safe\u202eelpmaxe.sllip\u2069", "safeelpmaxe.sllip"),
        ("via\u200bgra\u00ad\U000e0041", "viagra"),
        ("a\u2028b\u2029c", "a b c"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("z" + "\u0301" * 40, "z" + "\u0301" * 3),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_removes_what_acts(hostile: str, shown: str) -> None:
    """Escape sequences, controls, bidi and invisible characters go; letters and joiners inside words stay."""
    assert clean(hostile) == shown


@given(st.text())
def test_is_done_after_one_pass(text: str) -> None:
    """Cleaning what is clean changes nothing: no sequence is put together from the rests of others."""
    once = clean(text)
    assert clean(once) == once
    assert "\x1b" not in once
    assert once.isprintable() or "\u200c" in once or "\u200d" in once


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://pills.example/buy?a=1", "hxxps://pills[.]example/buy?a=1"),
        ("HTTP://www.pills.example", "hxxp://www[.]pills[.]example"),
        ("pills.example", "pills[.]example"),
        ("https://a.example/go?to=https://b.example", "hxxps://a[.]example/go?to=hxxps://b.example"),
        ("", ""),
    ],
)
def test_defangs(address: str, shown: str) -> None:
    """An address keeps its letters and loses what makes it a link."""
    assert defang(address) == shown


def test_spoken_text_has_no_links() -> None:
    """URLs in a site's words, and the names of promoted sellers, are defanged."""
    assert spoken("go to https://x.example or www.y.example or Z.example", ["z.example"]) == (
        "go to hxxps://x.example or www[.]y.example or z[.]example"
    )


def test_shortens_by_columns() -> None:
    """Wide letters count two columns, so a cut line fits the terminal."""
    assert shortened("薬局薬局薬局", 8) == "薬局薬 …"
    assert cells(shortened("薬" * 50, 21)) <= 21
    assert shortened("short", 5) == "short"
