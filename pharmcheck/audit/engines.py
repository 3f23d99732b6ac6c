"""An audit on a Dask cluster: batches of sites to its workers, their answers into the same store as those of one machine.

Dask schedules, carries and tells who died; here is only what is cut into a batch, and what becomes of its answers.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pharmcheck.audit.assignments import OWN_FAULTS, Answer, Assignment, Done, OwnFaultError, Settings
from pharmcheck.audit.crew import PRELOADED, begins_by_fork
from pharmcheck.audit.located import Listed, keep_pages, list_pages, read_recorded
from pharmcheck.audit.politeness import Limits, Politeness, timed_out
from pharmcheck.audit.recorded import files_in, keep_recordings
from pharmcheck.audit.run import locator, try_again
from pharmcheck.audit.shards import Shards, keep_answers, opened_shards
from pharmcheck.audit.stamps import stamp_of
from pharmcheck.audit.standing import Count, Standing
from pharmcheck.audit.store import Job, Store, StoreError
from pharmcheck.audit.waiting import Placed, Waiting

if TYPE_CHECKING:
    from distributed import Client, Future

_BATCH = 50  # sites: 1.7 ms of Dask's for each task is then nothing, and a batch that is lost is soon done again
_NO_WORKERS_S = 60.0
_PAUSE_S = 0.1


@contextmanager
def cluster(scheduler: str, workers: int) -> Iterator[Client]:
    """Give a client of the scheduler at `scheduler`, or of a cluster of `workers` processes here where that is "".

    Raises StoreError where the extra is not installed or nobody answers, and for a cluster lost on the way.
    """
    try:
        import dask  # noqa: PLC0415 - an extra, and 0.9 s
        from distributed import CancelledError, Client  # noqa: PLC0415
        from distributed.comm import CommClosedError  # noqa: PLC0415
    except ImportError:
        raise StoreError("to audit on a cluster install pharmcheck[cluster].") from None
    rules = {
        "distributed.scheduler.allowed-failures": 1,  # a batch that killed two workers is cut into single sites
        "distributed.scheduler.worker-saturation": 1.0,  # no batch waits behind one that may kill its worker
        "distributed.worker.profile.enabled": False,  # it keeps 0.3 MB for each second of an hour
        "distributed.admin.tick.interval": "1s",  # instead of 20 ms, at which judging was broken off
        "distributed.comm.timeouts.connect": "10s",
        "distributed.worker.multiprocessing-method": "forkserver" if begins_by_fork() else "spawn",
    }
    lost = f"the cluster at {scheduler or 'this machine'} cannot be reached{{}}. --resume goes on when it is there."
    with dask.config.set(rules), ExitStack() as stack:
        try:
            client = stack.enter_context(Client(scheduler or stack.enter_context(_local(workers)), timeout="10s"))
        except (OSError, ValueError) as error:  # ValueError: no address of a scheduler
            raise StoreError(lost.format(f": {error}")) from None
        try:
            yield client
        except (CommClosedError, CancelledError) as error:
            raise StoreError(lost.format(f": {type(error).__name__}")) from None


def _local(workers: int) -> Any:
    from distributed import LocalCluster  # noqa: PLC0415
    from distributed.utils import get_mp_context  # noqa: PLC0415

    if begins_by_fork():
        get_mp_context().set_forkserver_preload(["distributed", *PRELOADED])
    return LocalCluster(
        n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs="CRITICAL"
    )


def read_recorded_on(client: Client, store: Store, paths: Sequence[str], tell: Callable[[str], None]) -> None:
    """Have workers list the pages of WARC files, and put their places into the store, file after file.

    The pages themselves stay where they are until a worker judges their site.
    """
    stamps = {path: stamp_of(path) for path in files_in(paths)}
    todo = deque(p for p in stamps if not store.items_read(p)[1] or store.has_changed(p, stamps[p]))
    flying: deque[tuple[str, Future]] = deque()
    crew = _Crew(client)
    while todo or flying:
        while todo and len(flying) <= 2 * crew.size():
            path = todo.popleft()
            if store.items_read(path)[0]:  # a part of it was read here, before the audit was broken off
                read_recorded(store, [path], tell)
            else:
                store.note_read(path, 0, done=False)
                store.note_stamp(path, stamps[path])
                flying.append((path, client.submit(list_pages, path, pure=False, retries=1)))
        if flying and crew.landed([flying[0][1]]):
            path, future = flying.popleft()
            _keep_listed(store, path, future)
            tell(f"{path}: listed")


class _Crew:
    """The workers of a cluster, which may come and go."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._manned = time.monotonic()

    def size(self) -> int:
        """Return how many batches they can do at once. Raises StoreError when there was nobody for a minute."""
        size = int(sum(self._client.nthreads().values()))
        if size:
            self._manned = time.monotonic()
        elif time.monotonic() - self._manned > _NO_WORKERS_S:
            raise StoreError(
                "the cluster has had no worker for a minute: start some, with this version of pharmcheck (one that lacks it "
                "dies of the first batch); then --resume goes on."
            )
        return size

    def landed(self, futures: list[Future]) -> list[Future]:
        """Return those that are done, as soon as there is one, after a second at the latest."""
        from distributed import wait  # noqa: PLC0415

        try:
            return list(wait(futures, timeout=1.0, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            return []


def _keep_listed(store: Store, path: str, future: Future) -> None:
    """Keep what a worker found in a file. Raises OwnFaultError where its machine failed."""
    name = path.rpartition("/")[2]
    error = future.exception()
    if isinstance(error, OSError) and error.errno in OWN_FAULTS:
        raise OwnFaultError(f"{path}: {error}")
    listed = Listed() if error else future.result()
    with store.together():
        if error:
            store.add_unread(path, path, "", f"it could not be read: {type(error).__name__}: {error}"[:500])
        elif listed.missing:
            store.add_unread(path, path, "", "there is no such file")
        keep_recordings(store, path, name, listed.ours)
        keep_pages(store, path, name, listed.pages)
        store.note_read(path, len(listed.pages), done=True)


def _check_batch(assigned: tuple[Assignment, ...], settings: Settings) -> Done:
    """Check a batch; runs on the worker, which alone needs what this imports."""
    from pharmcheck.audit.batch import check_batch  # noqa: PLC0415

    return check_batch(assigned, settings)


@dataclass(frozen=True, slots=True)
class _Flying:
    """A batch that a worker has or will have, since when, and the lanes that are closed to other batches."""

    placed: tuple[Placed, ...]
    lanes: frozenset[str]
    since: float


def check_sites_on(client: Client, store: Store, settings: Settings, tell: Callable[[Standing], None]) -> None:
    """Check the sites that are to be checked on the workers of a cluster, one batch a thread at a time."""
    with opened_shards(settings.evidence, store) as shards:
        _Audit(client, store, shards, settings).run(tell)


class _Audit:
    """The batches of one audit: no two at once share a domain, an address or a network."""

    def __init__(self, client: Client, store: Store, shards: Shards | None, settings: Settings) -> None:
        self._client, self._store, self._shards, self._settings = client, store, shards, settings
        self._crew = _Crew(client)
        self._politeness = Politeness(Limits(1, 1, 1))  # batches at once; the sites of one keep their own limits
        self._waiting = Waiting(store, self._politeness, locator(settings))
        self._flying: dict[Future, _Flying] = {}
        self._count = Count(store)

    def run(self, tell: Callable[[Standing], None]) -> None:
        """Go on until every site has its report. Raises StoreError where no worker is there for a minute."""
        try:
            while True:
                self._send()
                if not self._flying and not len(self._waiting):
                    return
                landed = [(future, self._leave(future)) for future in self._landed()]
                self._send()  # nobody waits while answers are kept
                for future, flying in landed:
                    self._take_in(future, flying)
                self._end_stragglers()
                tell(self._standing())
        finally:
            self._client.cancel(list(self._flying))

    def _send(self) -> None:
        slots, now = self._crew.size(), time.monotonic()
        while len(self._flying) < slots and (batch := self._cut()):
            lanes = frozenset(lane for placed in batch for lane in placed.lanes)
            self._politeness.begin(lanes)
            assigned = tuple(Assignment(p, self._pages(p.job)) for p in batch)
            future = self._client.submit(_check_batch, assigned, self._settings, pure=False)
            self._flying[future] = _Flying(batch, lanes, now)

    def _cut(self) -> tuple[Placed, ...]:
        """Return sites for one batch: those of one domain or address come together."""
        batch: list[Placed] = []
        mine: set[str] = set()
        while len(batch) < _BATCH and (placed := self._waiting.take(mine)):
            batch.append(placed)
            mine.update(placed.lanes)
        if not batch and (alone := self._waiting.take_again()):
            return (alone,)
        return tuple(batch)

    def _pages(self, job: Job) -> tuple[bytes, ...]:
        return tuple(self._store.pages(job.identity)) if self._settings.source == "warc" else ()

    def _landed(self) -> list[Future]:
        if not self._flying:
            time.sleep(_PAUSE_S)  # all that is left rests, is looked up, or has no worker
            return []
        return self._crew.landed(list(self._flying))

    def _leave(self, future: Future) -> _Flying:
        """Open the lanes of a batch that has landed to others, and return it."""
        flying = self._flying.pop(future)
        self._politeness.end(flying.lanes)
        return flying

    def _take_in(self, future: Future, flying: _Flying) -> None:
        """Keep the answers of a batch; where it was lost, have its sites tried again, each alone.

        Raises OwnFaultError, when they are kept, where the worker says that its machine failed.
        """
        if future.status == "error":
            self._lose(flying)
            return
        done: Done = future.result() if future.status == "finished" else Done(())
        future.release()  # the worker holds them until then
        keep_answers(self._store, self._shards, done.answers)
        if done.fault:
            raise OwnFaultError(done.fault)
        answers: dict[str, Answer] = {a.identity: a for a in done.answers}
        for placed in flying.placed:
            answer = answers.get(placed.job.identity)
            if answer is None or answer.report is None:  # not begun, or cancelled as the scheduler went away
                self._waiting.put_back(placed)
                continue
            self._politeness.note(placed.lanes, answered=not timed_out(answer.report))
            self._count.add((str(answer.report["verdict"]),))

    def _lose(self, flying: _Flying) -> None:
        self._count.add(try_again(self._store, self._waiting, flying.placed, self._settings))

    def _end_stragglers(self) -> None:
        """Restart the workers that are over the time of their batch, and have its sites tried again, each alone."""
        settings = self._settings
        limit_s = settings.batch_limit_s + settings.site_limit_s + settings.grace_s
        for future in [f for f, flying in self._flying.items() if time.monotonic() - flying.since > limit_s]:
            holders = [worker for worker, keys in self._client.processing().items() if future.key in keys]
            flying = self._flying.pop(future)
            self._client.cancel([future])
            self._client.restart_workers(holders, timeout=30, raise_for_error=False)
            self._politeness.end(flying.lanes)
            self._lose(flying)

    def _standing(self) -> Standing:
        now = time.monotonic()
        ages = ((f"batch of {f.placed[0].job.identity}", now - f.since) for f in self._flying.values())
        return self._count.standing(self._count.total, ages)
