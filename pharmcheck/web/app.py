"""The application: pages, API, health and metrics behind one shield."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware

from pharmcheck import __version__
from pharmcheck.report.json import schema as report_schema
from pharmcheck.web import api, layout, lists, pages
from pharmcheck.web.gate import RateError
from pharmcheck.web.job import BusyError, Checker
from pharmcheck.web.jobs import running
from pharmcheck.web.pool import Pool
from pharmcheck.web.problems import Problem, problem
from pharmcheck.web.service import Service, make_service
from pharmcheck.web.settings import Settings
from pharmcheck.web.shield import Shield

OPENAPI = "/api/v1/openapi.json"
_PROMISE = (
    "Tells whether an online pharmacy is safe, with reasons that can be checked. Errors are problem+json (RFC 9457). "
    "Nothing that a checked site says is trusted: show its words as text, and never as links."
)


def create_app(settings: Settings, checker: Checker | None = None) -> FastAPI:
    """Return the application; `checker` takes the place of the worker processes."""
    pool = None if checker else Pool(settings)
    service = make_service(settings, checker or pool)  # type: ignore[arg-type]  # one of both is there

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            stack.callback(service.store.close)
            if pool:
                await stack.enter_async_context(pool.open())
            await stack.enter_async_context(running(service.jobs))
            yield

    app = FastAPI(
        title="pharmcheck",
        version=__version__,
        description=_PROMISE,
        openapi_url=OPENAPI,
        docs_url=None,  # they load their scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
        license_info={"name": "MIT"},
    )
    app.include_router(api.routes(service))
    app.include_router(pages.routes(service), include_in_schema=False)
    app.include_router(lists.routes(service), include_in_schema=False)
    _operate(app, service)
    _explain_errors(app, service)
    app.openapi = lambda: _document(app)  # type: ignore[method-assign]  # FastAPI's own way to extend it
    _guard(app, service, settings)
    return app


def _guard(app: FastAPI, service: Service, settings: Settings) -> None:
    """Let nobody in but past the shield, and scripts of other sites where they were named."""
    if settings.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type"],
        )
    app.add_middleware(
        Shield,
        settings=settings,
        metrics=service.metrics,
        apology=lambda r: _told(service, r, 500, "Something went wrong on our side."),
    )


def _operate(app: FastAPI, service: Service) -> None:
    """Add what operators ask."""

    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> Response:
        works = service.jobs.works
        return JSONResponse({"status": "ok" if works else "stopped", "version": __version__}, 200 if works else 503)

    @app.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        return PlainTextResponse(service.metrics.text(), media_type="text/plain; version=0.0.4")


def _explain_errors(app: FastAPI, service: Service) -> None:
    """Turn every error into a page for people, or a problem for programs."""

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        answer = _told(service, request, error.status_code, layout.ERRORS.get(error.status_code, str(error.detail)))
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"] if part != "body")
        return _told(service, request, 422, f"{place}: {first['msg']}." if place else f"{first['msg']}.")

    @app.exception_handler(BusyError)
    async def busy(request: Request, error: BusyError) -> Response:
        return _told(service, request, 503, str(error), error.wait_s)

    @app.exception_handler(RateError)
    async def often(request: Request, error: RateError) -> Response:
        return _told(service, request, 429, str(error), error.wait_s)


def _told(service: Service, request: Request, status: int, detail: str, wait_s: float | None = None) -> Response:
    if request.url.path.startswith("/api/"):
        return problem(status, detail, wait_s)
    return layout.error_page(service, request, status, detail, wait_s)


def _document(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document with the contract of the report in it."""
    if app.openapi_schema:
        return app.openapi_schema
    document = FastAPI.openapi(app)
    contract = report_schema()
    parts = {f"Report_{name}": part for name, part in contract.pop("$defs", {}).items()}
    for name in ("$schema", "$id"):
        contract.pop(name, None)
    schemas = document["components"]["schemas"]
    for name, part in {"Report": contract, **parts}.items():
        schemas[name] = json.loads(json.dumps(part).replace('"#/$defs/', '"#/components/schemas/Report_'))
    view = schemas["CheckView"]["properties"]["report"]
    view.pop("type", None)
    view["anyOf"] = [{"$ref": "#/components/schemas/Report"}, {"type": "null"}]
    schemas["Problem"] = Problem.model_json_schema()
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    app.openapi_schema = document
    return document
