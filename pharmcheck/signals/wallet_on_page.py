"""Where the coins go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Kind, Mention, Quote, Sighting, Trade
from pharmcheck.reading.sellers import sells_medicines


def wallet_on_page(
    kind: Kind, trade: Trade, mentions: Sequence[Mention], sightings: Sequence[Sighting]
) -> Iterator[Quote]:
    """A seller of prescription medicines shows the address of its coin wallet.

    Why: whoever pays to a bare address has no invoice, no merchant behind it and no way back; shops that lawfully
    take coins use a payment service, which shows an address for each order.
    Source: FTC, consumer.ftc.gov, on cryptocurrency and scams; Bitcoin wiki, address reuse; only addresses whose
    checksum holds are counted.
    False alarm: a lawful shop that shows where to donate.
    """
    if sells_medicines(kind, mentions, sightings):
        yield from (wallet.quote for wallet in trade.wallets)
