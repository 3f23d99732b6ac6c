"""What sites of one operator share and others do not: read from the evidence, carried by the report, tied by `networks`.

Themes, hosts of pictures, content networks and analytics are left out: they belong to platforms, and so to innocents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from pharmcheck.model import (
    Certificate,
    Detail,
    Evidence,
    Gap,
    Mention,
    Names,
    Offer,
    Page,
    Quote,
    SiteKind,
    Target,
)
from pharmcheck.reading.address_keys import address_key
from pharmcheck.reading.asserted import asserted
from pharmcheck.reading.locate import trace_all
from pharmcheck.reading.network_services import parking_service, serves_many
from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.reading.sellers import SELLERS
from pharmcheck.reading.sentences import WORD
from pharmcheck.target import host_of, is_address, registrable_domain

MOST = 8  # of one kind: a site that prints more is a directory, and prints other people's
MOST_SENTENCES = 12
_MAX_VALUE = 400  # characters
_FEWEST_WORDS = 9  # shorter ones are slogans, which strangers share
_FEWEST_PACKS = 4  # of one strength: strangers seldom ask the same four prices for the same four packs
# There the name, address and telephone in the footer are the host's, a victim's or a market's, not the seller's.
_ON_FOREIGN_GROUND = frozenset((SiteKind.HACKED_HOST, SiteKind.PROMOTION, SiteKind.MARKETPLACE_LISTING))
_THERE_TOO = frozenset(("wallet", "messenger", "sentence", "prices"))
# What shops of the drug trade say and lawful ones do not: the latter's sentences come from templates of the law.
_TRADE = frozenset(
    (
        "no-prescription-needed", "prescription-waived", "prescription-optional", "prescription-after-order", "personal-import",
        "buyer-vouches", "customs-guarantee", "customs-disclaimer", "customs-evasion", "reship-offer", "airmail",
        "discreet-packaging", "discreet-billing", "anonymous-purchase", "payment-disguise", "account-details-later",
        "bonus-pills", "approved-makers", "saves-embarrassment", "brand-generic", "lowest-price", "worldwide-shipping",
        "crypto-discount", "no-side-effects", "miracle-claim", "invented-approval",
    )
)  # fmt: skip
# Addresses that belong to a duty or a machine, often at a platform or an agency.
_ROLE = re.compile(
    r"(?:abuse|compliance|copyright|data-?protection|datenschutz|dmca|dpo|gdpr|hostmaster|legal|mailer-daemon|no-?reply"
    r"|postmaster|press|privacy|privacidad|rgpd|security|unsubscribe|webmaster)(?:[._+-].*)?@|[0-9a-f]{24,}@"
)
_SAMPLE_MAIL = re.compile(
    r"@(?:(?:www\.)?(?:domain|email|mail|yourdomain|yoursite|mysite|company|website|sentry|sentry-next\.wixpress|wixpress)\.\w+"
    r"|(?:[\w-]+\.)*example\.(?:com|net|org)|[\w.-]*\.sentry\.io)\Z|\A(?:you|your-?(?:name|email|mail)|name|user|username|email)@"
)
_SAMPLE_NUMBER = re.compile(r"1234567|2345678|9876543|0000000|(\d)\1{6}")
_ENDED, _END = re.compile(r"\n|[.!?…]\s+|[。！？]"), re.compile(r"\n|[.!?…](?=\s|\Z)|[。！？]")  # of sentences
_ORDERING = re.compile(
    r"\b(?:cart|check-?out|order|basket|pay(?:ment)?|kasse|panier|carrito|warenkorb|koszyk|kosik)\b", re.I
)
# Payment services and shop platforms: their checkout hosts are everybody's.
_SHARED_CHECKOUTS = compile_on_use(
    r"(?:.*\.)?(?:2checkout|adyen|amazon|authorize|bigcommerce|braintree\w*|coinbase|coingate|coinpayments|ecwid|fastspring|foxycart"
    r"|google|gumroad|klarna|mollie|nowpayments|paddle|paypal|payu|plisio|razorpay|sagepay|sellfy|shopify|shopifypreview|skrill"
    r"|snipcart|square|squareup|stripe|wix|woocommerce|wordpress|worldpay|bitpay|btcpayserver|opayo|myshopify)\.[a-z.]{2,10}"
    r"|(?:wa|t|telegram|line|signal|m)\.me|(?:whatsapp|viber|facebook|instagram|messenger|twitter|x|youtube|pinterest)\.com"
)


def identify(evidence: Evidence) -> tuple[Detail, ...]:
    """Return the identifiers of a site that sells or promotes medicines, each once, at most MOST of a kind.

    Kinds and values: `wallet` and `messenger` as in `Trade` and `Operator`, `phone` (E.164), `email` (lower case),
    `checkout` (the registrable domain to which orders go), `licence` (`registry number`), `address` (its key), `sentence`
    (words of the drug trade, in lower case, without numbers and the site's name), `prices` (packs of one strength),
    `certificate` (a registrable domain on a certificate that names several), `organisation` (whose existence the issuer of
    the certificate vouches for, in lower case), `name-servers` (the registrable domain of its name servers).
    """
    foreign = evidence.kind.name in _ON_FOREIGN_GROUND
    if isinstance(evidence.pages, Gap) or not (foreign or evidence.kind.name in SELLERS):
        return ()
    by_url = {page.url: page for page in reversed(evidence.pages)}
    found = [d for d in _found(evidence, evidence.pages) if not foreign or d.kind in _THERE_TOO]
    traced = trace_all((_cut(d.quote) for d in found), by_url)
    return tuple(Detail(d.kind, d.value[:_MAX_VALUE], traced[_cut(d.quote)]) for d in found)


def _cut(quote: Quote) -> Quote:
    return replace(quote, text=quote.text[:200])


def _found(evidence: Evidence, pages: Iterable[Page]) -> Iterator[Detail]:
    operator, trade = evidence.operator, evidence.trade
    if not isinstance(trade, Gap):
        yield from trade.wallets[:MOST]
    if not isinstance(operator, Gap):
        accounts = [_account(d) for d in operator.messengers]
        dialled = [
            Detail("phone", f"+{d.value[9:]}", d.quote) for d in accounts if re.fullmatch(r"whatsapp \d+", d.value)
        ]
        yield from _first(d for d in accounts if not _is_sample(d.value))
        yield from _first(d for d in (*operator.phones, *dialled) if not _is_sample(d.value))
        yield from _first(d for d in operator.emails if is_of_somebody(d.value))
        yield from _first(
            Detail("licence", f"{licence.registry} {licence.number}", licence.quote) for licence in operator.licences
        )
        yield from _first(replace(d, value=address_key(d)) for d in operator.addresses)
    yield from _first(_checkouts(evidence.target, pages))
    if not isinstance(evidence.mentions, Gap):
        yield from _first(_sentences(evidence.target, evidence.mentions), MOST_SENTENCES)
    if not isinstance(evidence.offers, Gap):
        yield from _first(_prices(evidence.offers))
    if not isinstance(evidence.tls, Gap):
        yield from _certificate(evidence.target, evidence.tls)
    if not isinstance(evidence.dns, Gap):
        yield from _first(_name_servers(evidence.target, evidence.dns))


def _certificate(target: Target, tls: Certificate) -> Iterator[Detail]:
    """Yield the domains that share the certificate, and its organisation.

    Who got it proved to the issuer that he holds every name on it, so only one that browsers accept counts, and no site can
    put another on its own. Hosters and content networks get them for all their customers at once: those with many names,
    without the site's own, or with a name or organisation of such a service tie nobody.
    """
    if tls.error or serves_many("organisation", tls.organisation):
        return
    names = [name.removeprefix("*.") for name in tls.names if not is_address(name)]
    domains = sorted({registrable_domain(name) for name in names})
    if any(serves_many("certificate", name) for name in names) or target.domain not in domains:
        return
    if 2 <= len(domains) <= MOST:
        quote = replace(tls.quote, note=f"certificate of {tls.host} names {len(domains)} domains")
        yield from (Detail("certificate", domain, quote) for domain in domains)
    organisation = " ".join(WORD.findall(unicodedata.normalize("NFKC", tls.organisation).casefold()))
    if organisation and len(domains) <= MOST:
        yield Detail("organisation", organisation, replace(tls.quote, note=f"certificate of {tls.host}"))


def _name_servers(target: Target, dns: Names) -> Iterator[Detail]:
    """Yield the domains of the name servers that are neither the site's own nor those of a service that everybody uses."""
    for domain in sorted({registrable_domain(server) for server in dns.name_servers}):
        if domain != target.domain and not serves_many("name-servers", domain) and not parking_service(domain):
            yield Detail("name-servers", domain, dns.quote("NS"))


def _first(details: Iterable[Detail], most: int = MOST) -> Iterator[Detail]:
    """Yield the first detail of each value that is not empty."""
    seen: set[str] = set()
    new = (d for d in details if d.value and not (d.value in seen or seen.add(d.value)))  # type: ignore[func-returns-value]
    return islice(new, most)


def _account(detail: Detail) -> Detail:
    """Return a chat account as `app name`, numbers as digits alone, however it was written."""
    app, _, who = detail.value.lower().partition(" ")
    return replace(detail, value=f"{app} {who.strip().lstrip('+@').removeprefix('00')}")


def _is_sample(value: str) -> bool:
    """True for a number that templates bring along."""
    digits = re.sub(r"\D", "", value)
    return len(digits) >= 7 and bool(_SAMPLE_NUMBER.search(digits))


def is_of_somebody(address: str) -> bool:
    """True for an e-mail address that an operator would give; those of duties, machines and templates are none."""
    return not _ROLE.match(address) and not _SAMPLE_MAIL.search(address)


def _checkouts(target: Target, pages: Iterable[Page]) -> Iterator[Detail]:
    """Yield the foreign hosts to which orders go: by a form, by a link into a cart, by where the checkout page stands."""
    for page in pages:
        where = [(form.action, form.action) for form in page.forms if form.method == "POST" or page.role == "checkout"]
        where += [(link.url, link.url) for link in page.links]
        where += [(page.url, "")] if page.role == "checkout" else []
        for url, text in where:
            host = host_of(url) if url.startswith("http") and len(url) < 2_000 else ""
            if not host or host == target.host or not (_ORDERING.search(url) or not text):
                continue
            domain = registrable_domain(host)
            if domain != target.domain and not _SHARED_CHECKOUTS.fullmatch(domain):
                yield Detail("checkout", domain, Quote(page.url, text, "orders go there", page.digest))


def _sentences(target: Target, mentions: Iterable[Mention]) -> Iterator[Detail]:
    """Yield the sentences of the drug trade that the site asserts."""
    name = re.sub(r"[^a-z0-9]", "", target.domain.partition(".")[0])
    read: set[str] = set()
    for mention in asserted(mentions, *_TRADE):
        start, end = _around(mention.page.text, mention.start, mention.end)
        sentence = mention.page.text[start:end]
        words = plain_words(sentence, name) if sentence not in read else []
        read.add(sentence)
        if len(words) >= _FEWEST_WORDS:
            yield Detail("sentence", " ".join(words), mention.page.quote(start, end))


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence about `start` to `end` begins and ends; at most 200 characters from where it begins."""
    first = max(0, start - 200)
    before = max((m.end() for m in _ENDED.finditer(text[first:start])), default=0)
    begin = first + before
    after = _END.search(text[end : begin + 200])
    return begin, end + after.end() if after else max(end, min(len(text), begin + 200))


def plain_words(text: str, name: str) -> list[str]:
    """Return the words of a sentence in lower case, without numbers and without what is part of the site's `name`."""
    words = WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return [w for w in words if not w[0].isdecimal() and not (len(w) > 3 and w in name)]


def _prices(offers: Iterable[Offer]) -> Iterator[Detail]:
    """Yield the table of packs of each prescription medicine and strength: quantity and price, smallest pack first."""
    tables: dict[tuple[str, float, str], dict[int, Offer]] = {}
    for offer in offers:
        if offer.needs_prescription and offer.strength_mg and offer.quantity and offer.price:
            packs = tables.setdefault((offer.medicine.name, offer.strength_mg, offer.currency), {})
            packs.setdefault(offer.quantity, offer)
    for (name, strength, currency), packs in tables.items():
        if len(packs) >= _FEWEST_PACKS and len({p.price for p in packs.values()}) >= _FEWEST_PACKS:
            rows = " ".join(f"{quantity}={packs[quantity].price}" for quantity in sorted(packs))
            yield Detail("prices", f"{name} {strength:g} mg {currency}: {rows}", packs[min(packs)].quote)
