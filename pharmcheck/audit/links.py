"""Letters, pages and texts to the addresses that they promote, each disguise undone and each omission explained."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pharmcheck.audit.bare_names import find_bare_names
from pharmcheck.audit.contacts import find_contacts
from pharmcheck.audit.identity import account_in, domain_of, identity_of
from pharmcheck.audit.left_out import IMAGE, UNRESOLVED, Candidate, is_known, leave_out
from pharmcheck.audit.markup import Markup, Seen, read_markup
from pharmcheck.audit.message import Code, Message
from pharmcheck.audit.undo import MAX_WRITTEN, Written, find_written
from pharmcheck.reading.mail import Letter, Part
from pharmcheck.redirectors import Unwrapped, unwrap
from pharmcheck.target import host_of

_MARKUP = re.compile(
    r"<(?:a|area|iframe|form|meta|object|script|html|body|table|div|img|link|map|frame|base|v:\w+|textarea|noscript)\b",
    re.I,
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?P<host>(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24})\b", re.IGNORECASE)
_MOST_ADDRESSES = 50
_FOOTER = re.compile(
    r"^(?:_{20,}+|-{5,}+[ =]*+-*+)[^\S\n]*+$(?=\s*+[\s\S]{0,200}(?:mailing list|sponsored by))"
    r"|This sf\.net email is sponsored|^_{30,}\n.*mailing list"
    r"|You received this message because you are subscribed|To unsubscribe from this group|Yahoo! Groups Sponsor",
    re.MULTILINE | re.IGNORECASE,
)


FIELDS = ("identity", "url", "host", "domain", "file", "message", "part", "offset", "undone", "left_out", "anchor")


@dataclass(frozen=True, slots=True)
class FoundLink:
    """An address that a message holds.

    `domain` is the registrable one (the name below a platform's), `identity` who is promoted: the domain, `telegram:name`,
    `whatsapp:+digits`, `phone:+digits`, host and path on platforms of many owners, or `name:…` for a shop without an
    address. `message` tells which of `file`, counted from 1, or its name there; `offset` counts characters in the decoded
    `part`. `undone` names the disguises. `left_out` says why
    the address is not what the message promotes, None where it is.
    """

    url: str
    host: str
    domain: str
    identity: str
    file: str
    message: str
    part: str
    offset: int
    undone: tuple[str, ...]
    left_out: str | None
    anchor: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the link as plain JSON values."""
        return {
            "url": self.url,
            "host": self.host,
            "domain": self.domain,
            "identity": self.identity,
            "file": self.file,
            "message": self.message,
            "part": self.part,
            "offset": self.offset,
            "undone": list(self.undone),
            "left_out": self.left_out,
            "anchor": self.anchor,
        }


@dataclass(slots=True)
class _Found:
    candidate: Candidate
    part: str
    offset: int
    undone: tuple[str, ...]


def cells_of(link: dict[str, Any]) -> list[object]:
    """Return a link, as plain values, as a row of FIELDS."""
    flat = link | {"undone": " ".join(link["undone"]), "left_out": link["left_out"] or ""}
    return [flat[name] for name in FIELDS]


def find_links(message: Message) -> Iterator[FoundLink]:
    """Yield the addresses of a message in order, the promoted ones and those left out."""
    letter = message.letter
    found = [f for n, part in enumerate(letter.parts, 1) if part.text for f in _in_part(part, f"{n} {part.kind}")]
    for name, text in (("subject", letter.subject), ("sender", letter.sender)):
        found += [_found(w, "text", name, False, part=name) for w in find_written(text, deep=False)] if text else []
    found += [f for code in message.codes for f in _in_code(code)]
    own = domain_of(host_of(message.own)) if message.own else ""
    for f, why in _judged(message, found, own):
        c = f.candidate
        host = f"[{c.host}]" if ":" in c.host else c.host
        place = (message.file, message.name, f.part, f.offset)
        yield FoundLink(c.url, host, c.domain, c.identity, *place, f.undone, why, c.anchor[:200])


def not_counted(found: Sequence[FoundLink]) -> str:
    """Return that a message may hold more addresses than these, "" where it does not: what the limits of a text cut off."""
    if len(found) < MAX_WRITTEN or max(Counter(link.part for link in found).values()) < MAX_WRITTEN:
        return ""
    return f"of one of its texts only the first {MAX_WRITTEN:,} addresses count"


def _judged(message: Message, found: list[_Found], own: str) -> Iterator[tuple[_Found, str | None]]:
    """Yield what was found with the reason why it is left out.

    Where no site is promoted accounts, numbers and bare names are; where there are none of these either, the host of the
    pictures.
    """
    reasons = leave_out([f.candidate for f in found], own)
    contacts = [*_contacts(message), *_bare_names(message.letter)] if None not in reasons else []
    pictured = None not in reasons and not contacts and UNRESOLVED not in reasons
    for f, why in zip(found, reasons, strict=True):
        yield f, None if pictured and why == IMAGE and not is_known(f.candidate.host) else why
    for f in contacts:
        yield f, None


def _contacts(message: Message) -> Iterator[_Found]:
    """Yield the accounts and numbers of a letter, each once: they are whom it promotes where it names no site."""
    seen: set[str] = set()
    letter = message.letter
    texts = [(f"{n} {p.kind}", p.text) for n, p in enumerate(letter.parts, 1) if p.text]
    for label, text in (*texts, ("subject", letter.subject), ("sender", letter.sender)):
        markup = read_markup(text) if _MARKUP.search(text) else None
        linked = [(account_in(other), other, at) for other, at in markup.other] if markup else []
        written = [(c.identity, c.url, c.start) for c in find_contacts(markup.text if markup else text)]
        for identity, url, at in (*linked, *written):
            number = identity.partition(":")[2]
            if identity and identity not in seen and not (identity.startswith("phone:") and number in seen):
                seen |= {identity, number}
                yield _Found(Candidate(url, "", "", identity, "text", False), label, at, ())
    for code in message.codes:
        told = code.text if re.search(r"[^\W\d]|\+", code.text) else ""  # digits alone are any number
        for identity in filter(None, (account_in(told), *(c.identity for c in find_contacts(told)))):
            if identity not in seen:
                seen.add(identity)
                yield _Found(Candidate(code.text, "", "", identity, "qr", True), code.part, code.offset, ("qr",))


def _bare_names(letter: Letter) -> Iterator[_Found]:
    """Yield the shops that a letter names without an address, each once; the first words of its text are its subject."""
    seen: set[str] = set()
    for number, part in enumerate(letter.parts, 1):
        if not part.text:
            continue
        markup = read_markup(part.text) if _MARKUP.search(part.text) else None
        before = f"{letter.subject}\n\n" if letter.subject else ""
        for name, start in find_bare_names(before + (markup.text if markup else part.text)):
            at, identity = start - len(before), f"name:{' '.join(name.casefold().split())}"
            if identity in seen:
                continue
            seen.add(identity)
            place = (f"{number} {part.kind}", markup.source_of(at) if markup else at) if at >= 0 else ("subject", start)
            yield _Found(Candidate("", "", "", identity, "text", False, anchor=name), *place, part.undone)


def _in_code(code: Code) -> Iterator[_Found]:
    """Yield the addresses that a QR code holds; a telephone opens also a bare one."""
    for w in find_written(code.text, deep=False):
        found = _found(w, "qr", "", True, part=code.part, coded=("qr",), offset=code.offset)
        found.candidate.named = False
        yield found


def _in_part(part: Part, label: str) -> Iterator[_Found]:
    html = part.kind in ("text/html", "application/xhtml+xml") or bool(_MARKUP.search(part.text))
    if not html:
        yield from _in_text(part.text, label, part.undone, None)
        return
    markup = read_markup(part.text)
    for other, at in markup.other:
        if other.lower().startswith("mailto:"):
            for found in _addresses(other[7:], label, part.undone, int):
                found.offset = at
                yield found
    for seen in markup.seen:
        found = _found(seen.found, seen.shape, seen.anchor, True, part=label, coded=part.undone, seen=seen)
        found.undone = (*found.undone, *_pretences(seen, found.candidate.domain))
        found.candidate.near = markup.text[max(0, seen.place - 120) : seen.place]
        yield found
    yield from _in_text(markup.text, label, part.undone, markup)


def _in_text(text: str, label: str, coded: tuple[str, ...], markup: Markup | None) -> Iterator[_Found]:
    footer = _FOOTER.search(text)
    end = footer.start() if footer else len(text)
    place = markup.source_of if markup else int
    yield from _addresses(text, label, coded, place)
    for w in find_written(text):
        found = _found(w, "text", "", markup is not None, part=label, coded=coded, offset=place(w.start))
        found.candidate.footer = w.start >= end
        found.candidate.near = text[max(0, w.start - 160) : w.start]
        yield found


def _addresses(text: str, label: str, coded: tuple[str, ...], place: Callable[[int], int]) -> Iterator[_Found]:
    """Yield the mail addresses of a text, each once: contacts, not links."""
    seen: set[str] = set()
    for match in _MAIL.finditer(text) if "@" in text else ():
        address, host = match[0].lower(), match["host"].lower()
        if address not in seen and len(seen) < _MOST_ADDRESSES:
            seen.add(address)
            candidate = Candidate(f"mailto:{address}", host, domain_of(host), f"mail:{address}", "mail", html=False)
            yield _Found(candidate, label, place(match.start()), coded)


def _pretences(seen: Seen, domain: str) -> Iterator[str]:
    """Yield how a link pretends: it stands where no reader sees it, or its words show another address."""
    if seen.hidden:
        yield "hidden"
    shown = next(find_written(seen.anchor, deep=False), None) if "." in seen.anchor and len(seen.anchor) < 300 else None
    if shown and domain_of(shown.host) != domain:
        yield f"shown as {shown.host}"


def _found(
    w: Written,
    shape: str,
    anchor: str,
    html: bool,
    *,
    part: str,
    coded: tuple[str, ...] = (),
    seen: Seen | None = None,
    offset: int = -1,
) -> _Found:
    leads = unwrap(w.url, w.host)
    if leads.via and not leads.known and is_known(leads.host) and not is_known(w.host):
        leads = Unwrapped(w.url, w.host)
    undone = (*coded, *w.undone, *(f"unwrapped {host}" for host in leads.via))
    candidate = Candidate(
        leads.url,
        leads.host,
        domain_of(leads.host),
        identity_of(leads.url, leads.host),
        shape,
        html,
        anchor,
        picture=seen.picture if seen else False,
        hidden=seen.hidden if seen else False,
        named=w.named,
        opaque=leads.opaque,
    )
    return _Found(candidate, part, offset if offset >= 0 else w.start, undone)
