"""Markup of XML media types written as HTML: what closes itself is closed, and marked sections are text."""

from __future__ import annotations

import re
from html import escape

_VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
_SECTION = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_CLOSED_ITSELF = re.compile(
    rf"""<(?!(?:{_VOID})[\s/])([a-zA-Z][\w:.-]*+)((?:[^<>"'/]++|/(?!>)|"[^"]*+"|'[^']*+')*+)/>"""
)


def is_xml(content_type: str) -> bool:
    """True for media types by which browsers read markup as XML."""
    return content_type.partition(";")[0].strip().lower().endswith("xml")


def as_html(markup: str) -> str:
    """Return markup that an HTML parser reads as an XML parser reads `markup`.

    To an HTML parser `<script/>` begins a script that does not end, and a marked section is a comment.
    """
    told = _SECTION.sub(lambda section: escape(section[1], quote=False), markup)
    return _CLOSED_ITSELF.sub(r"<\1\2></\1>", told)
