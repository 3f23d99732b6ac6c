"""Reads the pages of a site that tell most: home, the pasted page, pages by role, then others; beside them issuers of its seals."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from pharmcheck.capture.body import is_text
from pharmcheck.capture.budget import REGISTER_REQUESTS, Share
from pharmcheck.capture.choose import PLACES, candidates, further, issuer_links, roles, scope_of, seal_links
from pharmcheck.capture.client import Client
from pharmcheck.capture.exchange import Exchange, Fetched
from pharmcheck.capture.live_registries import ask, what_to_ask
from pharmcheck.capture.missing import LABELS, SHELLS, SHELLS_BEHIND_ERRORS, count_of, name_of, status_of, why_not_whole
from pharmcheck.capture.rendering import Render, Rendered, unscripted
from pharmcheck.capture.vantage import look, requests_for, view_of
from pharmcheck.model import Gap, Page, Site, Target, View, Visitor
from pharmcheck.model.captured import NOT_PUBLIC
from pharmcheck.reading.page import read_page
from pharmcheck.target import scheme_given

Progress = Callable[[str], None]
Arrived = Callable[[Page], None]

_KEPT = 2  # pages for what the further ones lead to: a checkout linked from a product alone
_BREATH_S = 0.005  # after an answer the next requests go out first; then there is time until they are answered
_MAX_AHEAD_BYTES = 200_000  # to read a larger one takes so long that it would hold the others up
_ROUNDS = 3  # links of links: a checkout is often linked from a product page only


class Crawl:
    """One site being read: what was fetched, in the order of the plan, and what came of it."""

    def __init__(
        self,
        target: Target,
        client: Client,
        progress: Progress,
        recorded: Callable[[str], bool] | None = None,
        arrived: Arrived | None = None,
        render: Render | None = None,
    ) -> None:
        self.target = target
        self.client = client
        self.progress = progress
        self.recorded = recorded
        self.arrived = arrived
        self.pages: list[Page] = []
        self.gaps: dict[str, Gap] = {}
        self.trail: list[Exchange] = []
        self.views: list[View] = []
        self.rendered = Rendered(render)
        self._parsed: dict[tuple[str, str, tuple[str, ...]], Page] = {}
        self._tried: set[str] = set()
        self._asked = 1

    async def run(self) -> Site:
        """Read the site; raises nothing for what the network does."""
        options, budget = self.client.options, self.client.budget
        await self._start()
        parked = any(p.shell == "parked" for p in self.pages)  # its links are advertisements
        asked = {view.asked: view for view in self.views}  # of one address the last view, which is without scripts
        pasted_first = list(asked.values())[::-1]
        ordinary = pasted_first if options.vantage and not parked else []
        seals = seal_links(self.pages, options.issuer_hosts)
        async with asyncio.TaskGroup() as group:
            shown = budget.beside(group, Share.ISSUERS, 2 * len(seals), self._ask_all("issuer", seals, Share.ISSUERS))
            seen = budget.beside(group, Share.VIEWS, requests_for(ordinary), look(ordinary, self.client, self.progress))
            await self._rounds(0 if parked else _ROUNDS)
            if any(p.text and not p.shell for p in self.pages):
                await self._note_missing()
            await self._read_issuers(shown)
            answers, unanswered = await self._ask_registers() if options.live_registries else ((), ())
        views, unseen, exchanges = seen.result()
        self.trail += exchanges
        gaps = (*self.gaps.values(), *unanswered, *unseen, *self.rendered.gaps(self.pages))
        return Site(
            self.target,
            options.now,
            tuple(self.pages),
            gaps,
            answers,
            (*self.views, *views),
            pictures=self.rendered.pictures,
        )

    async def _rounds(self, rounds: int) -> None:
        for number in range(rounds):
            own = self._own()
            scope = scope_of(self.target, own)
            offered = candidates(own, scope)
            wanted = await self._by_role(offered)
            if number or not wanted:
                others = further(own, scope, offered)
                wanted += await self._further(others, _KEPT if number + 1 < rounds else 0)
            if not wanted:
                break
            answers = await asyncio.gather(*(self._ask(role, url) for role, url in wanted))
            for (role, _), answer in zip(wanted, answers, strict=True):
                self._take(role, await self.rendered.follow(role, answer))

    def exchanges(self) -> tuple[Exchange, ...]:
        """Return all exchanges: robots.txt by origin, then pages in the order of the plan."""
        robots = self.client.robots
        asked = (*(e for origin in sorted(robots) for e in robots[origin][1]), *self.trail)
        return (*asked, *self.rendered.exchanges)

    async def _ask_registers(self) -> tuple[tuple[Page, ...], tuple[Gap, ...]]:
        """Ask registers about the site, after all of its pages, for those tell which numbers to ask for."""
        self.client.budget.add(REGISTER_REQUESTS)
        pages, gaps, exchanges = await ask(what_to_ask(self.target, self._own()), self.client, self.progress)
        self.trail += exchanges
        return pages, gaps

    async def _read_issuers(self, shown: asyncio.Task[tuple[Fetched, ...]]) -> None:
        """Take the pages of issuers that were asked for beside the others, and read those to which later pages lead."""
        links = issuer_links(self.pages, self.client.options.issuer_hosts)
        answers = await shown
        if further := links[len(answers) :]:
            await self.client.budget.room(2 * len(further))
            answers += await self._ask_all("issuer", further)
        for answer in answers:
            self._take("issuer", answer)

    async def _start(self) -> None:
        """Read home and the pasted page; for a name without a scheme, over http where https gives no answer."""
        url = self.target.url
        home, *pasted = await self._first(url)
        if home.error and not home.forbidden and url.startswith("https:") and not scheme_given(self.target.input):
            over_http, *others = await self._first(url.replace("https:", "http:", 1))
            self.trail += [e for answer in (home, *pasted, over_http, *others) for e in answer.exchanges]
            if not over_http.error:
                self.gaps["https"] = Gap("https", f"https: home page read over http, because {home.error}")
                home, pasted, url = over_http, others, url.replace("https:", "http:", 1)
        home = await self.rendered.follow("home", home)
        self._take("home", home)
        self._view(_root(url), home)
        for shown in pasted:
            answer = await self.rendered.follow("pasted", shown)
            self._asked += 1
            self._take("pasted", answer)
            self._view(url, answer)

    async def _first(self, url: str) -> tuple[Fetched, ...]:
        """Fetch the home page and, where `url` is another, the pasted page."""
        wanted = (("home", _root(url)), ("pasted", url))[: 1 + self.target.is_page]
        self._tried.update(address for _, address in wanted)
        return tuple(await asyncio.gather(*(self._ask(role, address) for role, address in wanted)))

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
            self.gaps[NOT_PUBLIC] = Gap(NOT_PUBLIC, f"address: {answer.error}")

    async def _ask(self, role: str, url: str, share: Share = Share.PAGES) -> Fetched:
        self.progress(f"reading {url} ({role})")
        answer = await self.client.fetch(url, share=share)
        if self.arrived and role != "issuer":
            asyncio.get_running_loop().call_later(_BREATH_S, self._read_ahead, role, answer, self.arrived)
        return answer

    def _read_ahead(self, role: str, answer: Fetched, arrived: Arrived) -> None:
        """Read a page while others are on their way, and hand it on."""
        last = answer.last
        if len(last.body) > _MAX_AHEAD_BYTES:
            return
        if not answer.error and 200 <= last.status < 300 and is_text(last.header("content-type"), last.body):
            page = self._page(role, last, answer.hops)
            if page.text and not page.shell:
                arrived(page)

    def _page(self, role: str, last: Exchange, hops: tuple[str, ...]) -> Page:
        """Return the page of an answer, which is parsed once."""
        key = (role, last.url, hops)
        if key not in self._parsed:
            kind, cut = last.header("content-type"), bool(last.cut)
            self._parsed[key] = read_page(
                last.url, last.body, content_type=kind, role=role, status=last.status, hops=hops, cut=cut
            )
        return self._parsed[key]

    async def _ask_all(self, role: str, urls: Sequence[str], share: Share = Share.PAGES) -> tuple[Fetched, ...]:
        return tuple(await asyncio.gather(*(self._ask(role, url, share) for url in urls)))

    def _take(self, role: str, answer: Fetched) -> None:
        """Turn what was fetched into a page, a gap, or both; a page that leads on is read as well as where it leads."""
        self.trail += answer.exchanges
        for passing, before in answer.passed:
            self._keep(role, passing, before)
        if why := self._read(role, answer):
            self._miss(role, f"{name_of(role, answer)}: {why}")
        elif role in self.gaps:
            del self.gaps[role]

    def _read(self, role: str, answer: Fetched) -> str:
        """Keep the page that was fetched; return why it is none, or not whole, "" where all is well."""
        last = answer.last
        kind = last.header("content-type")
        if answer.error:
            return answer.error
        if not is_text(kind, last.body):
            return f"{last.url} is not a text but {kind.partition(';')[0].strip() or 'unknown data'}"
        same = next((p for p in self.pages if p.url == last.url), None)
        if same:
            return f"the link leads to the page already read as {same.role}"
        page = self.rendered.page(last, role, answer.hops) or self._page(role, last, answer.hops)
        if 200 <= last.status < 300:
            self.pages.append(page)
            return why_not_whole(page, last, self.client.options.max_bytes) if page.shell or last.cut else ""
        if page.shell not in SHELLS_BEHIND_ERRORS:
            return status_of(last)
        self.pages.append(page)
        return f"{status_of(last)}; {SHELLS[page.shell]}"

    def _keep(self, role: str, passing: Exchange, hops: tuple[str, ...]) -> None:
        kind = passing.header("content-type")
        if is_text(kind, passing.body) and not any(p.url == passing.url for p in self.pages):
            page = self._page(role, passing, hops)
            if page.text and not page.shell:
                self.pages.append(page)
                if passing.cut:
                    why = f"{page.url}, which led on: {why_not_whole(page, passing, self.client.options.max_bytes)}"
                    self.gaps[why] = Gap(role, why)

    def _miss(self, role: str, why: str) -> None:
        """Note a gap, but not for one of several pages of a role of which another was read."""
        if role not in PLACES or not any(p.role == role and not p.shell for p in self.pages):
            self.gaps[why if role == "issuer" else role] = Gap(role, why)

    async def _by_role(self, offered: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
        """Return the next pages to read: for each role that is still open its best links that were not tried."""
        room = max(0, self.client.options.max_pages - self._asked)
        wanted: list[tuple[str, str]] = []
        for role in roles():
            places = PLACES.get(role, 1) - sum(p.role == role and not p.shell for p in self.pages)
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

    async def _further(self, linked: Iterable[str], kept: int) -> list[tuple[str, str]]:
        """Return, as far as the limit of pages reaches, what else the site links to: whoever names a page oddly is read, too."""
        room = self.client.options.max_pages - self._asked - kept
        wanted: list[tuple[str, str]] = []
        for url in linked:
            if len(wanted) >= room:
                break
            there = url not in self._tried and (not self.recorded or self.recorded(url))
            if there and not await self.client.forbids(url):
                wanted.append(("further", url))
                self._tried.add(url)
        self._asked += len(wanted)
        return wanted

    async def _note_missing(self) -> None:
        """Note a gap for each role of which no page was read and of which nothing was said yet."""
        offered = candidates(self._own(), scope_of(self.target, self._own()))
        read = {p.url for p in self.pages}
        for role in roles():
            if role in self.gaps or any(p.role == role for p in self.pages):
                continue
            if read.isdisjoint(offered[role]):  # else it was read, as a page of another role
                self._miss(role, f"{role}: {await self._why_missing(role, offered[role])}")

    async def _why_missing(self, role: str, offered: Sequence[str]) -> str:
        if not offered:
            return f"no link to {LABELS.get(role, f'a {role} page')} was found on {count_of(len(self.pages))}"
        stop = await self.client.forbids(offered[0])
        return stop or f"the limit of {count_of(self.client.options.max_pages)} was reached"

    def _own(self) -> tuple[Page, ...]:
        return tuple(p for p in self.pages if p.role != "issuer")


def _root(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"
