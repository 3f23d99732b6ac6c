"""Read a page's operator, for the tests of its readers."""

from __future__ import annotations

from pharmcheck.model import Operator, Registry
from pharmcheck.reading.operator import read_operator
from pharmcheck.reading.page import read_page

GPHC = Registry(
    "gb-gphc", "GB", "x", "positive", "https://gphc.example", ("register.gphc.example",), r"^(10\d{5}|11\d{5}|90\d{5})$"
)
PSI = Registry("ie-psi", "IE", "x", "positive", "https://psi.example", ("psi.example",), r"^\d{4,8}$")
ONP = Registry("fr-onp", "FR", "x", "positive", "https://onp.example", (), r"^(\d{2,3}|2[AB])#\d{6}$")
KVK = Registry("nl-aanbiedersmedicijnen", "NL", "x", "positive", "https://kvk.example", (), r"^\d{12}$")
REGISTRIES = (GPHC, PSI, ONP, KVK)


def operator(html: str, url: str = "https://shop.example/", role: str = "contact") -> Operator:
    """Return the operator that a page of this HTML names."""
    return read_operator([read_page(url, html.encode(), role=role)], [], REGISTRIES)
