"""The address that an attribute of markup opens, mended as browsers mend it and named as disguised."""

from __future__ import annotations

import html
import re

from pharmcheck.audit.undo import Written, find_written
from pharmcheck.reading.mail import JOINT
from pharmcheck.target import TargetError, has_public_suffix, normal_url

_SCHEMELESS = re.compile(r"(?:www\.|[a-z0-9-]+\.)[\w.-]+(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)


def read_href(value: str, at: int, base: str = "") -> Written | str:
    """Return the address that an attribute opens; text for what is not of the web (`mailto:`), "" for nothing."""
    undone: list[str] = []
    text = html.unescape(value) if "&" in value else value
    if text != value and "&#" in value:
        undone.append("entities")
    if JOINT in text or "\n" in text.strip() or "\t" in text.strip():
        undone.append("line-break")
    text = re.sub(rf"[\r\n\t{JOINT}]", "", text).strip()
    if not text.isascii():
        bare = re.sub("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]", "", text)
        undone += ["invisible"] if bare != text else []
        text = bare
    if text[:11].lower().startswith(("http%3a", "https%3a")):
        text = re.sub(r"%([0-9a-fA-F]{2})", lambda m: chr(int(m[1], 16)), text)
        undone.append("percent")
    if text.startswith(("//", "\\\\")):
        text = "http:" + text
    if ":" in text[:15] or "[" in text[:300] or " " in text:
        for written in dict.fromkeys((text, text.replace(" ", ""))):
            found = next(find_written(written, deep=False), None)
            if found and (found.start == 0 or " " not in written):
                return Written(found.url, found.host, at, at + 1, tuple(dict.fromkeys((*found.undone, *undone))))
        return text if re.match(r"[a-z]{2,10}:", text, re.IGNORECASE) else ""
    if text[:4].lower() == "www." or (_SCHEMELESS.fullmatch(text) and _is_host(text)):
        return _normal(f"http://{text}", at, (*undone, "scheme"))
    if base and text and not text.startswith("#"):
        return _normal(base.rstrip("/") + "/" + text.lstrip("/"), at, tuple(undone))
    return ""


def _is_host(text: str) -> bool:
    host = re.split(r"[/?#:]", text, maxsplit=1)[0].lower()
    return has_public_suffix(host) and not host.endswith(
        (".html", ".htm", ".php", ".asp", ".jpg", ".gif", ".png", ".pl", ".py")
    )


def _normal(text: str, at: int, undone: tuple[str, ...]) -> Written | str:
    try:
        url, host = normal_url(text[:2048])
    except TargetError:
        return ""
    return Written(url, host, at, at + 1, undone) if "." in host or ":" in host else ""
