"""A batch of sites: one that fails costs itself, one without time comes back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from pharmcheck.audit.assignments import Assignment, Settings
from pharmcheck.audit.batch import check_batch
from pharmcheck.audit.politeness import lanes_of
from pharmcheck.audit.store import Job
from pharmcheck.audit.waiting import Placed
from tests.audit.audited import NOW, OFFLINE


def placed(job: Job) -> Placed:
    """Return a site with its lanes, its address unknown."""
    return Placed(job, lanes_of(job, ""))


def test_a_corrupt_page_costs_its_site(tmp_path: Path) -> None:
    """Its report says that we failed; the other sites of the batch have theirs."""
    jobs = [Job(f"{name}.example", f"http://{name}.example/", f"{name}.example") for name in "ab"]
    orders = (Assignment(placed(jobs[0]), (b"no page",)), Assignment(placed(jobs[1])))
    found = {a.identity: a.report for a in check_batch(orders, Settings(NOW, "warc")).answers}
    assert found["a.example"] and "pharmcheck failed on it" in json.dumps(found["a.example"]["gaps"])
    assert found["b.example"] and "pharmcheck failed" not in json.dumps(found["b.example"])


def test_what_a_batch_has_no_time_for_comes_back(tmp_path: Path) -> None:
    """Without a report, to be handed out again."""
    orders = tuple(Assignment(placed(Job(f"{n}.example", f"http://{n}.example/", "x"))) for n in range(3))
    answers = check_batch(orders, replace(OFFLINE, batch_limit_s=0.0)).answers
    assert [(a.identity, a.report) for a in answers] == [(f"{n}.example", None) for n in range(3)]
