"""The JSON API, version 1; its OpenAPI document is made from what stands here."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from pharmcheck import law
from pharmcheck.registries import load_registries
from pharmcheck.target import TargetError
from pharmcheck.web.job import State, View
from pharmcheck.web.links import LONGEST_LINK
from pharmcheck.web.origin import client, foreign
from pharmcheck.web.problems import MEDIA_TYPE, problem
from pharmcheck.web.service import Service
from pharmcheck.web.sse import steps

CheckId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{24}$", description="As given by `POST /api/v1/checks`.")]
_LOOKUPS = 1  # at once: the index answers one question after another


class Question(BaseModel):
    """What is to be checked."""

    model_config = ConfigDict(extra="forbid")

    target: str = Field(
        min_length=1,
        max_length=LONGEST_LINK,
        description="A URL, a bare or a defanged domain.",
        examples=["hxxps://pills[.]example/buy"],
    )
    country: list[Annotated[str, Field(pattern=r"^([A-Za-z]{2}|[Gg][Bb]-[Nn][Ii][Rr])$")]] = Field(
        default_factory=list,
        max_length=5,
        description="The buyer's countries (ISO 3166-1 alpha-2, or GB-NIR for Northern Ireland).",
        examples=[["GB"]],
    )


class CheckView(BaseModel):
    """A check: where it stands, and its report when it is done."""

    id: str
    state: State
    step: str = Field(description="`waiting`, `resolving`, `reading`, `registers` or `judging`.")
    pages: int = Field(description="How many pages were asked for so far.")
    ahead: int = Field(description="How many checks wait before it.")
    expires: datetime | None = Field(description="Until when the report can be read again; null while it runs.")
    why: str = Field(description="Why the check failed, in a sentence; else empty.")
    report: dict[str, Any] | None = Field(
        description="The report (schema `pharmcheck/report/1`), null until it is done."
    )


class ListingView(BaseModel):
    """One entry of a registry."""

    registry: str
    authority: str
    country: str
    status: str = Field(
        description="`warned`, `listed`, `lifted` (a warning that was withdrawn) or `recorded` (which proves nothing)."
    )
    name: str
    number: str
    domain: str
    path: str
    url: str
    since: str | None
    as_of: str
    note: str


class Found(BaseModel):
    """The entries that a search met: at most 100. No entry proves nothing."""

    query: str
    entries: list[ListingView]


class SignalView(BaseModel):
    """One question that is asked of each site."""

    id: str
    title: str = Field(description="What is true when it fires.")
    why: str
    source: str
    false_alarm: str
    points: float | None = Field(description="Decibans; null while it is on trial and counts nothing.")
    group: str


def _answers(*statuses: int, **more: Any) -> dict[int | str, dict[str, Any]]:
    waits = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}}
    told = {
        400: "The request cannot be read, or the server does not answer under that name.",
        403: "Another web site sent this request through a browser.",
        404: "No check has this id, or it is no longer kept.",
        408: "The body was not sent in time.",
        413: "The body is too large.",
        422: "The request is not as described here; `detail` says what is wrong.",
        429: "Too many requests from this address.",
        503: "No room for more; honest about when there will be.",
    }
    answers: dict[int | str, dict[str, Any]] = {
        status: {
            "description": told[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            **({"headers": waits} if status in (429, 503) else {}),
        }
        for status in (400, 429, *statuses)
    }
    return answers


_SENT = (403, 408, 413, 422, 503)
_LOCATION = {
    "Location": {"description": "Where the check is found.", "schema": {"type": "string"}},
}


def routes(service: Service) -> APIRouter:
    """Return the routes under /api/v1."""
    api = APIRouter(prefix="/api/v1")
    _add_checks(api, service)
    _add_events(api, service)
    _add_lookups(api, service)
    _add_signals(api, service)
    return api


def _add_checks(api: APIRouter, service: Service) -> None:
    """Add how a check is started and read."""

    @api.post(
        "/checks",
        status_code=202,
        summary="Start a check",
        response_model=CheckView,
        responses={
            202: {"description": "A new check was put into the queue.", "headers": _LOCATION},
            200: {"model": CheckView, "description": "The same was asked a short while ago.", "headers": _LOCATION},
            **_answers(*_SENT),
        },
    )
    async def start(question: Question, request: Request) -> Response:
        """Check a site. The same question within ten minutes gets the same check.

        A check ends early if nobody asks for it or follows its events for 45 seconds.
        """
        if foreign(request, service.settings.origins):
            return problem(403, "Another web site sent this request through your browser.")
        countries = tuple(dict.fromkeys(map(law.country_code, question.country)))
        try:
            check_id, new = await service.gate.check(question.target, countries, client(request))
        except TargetError as error:
            return problem(422, f"target: {error}.")
        view = service.jobs.view(check_id)
        assert view
        place = {"Location": f"/api/v1/checks/{check_id}"}
        return JSONResponse(_shown(service, view), 202 if new else 200, place)

    @api.get("/checks/{check_id}", summary="Read a check", response_model=CheckView, responses=_answers(404, 422))
    async def read(check_id: CheckId) -> Response:
        """Return where a check stands, with the report when it is done."""
        view = service.jobs.view(check_id)
        return JSONResponse(_shown(service, view)) if view else problem(404, "No check has this id, or it is gone.")


def _add_events(api: APIRouter, service: Service) -> None:
    """Add the stream that follows a check."""

    @api.get(
        "/checks/{check_id}/events",
        summary="Follow a check",
        response_class=Response,
        responses={
            200: {
                "description": "`step` events with `step` and `pages`, then one `done` event with `state`.",
                "content": {"text/event-stream": {"schema": {"type": "string"}}},
            },
            **_answers(404, 422),
        },
    )
    async def follow(check_id: CheckId, request: Request) -> Response:
        """Stream the steps of a check (server-sent events)."""
        job, who = service.jobs.job(check_id), client(request)
        if not service.jobs.glance(check_id):
            return problem(404, "No check has this id, or it is gone.")
        if service.streams.full(who):
            return problem(429, "Too many streams are open.", 5)
        return service.streams.response(who, steps(job, lambda: service.jobs.glance(check_id)))


def _add_lookups(api: APIRouter, service: Service) -> None:
    """Add the search in the registers; who comes while others search waits a while for a turn."""
    gate = asyncio.Semaphore(_LOOKUPS)

    @api.get("/registries/lookup", summary="Search the registers", response_model=Found, responses=_answers(422, 503))
    async def lookup(
        q: Annotated[str, Query(min_length=2, max_length=200, description="A domain, a licence number or a name.")],
    ) -> Response:
        """Search all official lists that are held; close names are found too."""
        try:
            async with asyncio.timeout(service.settings.lookup_wait_s):
                await gate.acquire()
        except TimeoutError:
            return problem(503, "Too many others are searching. Please try again.", 1)
        try:
            return JSONResponse(await asyncio.to_thread(_search, q))
        finally:
            gate.release()


def _add_signals(api: APIRouter, service: Service) -> None:
    """Add the catalogue of signals."""

    @api.get("/signals", summary="What is looked at", response_model=list[SignalView], responses=_answers())
    async def signals() -> Response:
        """Return all signals with their weights."""
        return JSONResponse(service.signals)


def _shown(service: Service, view: View) -> dict[str, Any]:
    report = service.jobs.report(view.id) if view.state is State.DONE else None
    until = datetime.fromtimestamp(view.kept_at + service.settings.keep_s, UTC) if view.kept_at else None
    return {
        "id": view.id,
        "state": view.state.value,
        "step": view.step.name,
        "pages": view.step.pages,
        "ahead": view.ahead,
        "expires": until.isoformat(timespec="seconds").replace("+00:00", "Z") if until else None,
        "why": view.summary.why,
        "report": json.loads(report) if report else None,
    }


def _search(text: str) -> dict[str, Any]:
    held = load_registries()
    authorities = {r.id: r.authority for r in held.all}
    entries = [
        ListingView(
            registry=e.registry,
            authority=authorities[e.registry],
            country=e.country,
            status=e.status,
            name=e.name,
            number=e.number,
            domain=e.domain,
            path=e.path,
            url=e.url,
            since=e.since.isoformat() if e.since else None,
            as_of=e.as_of.isoformat(),
            note=e.note,
        )
        for e in held.search(text)
    ]
    return Found(query=text, entries=entries).model_dump()
