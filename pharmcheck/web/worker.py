"""The process in which checks are made: one line of JSON in for each, lines of JSON out; it meets the hostile pages.

A process of its own, because a page may be made to take all time and memory, and only a process can be stopped.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pharmcheck import pipeline
from pharmcheck.capture import CaptureOptions
from pharmcheck.model import Report
from pharmcheck.registries import load_registries
from pharmcheck.report import verdicts, words
from pharmcheck.report.html import render_article
from pharmcheck.report.json import as_json
from pharmcheck.web.languages import LANGUAGES, catalogue
from pharmcheck.web.store import Summary

_MEMORY_BYTES = 3 << 30  # address space; a check takes a tenth of it
_WARM_UP = "<title>warm</title><p>Buy Viagra 100 mg without prescription, $49.00"

Write = Callable[[dict[str, Any]], None]


def main() -> None:
    """Read checks from stdin until it ends; the first line holds the limits."""
    limits = json.loads(sys.stdin.readline())
    _confine(render=limits["render"])
    _warm_up()
    _write({"ready": True})
    for line in sys.stdin:
        asked = json.loads(line)
        _limit(limits["check_s"] + 5, limits["cpu_s"])  # the server stops us sooner, unless it is gone
        _write(answer(asked["target"], asked["countries"], limits, _write))
        _limit(0, 0)


def answer(target: str, countries: list[str], limits: dict[str, Any], write: Write) -> dict[str, Any]:
    """Return the outcome of one check as JSON values; `write` gets its steps."""
    options = CaptureOptions(
        now=datetime.now(UTC),
        timeout_s=limits["timeout_s"],
        site_timeout_s=limits["site_timeout_s"],
        max_pages=limits["max_pages"],
        vantage=True,
        render=limits["render"],
        connect_to=tuple(limits["connect_to"]),
        look_ups=True,
        ca_file=Path(limits["ca_file"]) if limits["ca_file"] else None,
    )
    steps = _Steps(write)
    report = asyncio.run(pipeline.acheck(target, countries=countries, options=options, progress=steps))
    return outcome(report)


def outcome(report: Report) -> dict[str, Any]:
    """Return a report as its summary, its JSON text, and its article in each language."""
    wording = verdicts.wording(report)
    summary = Summary(
        host=words.host_words(report),
        verdict=report.verdict.value,
        risk=report.risk,
        symbol=wording.symbol,
        color=wording.color,
        sentence=wording.sentence,
        risk_words=words.risk_words(report),
    )
    names = {registry.id: registry.authority for registry in load_registries().all}
    articles = {code: render_article(report, names, catalogue(code).tell) for code in LANGUAGES}
    return {"summary": asdict(summary), "report": as_json(report), "articles": articles}


class _Steps:
    """Turns the sentences of a check's progress into steps."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._pages = 0
        self._tell("resolving")

    def __call__(self, sentence: str) -> None:
        if sentence.startswith("reading "):
            self._pages += 1
            self._tell("reading")
        else:
            self._tell("judging" if sentence == "judging" else "registers")

    def _tell(self, name: str) -> None:
        self._write({"step": name, "pages": self._pages})


def _write(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _confine(*, render: bool) -> None:
    """Bound the memory, give way to the server, and leave Ctrl-C to it.

    A browser reserves far more address space than it takes memory, so that with one only the latter can be bounded.
    """
    if sys.platform == "win32":
        return
    import os  # noqa: PLC0415 - these exist on POSIX only
    import resource  # noqa: PLC0415

    resource.setrlimit(resource.RLIMIT_DATA if render else resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _limit(seconds: float, cpu_s: float) -> None:
    """End this process after so many seconds, or after so many in which it computed; 0 lifts a limit."""
    if sys.platform != "win32":
        signal.alarm(int(seconds))
        signal.setitimer(signal.ITIMER_PROF, cpu_s)


def _warm_up() -> None:
    """Load the registers, the phrases and the templates before the first person waits for them."""
    from pharmcheck.model import Site  # noqa: PLC0415 - needed once
    from pharmcheck.reading.on_use import compile_all  # noqa: PLC0415
    from pharmcheck.reading.page import read_page  # noqa: PLC0415
    from pharmcheck.target import parse_target  # noqa: PLC0415

    target = parse_target("warm.example")
    page = read_page(target.url, _WARM_UP.encode(), content_type="text/html", role="home")
    outcome(pipeline.judge(Site(target, datetime.now(UTC), (page,)), ["DE"]))
    compile_all()


if __name__ == "__main__":
    main()
