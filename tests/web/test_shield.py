"""What stands before every route."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.web.conftest import Open

pytestmark = pytest.mark.anyio
PLACES = (
    "/",
    "/about",
    "/list",
    "/checks/none",
    "/nothing",
    "/healthz",
    "/metrics",
    "/static/site.css",
    "/api/v1/signals",
)


@pytest.mark.parametrize("place", [place for place in PLACES if place != "/metrics"])
async def test_head_answers_as_get_without_a_body(opened: Open, place: str) -> None:
    """Whoever watches the server, or looks before loading, asks by HEAD: the same status and headers, and no body."""
    async with opened() as client:
        full, bare = await client.get(place), await client.head(place)
        assert (bare.status_code, bare.content) == (full.status_code, b"")
        assert bare.headers == full.headers


@pytest.mark.parametrize("place", PLACES)
async def test_headers_on_every_answer(opened: Open, place: str) -> None:
    """Pages, errors and files alike: strict policy, no frames, no sniffing, no referrer, no cookie."""
    async with opened() as client:
        headers = (await client.get(place)).headers
        policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["frame-ancestors"] == "'none'"
        assert {policy["script-src"], policy["style-src"], policy["connect-src"], policy["form-action"]} == {"'self'"}
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in headers
        assert "server" not in headers
        assert "strict-transport-security" not in headers


async def test_hsts_over_https(opened: Open) -> None:
    """Reached over https, browsers are told to stay there."""
    async with opened() as client:
        answer = await client.get("https://test/")
        assert answer.headers["strict-transport-security"].startswith("max-age=")


@pytest.mark.parametrize("host", ["evil.example", "", "test.evil.example", "[::2]:80"])
async def test_other_names_get_nothing(opened: Open, host: str) -> None:
    """A foreign name that leads here (DNS rebinding) gets a refusal on every route."""
    async with opened() as client:
        assert (await client.get("/", headers={"Host": host})).status_code == 400
        assert (await client.get("/api/v1/signals", headers={"Host": host})).status_code == 400


@pytest.mark.parametrize("host", ["test", "TEST:8000", "test:80"])
async def test_own_name_with_any_port(opened: Open, host: str) -> None:
    """The own name is answered in any case and with any port."""
    async with opened() as client:
        assert (await client.get("/", headers={"Host": host})).status_code == 200


async def test_large_bodies(opened: Open) -> None:
    """A body that is too large is refused by its announced length, and while it is read."""
    async with opened() as client:
        assert (await client.post("/checks", content=b"x" * 500_000)).status_code == 413

        async def endless() -> AsyncIterator[bytes]:
            for _ in range(1_000):
                yield b"target=" + b"x" * 1_000

        kind = {"Content-Type": "application/json"}
        assert (await client.post("/api/v1/checks", content=endless(), headers=kind)).status_code == 413


async def test_request_flood(opened: Open) -> None:
    """A client that hammers any page is told to wait; the style sheet and the health stay reachable."""
    async with opened(requests_per_minute=8) as client:
        codes = [(await client.get("/")).status_code for _ in range(4)]
        assert codes == [200, 200, 429, 429]
        assert (await client.get("/static/site.css")).status_code == 200
        assert (await client.get("/healthz")).status_code == 200
