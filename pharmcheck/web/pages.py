"""The pages for people: a form, a check as it goes on, and its result. All of them work without script."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from pharmcheck.report.clean import clean, shortened
from pharmcheck.target import TargetError
from pharmcheck.web.job import STEPS, State
from pharmcheck.web.layout import (
    ERRORS,
    STATIC,
    countries,
    error_page,
    field,
    followed,
    lead_to,
    page,
    said_in,
    static_file,
    unsent,
)
from pharmcheck.web.origin import client
from pharmcheck.web.service import Service
from pharmcheck.web.sse import steps as step_events


def routes(service: Service) -> APIRouter:
    """Return the routes of all pages."""
    router = APIRouter()
    _add_form(router, service)
    _add_results(router, service)
    _add_static(router, service)
    return router


def _add_form(router: APIRouter, service: Service) -> None:
    """Add the form, what it starts, and the page about us."""

    @router.get("/")
    async def form(request: Request) -> Response:
        return page(service, request, "form.html.j2", target="", trouble="")

    @router.get("/about")
    async def about(request: Request) -> Response:
        return page(service, request, "about.html.j2")

    @router.get("/checks")
    async def again(request: Request) -> Response:
        return lead_to(request, "/")  # who reloads the page of a link that was none

    @router.post("/checks")
    async def start(request: Request) -> Response:
        sent = await request.form(max_files=0, max_fields=8, max_part_size=8_192)
        target = field(sent, "target")
        if answer := unsent(service, request, sent, "form.html.j2", target=target):
            return answer
        try:
            check_id, _ = await service.gate.check(target, countries(sent), client(request))
        except TargetError as error:
            why = said_in(request).tell(str(error))
            trouble = f"{why[0].upper()}{why[1:]}."
            shown = shortened(clean(target), 300)
            return page(
                service, request, "form.html.j2", 422, target=shown, trouble=trouble, country=field(sent, "country")
            )
        return lead_to(request, f"/checks/{check_id}")


def _add_results(router: APIRouter, service: Service) -> None:
    """Add the page of a check: failed, waiting or done, its steps and its report."""

    @router.get("/checks/{check_id}")
    async def show(request: Request, check_id: str) -> Response:
        view = service.jobs.view(check_id)
        if not view:
            return error_page(
                service, request, 404, "We do not have this result, or no longer. Please check the link again."
            )
        if view.state is State.FAILED:
            return page(service, request, "failed.html.j2", why=view.summary.why)
        if view.state is not State.DONE:
            return page(service, request, "waiting.html.j2", view=view, steps=STEPS, refresh=True)
        article = service.jobs.article(check_id, said_in(request).language) or ""
        safe = Markup(article)  # noqa: S704 - made by our own template, escaped there
        return page(service, request, "result.html.j2", summary=view.summary, article=safe)

    @router.get("/checks/{check_id}/events")
    async def follow(request: Request, check_id: str) -> Response:
        job, known = service.jobs.job(check_id), bool(service.jobs.glance(check_id))
        return followed(service, request, known, lambda: step_events(job, lambda: service.jobs.glance(check_id)))

    @router.get("/checks/{check_id}/report.json")
    async def report(request: Request, check_id: str) -> Response:
        found = service.jobs.report(check_id)
        return (
            Response(found, media_type="application/json") if found else error_page(service, request, 404, ERRORS[404])
        )


def _add_static(router: APIRouter, service: Service) -> None:
    """Add the files that pages load."""

    @router.get("/static/{name}")
    async def static(request: Request, name: str) -> Response:
        if name not in STATIC:
            return error_page(service, request, 404, ERRORS[404])
        lasting = {"Cache-Control": "public, max-age=31536000, immutable"}  # its address changes with it
        return Response(static_file(name), media_type=STATIC[name], headers=lasting)
