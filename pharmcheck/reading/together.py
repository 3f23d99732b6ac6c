"""Particulars that one place gives together: an address with the telephone or the licence that stands beside it.

A site of many offices gives many countries. What one entry says is another matter: nobody's own office has an address here
and a telephone far away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pharmcheck.model import Detail, Licence, Page
from pharmcheck.reading.structured import nested, text_of

_REACH_CHARS = 160  # from the end of an address to the telephone that belongs to it
_MOST = 200  # addresses and numbers of one page that are compared
_INTERNATIONAL = ("+", "00", "(+")


class _Placed(NamedTuple):
    start: int
    end: int
    detail: Detail


def read_together(
    page: Page, addresses: Sequence[Detail], phones: Sequence[Detail], licences: Sequence[Licence]
) -> Iterator[tuple[Detail, Detail]]:
    """Yield (address, telephone or licence) of one entry: the first that follows the address, in reach of it.

    Not where a telephone stands right before the address: there telephones lead, and what follows is of the next one.
    """
    given = [d for d in phones if d.quote.text.lstrip().startswith(_INTERNATIONAL)]
    given += [Detail("licence", x.number, x.quote, x.registry[:2].upper()) for x in licences]
    homes = [d for d in addresses if d.country and not d.value.startswith("PO box")]
    if not homes or not given:
        return
    placed = sorted((*_place(page, homes), *_place(page, [*phones, *given])), key=lambda at: (at.start, -at.end))
    for before, at, after in zip([None, *placed], placed, placed[1:], strict=False):
        leads = before is not None and before.detail.kind == "phone" and bool(before.detail.country)
        led = before is not None and leads and at.start - before.end < _REACH_CHARS
        beside = after.detail in given and after.detail.country and 0 <= after.start - at.end <= _REACH_CHARS
        if at.detail.kind == "address" and beside and not led:
            yield at.detail, after.detail
    yield from _structured(page, homes, given)


def _structured(page: Page, homes: Sequence[Detail], given: Sequence[Detail]) -> Iterator[tuple[Detail, Detail]]:
    """Yield the address and the telephone of one structured organisation."""
    for item in nested(page.structured):
        number, place = text_of(item, "telephone"), item.get("address")
        street = text_of(place, "streetAddress") if isinstance(place, Mapping) else ""
        if number and street:
            address = next((d for d in homes if d.value.startswith(street)), None)
            phone = next((d for d in given if d.country and d.quote.text == number), None)
            if address and phone:
                yield address, phone


def _place(page: Page, details: Sequence[Detail]) -> Iterator[_Placed]:
    """Yield where the details stand in the page's text, each value once; those of its source only are left out."""
    seen: set[str] = set()
    for detail in details[:_MOST]:
        start = page.text.find(detail.quote.text)
        if start >= 0 and detail.quote.text not in seen:
            seen.add(detail.quote.text)
            yield _Placed(start, start + len(detail.quote.text), detail)
