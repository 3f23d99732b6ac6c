"""By what does it talk?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pharmcheck.model import Operator, Quote

# Those that ask for no telephone number, or hide it, and that drug sellers name; not what small pharmacies use.
_HIDING = frozenset(("wickr", "session", "telegram", "tg"))


def secretive_messenger_account(operator: Operator) -> Iterator[Quote]:
    """An account with Wickr, Session or Telegram is given to reach the operator.

    Why: such an account shows neither who nor where its owner is, and is gone in a minute.
    Source: NABP, is-that-pharmacy-safe, and Partnership for Safe Medicines, safemedicines.org/warningsigns (no
    telephone, no pharmacist to reach); the choice of messengers is an expert's.
    False alarm: lawful pharmacies in Eastern Europe, Central Asia and Iran have Telegram channels.
    """
    for account in operator.messengers:
        app = account.value.partition(" ")[0]
        if app in _HIDING:
            yield replace(account.quote, note=account.value)
