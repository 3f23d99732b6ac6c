"""Where a page sends its visitors by itself, and what only looks as if it did."""

from __future__ import annotations

import pytest

from pharmcheck.reading.leads import find_lead
from tests.growth import LINEAR, growth_of, taken

URL, TO = "http://shop.example/a/page?x=1#top", "http://else.example/b"
FULL = "<p>" + "many words of a page that stands for itself " * 8


def lead(html: str, refresh: str = "") -> tuple[str, str]:
    return find_lead(URL, html.encode(), "text/html; charset=utf-8", refresh)


@pytest.mark.parametrize(
    "html",
    [
        f'<meta http-equiv="refresh" content="0; url={TO}">',
        f"<META HTTP-EQUIV=Refresh CONTENT=\"5;URL='{TO}'\">",
        f'<meta http-equiv=refresh content="0,{TO}">',
        f'<meta http-equiv=refresh content=" 0.5 ; {TO} ">',
        f"{FULL}<meta http-equiv=refresh content='30;url={TO}'>",
    ],
)
def test_meta_refresh(html: str) -> None:
    """A meta refresh within half a minute leads on, however it is written."""
    assert lead(html) == ("meta refresh", TO)


@pytest.mark.parametrize(
    "script",
    [
        f"location = '{TO}'",
        f'window.location="{TO}";',
        f"window.location.href = '{TO}';",
        f"document.location.href='{TO}'",
        f"top.location.replace( '{TO}' )",
        f"location.assign('{TO}');",
        f"var a = 'it\\'s {{'; // {{ {{\n/* ( */ self.location='{TO}'",
        f"function f() {{ return 1 }}\nlocation.replace('{TO}')",
        f"var a = b.replace(/'/g, '')\nvar c = /`/; location = '{TO}'",
    ],
)
def test_simple_script(script: str) -> None:
    """A literal address in a statement of its own leads on; braces in texts and comments do not count."""
    assert lead(f"<script>{script}</script>") == ("script", TO)


@pytest.mark.parametrize(
    "html",
    [
        f'<frameset rows="100%,*"><frame src="{TO}"><frame src="about:blank"></frameset>',
        f'<iframe src="{TO}" width="100%" height="100%"></iframe>',
        f'<body style="margin:0"><iframe style="border:0; width:100%; height: 100vh" src="{TO}"></iframe>',
    ],
)
def test_frames(html: str) -> None:
    """A single frame, or one that fills a page of few words, is what visitors see."""
    assert lead(html) == ("frame", TO)


def test_a_frame_of_the_same_host_leads_whatever_stands_beside_it() -> None:
    """Words beside what fills the window are not what visitors see; a frame of somebody else's is but a part then."""
    for others in ("", f'<iframe src="{TO}" width="100%" height="100%"></iframe>'):
        framed = f'{FULL}{others}<iframe src="/b" width="100%" height="100%"></iframe>'
        assert lead(framed) == ("frame", "http://shop.example/b")


def test_noscript_ends_at_its_first_end() -> None:
    """As in browsers that run scripts, for which what stands there is mere text."""
    refresh = f'<meta http-equiv=refresh content="0; url={TO}">'
    assert lead(f"<noscript><p></noscript>{refresh}") == ("meta refresh", TO)
    assert lead(f"<noscript><p>{refresh}</noscript>") == ("", "")


def test_refresh_header_and_base() -> None:
    """The Refresh header counts as well, and addresses are resolved against the page or its base."""
    assert lead("<p>x", f"0; url={TO}") == ("meta refresh", TO)
    assert lead('<meta http-equiv=refresh content="0;url=../c">')[1] == "http://shop.example/c"
    assert lead("<base href=http://else.example/z/><script>location='b'</script>")[1] == "http://else.example/z/b"


@pytest.mark.parametrize(
    "html",
    [
        f'<meta http-equiv=refresh content="600; url={TO}">',
        '<meta http-equiv=refresh content="5">',
        '<meta http-equiv=refresh content="0; url=http://shop.example/a/page?x=1">',
        '<meta http-equiv=refresh content="0; url=javascript:alert(1)">',
        f'<noscript><meta http-equiv=refresh content="0; url={TO}"></noscript>{FULL}',
        f'<!-- <meta http-equiv=refresh content="0; url={TO}"> -->',
        f"<script>function go() {{ location = '{TO}' }}</script>",
        f"<script>if (old) location = '{TO}'</script>",
        f"<script>if (old) go(); else location = '{TO}'</script>",
        f"<script>old && location.replace('{TO}')</script>",
        f"<script>// location = '{TO}'</script>",
        f"<script>say(\"location = '{TO}'\")</script>",
        f"<script>shop.location = '{TO}'; allocation = '{TO}'; location == '{TO}'</script>",
        f"<script>button.onclick = function () {{ window.location.href = '{TO}' }}</script>",
        f"<p onclick=\"location='{TO}'\">Go",
        f'{FULL}<iframe src="{TO}" width="100%" height="100%"></iframe>',
        f'<iframe src="{TO}" width="300" height="200"></iframe>',
        '<frameset><frame src="http://a.example/"><frame src="http://b.example/"></frameset>',
        f"<a href={TO}>location</a>",
        "",
    ],
)
def test_leads_nowhere(html: str) -> None:
    """What waits too long, reloads, is for others, stands in a condition, or is but a part of the page, leads nowhere."""
    assert lead(html) == ("", "")


def test_no_text() -> None:
    """A binary body leads nowhere."""
    assert find_lead(URL, b"%PDF-1.7 location='http://else.example/'", "text/html") == ("", "")


@pytest.mark.parametrize("start", ["", "\\"])
@pytest.mark.parametrize("unit", ["\\'", '\\"', "\\`", "/* ", "'\\\"\n", "location = "])
def test_strings_and_comments_without_end_are_read_in_linear_time(start: str, unit: str) -> None:
    """A script of quotes that nothing closes took 32 s per 100 kB."""

    def script(chars: int) -> str:
        return f"<script>location;{start}{unit * (chars // len(unit))}</script>"

    assert growth_of(lead, script, 160_000) < LINEAR


def test_deep_refreshes_cost_little_more_than_others() -> None:
    """Whether a refresh stands in a `noscript` is not sought anew from each of thousands up to the root."""
    deep, refreshes = "<div>" * 1_900, "<meta http-equiv=refresh content=x>" * 10_000
    assert taken(lead, deep + refreshes) < 8 * taken(lead, refreshes)
