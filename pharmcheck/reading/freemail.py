"""Mail providers that give an address to anybody."""

from __future__ import annotations

from pharmcheck.reading.on_use import compile_on_use

_FREE = compile_on_use(
    r"(?:aol|gmail|googlemail|icloud|mail|msn|proton|protonmail|rediffmail|tuta|tutanota|ymail|zohomail)"
    r"\.(?:com|co\.in|co\.uk|de|fr|in|io|me|net|ru)|"
    r"(?:gmx|hotmail|live|outlook|yahoo|yandex)\.(?:[a-z]{2,3}|com?\.[a-z]{2})|"
    # Those that ask for no name, or whose users are mostly elsewhere than a shop in Europe or America.
    r"tutamail\.com|keemail\.me|hushmail\.com|mailfence\.com|safe-mail\.net|onionmail\.org|airmail\.cc|pm\.me|cock\.li|"
    r"(?:qq|163|126|foxmail)\.com|(?:bk|inbox|list)\.ru"
)


def is_freemail(provider: str) -> bool:
    """True for the domain of a provider that gives addresses to anybody."""
    return bool(_FREE.fullmatch(provider.casefold()))
