"""Literal words beside which particulars of operator and trade stand, found in one pass: where none is, no pattern is tried.

A pattern over a whole page costs milliseconds; this costs 7 µs a thousand characters, and most pages have few of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, Implementation

from pharmcheck.reading.countries import COUNTRIES
from pharmcheck.reading.disguise import lower
from pharmcheck.reading.lines import Span

# `-` at an end: the word may go on there. Without it a word begins and ends as a word does.
WORDS: Mapping[str, str] = {
    # "12 High Street", "12 rue du Port": the house number stands before.
    "street-after": "street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|way|court|close|square|terrace|crescent|"
    "highway|hwy|parkway|pkwy|broadway|row|gardens|quay|industrial estate|business park|retail park|parade|"
    "trading estate|arcade|mall|centre|center|floor|house|building|marg|nagar|rue|place|chemin|allée|quai|cours|"
    "impasse|route|grove|mews|chambers|tower",
    # "ul. Długa 3", "Calle Mayor, 7", "Suite 4": the number stands behind.
    "street-before": "suite|ste|unit|floor|level|shop|office|rue|calle|avenida|avda|av|plaza|paseo|camino|carrer|carretera|"
    "polígono|via|viale|piazza|corso|largo|strada|rua|praça|travessa|estrada|bd|calea|șos|str|c/-|ul.-|al.-|pl.-|os.-|"
    "nám.-|tř.-|ulice|náměstí|třída|ulica|námestie|straße|utca|út|tér|körút|bulevardul|intrarea|alameda|rodovia|"
    "plot|sector|sokak|sokağı|sok|cadde|caddesi|cad|mahallesi|mah|bulvarı|"
    "улица|ул|проспект|пр-т|просп|переулок|пер|шоссе|бульвар|б-р|площадь|набережная|наб|вулиця|вул|бул|οδός|λεωφόρος",
    # "Musterstraße 5", "Kerkstraat 5": the word ends in it, the number stands behind.
    "street-end": "-straße|-strasse|-str.-|-weg|-platz|-allee|-gasse|-ring|-damm|-ufer|-straat|-laan|-plein|-gracht|-kade|-dijk|"
    "-singel|-markt|-dreef|-steenweg|-gatan|-vägen|-gränd|-torget|-gade|-vej|-veien|-vegen|-gata|-gaten|-plads|-katu|"
    "-tie|-kuja",
    "han": "-〒-|-号-|-號-|-丁目-|-番地-|-都-|-県-|-府-|-北海道-",
    "box": "box|pmb|postfach|postbus|postboks|postilokero|apartado|boîte postale|bp|casella postale|skr. poczt.-|"
    "skrytka pocztowa|caixa postal|poštovní přihrádka|а/я|private bag|mailbox|boîte|postlåda",
    "pharmacist": "superintendent|-pharmacist-|pharmacy manager|-apotheker-|-inhaber-|apothekenleiter-|pharmacien-|"
    "docteur en pharmacie|titulaire|kierowni-|vedoucí lékárn-|odpovědn-|-farmac-|direttore-|direct-|zodpovedný farmaceut|"
    "-ansvarig|apotekschef|apotek-|felelős gyógyszerész|-farmacê-",
    "copyright": "-©-|-(c)-|-copyright-",
    "messenger": "whatsapp|whats app|what's app|what'sapp|telegram|wickr|wickr me|wickrme|signal|threema|viber|wechat|session id",
    "company": "vat|company-|companies house|registered in-|hrb|hra|handelsregister|ust-|umsatzsteuer-|uid|siren|siret|rcs|tva|"
    "p.iva|p. iva|partita iva|cif|nif|nip|regon|ič-|dič|kvk-|btw-|org.-|orgnr|organisationsnummer|organisasjonsnummer|cnpj|abn|acn|nipc|"
    "cvr-|y-tunnus|adószám|cui|c.u.i.|инн|gstin|uen",
    "coin": "bitcoin|bitcoins|btc|eth|usdt|tether|ltc|litecoin|xmr|monero|trx|tron|crypto-|wallet",
    "changed-coin": "bitcoin|bitcoins|btc|eth|ethereum|usdt|usdc|tether|litecoin|crypto|cryptos|cryptocurr-|coin|coins|wallet",
    "onramp": "moonpay|transak|banxa|guardarian|mercuryo|changelly|paybis|onramper|switchere|swipelux|coinmama|kryptonim|"
    "simplex|wert|ramp network|topper|alchemy pay|utorg|itez",
    "paying": "pay|payment|payments|paying|payable|accept-|-zahlung-|-zahlen-|-zahlbar-|-paiement-|pago-|-pagament-|-betaal-|"
    "-betal-|-płatno-|-płać-|-platb-|-оплат-",
    "destination": "-ship-|-deliver-|-dispatch-|-serve-|-countries-|-destination-|-versand-|-liefer-|-livr-|-envi-|-enví-|-sped-|"
    "-verzend-|-dostaw-|-wysyłk-|-doruč-|-доставк-",
    "dosing": "take|taken|once|twice|daily|per day|a day|every -|hour|hours|maximum dose|starting dose|dosage|täglich|par jour|"
    "al día|al giorno|per dag|dziennie|denně|-mg/day-",
    "fee": "-shipping-|-delivery-|-postage-|-versand-|-livraison-|-envio-|-envío-|-spedizione-|-verzend-|-dostaw-|-doprav-|"
    "-subtotal-|total|-minimum-|-order over-|-order above-|-order of-|-orders over-|-orders above-|-orders of-|-voucher-|"
    "-coupon-|-gift card-|-prescription charge-|-copay-|-co-pay-|-fee|-consultation-|fedex|usps|airmail",
    "pharmacy-name": "-pharmacy|-pharmacies|-pharmacie|-chemist-|-drugstore-|-apothe-|-apotek-|-aptek-|-lekarn-|-lékarn-|-lekárn-|"
    "-lékárn-|-farmaci-|-farmáci-|-drogaria-|-botica-",
    # With a blank before them, as they stand behind a name: inside other words `ag`, `ab` and `inc` are all over a page.
    "company-form": "- ltd|- limited|- llc|- llp|- plc|- inc|- incorporated|- corp|- corporation|- ggmbh|- gmbh|- ag|- ohg|- kg|- ug|"
    "- bv|- nv|- vof|- sarl|- sas|- eurl|- selarl|- sprl|- srl|- lda|- a/s|- aps|- ab|- oy|- kft|- zrt|- l.l.c.-|- e.k-|- e. k-|"
    "- b.v.-|- n.v.-|- v.o.f.-|- s.l.-|- s.a.-|- s.p.a.-|- s.r-|- s. r-|- a.s.-|- a. s.-|- sp.-|- bt.-",
    "licence": "-gphc-|-general pharmaceutical council-|-premises reg-|-premises number-|-pharmacy reg-|-pharmacy premises-|"
    "-pharmacy number-|-registered pharmacy-|-mhra-|-distance selling-|-psi-|-pharmaceutical society of ireland-|-kvk-|"
    "-vestigingsnummer-|-aanbiedersmedicijnen-|-kód lékárny-|-kód pracoviště-|-súkl-|-číslo -|-zezwoleni-|-identyfikator apteki-|"
    "-rejestr-|-r apteki-|-r rejestru-|-licence-|-license-|-ars-|-apb-|-fagg-|-afmps-|-famhp-|-vergunning-|-n° d-|-bfarm-|-dimdi-|"
    "-versandhandels-|-npi-|-national provider identifier-|-registration-|-register-|-registrierungs-|-permit-|-authorisation-|"
    "-authorization-|-accreditation-|-nabp-|-ncpdp-|-numéro d-|-número de -|-zulassungsnummer-|-betriebserlaubnis-",
    "country": "|".join(COUNTRIES).lower(),
    "practitioner": "gphc|gmc|nmc|npi|dea|rpps|big|ahpra|national provider identifier|general medical council|big-",
}


@cache
def _automaton() -> tuple[AhoCorasick, tuple[tuple[str, bool, bool], ...]]:
    """Return the automaton, and of each of its words the kind, and whether it begins and ends as a word does."""
    words = [(kind, word) for kind, words in WORDS.items() for word in words.split("|")]
    plain = [_plain(word) for _, word in words]
    bounds = tuple((kind, word[0] != "-", word[-1] != "-") for kind, word in words)
    # 2 ms to build instead of 0.5, and 44 us a page of 9,000 letters instead of 86
    return AhoCorasick(plain, implementation=Implementation.DFA, store_patterns=False), bounds


def _plain(word: str) -> str:
    return word[word[0] == "-" : len(word) - (word[-1] == "-")]


@lru_cache(maxsize=16)  # the readers ask for one page after another of a site
def landmarks(text: str) -> Mapping[str, tuple[Span, ...]]:
    """Return the landmarks of each kind in the text, by where they begin; nothing for a kind that has none."""
    automaton, bounds = _automaton()
    low = lower(text)
    length = len(low)
    found: dict[str, set[tuple[int, int]]] = {}
    for index, start, end in automaton.find_matches_as_indexes(low, overlapping=True):
        kind, begins, ends = bounds[index]
        if begins and start and ((before := low[start - 1]).isalnum() or before == "_"):
            continue
        if ends and end < length and ((after := low[end]).isalnum() or after == "_"):
            continue
        found.setdefault(kind, set()).add((start, end))
    return {kind: tuple(map(Span._make, sorted(words))) for kind, words in found.items()}


def matches_at(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[re.Match[str]]:
    """Yield what the pattern matches from landmarks of that kind on; none overlaps another."""
    read = 0
    for word in landmarks(text).get(kind, ()):
        match = pattern.match(text, word.start) if word.start >= read else None
        if match:
            read = match.end()
            yield match


def lines_of(text: str, kind: str) -> Iterator[tuple[int, str]]:
    """Yield where each line of the text that holds a landmark of that kind begins, and the line in lower case."""
    end = -1
    low = lower(text) if kind in landmarks(text) else ""
    for word in landmarks(text).get(kind, ()):
        if word.start > end:
            begin, end = low.rfind("\n", 0, word.start) + 1, low.find("\n", word.start)
            end = end if end >= 0 else len(low)
            yield begin, low[begin:end]


def around(places: Iterable[tuple[int, int]], before: int, after: int, length: int) -> Iterator[Span]:
    """Yield the stretches that reach `before` and `after` each place of a text of that length, joined where they touch.

    The places come by where they begin.
    """
    begin, end = 0, -1
    for start, stop in places:
        if start - before > end:
            if end >= 0:
                yield Span(begin, end)
            begin = max(0, start - before)
        end = min(length, max(end, stop + after))
    if end >= 0:
        yield Span(begin, end)
