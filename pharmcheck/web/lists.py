"""The pages for several links: a form, and a table that fills as results arrive."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from starlette.datastructures import FormData, UploadFile

from pharmcheck.report.clean import shortened, spoken
from pharmcheck.web.job import State
from pharmcheck.web.languages import Catalogue
from pharmcheck.web.layout import ERRORS, countries, error_page, field, followed, lead_to, page, said_in, unsent
from pharmcheck.web.link_lists import Row, as_csv
from pharmcheck.web.links import LinksError, decoded
from pharmcheck.web.origin import client
from pharmcheck.web.service import Service
from pharmcheck.web.sse import rows as row_events


def routes(service: Service) -> APIRouter:
    """Return the routes of the pages for several links."""
    router = APIRouter()
    _add_form(router, service)
    _add_table(router, service)
    return router


def _add_form(router: APIRouter, service: Service) -> None:
    """Add the form that takes links, and what becomes of them."""

    @router.get("/list")
    async def list_form(request: Request) -> Response:
        return page(service, request, "list_form.html.j2", links="", trouble="")

    @router.get("/lists")
    async def again(request: Request) -> Response:
        return lead_to(request, "/list")  # who reloads the page of a list that was refused

    @router.post("/lists")
    async def start(request: Request) -> Response:
        sent = await request.form(max_files=1, max_fields=8, max_part_size=400_000)
        text = field(sent, "links")
        if answer := unsent(service, request, sent, "list_form.html.j2", links=text):
            return answer
        try:
            links = await _uploaded(sent) or text
            list_id = await service.gate.several(links, countries(sent), client(request))
        except LinksError as error:
            trouble = said_in(request).tell(str(error))
            country = field(sent, "country")
            return page(service, request, "list_form.html.j2", 422, links=text, trouble=trouble, country=country)
        return lead_to(request, f"/lists/{list_id}")


def _add_table(router: APIRouter, service: Service) -> None:
    """Add the table of their results, how it fills, and the same as files."""

    @router.get("/lists/{list_id}")
    async def show(request: Request, list_id: str) -> Response:
        rows = service.lists.rows(list_id)
        if not rows:
            return error_page(
                service, request, 404, "We do not have this list, or no longer. Please send the links again."
            )
        over = sum(row.over for row in rows)
        shown = [_row(row, said_in(request)) for row in rows]
        return page(service, request, "list.html.j2", rows=shown, over=over, refresh=over < len(rows))

    @router.get("/lists/{list_id}/events")
    async def follow(request: Request, list_id: str) -> Response:
        said, known = said_in(request), bool(service.lists.rows(list_id))
        return followed(
            service, request, known, lambda: row_events(service.lists, list_id, lambda row: _row(row, said))
        )

    @router.get("/lists/{list_id}/results.csv")
    async def results_csv(request: Request, list_id: str) -> Response:
        rows = service.lists.rows(list_id)
        if not rows:
            return error_page(service, request, 404, ERRORS[404])
        return Response(as_csv(rows), media_type="text/csv", headers=_attached("csv"))

    @router.get("/lists/{list_id}/results.json")
    async def results_json(request: Request, list_id: str) -> Response:
        rows = service.lists.rows(list_id)
        if not rows:
            return error_page(service, request, 404, ERRORS[404])
        return StreamingResponse(_whole(service, rows), media_type="application/json", headers=_attached("json"))


async def _uploaded(sent: FormData) -> str:
    file = sent.get("file")
    return decoded(await file.read()) if isinstance(file, UploadFile) and file.filename else ""


def _row(row: Row, said: Catalogue) -> dict[str, object]:
    """Return a row as texts to show; the link is written so that no program opens it."""
    summary = row.view.summary if row.view else None
    link = shortened(spoken(row.text), 80)
    if row.view and row.view.state is State.DONE and summary:
        told = {"symbol": summary.symbol, "color": summary.color, "result": said.tell(summary.sentence)}
        return {"n": row.number, "link": link, **told, "more": said.tell(summary.risk_words), "id": row.view.id}
    why = row.why or (summary.why if summary else said.say("It is no longer kept."))
    if row.over or row.view is None:
        return {
            "n": row.number,
            "link": link,
            "symbol": "–",
            "color": "",
            "result": said.tell(why),
            "more": "",
            "id": "",
        }
    doing = said.say(row.view.step.name)
    return {"n": row.number, "link": link, "symbol": "…", "color": "", "result": doing, "more": "", "id": row.view.id}


async def _whole(service: Service, rows: Sequence[Row]) -> AsyncIterator[str]:
    """Yield the rows with their reports as a JSON array, row by row: 200 reports are 15 MB."""
    for row in rows:
        link, state, *_, why = row.cells()
        report = service.jobs.report(row.view.id) if row.view else None
        head = json.dumps({"link": link, "state": state, "why": why})[:-1]
        yield f'{"[" if row.number == 1 else ","}{head}, "report": {report or "null"}}}'
    yield "]\n"


def _attached(kind: str) -> Mapping[str, str]:
    return {"Content-Disposition": f'attachment; filename="pharmcheck.{kind}"'}
