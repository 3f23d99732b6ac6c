"""Ways to reach an operator: telephone numbers, e-mail addresses, messengers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qs, unquote, urlsplit

import phonenumbers

from pharmcheck.model import Detail, Page
from pharmcheck.reading.landmarks import around, landmarks
from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.reading.passages import quote_of, spans
from pharmcheck.reading.signs import byte_table, may_hold_other_digits, places, sifted
from pharmcheck.reading.structured import nested, text_of
from pharmcheck.target import host_of

_MAX_CANDIDATES = 2_000  # a number costs 33 us to parse; those with a country's code come first
# A cheap look for what may be a number: digits with the marks that people write between them.
_DIGITS = re.compile(r"(?<![\w.,/=#€$£%-])(?:\+|00)?\(?\d(?:[ \u00a0().\-–/]{0,3}\d){6,14}(?![\w%])(?!,\d)")
# What any of these holds, and most lines do not, once what may stand between is left out.
_SEVEN = b"0000000"
_DIGITS_AND_LINES = byte_table(lambda sign: "0" if sign.isdigit() else "\n" if sign == "\n" else "x")
_BETWEEN = b" ().-/?"
_CUE = re.compile(
    r"(?:tel|phone|call|dial|fon|téléphone|teléfono|telefon|telefono|telefone|tlf|puhelin|hotline|helpline|mobile|mobil|"
    r"ring|numéro|ligne|line|us at|contact|kontakt|freephone|toll[- ]free|☎|📞|✆|whatsapp|sms|text us)\W{0,20}$",
    re.IGNORECASE,
)
_FAX = re.compile(r"fax\W{0,12}$", re.IGNORECASE)
_NORTH_AMERICAN = re.compile(r"(?:1[-. ])?\(?[2-9]\d{2}\)?[-. ]\s?\d{3}[-. ]\d{4}\Z")
_UNTRUNKED = frozenset(("ES", "PT", "PL", "CZ", "DK", "NO", "IT", "GR"))  # no 0 before a number inside the country
_DATE = re.compile(r"(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}")
_TOLL_FREE = phonenumbers.PhoneNumberType.TOLL_FREE

_EMAIL = re.compile(
    r"[A-Za-z0-9][\w.+%-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{1,23}"
)
_SPELT_EMAIL = compile_on_use(
    r"(?<![\w.+-])([\w.+-]{1,64})\s{0,5}(?:[\[({]\s*(?:at|@|ät|arobase|arroba|zavináč|małpa)\s*[\])}]|\s(?:at|AT)\s(?=[\w-]+\s(?:dot|DOT)\s))"
    r"\s{0,5}([\w-]{1,63}(?:\s{0,5}(?:[\[({]\s{0,5}(?:dot|\.|punkt|point|punto|kropka|tečka)\s{0,5}[\])}]|\s(?:dot|DOT)\s|\.)"
    r"\s{0,5}[\w-]{1,63}){1,8})"
)
# Before and behind the sign of an address; RFC 5321 4.5.3.1 allows 64 and 255, and spelling out takes some blanks more.
_LOCAL_CHARS, _DOMAIN_CHARS = 80, 650
_SPELT_AT = re.compile(r"[\[({]\s*(?:at|@|ät|arobase|arroba|zavináč|małpa)\s*[\])}]")
_SPELT_DOT = re.compile(r"\s(?:dot|DOT)\s")
_DOT = re.compile(r"\s*[\[({]\s*(?:dot|\.|punkt|point|punto|kropka|tečka)\s*[\])}]\s*|\s+(?:dot|DOT)\s+")
_HIDDEN_EMAIL = re.compile(r"(?:data-cfemail=[\"']?|/cdn-cgi/l/email-protection#)([0-9a-f]{8,200})", re.IGNORECASE)
_FILE = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".js", ".css")

_MESSENGER_HOSTS = {
    "wa.me": "whatsapp",
    "api.whatsapp.com": "whatsapp",
    "web.whatsapp.com": "whatsapp",
    "chat.whatsapp.com": "whatsapp",
    "wa.link": "whatsapp",
    "t.me": "telegram",
    "telegram.me": "telegram",
    "telegram.dog": "telegram",
    "signal.me": "signal",
    "signal.group": "signal",
    "threema.id": "threema",
    "wickr.com": "wickr",
    "invite.viber.com": "viber",
    "line.me": "line",
}
_APP = re.compile(r"(?:whatsapp|tg|viber|wickr|sgnl):", re.IGNORECASE)
_NO_CONTACT = re.compile(r"^(?:share|sharer|iv|joinchat)?/?$|^(?:share|send)/?$")
_MESSENGER = compile_on_use(
    r"\b(?P<app>WhatsApp|Telegram|Wickr(?: ?Me)?|Signal|Threema|Viber|WeChat|Session ID)\b(?P<between>[^\n\w+@]{0,6}"
    r"(?:(?:us|at|on|number|no|id|handle|username|chat|only|is|me)\b[^\n\w+@]{0,4}){0,3})"
    r"(?P<who>\+?\d[\d ().-]{6,18}\d|@[A-Za-z]\w{3,31}|(?<=[:=] )[A-Za-z][\w.]{3,31}(?=\s|$))",
    re.IGNORECASE,
)


def read_phones(page: Page, regions: Sequence[str]) -> Iterator[Detail]:
    """Yield telephone numbers in E.164, `tel:` links first; numbers without a country code are read as of `regions`.

    A number in the text needs a cue (`Tel.`), a `+`, the North American shape, or to be valid in one of `regions`. Fax
    numbers are left out. The country is that of the number, "" for a toll-free one, which says nothing about a seat.
    """
    for link in page.links:
        if link.url[:4].lower() == "tel:":
            dialled = unquote(link.url[4:])
            found = _phone(dialled, regions, lenient=True)
            if found:
                yield Detail(
                    "phone",
                    found[0],
                    quote_of(page, link.text if re.search(r"\d{3}", link.text) else link.url),
                    found[1],
                )
    for item in nested(page.structured):
        written = text_of(item, "telephone")
        found = _phone(written, regions, lenient=True) if written else None
        if found:
            yield Detail("phone", found[0], quote_of(page, written, "from structured data"), found[1])
    for match, cued in _candidates(page):
        found = _phone(match[0], regions if cued else _fitting(match[0], regions), lenient=cued)
        if found:
            yield Detail("phone", found[0], page.quote(match.start(), match.end()), found[1])


def _candidates(page: Page) -> list[tuple[re.Match[str], bool]]:
    """Return what may be numbers, and whether a cue or a country's code stands before; each once, in order."""
    found: dict[tuple[str, bool], re.Match[str]] = {}
    for start, end in (line for span in spans(page) for line in _of_digits(page.text, *span)):
        for match in _DIGITS.finditer(page.text, start, end):
            before = page.text[max(0, match.start() - 40) : match.start()]
            if not _FAX.search(before) and not _DATE.match(match[0]):
                cued = match[0].startswith(("+", "00")) or bool(_CUE.search(before))
                found.setdefault((match[0], cued), match)
    ranked = sorted(found.items(), key=lambda item: not item[0][0].startswith(("+", "00")))
    kept = sorted(ranked[:_MAX_CANDIDATES], key=lambda item: item[1].start())
    return [(match, cued) for (_, cued), match in kept]


def _of_digits(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the lines that have seven digits with nothing between them but what a number may have."""
    piece = text[start:end]
    if may_hold_other_digits(piece):
        yield start, end
        return
    digits = sifted(piece, _DIGITS_AND_LINES, _BETWEEN)
    for line, its_digits in zip(piece.split("\n"), digits.split(b"\n"), strict=True) if _SEVEN in digits else ():
        if _SEVEN in its_digits:
            yield start, start + len(line)
        start += len(line) + 1


def _fitting(written: str, regions: Sequence[str]) -> list[str]:
    """Return the regions in whose style a number without any cue is written: most digit runs are no numbers to call."""
    if _NORTH_AMERICAN.match(written):
        return [region for region in regions if region in ("US", "CA")] or ["US"]
    if written.startswith(("0", "(0")):
        return list(regions)
    return [region for region in regions if region in _UNTRUNKED and " " in written]


def _phone(written: str, regions: Sequence[str], *, lenient: bool) -> tuple[str, str] | None:
    """Return (E.164, country) of a number; a possible but unassigned one only if `lenient`."""
    written = "+" + written[2:] if written.startswith("00") else written
    for region in (None,) if written.startswith("+") else regions:
        try:
            number = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        valid = phonenumbers.is_valid_number(number)
        if valid or (lenient and phonenumbers.is_possible_number(number)):
            free = phonenumbers.number_type(number) == _TOLL_FREE
            country = "" if free else phonenumbers.region_code_for_country_code(number.country_code or 0)
            country = (phonenumbers.region_code_for_number(number) or country) if valid and not free else country
            e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            return e164, country if country not in ("001", "ZZ") else ""
    return None


def read_emails(page: Page) -> Iterator[Detail]:
    """Yield e-mail addresses in lower case: `mailto:` links, text, spelt-out ones, and those that a CDN encodes."""
    for link in page.links:
        if link.url[:7].lower() == "mailto:":
            address = unquote(link.url[7:].partition("?")[0]).strip()
            if _EMAIL.fullmatch(address):
                shown = link.text if address.lower() in link.text.lower() else address
                yield Detail("email", address.lower(), quote_of(page, shown))
    for start, end in around(_found("@", page.text), _LOCAL_CHARS, _DOMAIN_CHARS, len(page.text)):
        for match in _EMAIL.finditer(page.text, start, end):
            if not match[0].lower().endswith(_FILE):
                yield Detail("email", match[0].lower(), page.quote(match.start(), match.end()))
    found = [_SPELT_AT.match(page.text, at) for at in places(page.text, "[({")]
    found += _SPELT_DOT.finditer(page.text) if "dot" in page.text or "DOT" in page.text else ()
    spelt = sorted(match.span() for match in found if match)
    for start, end in around(spelt, 2 * _LOCAL_CHARS, _DOMAIN_CHARS, len(page.text)):
        for match in _SPELT_EMAIL.finditer(page.text, start, end):
            address = f"{match[1].lstrip('.+-')}@{_DOT.sub('.', match[2])}".lower()
            if _EMAIL.fullmatch(address):
                yield Detail("email", address, page.quote(match.start(), match.end(), "spelt out"))
    hidden = "cfemail" in page.source or "email-protection" in page.source
    for match in _HIDDEN_EMAIL.finditer(page.source) if hidden else ():
        address = _decoded(match[1])
        if _EMAIL.fullmatch(address):
            yield Detail("email", address.lower(), quote_of(page, match[0], f"decodes to {address}"))


def _found(sign: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(sign)
    while at >= 0:
        yield at, at + 1
        at = text.find(sign, at + 1)


def _decoded(code: str) -> str:
    """Return the address that Cloudflare's e-mail protection hides: each byte XORed with the first one."""
    octets = bytes.fromhex(code[: len(code) // 2 * 2])
    return bytes(octet ^ octets[0] for octet in octets[1:]).decode("utf-8", "replace")


def read_messengers(page: Page) -> Iterator[Detail]:
    """Yield messenger accounts as `app account`, from links and from text; share buttons are no accounts."""
    for link in page.links:
        found = _messenger_link(link.url)
        if found:
            yield Detail("messenger", found, quote_of(page, link.url))
    for match in _messenger_names(page.text):
        who = re.sub(r"[^\w+@.]", "", match["who"]) if match["who"][0] in "+0123456789" else match["who"]
        value = f"{match['app'].split()[0].lower()} {who.lower()}"
        yield Detail("messenger", value, page.quote(match.start(), match.end()))


def _messenger_names(text: str) -> Iterator[re.Match[str]]:
    read = 0
    for word in landmarks(text).get("messenger", ()):
        match = _MESSENGER.match(text, word.start) if word.start >= read else None
        if match:
            read = match.end()
            yield match


def _messenger_link(url: str) -> str:
    if not url.startswith("http") and _APP.match(url):
        scheme, _, rest = url.partition(":")
        query = parse_qs(rest.partition("?")[2])
        account = next((query[key][0] for key in ("phone", "domain", "number") if key in query), "")
        return f"{scheme.lower()} {account}" if account else ""
    app = _MESSENGER_HOSTS.get(host_of(url).removeprefix("www."), "")
    if not app:
        return ""
    parts = urlsplit(url)
    account = parse_qs(parts.query).get("phone", [""])[0] or parts.path.strip("/").partition("/")[0]
    account = account or parts.fragment.rpartition("/")[2]
    return "" if _NO_CONTACT.match(account) else f"{app} {unquote(account).strip().lower()}"
