"""Errors for programs: application/problem+json (RFC 9457)."""

from __future__ import annotations

import math
from http import HTTPStatus

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """An error (RFC 9457)."""

    type: str = Field(description="Always `about:blank`: the status says what kind of error it is.")
    title: str = Field(description="The name of the status.")
    status: int
    detail: str = Field(description="What happened, in a sentence for people.")


def problem(status: int, detail: str, wait_s: float | None = None) -> JSONResponse:
    """Return the answer for an error; `wait_s` becomes Retry-After."""
    body = Problem(type="about:blank", title=HTTPStatus(status).phrase, status=status, detail=detail)
    return JSONResponse(body.model_dump(), status, retry_after(wait_s), media_type=MEDIA_TYPE)


def retry_after(wait_s: float | None) -> dict[str, str]:
    """Return the header that says when to come again, in whole seconds (RFC 9110, section 10.2.3); none for None."""
    return {} if wait_s is None else {"Retry-After": str(max(1, math.ceil(wait_s)))}
