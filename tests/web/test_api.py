"""The JSON API as a program meets it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from pharmcheck.report.json import schema
from pharmcheck.web.job import Check, Tell
from pharmcheck.web.store import Outcome
from tests.web.conftest import Open, at_once

pytestmark = pytest.mark.anyio
CHECKS = "/api/v1/checks"


async def never(check: Check, tell: Tell) -> Outcome:
    """A check that does not end by itself."""
    await asyncio.Event().wait()
    raise AssertionError


async def finished(client: httpx.AsyncClient, target: str = "pills.example", **more: Any) -> dict[str, Any]:
    """Start a check, follow its events to their end, and return it."""
    started = await client.post(CHECKS, json={"target": target, **more})
    place = started.headers["location"]
    await client.get(f"{place}/events")
    found: dict[str, Any] = (await client.get(place)).json()
    return found


async def test_check_from_start_to_report(opened: Open) -> None:
    """202 with a place; there the report, which keeps the contract of the command line."""
    async with opened() as client:
        answer = await client.post(CHECKS, json={"target": "hxxps://pills[.]example", "country": ["uk"]})
        assert answer.status_code == 202
        assert answer.headers["location"] == f"{CHECKS}/{answer.json()['id']}"
        await client.get(f"{answer.headers['location']}/events")
        check = (await client.get(answer.headers["location"])).json()
        assert check["state"] == "done"
        assert check["expires"].endswith("Z")
        Draft202012Validator(schema()).validate(check["report"])
        assert check["report"]["target"]["domain"] == "pills.example"
        assert [b["country"] for b in check["report"]["buyers"]] == ["GB"]


@pytest.mark.parametrize(("given", "country"), [("el", "GR"), ("gb-nir", "GB-NIR"), ("Uk", "GB")])
async def test_countries_are_those_of_the_command_line(opened: Open, given: str, country: str) -> None:
    """Codes that people type for them are understood, and Northern Ireland has the law of its own."""
    async with opened() as client:
        check = await finished(client, country=[given])
        assert [b["country"] for b in check["report"]["buyers"]] == [country]


async def test_events(opened: Open) -> None:
    """The events name each step and end with `done`."""
    async with opened() as client:
        place = (await client.post(CHECKS, json={"target": "pills.example"})).headers["location"]
        answer = await client.get(f"{place}/events")
        assert answer.headers["content-type"].startswith("text/event-stream")
        events = [block.splitlines() for block in answer.text.strip().split("\n\n")]
        names = [json.loads(data.removeprefix("data: ")).get("step") for _, data in events[:-1]]
        assert names == ["waiting", "resolving", "reading", "judging"]
        assert events[-1] == ["event: done", 'data: {"state": "done"}']


async def test_same_question_same_check(opened: Open) -> None:
    """Asked again, the same target gives the same check and costs nothing."""
    async with opened(client_burst=2, client_per_hour=1) as client:
        first = await client.post(CHECKS, json={"target": "https://pills.example"})
        for _ in range(3):
            again = await client.post(CHECKS, json={"target": "hxxps://PILLS[.]example/"})
            assert (first.status_code, again.status_code) == (202, 200)
            assert first.headers["location"] == again.headers["location"]
        others = [await client.post(CHECKS, json={"target": f"s{n}.example"}) for n in range(2)]
        assert [other.status_code for other in others] == [202, 429]


async def test_what_is_no_link_costs_as_well(opened: Open) -> None:
    """The budget is asked before anything is read: who sends what cannot be read is soon refused without reading."""
    async with opened(client_burst=2, client_per_hour=1) as client:
        answers = [await client.post(CHECKS, json={"target": "no address"}) for _ in range(3)]
        assert [a.status_code for a in answers] == [422, 422, 429]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"target": "no address"}, "no dot"),
        ({"target": ""}, "target"),
        ({"target": f"pills.example/{'x' * 2_000}"}, "target"),
        ({"target": "ftp://pills.example"}, "not http"),
        ({"target": "pills.example", "country": ["Germany"]}, "country"),
        ({"target": "pills.example", "more": 1}, "more"),
        ({}, "target"),
        ([], "dictionary"),
    ],
)
async def test_wrong_question(opened: Open, body: Any, said: str) -> None:
    """What is not understood is 422 with a sentence that names the part."""
    async with opened() as client:
        answer = await client.post(CHECKS, json=body)
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
        problem = answer.json()
        assert problem["status"] == 422
        assert said in problem["detail"]


@pytest.mark.parametrize("place", [f"{CHECKS}/{'A' * 24}", f"{CHECKS}/{'A' * 24}/events", "/api/v1/nothing"])
async def test_not_there(opened: Open, place: str) -> None:
    """An unknown id or address is a problem of status 404."""
    async with opened() as client:
        answer = await client.get(place)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


async def test_one_client_is_limited(opened: Open) -> None:
    """Beyond its budget a client gets 429 and is told when to come again."""
    async with opened(client_burst=2, client_per_hour=60) as client:
        answers = [await client.post(CHECKS, json={"target": f"s{n}.example"}) for n in range(3)]
        assert [a.status_code for a in answers] == [202, 202, 429]
        assert 0 < int(answers[2].headers["retry-after"]) <= 60
        assert answers[2].headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("unit_s", "status"), [(1e-6, 429), (600, 202)])
async def test_a_long_check_costs_more(opened: Open, unit_s: float, status: int) -> None:
    """Who keeps the workers busy for long is sooner refused; a short check costs one link."""
    async with opened(client_burst=2, client_per_hour=1, unit_s=unit_s) as client:
        await finished(client)
        assert (await client.post(CHECKS, json={"target": "other.example"})).status_code == status


async def test_full_queue_is_honest(opened: Open) -> None:
    """With the queue full everybody gets 503 and a time to come again; it does not cost the client's budget."""
    async with opened(never, workers=1, queue=1, client_burst=3, client_per_hour=1) as client:
        codes = [(await client.post(CHECKS, json={"target": f"s{n}.example"})) for n in range(6)]
        assert codes[-1].status_code == 503
        assert int(codes[-1].headers["retry-after"]) >= 1
        assert 429 not in [c.status_code for c in codes]


async def test_total_is_limited(opened: Open) -> None:
    """The budget of all clients together is 503, for it is not the client's fault."""
    async with opened(total_per_hour=4, list_links=1) as client:
        answers = [await client.post(CHECKS, json={"target": f"s{n}.example"}) for n in range(2)]
        assert [a.status_code for a in answers] == [202, 503]
        assert int(answers[1].headers["retry-after"]) > 1


async def test_other_sites_cannot_ask(opened: Open) -> None:
    """A request that a foreign page sends through a browser is refused; no cross-origin header is ever given."""
    async with opened() as client:
        foreign = [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "", "Origin": "https://evil.example"}]
        for headers in foreign:
            answer = await client.post(CHECKS, json={"target": "pills.example"}, headers=headers)
            assert answer.status_code == 403
        asked = await client.options(
            CHECKS, headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
        )
        assert "access-control-allow-origin" not in asked.headers


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
async def test_only_json_is_a_question(opened: Open, kind: str) -> None:
    """What a foreign page may send without being asked about (a plain form) is no question."""
    async with opened() as client:
        silent = {"Sec-Fetch-Site": "", "Content-Type": kind}
        answer = await client.post(CHECKS, content=b'{"target": "pills.example"}', headers=silent)
        assert answer.status_code == 422


async def test_cors_where_configured(opened: Open) -> None:
    """A configured origin may use the API from its pages; another may not."""
    async with opened(origins=("https://friend.example",)) as client:
        headers = {"Origin": "https://friend.example", "Access-Control-Request-Method": "POST"}
        asked = await client.options(CHECKS, headers=headers)
        assert asked.headers["access-control-allow-origin"] == "https://friend.example"
        sent = {"Origin": "https://friend.example", "Sec-Fetch-Site": "cross-site"}
        answer = await client.post(CHECKS, json={"target": "pills.example"}, headers=sent)
        assert answer.status_code == 202
        refused = await client.options(CHECKS, headers={**headers, "Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in refused.headers


async def test_lookup(opened: Open) -> None:
    """The registers are searched by domain; what is not there is an empty list, with a status of success."""
    async with opened() as client:
        held = (await client.get("/api/v1/registries/lookup", params={"q": "nowhere-at-all.example"})).json()
        assert held == {"query": "nowhere-at-all.example", "entries": []}
        from pharmcheck.registries import load_registries

        some = next(e for e in load_registries().listings if e.domain and e.status == "warned")
        found = (await client.get("/api/v1/registries/lookup", params={"q": some.domain})).json()["entries"]
        assert some.domain in {e["domain"] for e in found}
        assert all(e["authority"] and e["as_of"] for e in found)
        pasted = {"q": f"hxxps://www.{some.domain.replace('.', '[.]')}/buy"}
        assert (await client.get("/api/v1/registries/lookup", params=pasted)).json()["entries"] == found


async def test_signals(opened: Open) -> None:
    """Every signal of the catalogue is there with its weight."""
    from pharmcheck.signals import catalogue

    async with opened() as client:
        listed = (await client.get("/api/v1/signals")).json()
        assert [s["id"] for s in listed] == [s.id for s in catalogue()]
        assert any(s["points"] for s in listed)


async def test_searches_wait_for_each_other(opened: Open) -> None:
    """Parallel searches get their answers one after another; only who would wait too long is told to come again."""

    async def statuses(client: httpx.AsyncClient, count: int) -> list[int]:
        place = "/api/v1/registries/lookup?q=nowhere-at-all.example"
        return [answer.status_code for answer in await asyncio.gather(*(client.get(place) for _ in range(count)))]

    async with opened() as client:
        assert await statuses(client, 32) == [200] * 32
    async with opened(lookup_wait_s=0) as client:
        assert sorted(await statuses(client, 2)) == [200, 503]


async def test_openapi_is_complete(opened: Open) -> None:
    """The document names each route of the API, each status that it may answer, and the contract of the report."""
    async with opened() as client:
        document = (await client.get("/api/v1/openapi.json")).json()
        assert set(document["paths"]) == {
            CHECKS,
            f"{CHECKS}/{{check_id}}",
            f"{CHECKS}/{{check_id}}/events",
            "/api/v1/registries/lookup",
            "/api/v1/signals",
        }
        assert set(document["paths"][CHECKS]["post"]["responses"]) >= {"200", "202", "403", "422", "429", "503"}
        assert "verdict" in document["components"]["schemas"]["Report"]["properties"]
        text = json.dumps(document)
        names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
        assert names <= set(document["components"]["schemas"])


async def test_health_and_metrics(opened: Open) -> None:
    """Operators see that it lives and what it did; no target is named."""
    async with opened() as client:
        assert (await client.get("/healthz")).json()["status"] == "ok"
        await finished(client)
        text = (await client.get("/metrics")).text
        assert 'pharmcheck_checks_total{verdict="rogue"} 1' in text
        assert "pharmcheck_running 0" in text
        assert "pills" not in text


async def test_streams_are_bounded(opened: Open) -> None:
    """A client may hold so many streams open and no more; a stream that ends makes room."""
    async with opened(never, streams_per_client=1) as client:
        place = (await client.post(CHECKS, json={"target": "pills.example"})).headers["location"]
        first = asyncio.create_task(client.get(f"{place}/events"))
        for _ in range(1_000):
            await asyncio.sleep(0)
        assert (await client.get(f"{place}/events")).status_code == 429
        first.cancel()


async def test_nothing_of_a_target_is_logged(opened: Open, caplog: pytest.LogCaptureFixture) -> None:
    """The log tells that a check ended, and of what only if that was asked for."""
    caplog.set_level("INFO")
    async with opened(at_once) as client:
        await finished(client, "quiet.example")
    assert "rogue" in caplog.text
    assert "quiet" not in caplog.text.replace("http://test", "")
    async with opened(at_once, log_targets=True) as client:
        await finished(client, "loud.example")
    assert "https://loud.example/" in caplog.text
