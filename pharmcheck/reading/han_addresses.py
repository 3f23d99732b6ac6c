"""Addresses in Chinese characters: no words between blanks, the largest unit first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pharmcheck.reading.landmarks import around, landmarks
from pharmcheck.reading.on_use import compile_on_use

_DIGIT = "[0-9０-９一二三四五六七八九十]"
# Japan: prefecture, town, block. Half of all pages leave out the postcode.
_JAPANESE = compile_on_use(
    r"(?:〒?\s?[0-9０-９]{3}[-－‐−ー][0-9０-９]{4}\s{0,3})?(?:東京都|北海道|(?:京都|大阪)府|[\u4e00-\u9fff]{2,3}県)"
    rf"[^\s、。]{{1,15}}?[区市町村郡][^\n、。]{{0,20}}?{_DIGIT}{{1,4}}(?:丁目|番|号|[-－‐−ー]{_DIGIT})[^\n、。]{{0,25}}"
)
# China, Taiwan, Hong Kong: province or city, road, house number.
_CHINESE = compile_on_use(
    r"(?P<where>香港|九龍|新界|澳門|[\u4e00-\u9fff]{2,3}(?:省|市|县|縣))[\u4e00-\u9fff0-9０-９]{0,25}?[路街道巷]"
    rf"{_DIGIT}{{1,5}}(?:-\d{{1,4}})?[号號][^\s、。，]{{0,25}}"
)
_CHINESE_COUNTRY = {"香港": "HK", "九龍": "HK", "新界": "HK", "澳門": "MO"}
_BACK_CHARS, _ON_CHARS = 40, 60  # from a sign of an address to its first and last character


class HanAddress(NamedTuple):
    """A stretch of text that is an address, and its country, "" where the characters leave it open."""

    start: int
    end: int
    country: str


def may_be_in_han(text: str) -> bool:
    """True when a text may hold such addresses: asked of a page, whose landmarks are at hand, before its parts are searched."""
    return "han" in landmarks(text)


def han_addresses(text: str) -> Iterator[HanAddress]:
    """Yield the addresses written in Chinese characters, Japanese ones first; none overlaps another of its kind."""
    for start, end in around(landmarks(text).get("han", ()), _BACK_CHARS, _ON_CHARS, len(text)):
        for match in _JAPANESE.finditer(text, start, end):
            yield HanAddress(match.start(), match.end(), "JP")
        for match in _CHINESE.finditer(text, start, end):
            country = _CHINESE_COUNTRY.get(match["where"], "CN" if "号" in match[0] else "TW")
            yield HanAddress(match.start(), match.end(), country)
