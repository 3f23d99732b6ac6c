"""Schemes whose seals shops show: how their pictures are named, and the hosts to which they may link."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pharmcheck.model import Registry

_EEA_CODES = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO"
_EEA = frozenset(_EEA_CODES.split())
# Agencies of EEA states without a registry folder; a common logo may rightly open them, and stays unconfirmed then.
_MORE_EEA_HOSTS = (
    *("bda.bg", "halmed.hr", "moh.gov.cy", "laegemiddelstyrelsen.dk", "ravimiamet.ee", "fimea.fi", "eof.gr", "gov.hu"),
    *("hpra.ie", "vvkt.lt", "vvkt.lrv.lt", "sante.public.lu", "zva.gov.lv", "medicinesauthority.gov.mt", "infarmed.pt"),
    *("anm.ro", "jazmp.si", "gov.si", "sukl.sk", "legemiddelverket.no", "dmp.no", "lyfjastofnun.is", "europa.eu"),
)
_REGULATORS = ("fda.gov", "who.int", "tga.gov.au", "medsafe.govt.nz", "canada.ca", "europa.eu")
_CLICK = r"(?:click|klick|cliqu|klik|pulse|haga clic|clicca|clique|faceți clic|tarkista|kattint)"
_LEGAL = r"(?:legal|legál|légal|lovlig|laglig|zákon|rechtmäßig|lailli|jogszer|legalnoś)"

EU_PHRASE = re.compile(rf"{_CLICK}.{{0,80}}{_LEGAL}|{_LEGAL}.{{0,60}}{_CLICK}", re.IGNORECASE)
_CLICKS = ("click", "klick", "cliqu", "klik", "pulse", "clic", "tarkista", "kattint")
_EDGE, _NO_MORE = r"(?<![^\W_])", r"(?![^\W_])"
_PICTURES = {
    "eu-logo": r"\beu[-_ ]?(?:common[-_ ]?)?logo|common[-_ ]?(?:eu[-_ ]?)?logo|(?:eu[-_ ]?)?sicherheitslogo|"
    r"gemeinsames[-_ ]logo|logo[-_ ](?:commun|común|comune)|wspólne[-_ ]logo|společné[-_ ]logo|europees[-_ ]logo",
    "gb-gphc": rf"{_EDGE}gphc{_NO_MORE}|general[-_ ]pharmaceutical[-_ ]council|pharmacyregulation|"
    r"registered[-_ ](?:internet[-_ ])?pharmacy(?:[-_ ](?:logo|seal|number|\d)|$)|internet[-_ ]pharmacy[-_ ]logo",
    "gb-mhra-dsl": rf"{_EDGE}mhra{_NO_MORE}",
    "us-legitscript": r"legit[-_ ]?script",
    "vipps": rf"{_EDGE}(?:vet[-_ ])?vipps{_NO_MORE}",
    "us-dotpharmacy": r"dot[-_ ]?pharmacy|\.pharmacy\b.{0,20}(?:seal|verified|accredited|badge|domain)",
    "us-nabp-accredited": rf"{_EDGE}nabp{_NO_MORE}|national[-_ ]association[-_ ]of[-_ ]boards[-_ ]of[-_ ]pharmacy",
    "us-pharmacychecker": r"pharmacy[-_ ]?checker",
    "ca-cipa": rf"{_EDGE}cipa{_NO_MORE}|canadian[-_ ]international[-_ ]pharmacy[-_ ]association",
    "de-bfarm-versandhandel": r"versand(?:handels?|apotheken?)?[-_ ]?(?:register|logo)|"
    rf"{_EDGE}(?:dimdi|bfarm){_NO_MORE}",
    "nl-aanbiedersmedicijnen": r"aanbieders[-_ ]?(?:van[-_ ])?medicijnen",
    "invented": rf"{_EDGE}(?:fda|who|tga|medsafe|ema|health[-_ ]canada){_NO_MORE}[-_ ]?"
    r"(?:approved|certified|licen[cs]ed|registered|verified|accredited|seal|badge|logo|pharmacy)|"
    r"(?:approved|certified|licen[cs]ed|accredited)[-_ ]by[-_ ](?:the[-_ ])?(?:fda|who|tga|medsafe)\b",
}
# Of these each pattern needs one: most pictures of a page hold none, and are told apart without a search.
_NEEDED = (
    *("logo", "gphc", "pharmac", "mhra", "legit", "vipps", "nabp", "cipa", "versand", "dimdi", "bfarm"),
    *("aanbieders", "approved", "certified", "licen", "registered", "verified", "accredited", "seal", "badge"),
)
_PATTERNS = {scheme: re.compile(pattern, re.IGNORECASE) for scheme, pattern in _PICTURES.items()}
_MOST_WORDS = 10  # a longer alt is a caption to a picture, not the name of a seal
_PAYMENT = re.compile(r"pay|betal|vipps\.no|mobilepay|kort|klarna", re.IGNORECASE)


def may_ask_to_click(words: str) -> bool:
    """True when words may hold the common logo's sentence; many words are asked for at the price of a few."""
    lowered = words.lower()
    return any(word in lowered for word in _CLICKS)


def scheme_of(alt: str, file: str) -> str:
    """Return the scheme whose seal a picture with this alt text and file name shows, "" for none."""
    if alt and EU_PHRASE.search(alt):
        return "eu-logo"
    lowered = f"{alt}\n{file}".lower()
    if not any(word in lowered for word in _NEEDED):
        return ""
    named = alt if len(alt.split()) <= _MOST_WORDS else ""
    for scheme, pattern in _PATTERNS.items():
        if pattern.search(named) or pattern.search(file):
            is_wallet = scheme == "vipps" and _PAYMENT.search(f"{alt} {file}")  # a Norwegian way to pay has this name
            return "" if is_wallet else scheme
    return ""


def hosts_of(scheme: str, registries: Sequence[Registry]) -> frozenset[str]:
    """Return the hosts on which the scheme's registries stand: only their pages can confirm a seal."""
    if scheme == "eu-logo":
        return frozenset(h for r in registries if r.country in _EEA and r.polarity == "positive" for h in r.hosts)
    ids = {
        "vipps": ("us-nabp-accredited", "us-dotpharmacy"),
        "us-dotpharmacy": ("us-nabp-accredited", "us-dotpharmacy"),
    }
    wanted = ids.get(scheme, (scheme,))
    return frozenset(h for r in registries if r.id in wanted and r.polarity == "positive" for h in r.hosts)


def may_open(scheme: str, host: str, registries: Sequence[Registry]) -> bool:
    """True where a seal of the scheme rightly opens a page on `host`, whether that page can confirm it or not."""
    hosts: set[str] = set(hosts_of(scheme, registries))
    if scheme in ("eu-logo", "gb-mhra-dsl"):  # British shops still show the EU logo that ended there in 2020
        hosts |= {"gov.uk", *_MORE_EEA_HOSTS}
    if scheme in ("de-bfarm-versandhandel", "nl-aanbiedersmedicijnen"):
        hosts |= hosts_of("eu-logo", registries)
    if scheme == "invented":
        hosts |= set(_REGULATORS)
    return any(host == right or host.endswith(f".{right.removeprefix('www.')}") for right in hosts)
