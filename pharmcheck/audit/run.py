"""An audit on one machine: inputs to links, links to sites, sites to reports; killed at any point, it goes on where it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, BinaryIO

from pharmcheck.audit.assignments import Answer, OwnFaultError, Settings
from pharmcheck.audit.crew import Worker, crew_of
from pharmcheck.audit.identity import is_chat
from pharmcheck.audit.inputs import read_inputs
from pharmcheck.audit.left_out import UNRESOLVED
from pharmcheck.audit.links import FIELDS, FoundLink, cells_of, find_links, not_counted
from pharmcheck.audit.message import Broken, Message
from pharmcheck.audit.politeness import Politeness, timed_out
from pharmcheck.audit.shards import Shards, keep_answers, opened_shards, write_index
from pharmcheck.audit.stamps import stamp_of
from pharmcheck.audit.standing import Count, Standing
from pharmcheck.audit.store import Job, Store, StoreError
from pharmcheck.audit.told import network_of, write_networks
from pharmcheck.audit.waiting import Locate, Placed, Waiting
from pharmcheck.audit.woven import PREFIX, Weave, woven
from pharmcheck.capture.addresses import Addresses
from pharmcheck.report.json import as_line
from pharmcheck.report.rows import csv_row
from pharmcheck.whole_file import sweep, write_whole

_BATCH = 1_000  # messages of one transaction
_BATCH_CHARS = 10_000_000
_LOOK_S = 0.1
_READ = object()
_MOST_TRIES = 2  # a site during which its process died twice is given up


def read_links(store: Store, paths: Sequence[str], stdin: BinaryIO, column: str, tell: Callable[[str], None]) -> None:
    """Put the links of the inputs into the store, each once, however often this is broken off and begun again.

    An input that has changed since it was read is read anew.
    """
    for _ in reading(store, paths, stdin, column, tell):
        pass


def reading(
    store: Store, paths: Sequence[str], stdin: BinaryIO, column: str, tell: Callable[[str], None]
) -> Iterator[None]:
    """Do what `read_links` does, and yield after each batch of messages: what it holds can be checked."""
    for path in paths:
        stamp = stamp_of(path)  # before it is read: what is added meanwhile is found the next time
        if store.has_changed(path, stamp):
            store.take_back(path)
        before, done = store.items_read(path)
        if done:
            continue
        if path == "-" and store.has_begun(path):
            raise StoreError("standard input was not read to its end, and cannot be read again: use another --out.")
        store.note_read(path, before, done=False)
        store.note_stamp(path, stamp)
        number = 0
        for batch in _batches(read_inputs([path], stdin, column)):
            number += len(batch)
            if number <= before:
                continue
            with store.together():
                for item in batch[max(0, before - number + len(batch)) :]:
                    _keep(store, path, item)
                store.note_read(path, number, done=False)
            tell(f"{path}: {number:,} messages read")
            yield
        store.note_read(path, max(number, before), done=True)
        if path == "-":
            store.drop_doubles(path)


def _batches(items: Iterator[Message | Broken]) -> Iterator[list[Message | Broken]]:
    """Yield items in lists that are bounded in length and in the characters that they hold."""
    batch: list[Message | Broken] = []
    size = 0
    for item in items:
        batch.append(item)
        size += 0 if isinstance(item, Broken) else sum(len(p.text) + len(p.body) for p in item.letter.parts)
        if len(batch) >= _BATCH or size > _BATCH_CHARS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _keep(store: Store, path: str, item: Message | Broken) -> None:
    if isinstance(item, Broken):
        store.add_unread(path, item.file, item.name, item.why)
        return
    found = list(find_links(item))
    for note in filter(None, (*item.notes, not_counted(found))):
        store.add_unread(path, item.file, item.name, note)
    store.add_links(path, (link.as_dict() for link in found))
    for link in found:
        if job := job_of(link):
            store.add_site(job)


def job_of(link: FoundLink) -> Job | None:
    """Return what is to be checked of a link: a site, an unresolved redirector, and nothing for accounts and numbers."""
    if link.left_out not in (None, UNRESOLVED) or not link.host or is_chat(link.host):
        return None
    if link.left_out == UNRESOLVED:
        return Job(link.url.partition("://")[2].rstrip("/"), link.url, link.domain)
    return Job(link.identity, link.url, link.domain)


def check_sites(
    store: Store, settings: Settings, tell: Callable[[Standing], None], inputs: Iterable[None] = ()
) -> None:
    """Check the sites that are to be checked in processes of their own; a process that dies costs nobody else's answer.

    Each step through `inputs` may add sites; it is made while others are checked.
    """
    unread = iter(inputs)
    count = Count(store)
    politeness = Politeness(settings.limits)
    waiting = Waiting(store, politeness, locator(settings))
    waiting.more_come = _step(unread)
    while waiting.more_come and store.sites() - count.before < settings.processes:
        waiting.more_come = _step(unread)
    with opened_shards(settings.evidence, store) as shards, crew_of(settings, store.sites() - count.before) as crew:
        while True:
            _hand_out(store, crew, waiting, politeness, settings)
            busy = [w for w in crew if w.jobs]
            if not busy and not len(waiting) and not waiting.more_come:
                return
            waiting.more_come = waiting.more_come and _step(unread)
            # what waits for the end of a rest or for a name server wakes nobody
            limit_s = 0.0 if waiting.more_come else 1.0 if busy and not len(waiting) else _LOOK_S
            woken = wait([w.connection for w in busy] + [w.process.sentinel for w in busy], timeout=limit_s)
            ready = [w for w in busy if w.connection in woken or w.process.sentinel in woken]
            count.add(_take_in(store, shards, ready, waiting, politeness))
            for worker in busy:
                if worker not in ready and worker.oldest() > settings.site_limit_s:
                    worker.process.kill()
            tell(count.standing(store.sites(), (age for worker in crew for age in worker.ages())))


def _step(unread: Iterator[None]) -> bool:
    """Read on; tell whether there may be more."""
    return next(unread, _READ) is not _READ


def locator(settings: Settings) -> Locate:
    """Return what finds the addresses of sites; without a network they have none."""
    if settings.source != "live":
        return lambda _: ""
    return Addresses(settings.options.get("connect_to", ())).of


def _hand_out(
    store: Store, crew: Sequence[Worker], waiting: Waiting, politeness: Politeness, settings: Settings
) -> None:
    """Fill the processes with sites; what was there when one died has a process to itself."""
    while True:
        free = [
            w for w in crew if len(w.jobs) < settings.at_hand and not any(p.job.attempts for p, _ in w.jobs.values())
        ]
        placed = waiting.take() if free else None
        if placed is None:
            free = [w for w in free if not w.jobs]
            placed = waiting.take_again() if free else None
        if placed is None:
            return
        politeness.begin(placed.lanes)
        pages = store.pages(placed.job.identity) if settings.source == "warc" else []
        min(free, key=lambda w: len(w.jobs)).give(placed, pages)


def _take_in(
    store: Store, shards: Shards | None, ready: Sequence[Worker], waiting: Waiting, politeness: Politeness
) -> Iterator[str]:
    """Keep together all answers that have come and yield their verdicts; where a process died, have its sites tried again.

    Raises OwnFaultError, when all answers are kept, where a process says that this machine failed.
    """
    answers: list[tuple[Placed, Answer]] = []
    dead: list[Worker] = []
    fault: OwnFaultError | None = None
    for worker in ready:
        try:
            for found in worker.received():
                answers.append(found)  # noqa: PERF402 - what came before a process died is kept
            if not worker.process.is_alive():  # or nobody can tell any more, for who began it has died
                dead.append(worker)
        except (EOFError, OSError):
            dead.append(worker)
        except OwnFaultError as error:
            fault = error
    keep_answers(store, shards, [answer for _, answer in answers])
    if fault:
        raise fault
    for placed, answer in answers:
        if answer.report is not None:
            politeness.end(placed.lanes)
            politeness.note(placed.lanes, answered=not timed_out(answer.report))
            yield str(answer.report["verdict"])
    for worker in dead:
        lost = worker.bury()
        for placed in lost:
            politeness.end(placed.lanes)
            politeness.note(placed.lanes, answered=False)
        yield from try_again(store, waiting, lost, worker.settings)


def try_again(store: Store, waiting: Waiting, lost: Sequence[Placed], settings: Settings) -> Iterator[str]:
    """Have the sites that a process died on tried again, each alone; one that it died on alone, twice, is given up."""
    for placed in lost:
        job = replace(placed.job, attempts=placed.job.attempts + 1)
        store.note_attempt(job.identity)
        if len(lost) == 1 and job.attempts >= _MOST_TRIES:
            from pharmcheck.audit.worker import failed  # noqa: PLC0415 - all that judges, which is rarely needed here

            report = failed(job, "the process that read it died or took too long, twice", settings)
            store.note_report(job.identity, report)
            yield str(report["verdict"])
        else:
            waiting.put_back(Placed(job, placed.lanes))


def write_results(store: Store, out: Path) -> None:
    """Write results.jsonl, networks.json, links.csv, unread.csv and the index of the recordings; raises OSError.

    The same state gives the same bytes.
    """
    for left in out.glob(f"{PREFIX}*"):  # by a process that was killed
        shutil.rmtree(left, ignore_errors=True)
    for folder in (out, out / "evidence"):
        sweep(folder)
    with woven(store.reports(), out) as weave:
        write_networks(out / "networks.json", weave)
        write_whole(out / "results.jsonl", (_line(report, weave) for report in store.reports()))
    write_whole(out / "links.csv", _table(FIELDS, map(cells_of, store.links())))
    write_whole(out / "unread.csv", _table(("file", "message", "why"), store.unread()))
    write_index(out / "evidence", store)


def _line(report: dict[str, Any], weave: Weave) -> bytes:
    """Return a report as a line, with its network where it belongs to one."""
    network = network_of(weave.base, report)
    told = report | {"network": network} if network else report
    return as_line(told).encode("utf-8", "replace")


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    yield csv_row(head).encode()
    for row in rows:
        yield csv_row(row).encode("utf-8", "replace")
