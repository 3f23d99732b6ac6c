"""Who is behind a site: companies, responsible pharmacists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pharmcheck.model import Detail, Mention, Page
from pharmcheck.reading.asserted import asserted
from pharmcheck.reading.landmarks import around, landmarks
from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.reading.passages import quote_of, spans
from pharmcheck.reading.structured import nested, text_of

_FORMS = (
    r"(?:Pty|Pvt|Pte|Co)\.?,? Ltd|Ltd|Limited|LLC|L\.L\.C\.|LLP|PLC|plc|Inc|Incorporated|Corp|Corporation|"
    r"gGmbH|GmbH(?: & Co\.? KG)?|AG|OHG|KG|e\. ?Kf?[mr]?\.|UG(?: \(haftungsbeschränkt\))?|B\.V\.|BV|N\.V\.|NV|"
    r"V\.O\.F\.|VOF|S\.L\.U?\.?|S\.A\.R\.L\.|S\.A\.S\.|S\.A\.|SARL|SAS|EURL|SELARL|SPRL|S\.r\.l\.|S\.R\.L\.|Srl|SRL|S\.p\.A\.|"
    r"Lda|s\. ?r\. ?o\.|a\. ?s\.|sp\. ?z ?o\. ?o\.|Sp\. ?z ?o\. ?o\.|sp\. ?j\.|A/S|ApS|AB|Oy|Kft|Zrt|Bt\."
)
_WORD = r"[A-ZÀ-ŽŁŚŻŹĆ0-9][\w&'’.\-]{0,40}"  # every run here has a bound, or hostile text would cost its square
_JOINING = "&|and|of|the|und|et|y|de|du|des|der|la|le|di|del|van|von|u|pod|na"
_COMPANY = compile_on_use(
    rf"(?<![\w&.])(?P<name>{_WORD}(?:,? (?:{_WORD}|{_JOINING})){{0,5}}?),? (?P<form>{_FORMS})(?!\w)\.?"
)
_COPYRIGHT = compile_on_use(
    r"(?:©|\(c\)|copyright)(?:\s*©|\s*copyright)?\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?\s*[,.|-]?\s*(?:by\s+)?"
    r"(?P<name>[^\n|•©.]{2,60}(?:\.(?:com|net|org|co\.uk|pharmacy|example|shop|to|is|biz))?)",
    re.IGNORECASE,
)
_TRAILER = re.compile(
    r"\s*[,.-]?\s*(?:all rights reserved|powered by|alle rechte|tous droits|todos los derechos|\d{4}).*$", re.IGNORECASE
)
_LEADER = re.compile(
    r"^(?:Copyright|By|From|Contact|About|Company|Operated by|The|Owned by|Impressum|Name)\s+", re.IGNORECASE
)
# Processors and carriers that policies name; they are not behind the site.
_OTHERS = re.compile(
    r"\b(?:Google|Meta|Facebook|PayPal|Stripe|Klarna|Cloudflare|Amazon|Microsoft|Adyen|Mollie|Hotjar|Zendesk|Mailchimp|"
    r"Shopify|Automattic|Apple|Visa|Mastercard|Trustpilot|DHL|DPD|UPS|FedEx|Hermes|Royal Mail|Twitter|LinkedIn|Zoom)\b"
)
_BUSINESSES = re.compile(
    r"organi[sz]ation|pharmacy|business|store|clinic|corporation|physician|hospital|shop", re.IGNORECASE
)

_TITLE = (
    r"(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof|Mag|Mgr|mgr|PharmDr|MUDr|RNDr|Apotheker(?:in)?|Herrn?|Frau|Dott|Dott\.ssa|Dra?|Sra?|"
    r"M|Mme|Drs|lic|farm|pharm|pharmacist|apotheker|farmaceut|rer\. nat)\.?[ \t]{1,3}){0,4}"
)
_PART = r"(?:[A-ZÀ-ŽŁŚŻŹĆ][^\W\d_]{1,30}(?:['’-][A-ZÀ-Ž]?[^\W\d_]{1,30}){0,3}|[A-ZÀ-Ž](?:\.|\b))"
_NAME = (
    rf"(?<![^\W\d_]){_TITLE}{_PART}(?:[ \t]{{1,3}}(?:{_PART}|van|von|de|der|den|di|da|du|del|la|le|bin|al|zu)){{1,4}}"
)
_PHARMACIST = (
    r"superintendent(?: pharmacist)?|responsible pharmacist|pharmacist[- ]in[- ]charge|"
    r"(?:supervising|head|chief|lead|managing|registered|supervisory) pharmacist|pharmacy manager|"
    r"(?:verantwortliche[rn]? |leitende[rn]? )?apotheker(?:in)?|apothekenleiter(?:in)?|(?:apotheken)?inhaber(?:in)?|"
    r"pharmacien(?:ne)?s? (?:titulaire|responsable)s?|(?:docteur en pharmacie|titulaire)|"
    r"(?:gevestigd|beherend|verantwoordelijke?) apotheker|kierowni(?:k|czka) apteki|vedoucí lékárn(?:ík|ice)|"
    r"odpovědn[ýá] (?:farmaceut(?:ka)?|zástupce)|(?:titular )?farmacéutic[oa](?: titular| responsable)?|"
    r"farmacista (?:responsabile|titolare)|direttore (?:tecnico|responsabile)|"
    r"direct(?:ora?|eur) (?:técnic[oa]|technique)|farmacêutic[oa] responsável|zodpovedný farmaceut|"
    r"(?:läkemedels|apoteks)ansvarig|apotekschef|apotek(?:er|are)|"
    r"felelős gyógyszerész|farmacist(?:-șef| șef| responsabil)"
)
_LINKING = r"(?:[ \t]{0,3}\([^)\n]{0,40}\))?[\s:,–—-]{0,4}(?:(?:is|name|ist|est|es|è|our|:)(?!\w)[\s:]{0,3}){0,2}"
_AFTER = compile_on_use(rf"(?<!\w)(?i:{_PHARMACIST})(?!\w){_LINKING}(?P<name>{_NAME})")
_BEFORE = compile_on_use(
    rf"(?P<name>(?>{_NAME}))[ \t]{{0,3}}(?:[,(–—-]|\n)[ \t]{{0,3}}(?i:our )?(?i:{_PHARMACIST})(?!\w)"
)
_A_NAME, _NEXT_NAME, _LAST_NAME = (
    compile_on_use(_NAME),
    compile_on_use(rf"{_LINKING}(?P<name>{_NAME})"),
    compile_on_use(rf"(?P<name>{_NAME})[\s,(–—-]{{0,3}}\Z"),
)
_NO_NAME = compile_on_use(
    r"\b(?:Pharmac(?:y|ies|ist|ists|eutical)|Online|Team|Our|Your|Contact|GPhC|Regist\w+|Number|Licen[cs]e\w*|The|We|You|"
    r"Is|About|Apotheke|Please|All|Us|Address|Phone|Email|E-Mail|Tel\w*|Opening|Hours|Street|Road|Ltd|Limited|General|Council|Home|"
    r"Privacy|Terms|Order|Prescription|Medical|Director|Click|View|Read|More|Berufs\w*|Impressum|Anschrift|Adresse|Kontakt|In|Of|And|For)\b"
)
_OFFICE = re.compile(r"^(?:pharmacist|apotheker(?:in)?|farmaceut)\s+", re.IGNORECASE)  # a title only before a name
# From a word for the office to the first character of what `_BEFORE`, and the last of what `_AFTER`, may take in.
_BACK_CHARS, _ON_CHARS = 330, 460
_NAME_CHARS = 300  # from the first character of a company's name to its legal form


def read_names(page: Page) -> Iterator[Detail]:
    """Yield the names of companies: of structured organisations, with a legal form, or after a copyright sign."""
    for item in nested(page.structured):
        name = text_of(item, "legalName", "name")
        if name and _BUSINESSES.search(text_of(item, "@type")):
            yield Detail("name", name[:120], quote_of(page, name, "from structured data"))
    for start, end in spans(page):
        for match in _companies(page.text, start, end):
            name = _LEADER.sub("", match[0])
            if not _OTHERS.search(name):
                yield Detail("name", name, page.quote(match.end() - len(name), match.end()))
        for match in _copyrights(page.text, start, end):
            name = _TRAILER.sub("", match["name"]).strip(" ,-–")
            if len(name) > 1 and not name[0].isdigit() and not name.lower().startswith(("all rights", "notice", "law")):
                yield Detail("name", name, page.quote(match.start(), match.start("name") + len(name)))


def _companies(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the names with a legal form; each stands on one line with its form."""
    for form in landmarks(text).get("company-form", ()):
        if start <= form.start < end:
            begin, stop = max(start, form.start - _NAME_CHARS), text.find("\n", form.end, end)
            start = stop if stop >= 0 else end
            yield from _COMPANY.finditer(text, begin, start)


def _copyrights(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    for word in landmarks(text).get("copyright", ()):
        match = _COPYRIGHT.match(text, word.start, end) if word.start >= start else None
        if match:
            start = match.end()
            yield match


def read_pharmacists(page: Page, mentions: Sequence[Mention]) -> Iterator[Detail]:
    """Yield the pharmacists who are named with a responsible office (`Superintendent Pharmacist: …`)."""
    offices = landmarks(page.text).get("pharmacist", ())
    near = list(around(offices, _BACK_CHARS, _ON_CHARS, len(page.text)))
    for pattern in (_AFTER, _BEFORE):
        for start, end in near:
            for match in pattern.finditer(page.text, start, end):
                yield from _person("pharmacist", page, match)
    yield from _near(page, mentions, "pharmacist-named", "pharmacist")


def _near(page: Page, mentions: Sequence[Mention], concept: str, kind: str) -> Iterator[Detail]:
    """Yield the persons named beside or within the mentions of a concept."""
    for mention in asserted(mentions, concept):
        if mention.page is not page:
            continue
        after = _NEXT_NAME.match(page.text, mention.end)
        before = _LAST_NAME.search(page.text, max(0, mention.start - 60), mention.start)
        for match in (after, before, _A_NAME.search(page.text, mention.start, mention.end)):
            if match is not None:
                yield from _person(kind, page, match, min(mention.start, match.start()), max(mention.end, match.end()))


def _person(
    kind: str, page: Page, match: re.Match[str], start: int | None = None, end: int | None = None
) -> Iterator[Detail]:
    name = " ".join((match.groupdict().get("name") or match[0]).split()).rstrip(" .,")
    name = _OFFICE.sub("", name)
    if not _NO_NAME.search(name):
        quote = page.quote(match.start() if start is None else start, match.end() if end is None else end)
        yield Detail(kind, name, quote)
