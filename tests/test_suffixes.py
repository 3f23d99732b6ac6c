"""The public suffix list is read without an HTTP client, and nobody else is the worse for it."""

from __future__ import annotations

import subprocess
import sys

from pharmcheck.suffixes import suffixes


def _run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_names_are_split_by_the_bundled_list() -> None:
    """Suffixes of several labels, private ones and names in other scripts are known, as tldextract itself knows them."""
    from tldextract import TLDExtract

    own = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
    for name in (
        "a.b.co.uk",
        "shop.github.io",
        "xn--e1afmkfd.xn--p1ai",
        "www.ck",
        "a.b.ck",
        "x.example",
        "co.uk",
        "",
        "localhost",
    ):
        assert repr(suffixes().extract_str(name)) == repr(own.extract_str(name))


def test_no_http_client_is_loaded() -> None:
    """What would fetch another list is not imported, and nothing is left behind under its name."""
    heavy = "('requests', 'requests_file', 'filelock', 'urllib3', 'tldextract')"
    code = f"import sys; from pharmcheck.target import registrable_domain; print(registrable_domain('a.b.co.uk'), *(m for m in {heavy} if m in sys.modules))"
    assert _run(code) == "b.co.uk"


def test_others_get_the_whole_package() -> None:
    """Whoever imports tldextract, before or after, has it with the real client; what we split does not change."""
    ours = "from pharmcheck.suffixes import suffixes; print(suffixes().extract_str('a.b.co.uk').domain)"
    theirs = (
        "import requests, tldextract.suffix_list; print(tldextract.suffix_list.requests.Session is requests.Session)"
    )
    assert _run(f"{ours}\n{theirs}").split() == ["b", "True"]
    assert _run(f"{theirs}\n{ours}\n{theirs}").split() == ["True", "b", "True"]
