"""Reads the pages of a site that tell most: home, the pasted page, then pages by role, then issuers of its seals."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from http.client import responses
from urllib.parse import urlsplit

from pharmcheck.capture.body import is_text
from pharmcheck.capture.choose import candidates, issuer_links, roles
from pharmcheck.capture.client import Client
from pharmcheck.capture.exchange import Exchange, Fetched
from pharmcheck.capture.live_registries import ask, what_to_ask
from pharmcheck.capture.rendering import Render, Rendered, unscripted
from pharmcheck.capture.vantage import look, view_of
from pharmcheck.model import Gap, Page, Site, Target, View, Visitor
from pharmcheck.reading.page import read_page
from pharmcheck.target import host_of, registrable_domain, scheme_given

Progress = Callable[[str], None]

_PLACES = {"product": 3, "checkout": 2}  # an empty cart shows no order form, the checkout behind it may
_ROUNDS = 3  # links of links: a checkout is often linked from a product page only
_LABELS = {
    "contact": "a contact page or imprint",
    "prescription": "a prescription or how-to-order page",
    "checkout": "a cart or checkout",
    "about": "an about page",
    "faq": "an FAQ page",
}
_SHELLS = {
    "bot-wall": "a check against robots stood in place of the page",
    "parked": "the domain is parked: no site stands there",
    "javascript": "the page is drawn by scripts, which are not run here",
    "login": "the page asks visitors to log in",
    "empty": "the page is empty",
}
_CUTS = {"time": "it did not end in time", "disconnect": "the connection broke off"}
_SHELLS_BEHIND_ERRORS = ("bot-wall", "parked", "login")  # what is worth keeping of an answer that is an error


class Crawl:
    """One site being read: what was fetched, in the order of the plan, and what came of it."""

    def __init__(
        self,
        target: Target,
        client: Client,
        progress: Progress,
        recorded: Callable[[str], bool] | None,
        render: Render | None = None,
    ) -> None:
        self.target = target
        self.client = client
        self.progress = progress
        self.recorded = recorded
        self.pages: list[Page] = []
        self.gaps: dict[str, Gap] = {}
        self.trail: list[Exchange] = []
        self.views: list[View] = []
        self.rendered = Rendered(render)
        self._tried: set[str] = set()
        self._asked = 1

    async def run(self) -> Site:
        """Read the site; raises nothing for what the network does."""
        await self._start()
        parked = any(p.shell == "parked" for p in self.pages)  # its links are advertisements
        for _ in range(0 if parked else _ROUNDS):
            wanted = await self._plan()
            if not wanted:
                break
            await self._read(wanted)
        if any(p.text and not p.shell for p in self.pages):
            await self._note_missing()
        issuers = issuer_links(self.pages, self.client.options.issuer_hosts)
        await self._read([("issuer", url) for url in issuers])
        answers, unanswered = await self._ask_registers() if self.client.options.live_registries else ((), ())
        unseen = await self._look() if self.client.options.vantage and not parked else ()
        gaps = (*self.gaps.values(), *unanswered, *unseen, *self.rendered.gaps(self.pages))
        return Site(
            self.target,
            self.client.options.now,
            tuple(self.pages),
            gaps,
            answers,
            tuple(self.views),
            pictures=self.rendered.pictures,
        )

    def exchanges(self) -> tuple[Exchange, ...]:
        """Return all exchanges: robots.txt by origin, then pages in the order of the plan."""
        robots = self.client.robots
        asked = (*(e for origin in sorted(robots) for e in robots[origin][1]), *self.trail)
        return (*asked, *self.rendered.exchanges)

    async def _ask_registers(self) -> tuple[tuple[Page, ...], tuple[Gap, ...]]:
        """Ask registers about the site, after all of its pages, for those tell which numbers to ask for."""
        pages, gaps, exchanges = await ask(what_to_ask(self.target, self._own()), self.client, self.progress)
        self.trail += exchanges
        return pages, gaps

    async def _look(self) -> tuple[Gap, ...]:
        """Look at what was asked for first as others see it, the pasted page before the home page."""
        ordinary = list({view.asked: view for view in self.views}.values())[::-1]
        views, gaps, exchanges = await look(ordinary, self.client, self.progress, one_by_one=bool(self.recorded))
        self.views += views
        self.trail += exchanges
        return gaps

    async def _start(self) -> None:
        """Read home and the pasted page; for a name without a scheme, over http where https gives no answer."""
        url = self.target.url
        home = await self._fetch("home", _root(url))
        if home.error and not home.forbidden and url.startswith("https:") and not scheme_given(self.target.input):
            plain = await self._fetch("home", _root(url).replace("https:", "http:", 1))
            if not plain.error:
                self.gaps["https"] = Gap("https", f"home page: read over http, because over https {home.error}")
                home, url = plain, url.replace("https:", "http:", 1)
        self._take("home", home)
        self._view(_root(url), home)
        if self.target.is_page:
            self._asked += 1
            pasted = await self._fetch("pasted", url)
            self._take("pasted", pasted)
            self._view(url, pasted)

    def _view(self, asked: str, answer: Fetched) -> None:
        """Keep what the ordinary visitor got; note where the name itself leads to what is never contacted.

        Where scripts led on, what came without them follows: nobody else's scripts are run, so only that can be compared.
        """
        url, hops = answer.last.url, answer.hops
        page = next((p for p in self.pages if p.url == url and p.hops == hops), None)  # read once
        view = (
            View(Visitor.ORDINARY, asked, answer.ways, url, page) if page else view_of(Visitor.ORDINARY, asked, answer)
        )
        self.views.append(view)
        plain = unscripted(answer)
        if plain.exchanges != answer.exchanges:
            self.views.append(view_of(Visitor.ORDINARY, asked, plain))
        if len(answer.exchanges) == 1 and answer.last.refused:
            self.gaps["address"] = Gap("address", f"address: {answer.error}")

    async def _read(self, wanted: Sequence[tuple[str, str]]) -> None:
        """Fetch pages, as many at once as the client lets through, and take them in the order of the plan."""
        if self.recorded:  # one after the other, as the records stand
            fetched = [await self._ask(role, url) for role, url in wanted]
        else:
            fetched = await asyncio.gather(*(self._ask(role, url) for role, url in wanted))
        for (role, _), found in zip(wanted, fetched, strict=True):
            answer = await self.rendered.follow(role, found)
            self.trail += answer.exchanges
            self._take(role, answer)

    async def _fetch(self, role: str, url: str) -> Fetched:
        answer = await self.rendered.follow(role, await self._ask(role, url))
        self.trail += answer.exchanges
        return answer

    async def _ask(self, role: str, url: str) -> Fetched:
        self._tried.add(url)
        self.progress(f"reading {url} ({role})")
        return await self.client.fetch(url)

    def _take(self, role: str, answer: Fetched) -> None:
        """Turn what was fetched into a page, a gap, or both; a page that leads on is read as well as where it leads."""
        for passing, before in answer.passed:
            self._keep(role, passing, before)
        last = answer.last
        label = f"issuer page {host_of(last.url)}" if role == "issuer" else f"{role} page"
        if answer.error or not is_text(last.header("content-type"), last.body):
            kind = last.header("content-type").partition(";")[0].strip() or "unknown data"
            self._miss(role, f"{label}: {answer.error or f'{last.url} is not a text but {kind}'}")
            return
        same = next((p for p in self.pages if p.url == last.url), None)
        if same:
            self._miss(role, f"{label}: the link leads to the page already read as {same.role}")
            return
        page = self.rendered.page(last, role, answer.hops) or read_page(
            last.url,
            last.body,
            content_type=last.header("content-type"),
            role=role,
            status=last.status,
            hops=answer.hops,
        )
        if 200 <= last.status < 300:
            self.pages.append(page)
            if page.shell or last.cut:
                self._miss(role, f"{label}: {_why_not_whole(page, last)}")
            elif role in self.gaps:
                del self.gaps[role]
            return
        if page.shell in _SHELLS_BEHIND_ERRORS:
            self.pages.append(page)
        self._miss(
            role, f"{label}: {_status(last)}{f'; {_SHELLS[page.shell]}' if page.shell in _SHELLS_BEHIND_ERRORS else ''}"
        )

    def _keep(self, role: str, passing: Exchange, hops: tuple[str, ...]) -> None:
        kind = passing.header("content-type")
        if is_text(kind, passing.body) and not any(p.url == passing.url for p in self.pages):
            page = read_page(passing.url, passing.body, content_type=kind, role=role, status=passing.status, hops=hops)
            if page.text and not page.shell:
                self.pages.append(page)

    def _miss(self, role: str, why: str) -> None:
        """Note a gap, but not for one of several pages of a role of which another was read."""
        if role not in _PLACES or not any(p.role == role and not p.shell for p in self.pages):
            self.gaps[why if role == "issuer" else role] = Gap(role, why)

    async def _plan(self) -> list[tuple[str, str]]:
        """Return the next pages to read: for each role that is still open its best links that were not tried."""
        room = max(0, self.client.options.max_pages - self._asked)
        offered = candidates(self._own(), self._scope())
        wanted: list[tuple[str, str]] = []
        for role in roles():
            places = _PLACES.get(role, 1) - sum(p.role == role and not p.shell for p in self.pages)
            found = [*offered[role], *(offered["shelf"] if role == "product" and not offered[role] else ())]
            if recorded := self.recorded:
                found = [*filter(recorded, found), *(u for u in found if not recorded(u))]
            for url in found:
                if places > 0 and url not in self._tried and not await self.client.forbids(url):
                    wanted.append((role, url))
                    self._tried.add(url)
                    places -= 1
        self._asked += min(len(wanted), room)
        return wanted[:room]

    async def _note_missing(self) -> None:
        """Note a gap for each role of which no page was read and of which nothing was said yet."""
        offered = candidates(self._own(), self._scope())
        for role in roles():
            if role in self.gaps or any(p.role == role for p in self.pages):
                continue
            label = _LABELS.get(role, f"a {role} page")
            why = f"{role}: no link to {label} was found on {_count(len(self.pages))}"
            if any(url == p.url for url in offered[role] for p in self.pages):
                continue  # it was read, as a page of another role
            for url in offered[role]:
                stop = await self.client.forbids(url)
                why = f"{role}: {stop or f'the limit of {self.client.options.max_pages} pages was reached'}"
                break
            self._miss(role, why)

    def _own(self) -> tuple[Page, ...]:
        return tuple(p for p in self.pages if p.role != "issuer")

    def _scope(self) -> frozenset[str]:
        """Return the hosts whose pages count as this site's: of the domain, or, for a pasted page, of its host."""
        linked = {host_of(k.url) for p in self._own() for k in p.links} | {host_of(p.url) for p in self._own()}
        start = [self.target.host, *(host_of(p.url) for p in self._own() if p.role in ("home", "pasted"))]
        if self.target.is_page:
            return frozenset(h for h in linked if any(_bare(h) == _bare(s) for s in start))
        domains = {registrable_domain(h) for h in start}
        return frozenset(h for h in linked if h and registrable_domain(h) in domains)


def _bare(host: str) -> str:
    return host.removeprefix("www.")


def _root(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _status(last: Exchange) -> str:
    phrase = responses.get(last.status, "not a known status").lower()
    return f"{host_of(last.url)} answered HTTP {last.status} ({phrase})"


def _why_not_whole(page: Page, last: Exchange) -> str:
    if page.shell:
        return _SHELLS[page.shell]
    size = f"{len(last.body):,} bytes"
    why = f"it is larger than {size}" if last.cut == "length" else _CUTS.get(last.cut, "the recording broke off there")
    return f"only its first {size} were read, because {why}"


def _count(pages: int) -> str:
    return "1 page" if pages == 1 else f"{pages} pages"
