"""The OpenAPI document holds: generated requests, sound and broken, get only documented answers."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from pharmcheck.web.app import create_app
from pharmcheck.web.settings import Settings
from tests.web.conftest import at_once
from tests.web.paged import PLENTY
from tests.web.serving import serving

schemathesis = pytest.importorskip("schemathesis")

NAMES = ["POST /api/v1/checks", "GET /api/v1/checks/{check_id}", "GET /api/v1/checks/{check_id}/events"]
NAMES += ["GET /api/v1/registries/lookup", "GET /api/v1/signals"]
# Of the signals nothing is asked that could be wrong.
MODES = [(n, m) for n in NAMES for m in ("positive", "negative") if (n, m) != (NAMES[-1], "negative")]


@pytest.fixture(scope="module")
def document():  # type: ignore[no-untyped-def]
    """The document of a server that runs."""
    app = create_app(Settings(**PLENTY, queue=1_000, total_per_hour=10**6), at_once)
    with serving(app) as address:
        yield schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")


@pytest.mark.parametrize(("name", "mode"), MODES)
def test_only_documented_answers(document, name: str, mode: str) -> None:  # type: ignore[no-untyped-def]
    """No 5xx; status, media type, headers and body of every answer are as the document says."""
    from schemathesis import GenerationMode
    from schemathesis import checks as known
    from schemathesis.specs.openapi import checks

    operations = {o.ok().label: o.ok() for o in document.get_all_operations()}
    held_against = [
        known.not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_headers_conformance,
        checks.response_schema_conformance,
    ]
    answers = set()

    @settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operations[name].as_strategy(generation_mode=GenerationMode(mode)))
    def ask(case) -> None:  # type: ignore[no-untyped-def]
        response = case.call(timeout=20)
        answers.add(response.status_code)
        case.validate_response(response, checks=held_against)

    ask()
    assert answers


def test_every_operation_is_tried(document) -> None:  # type: ignore[no-untyped-def]
    """The list above names each operation of the document."""
    assert {o.ok().label for o in document.get_all_operations()} == set(NAMES)
