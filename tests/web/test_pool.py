"""Worker processes: real checks of sites on this machine, cut off and replaced where they go wrong."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pharmcheck.registries.store import Origin, keep
from pharmcheck.target import parse_target
from pharmcheck.web.job import Check, CheckError, Step
from pharmcheck.web.languages import LANGUAGES
from pharmcheck.web.pool import Pool
from pharmcheck.web.settings import Settings
from tests.loopback import Loopback
from tests.sites import NOW
from tests.web.serving import SITES

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def sites() -> Iterator[Loopback]:
    with Loopback(SITES, NOW) as running:
        yield running


def check_of(name: str) -> Check:
    return Check(parse_target(name), ("DE",))


async def test_a_real_check(sites: Loopback) -> None:
    """A worker reads a site, tells its steps, and gives the report and an article in each language."""
    steps: list[Step] = []
    pool = Pool(Settings(workers=1, connect_to=sites.connect_to, ca_file=sites.ca_file))
    async with pool.open():
        outcome = await pool(check_of("potenzwelt24.example"), steps.append)
        assert outcome.summary.verdict == "rogue"
        assert json.loads(outcome.report)["buyers"][0]["country"] == "DE"
        assert set(outcome.articles) == set(LANGUAGES)
        names = list(dict.fromkeys(step.name for step in steps))
        assert names == ["resolving", "reading", "registers", "judging"]
        assert steps[-1].pages > 3
        again = await pool(check_of("bestcheapmeds4u.example"), steps.append)
        assert again.summary.verdict == "cannot-assess"


@pytest.mark.parametrize(
    ("pasted", "asked"),
    [
        ("https://user:hunter2@bestcheapmeds4u.example/#hunter2", "https://bestcheapmeds4u.example/"),
        (" hxxps://bestcheapmeds4u[.]example ", "https://bestcheapmeds4u.example/"),
        ("bestcheapmeds4u.example/buy", "bestcheapmeds4u.example/buy"),
    ],
)
async def test_what_was_pasted_stays_with_who_pasted_it(sites: Loopback, pasted: str, asked: str) -> None:
    """A report is shared by all who ask the same: it shows the address, not what else one of them pasted."""
    pool = Pool(Settings(workers=1, connect_to=sites.connect_to, ca_file=sites.ca_file))
    async with pool.open():
        outcome = await pool(check_of(pasted), lambda _: None)
        assert json.loads(outcome.report)["target"]["input"] == asked
        assert "hunter2" not in outcome.report + "".join(outcome.articles.values())


async def test_an_address_that_is_not_public() -> None:
    """The guard of the capture holds here: this machine and the cloud's inside are never asked."""
    pool = Pool(Settings(workers=1))
    async with pool.open():
        for target in ("http://127.0.0.1:8000/", "http://169.254.169.254/latest/meta-data", "http://localhost.local/"):
            outcome = await pool(check_of(target), lambda _: None)
            assert outcome.summary.verdict == "cannot-assess"
            assert "never contacted" in outcome.report


async def test_cut_off_and_replaced(sites: Loopback) -> None:
    """A check that is cancelled takes its process with it; the next check gets a new one and is sound."""
    pool = Pool(Settings(workers=1, connect_to=sites.connect_to, ca_file=sites.ca_file))
    async with pool.open():
        begun = asyncio.Event()
        cut = asyncio.create_task(pool(check_of("northgatemeds.example"), lambda _: begun.set()))
        await begun.wait()
        cut.cancel()
        with pytest.raises(asyncio.CancelledError):
            await cut
        outcome = await pool(check_of("potenzwelt24.example"), lambda _: None)
        assert outcome.summary.host == "potenzwelt24.example"


async def test_a_worker_that_dies(sites: Loopback) -> None:
    """A process that dies in the middle costs its own check, with a sentence, and nothing else."""
    pool = Pool(Settings(workers=1, connect_to=sites.connect_to, ca_file=sites.ca_file))
    async with pool.open():

        def kill(step: Step) -> None:
            for worker in pool.busy:
                worker.kill()

        with pytest.raises(CheckError, match="broke off"):
            await pool(check_of("northgatemeds.example"), kill)
        assert (await pool(check_of("potenzwelt24.example"), lambda _: None)).summary.verdict == "rogue"


async def test_a_site_that_takes_too_much_computing(sites: Loopback) -> None:
    """A check that computes beyond its share is ended with a sentence that says so, and the next gets a new process."""
    pool = Pool(Settings(workers=1, connect_to=sites.connect_to, ca_file=sites.ca_file, cpu_s=0.01))
    async with pool.open():
        for _ in range(2):
            with pytest.raises(CheckError, match=r"more than 0\.01 seconds of computing"):
                await pool(check_of("northgatemeds.example"), lambda _: None)


async def test_results_do_not_name_the_machine(sites: Loopback) -> None:
    """Nothing of the server's own files stands in an outcome."""
    pool = Pool(Settings(workers=1, connect_to=sites.connect_to, ca_file=sites.ca_file))
    async with pool.open():
        outcome = await pool(check_of("nowhere-at-all.example"), lambda _: None)
        assert str(Path(__file__).parents[2]) not in outcome.report + "".join(outcome.articles.values())


async def test_the_lists_of_the_server_are_those_of_its_workers(
    sites: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What `registries update` wrote below PHARMCHECK_DATA is what a check of the form consults."""
    monkeypatch.setenv("PHARMCHECK_DATA", str(tmp_path))
    rows = b"name,number,domain,path,status,since,note,url\n,,nowhere-at-all.example,,warned,2026-10-30,,https://www.justice.gov/\n"
    keep("us-doj-seizure", rows, Origin(date(2026, 10, 31), "https://www.justice.gov/", "0" * 64, "0", "2026-10-31", 1))
    pool = Pool(Settings(workers=1, connect_to=sites.connect_to, ca_file=sites.ca_file))
    async with pool.open():
        report = json.loads((await pool(check_of("nowhere-at-all.example"), lambda _: None)).report)
    assert [(entry["registry"], entry["as_of"]) for entry in report["listings"]] == [("us-doj-seizure", "2026-10-31")]
