"""Lists of links, as a browser without script meets them."""

from __future__ import annotations

import asyncio
import csv
import io
import threading

import pytest

from pharmcheck.web import gate
from pharmcheck.web.job import Check, Tell
from pharmcheck.web.links import Line, read_links
from pharmcheck.web.store import Outcome
from tests.web.browsing import held, soup
from tests.web.conftest import Open
from tests.web.outcomes import outcome_of

pytestmark = pytest.mark.anyio


async def test_list_of_links(opened: Open) -> None:
    """A CSV of 200 links becomes a table of 200 rows, and comes back as CSV and JSON."""
    names = [f"s{n}.example" for n in range(199)]
    file = "shop,link\n" + "".join(f"Shop,{name}\n" for name in names) + "Shop,not a link\n"
    async with opened() as client:
        sent = await client.post("/lists", data={"country": "DE"}, files={"file": ("links.csv", file, "text/csv")})
        assert sent.status_code == 303
        place = sent.headers["location"]
        await client.get(f"{place}/events")
        page = soup(await client.get(place))
        rows = page.select("tbody tr")
        assert len(rows) == 200
        assert sum("illegal pharmacy" in r.get_text() for r in rows) == 199
        assert "no dot" in rows[-1].get_text()
        assert not page.select("a[href*='example']")
        table = list(csv.DictReader(io.StringIO((await client.get(f"{place}/results.csv")).text)))
        assert [r["link"] for r in table][:2] == names[:2]
        assert {r["verdict"] for r in table} == {"rogue", ""}
        whole = (await client.get(f"{place}/results.json")).json()
        assert whole[0]["report"]["verdict"] == "rogue"
        assert whole[-1]["report"] is None


async def test_csv_runs_nowhere(opened: Open) -> None:
    """Cells that a spreadsheet would run, and addresses that it would link, are made inert."""
    links = 'pills.example\n=HYPERLINK("hxxp://evil.example")\n@SUM(1+1)\n\uff1d1+1\nhttps://shop.example/=1+1\n'
    async with opened() as client:
        place = (await client.post("/lists", data={"links": links})).headers["location"]
        await client.get(f"{place}/events")
        text = (await client.get(f"{place}/results.csv")).text
        assert not [cell for row in csv.reader(io.StringIO(text)) for cell in row if cell[:1] in "=+-@\uff1d" and cell]
        assert "https://" not in text


async def test_what_was_not_judged_has_no_risk_in_the_table(opened: Open) -> None:
    """The column is for sorting: a site that could not be read is not told to be as likely as not."""

    async def unreadable(check: Check, tell: Tell) -> Outcome:
        return outcome_of(check, "")

    async with opened(unreadable) as client:
        place = (await client.post("/lists", data={"links": "pills.example"})).headers["location"]
        await client.get(f"{place}/events")
        (row,) = csv.DictReader(io.StringIO((await client.get(f"{place}/results.csv")).text))
        assert (row["verdict"], row["risk"]) == ("cannot-assess", "")


@pytest.mark.parametrize(
    ("links", "said"),
    [("", "There is no link"), ("\n".join(f"s{n}.example" for n in range(201)), "more than 200 links")],
)
async def test_list_refused(opened: Open, links: str, said: str) -> None:
    """An empty list and one that is too long are refused with a sentence."""
    async with opened() as client:
        answer = await client.post("/lists", data={"links": links})
        assert answer.status_code == 422
        assert said in answer.text


async def test_list_budget(opened: Open) -> None:
    """Lists draw on a budget of their own, link by link, and only some are worked on at once."""
    async with opened(held, list_links_per_hour=3, list_links=3, lists=1) as client:
        first = await client.post("/lists", data={"links": "a.example\nb.example"})
        assert first.status_code == 303
        busy = await client.post("/lists", data={"links": "c.example"})
        assert (busy.status_code, busy.headers["retry-after"]) == (503, "60")
    async with opened(list_links_per_hour=3, list_links=3) as client:
        assert (await client.post("/lists", data={"links": "a.example\nb.example"})).status_code == 303
        often = await client.post("/lists", data={"links": "c.example\nd.example"})
        assert often.status_code == 429


@pytest.mark.parametrize("links", ["nothing\n" * 750, f"a.example{' ' * 5_900}\n", "a.example\nb.example\nc.example\n"])
async def test_a_list_costs_what_it_takes_to_read(opened: Open, links: str) -> None:
    """A long text costs as much as a list of many links, whatever stands in it, and the budget is asked before it is read."""
    async with opened(list_links_per_hour=1, list_links=3) as client:
        assert (await client.post("/lists", data={"links": links})).status_code in (303, 422)
        again = await client.post("/lists", data={"links": "nothing"})
        assert again.status_code == 429


async def test_long_checks_of_a_list_cost_more(opened: Open) -> None:
    """The links of a list pay for the time that they take, as single ones do."""
    async with opened(list_links_per_hour=1, list_links=3, unit_s=1e-6) as client:
        place = (await client.post("/lists", data={"links": "a.example"})).headers["location"]
        await client.get(f"{place}/events")
        assert (await client.post("/lists", data={"links": "b.example"})).status_code == 429


async def test_all_others_are_answered_while_a_list_is_read(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that takes long to read holds up nobody but those who send lists."""
    begun, answered = threading.Event(), threading.Event()

    def slow(text: str, most: int) -> tuple[Line, ...]:
        begun.set()
        assert answered.wait(30)
        return read_links(text, most)

    monkeypatch.setattr(gate, "read_links", slow)
    async with opened() as client:
        sent = asyncio.create_task(client.post("/lists", data={"links": "a.example"}))
        assert await asyncio.to_thread(begun.wait, 30)
        assert (await client.get("/healthz")).status_code == 200
        answered.set()
        assert (await sent).status_code == 303
