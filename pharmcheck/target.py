"""What someone pasted becomes a Target: defanged, bare host, IDN, odd address spellings; never the network."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from pharmcheck.model import Target
from pharmcheck.suffixes import suffixes

MAX_INPUT = 4096  # longer than any address that browsers and servers agree on
_WRAPPING = "<>\"'`\u201c\u201d\u2018\u2019\u201e\u00ab\u00bb \t\r\n"
_ENDING = ".,;:!?" + _WRAPPING
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DOT = re.compile(  # blanks are read once, from their first
    r"(?:(?<!\s)\s++)?+(?:\[\s*+(?:\.|dot)\s*+\]|\(\s*+(?:\.|dot)\s*+\)|\{\s*+(?:\.|dot)\s*+\})\s*+|\\\.", re.IGNORECASE
)
_SPACED_DOT = re.compile(r"(?<!\s)\s++(?:dot|\.)\s++", re.IGNORECASE)
_COLON = re.compile(r"\[\s*:\s*\](?=[\\/])|\[\s*:(//|\\\\)\s*\]")
_FANG = re.compile(r"(?<![^\s(<\[])(?:h(?:xx|\*\*|tt)p(s?)|meow(s?))\s*:\s*(?=[\\/])\s*", re.IGNORECASE)
_HTTP = re.compile(r"^(https?):[\\/]*\s*", re.IGNORECASE)
# A link among other words; a scheme or `www.` tells it from a name and from the end of a sentence.
_LINK = re.compile(r"(?<![\w/=@.%&?-])(?:https?:[\\/]+\s*|www\.)[^\s<>\"\u201c\u201d]+", re.IGNORECASE)
_SCHEME = re.compile(r"^([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_HOST_PORT = re.compile(r"^[^/\\?#:@\s]+:\d{1,5}(?:[/\\?#]|$)")
_HOST = re.compile(r"^(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\Z")
_LABELS_OF_ONLY_DIGITS = re.compile(r"^(?:0x[0-9a-f]*|\d+)\Z")
# The usual address, of which nothing needs decoding: urlsplit costs ten times as much, and a page holds hundreds.
_PLAIN_HOST = re.compile(r"https?://([a-z0-9.-]*[a-z0-9-])\.*(?::[0-9]{0,5})?(?:[/?#]|\Z)")
# An address that is normal as it stands: its last label is a word, and of what follows nothing needs encoding.
_NORMAL = re.compile(
    r"https?://(?P<host>(?!-)(?:[a-z0-9_-]{1,63}\.){1,8}[a-z][a-z0-9_-]{0,62})(?P<tail>/[\w/%:@!$&'()*+,;=~.?\[\]|-]*)?\Z",
    re.ASCII,
)
_PATH_SAFE = "/%:@!$&'()*+,;=~-._?[]|"
_HALF = re.compile("[\ud800-\udfff]")  # half a character: how Python holds bytes of a command line that are no UTF-8


class TargetError(ValueError):
    """The text is not a web address; the message says why, for people."""


def parse_target(text: str) -> Target:
    """Return the target that `text` means; without a scheme, https is assumed.

    Understands defanged addresses (`hxxps://pills[.]example`), internationalised names, and decimal, octal or
    hexadecimal IPv4 (WHATWG URL, section 3.5), which become dotted. User names, passwords and fragments are dropped, and words
    around the only link of a text. Raises TargetError for what is not http(s) or not an address, and for several links.
    """
    text = _HALF.sub("\ufffd", text)
    url, host = given_url(text)
    return Target(input=text, url=url, host=host, domain=registrable_domain(host))


def given_url(text: str) -> tuple[str, str]:
    """Return the URL and the host of the target that `text` means, without the list of suffixes; raises TargetError."""
    if len(text) > MAX_INPUT:
        raise TargetError(f"the address is longer than {MAX_INPUT:,} characters")
    cleaned = _refang(text)
    if not cleaned:
        raise TargetError("the address is empty")
    return normal_url(cleaned if _HTTP.match(cleaned) else _with_scheme(cleaned))


def scheme_given(text: str) -> bool:
    """Tell whether `text`, as pasted, names http or https itself."""
    return bool(_HTTP.match(_refang(text)))


def normal_url(text: str) -> tuple[str, str]:
    """Return the absolute http(s) URL that `text` means, without fragment, and its host; raises TargetError."""
    normal = _NORMAL.match(text)
    if normal and len(normal["host"]) <= 253:
        return text if normal["tail"] else f"{text}/", normal["host"]
    found = _HTTP.match(text)
    if not found:
        other = _SCHEME.match(text)
        what = f"{other[1].lower()}: addresses are" if other else f"{_short(text)} is"
        raise TargetError(f"{what} not http or https")
    scheme, rest = found[1].lower(), text[found.end() :]
    while again := _HTTP.match(rest):
        scheme, rest = again[1].lower(), rest[again.end() :]
    cut = re.search(r"[/\\?#]", rest)
    authority, tail = (rest[: cut.start()], rest[cut.start() :]) if cut else (rest, "")
    host, port = _split_port(authority.rpartition("@")[2], text)
    name = _normal_host(host)
    shown = f"[{name}]" if ":" in name else name
    default = {"http": 80, "https": 443}[scheme]
    return f"{scheme}://{shown}{'' if port in (None, default) else f':{port}'}{_normal_tail(tail)}", name


@lru_cache(maxsize=4096)  # each reader of links asks
def host_of(url: str) -> str:
    """Return the lower-case host of an absolute URL, "" where it has none or is broken."""
    plain = _PLAIN_HOST.match(url)
    if plain:
        return plain[1]
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def registrable_domain(host: str) -> str:
    """Return the registrable domain of `host`: private suffixes count; an address or a bare suffix stands for itself.

    Under a suffix that the list does not know (`.example`), the last two labels are taken (the list's default rule).
    """
    if is_address(host):
        return host
    parts = suffixes().extract_str(host)
    if parts.suffix:
        return parts.top_domain_under_public_suffix.lower() or host
    return ".".join(host.split(".")[-2:])


def is_address(host: str) -> bool:
    """Tell whether a host is an IP address, not a name."""
    return ":" in host or bool(_LABELS_OF_ONLY_DIGITS.match(host.rpartition(".")[2]))


def domain_of_registration(host: str) -> str:
    """Return the domain whose registration tells of `host`: of `shop.platform.example` that of the platform, if it is one.

    It stands below a suffix of a registry; what `registrable_domain` also takes for suffixes, platforms gave out themselves.
    """
    parts = suffixes().extract_str(host, include_psl_private_domains=False)
    return parts.top_domain_under_public_suffix.lower() or registrable_domain(host)


@lru_cache(maxsize=4096)
def has_public_suffix(host: str) -> bool:
    """True when the name ends in a suffix of the public list, or in `.example`, which documents use."""
    return bool(suffixes().extract_str(host).suffix) or host.endswith(".example")


def _refang(text: str) -> str:
    """Undo what people do to an address so that nobody clicks it, and drop what surrounds it."""
    plain = _INVISIBLE.sub("", text.replace("\n", " ")).strip(_WRAPPING)
    if plain[:1] + plain[-1:] in ("()", "{}"):
        plain = plain[1:-1]
    plain = _COLON.sub(lambda m: ":" + (m[1] or ""), _DOT.sub(".", plain))
    plain = _FANG.sub(lambda m: f"http{(m[1] or m[2] or '').lower()}:", plain)
    return _without_trailing_punctuation(_lone_link(plain) or _with_tight_dots(plain))


def _with_tight_dots(plain: str) -> str:
    """Return an address of which the dots of the host may stand between blanks, without words behind it."""
    found = _HTTP.match(plain)
    start = found.end() if found else 0
    head, slash, tail = plain[start:].partition("/")
    rest = _SPACED_DOT.sub(".", head) + slash + tail
    first = rest.split(maxsplit=1)[0] if rest.strip() else ""
    is_address = bool(found) or re.match(r"[^/]+\.[^/]+/", first)
    return plain[:start] + (first if is_address and "@" not in rest else rest)  # a blank before an @: in a user name


def _lone_link(plain: str) -> str:
    """Return the only link among other words, "" where there is none or it comes first; raises TargetError for several."""
    links = list(_LINK.finditer(plain)) if " " in plain else []
    names = list(dict.fromkeys(_without_trailing_punctuation(link[0]) for link in links))
    if len(names) > 1:
        raise TargetError(
            f"the text holds {len(names)} links, {_short(names[0])} and {_short(names[1])} among them: give one"
        )
    return names[0] if links and (links[0].start() or not _HTTP.match(plain)) else ""


def _without_trailing_punctuation(text: str) -> str:
    """Return `text` without the signs that end a sentence, and without closing brackets of which none was opened."""
    surplus = {closing: text.count(closing) - text.count(opening) for closing, opening in _BRACKETS.items()}
    end = len(text)
    while end and (text[end - 1] in _ENDING or surplus.get(text[end - 1], 0) > 0):
        end -= 1
        if text[end] in surplus:
            surplus[text[end]] -= 1
    return text[:end]


def _with_scheme(text: str) -> str:
    """Put https before a bare host or `//host`; raise TargetError where the text is something else."""
    if text.startswith("//"):
        return "https:" + text
    scheme = _SCHEME.match(text)
    if scheme and not _HOST_PORT.match(text):
        raise TargetError(f"{scheme[1].lower()}: addresses are not http or https")
    host = re.split(r"[/\\?#]", text)[0]
    if host.startswith("@"):
        raise TargetError(f"{_short(text)} is the name of an account, not a web address: give the link to its page")
    if "@" in host:
        raise TargetError(f"{_short(text)} is an e-mail address, not a web address")
    if not re.search(r"[.\u3002\uff0e\uff61]", host) and not host.startswith("["):
        raise TargetError(f"{_short(text)} is not a web address: it has no dot")
    if _LABELS_OF_ONLY_DIGITS.match(host.rpartition(".")[2]) and host.count(".") != 3:
        raise TargetError(f"{_short(text)} is a number, not a web address")
    return "https://" + text


def _split_port(authority: str, text: str) -> tuple[str, int | None]:
    found = re.fullmatch(r"(\[[^\]]*\]|[^:]*)(?::(\d*))?", authority)
    if not found:
        raise TargetError(f"{_short(text)} has no readable host and port")
    port = int(found[2]) if found[2] else None
    if port is not None and not 0 < port < 65536:
        raise TargetError(f"{_short(text)} names port {port}, which does not exist")
    return found[1], port


def _normal_host(host: str) -> str:
    """Return a host in lower-case ASCII (punycode), an IPv4 address dotted, an IPv6 one compressed and bare."""
    if host.startswith("["):
        try:
            if "%" in host:
                raise ValueError("a zone belongs to one machine")
            return _plain_ipv6(ipaddress.IPv6Address(host[1:-1]))
        except ValueError:
            raise TargetError(f"{_short(host)} is not an IPv6 address") from None
    name = _to_ascii(unquote(host).strip()).rstrip(".")
    if not _HOST.match(name) or len(name) > 253:
        raise TargetError(f"{_short(host) or 'the address'} is not a host name")
    if _LABELS_OF_ONLY_DIGITS.match(name.rpartition(".")[2]):
        return _dotted(name)
    return name


def _plain_ipv6(address: ipaddress.IPv6Address) -> str:
    """Return the address as the WHATWG URL standard writes it, section 3.5; Python 3.13 writes the IPv4 address inside dotted."""
    mapped = address.ipv4_mapped
    return f"::ffff:{int(mapped) >> 16:x}:{int(mapped) & 0xFFFF:x}" if mapped else address.compressed


def _to_ascii(host: str) -> str:
    """Map a host as UTS 46 (non-transitional) does; labels that IDNA 2008 forbids (emoji) keep their punycode."""
    if host.isascii():
        return host.lower()
    import idna  # noqa: PLC0415 - its tables are read for a foreign script only

    try:
        labels = idna.uts46_remap(host, std3_rules=False, transitional=False).split(".")
        return ".".join(s if s.isascii() else "xn--" + s.encode("punycode").decode("ascii") for s in labels)
    except (idna.IDNAError, UnicodeError):
        raise TargetError(f"{_short(host)} is not a host name") from None


def _dotted(name: str) -> str:
    """Return the dotted form of an IPv4 address in decimal, octal or hexadecimal, of one to four parts."""
    try:
        parts = [int(p, 16) if p[:2] == "0x" and p[2:] else int(p, 8 if p[0] == "0" else 10) for p in name.split(".")]
        if len(parts) > 4 or any(p > 255 for p in parts[:-1]):
            raise ValueError
        value = parts[-1] + sum(p << (24 - 8 * i) for i, p in enumerate(parts[:-1]))
        if parts[-1] >= 256 ** (5 - len(parts)):
            raise ValueError
        return str(ipaddress.IPv4Address(value))
    except ValueError:
        raise TargetError(f"{_short(name)} is not an IPv4 address") from None


def _normal_tail(tail: str) -> str:
    """Return path and query, percent-encoded where needed, without the fragment."""
    path, mark, query = _HALF.sub("\ufffd", tail).partition("#")[0].partition("?")
    path = quote(path.replace("\\", "/"), safe=_PATH_SAFE)
    return (path if path.startswith("/") else "/" + path) + mark + quote(query, safe=_PATH_SAFE)


def _short(text: str) -> str:
    shown = "".join(c if c.isprintable() else "\ufffd" for c in text[:60])
    return f"\u201c{shown}{'…' if len(text) > 60 else ''}\u201d" if shown else ""
