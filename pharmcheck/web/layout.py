"""What all pages share: their frame, their language, their fields, and how an error looks."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import AsyncIterator, Callable
from functools import cache
from http import HTTPStatus
from importlib.resources import files

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.datastructures import FormData

from pharmcheck import law
from pharmcheck.web.languages import LANGUAGES, Catalogue, catalogue, guessed_country, preferred
from pharmcheck.web.origin import client, foreign, vouched
from pharmcheck.web.problems import retry_after
from pharmcheck.web.service import Service

ERRORS = {
    404: "There is nothing here, or it is no longer kept.",
    405: "This address does not take that kind of request.",
}
STATIC = {
    "site.css": "text/css; charset=utf-8",
    "site.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


def error_page(service: Service, request: Request, status: int, detail: str, wait_s: float | None = None) -> Response:
    """Return a page that says what went wrong and what to do next."""
    title = HTTPStatus(status).phrase
    answer = page(service, request, "error.html.j2", status, title=title, detail=detail, wait_s=wait_s)
    answer.headers.update(retry_after(wait_s))
    return answer


def followed(service: Service, request: Request, known: bool, events: Callable[[], AsyncIterator[str]]) -> Response:
    """Return the stream of events about something known; a page where it is not, or where a client follows too much."""
    who = client(request)
    if not known:
        return error_page(service, request, 404, ERRORS[404])
    if service.streams.full(who):
        return error_page(service, request, 429, "Too many pages are open at once.", 5)
    return service.streams.response(who, events())


def page(service: Service, request: Request, name: str, status: int = 200, **values: object) -> HTMLResponse:
    """Return a page in the reader's language: the template `name` with what all pages show, and `values` of its own."""
    said = said_in(request)
    shared = {
        "_": said.say,
        "tell": said.tell,
        "language": said.language,
        "languages": LANGUAGES,
        "refresh": False,
        "here": _here(request),
        "asset": _asset,
        "link": lambda path: path + _chosen(request),
        "contact": service.settings.contact,
        "logged": service.settings.log_targets,
        "countries": country_names(said.language),
        "country": guessed_country(request.headers.get("accept-language", "")),
        "token": service.tokens.token(request),
        "keep_hours": round(service.settings.keep_s / 3600),
        "most_links": service.settings.list_links,
    }
    text = _environment().get_template(name).render(**{**shared, **values})
    return HTMLResponse(text, status, headers={"Content-Language": said.language, "Vary": "Accept-Language"})


def unsent(service: Service, request: Request, sent: FormData, template: str, **values: object) -> Response | None:
    """Return the refusal of a form that another site sent, or that is too old; None for one of ours."""
    if foreign(request):
        return error_page(
            service, request, 403, "Another web site sent this request through your browser. Nothing was checked."
        )
    if vouched(request) or service.tokens.fits(request, field(sent, "token")):
        return None
    trouble = said_in(request).say("This page was open for too long, or your connection changed. Please send it again.")
    return page(service, request, template, 403, trouble=trouble, country=field(sent, "country"), **values)


def said_in(request: Request) -> Catalogue:
    """Return the catalogue of the language that was chosen, or else that the browser prefers."""
    return catalogue(preferred(request.headers.get("accept-language", ""), request.query_params.get("lang", "")))


def _here(request: Request) -> str:
    """Return the path of the page, for links to it in other languages; `//host` and `/\\host` would lead away."""
    path = request.url.path
    return path if request.method == "GET" and path[1:2] not in ("/", "\\") else "/"


def lead_to(request: Request, path: str) -> Response:
    """Lead from a form to what it started, or back to it; the language goes along where it was chosen."""
    return RedirectResponse(path + _chosen(request), 303)


def _chosen(request: Request) -> str:
    """Return the query that keeps the language that was chosen, "" where none was."""
    language = request.query_params.get("lang", "")
    return f"?lang={language}" if language in LANGUAGES else ""


def field(sent: FormData, name: str) -> str:
    """Return a text field of a form, "" where it was not sent or is a file."""
    value = sent.get(name, "")
    return value if isinstance(value, str) else ""


def countries(sent: FormData) -> tuple[str, ...]:
    """Return the buyer's country of a form, none where it is not one whose law we know."""
    country = field(sent, "country")
    return (country,) if country in law.countries() else ()


@cache
def country_names(language: str) -> tuple[tuple[str, str], ...]:
    """Return the countries whose law we know, by name in that language."""
    text = (files("pharmcheck.web") / "locale" / "countries.csv").read_text("utf-8")
    names = {row["code"]: row[language] for row in csv.DictReader(text.splitlines())}
    return tuple(sorted(((code, names[code]) for code in law.countries()), key=lambda c: c[1]))


@cache
def static_file(name: str) -> bytes:
    """Return a file of STATIC; the style of pages begins with that of reports."""
    own = (files("pharmcheck.web") / "static" / name).read_bytes()
    if name != "site.css":
        return own
    return (files("pharmcheck.report") / "templates" / "report.css").read_bytes() + own


@cache
def _asset(name: str) -> str:
    return f"/static/{name}?{hashlib.sha256(static_file(name)).hexdigest()[:12]}"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("pharmcheck.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
