"""Server-sent events (WHATWG HTML, section 9.2): what a check is doing, as it does it."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable

from starlette.responses import StreamingResponse

from pharmcheck.web.job import Job, View
from pharmcheck.web.link_lists import LinkLists, Row
from pharmcheck.web.settings import Settings

BEAT_S = 10.0  # a comment as often as this keeps proxies from closing the stream, and tells us when the client has left
_LOOK_S = 1.0


def event(name: str, **values: object) -> str:
    """Return one event; its data is a JSON object."""
    return f"event: {name}\ndata: {json.dumps(values)}\n\n"


async def steps(job: Job | None, view: Callable[[], View | None]) -> AsyncIterator[str]:
    """Yield the steps of a check, then `done`; a check that is over gives `done` at once."""
    if job:
        async for step in job.follow(BEAT_S):
            yield event("step", step=step.name, pages=step.pages) if step else ": still here\n\n"
    last = view()
    yield event("done", state=last.state.value if last else "failed")


async def rows(lists: LinkLists, list_id: str, say: Callable[[Row], dict[str, object]]) -> AsyncIterator[str]:
    """Yield each row of a list when it has changed, then `done`."""
    told: dict[int, object] = {}
    quiet_s = 0.0
    while found := lists.rows(list_id):
        for row in found:
            shown = say(row)
            if told.get(row.number) != shown:
                told[row.number], quiet_s = shown, 0.0
                yield event("row", **shown)
        if all(row.over for row in found):
            break
        if quiet_s >= BEAT_S:
            quiet_s = 0.0
            yield ": still here\n\n"
        await asyncio.sleep(_LOOK_S)
        quiet_s += _LOOK_S
    yield event("done")


class Streams:
    """Bounds how many streams are open: for one client, and for all."""

    def __init__(self, settings: Settings) -> None:
        self._most, self._most_each = settings.streams, settings.streams_per_client
        self._open: Counter[str] = Counter()

    def full(self, client: str) -> bool:
        """True when neither this client nor all together may open another one."""
        return self._open.total() >= self._most or self._open[client] >= self._most_each

    def response(self, client: str, events: AsyncIterator[str]) -> StreamingResponse:
        """Return the answer that streams the events until they end or the client leaves."""
        return StreamingResponse(
            self._counted(client, events),
            media_type="text/event-stream",
            headers={"X-Accel-Buffering": "no"},  # nginx would hold them back
        )

    async def _counted(self, client: str, events: AsyncIterator[str]) -> AsyncIterator[str]:
        self._open[client] += 1
        try:
            async for text in events:
                yield text
        finally:
            self._open[client] -= 1
            if not self._open[client]:
                del self._open[client]
            close = getattr(events, "aclose", None)
            if close:
                await close()
