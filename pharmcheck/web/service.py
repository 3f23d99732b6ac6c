"""What the routes share: one of each, made once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from pharmcheck.signals import catalogue
from pharmcheck.web.gate import Gate
from pharmcheck.web.job import Checker
from pharmcheck.web.jobs import Jobs
from pharmcheck.web.link_lists import LinkLists
from pharmcheck.web.metrics import Metrics
from pharmcheck.web.origin import Tokens
from pharmcheck.web.settings import Settings
from pharmcheck.web.sse import Streams
from pharmcheck.web.store import Store
from pharmcheck.weights import load_weights


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    """The parts of one running server."""

    settings: Settings
    metrics: Metrics
    store: Store
    jobs: Jobs
    lists: LinkLists
    gate: Gate
    streams: Streams
    tokens: Tokens
    signals: list[dict[str, Any]]


def make_service(settings: Settings, checker: Checker) -> Service:
    """Return the parts, put together; nothing runs yet."""
    metrics = Metrics()
    store = Store(settings.store, settings.keep_s, settings.most_kept)
    jobs = Jobs(settings, checker, store, metrics)
    lists = LinkLists(jobs, settings.lists, settings.keep_s)
    gate = Gate(settings, jobs, lists)
    tokens = Tokens(secrets.token_bytes(32))
    return Service(settings, metrics, store, jobs, lists, gate, Streams(settings), tokens, _signals())


def _signals() -> list[dict[str, Any]]:
    weights = load_weights().signals
    return [
        {
            "id": s.id,
            "title": s.title,
            "why": s.why,
            "source": s.source,
            "false_alarm": s.false_alarm,
            "points": weights[s.id].points if s.id in weights else None,
            "group": weights[s.id].group if s.id in weights else "",
        }
        for s in catalogue()
    ]
