"""Where visitors are led and what they see there, in words: the hops, their end, how it is judged on its own, pictures."""

from __future__ import annotations

import base64

from pharmcheck.model import Picture, Report, View, Visitor
from pharmcheck.report import words
from pharmcheck.report.clean import clean, defang, shortened, spoken
from pharmcheck.report.verdicts import VERDICTS
from pharmcheck.target import host_of, registrable_domain

TITLE = "Where visitors are led"
PICTURES = "What the page looks like"
DRAWN = "Drawn by a browser when it was captured; what stands in the picture is what the site says of itself."
_VISITORS = {
    Visitor.ORDINARY: "everybody",
    Visitor.SEARCHER: "from a search result",
    Visitor.CRAWLER: "a crawler",
    Visitor.PHONE: "a phone",
}


def told(report: Report) -> list[str]:
    """Return in a sentence each the ways that lead to another domain, or on by the page itself, and where they end.

    The way of all visitors first; another's only where it ends elsewhere. What stands at such an end is judged apart.
    """
    ends = {v.asked: registrable_domain(host_of(v.url)) for v in report.views if v.visitor is Visitor.ORDINARY}
    sentences: dict[str, None] = {}
    for view in report.views:
        end = registrable_domain(host_of(view.url))
        if view.visitor is Visitor.ORDINARY:
            by_page = any(not hop.how.startswith("HTTP") for hop in view.hops)
            telling = by_page or registrable_domain(host_of(view.asked)) != end
        else:
            telling = ends.get(view.asked, end) != end
        if telling:
            sentences[f"{_VISITORS[view.visitor]}: {_way(view)}{_judged(report, end, view)}"] = None
    return list(sentences)


def _way(view: View) -> str:
    steps = [f"{shortened(defang(hop.url), 80)} → ({clean(hop.how)}) " for hop in view.hops]
    return "".join(steps) + shortened(defang(view.url), 80)


def _judged(report: Report, domain: str, view: View) -> str:
    """Say the verdict on a destination, which is none on the site that was checked."""
    led = next((d for d in report.destinations if d.domain == domain and view.visitor.value in d.visitors), None)
    if led is None:
        return ""
    risk = "" if led.verdict in words.UNJUDGED else f", risk {led.risk} of 100"
    return f". Judged on its own: {VERDICTS[led.verdict].sentence}{risk}{f' ({spoken(led.why)})' if led.why else ''}"


def place(picture: Picture) -> str:
    """Return where a picture was taken, as an address that cannot be opened by accident."""
    return shortened(defang(picture.url).partition("://")[2], 80)


def inline(picture: Picture) -> str:
    """Return a picture in base64, for an address that holds it."""
    return base64.b64encode(picture.png).decode("ascii")
