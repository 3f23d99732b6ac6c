"""Sends other people's hostile files through the right doors, each in a process of its own under limits.

    python bench/gauntlet.py --corpus DIR [--corpus DIR …] [--only html] [--json FILE]

A corpus is a folder of folders: html, mail, links, csv, json, xml, bombs, http (raw answers), ssrf, url, strings, media,
warc; a folder of another name is read as `links` reads it. Each file is given to the command that such files reach, in a
process of its own with limits on CPU time and address space, beside a file that is known to be good. It passes when the
process ends by itself within the limits, with an exit code that the command documents, without a traceback, and when the
good file beside it came out unharmed. Seconds are CPU time (user and system), megabytes the largest resident set.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

from gauntlet_steps import PATIENCE_S, Bench, Raw, Server, Step

ROOT = Path(__file__).resolve().parent.parent
CPU_S = 30  # where the system ends a process
ADDRESS_BYTES = 4_000_000_000  # likewise; the interpreter and its libraries alone take 1 GB of addresses
WORST_S, WORST_MB = 20.0, 300.0  # what passes; a start alone takes about 1 s
_SIGNS = ("Traceback (most recent call last)", "this should not have happened", "pharmcheck failed on it")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step came to; `why` is "" where it passed."""

    step: Step
    seconds: float
    megabytes: float
    why: str


@dataclass(slots=True)
class Row:
    """The figures of one folder."""

    files: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    seconds: float = 0.0
    slowest: str = ""
    megabytes: float = 0.0
    largest: str = ""


def run(step: Step, folder: Path) -> Outcome:
    """Run one step under limits."""
    out, err = folder / secrets.token_hex(8), folder / secrets.token_hex(8)
    where = {
        "PYTHONPATH": str(ROOT),
        "PHARMCHECK_DATA": str(folder / "data"),
        "PHARMCHECK_CACHE": str(folder / "cache"),
    }
    with out.open("wb") as stdout, err.open("wb") as stderr:
        process = subprocess.Popen(
            step.argv, stdout=stdout, stderr=stderr, stdin=subprocess.DEVNULL, env=os.environ | where
        )
        for kind, most in (
            (resource.RLIMIT_CPU, CPU_S),
            (resource.RLIMIT_AS, ADDRESS_BYTES),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.prlimit(process.pid, kind, (most, most))
        timer = threading.Timer(PATIENCE_S, process.kill)
        timer.start()
        _, status, used = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    told, said = out.read_text("utf-8", "replace"), err.read_text("utf-8", "replace")
    out.unlink()
    err.unlink()
    seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    return Outcome(step, seconds, megabytes, _wrong(step, process.returncode, told, said, seconds, megabytes))


def _wrong(step: Step, code: int, out: str, err: str, seconds: float, megabytes: float) -> str:
    """Return why a step did not pass, "" where it did."""
    if code < 0:
        return f"ended by {signal.Signals(-code).name} after {seconds:.1f} s"
    for sign in _SIGNS:
        if sign in out or sign in err:
            return (err if sign in err else out)[-300:].strip().replace("\n", " | ")
    if code not in step.codes:
        return f"exit code {code}: {err[-300:].strip()}"
    if seconds > WORST_S or megabytes > WORST_MB:
        return f"{seconds:.1f} s, {megabytes:.0f} MB"
    try:
        return "" if step.good(out) else "the good one beside it was harmed"
    except (ValueError, KeyError, TypeError) as error:
        return f"its output cannot be read: {type(error).__name__}: {error}: {err[-200:].strip()}"


def gauntlet(corpora: Sequence[Path], only: str, jobs: int) -> list[Outcome]:
    """Run every file of the corpora; print those that fail as they come."""
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="pharmcheck-gauntlet-") as name, Server(("127.0.0.1", 0), Raw) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        for corpus in corpora:
            bench = server.bench = Bench(Path(name), corpus, server.server_address[1])
            files = sorted(p for p in corpus.rglob("*") if p.is_file() and p.name not in ("README.md", "probe.txt"))
            steps = [s for file in files if only in str(file.relative_to(corpus.parent)) for s in bench.steps(file)]
            with ThreadPoolExecutor(jobs) as pool:
                for outcome in pool.map(lambda step: run(step, Path(name)), steps):
                    outcomes.append(outcome)
                    if outcome.why:
                        print(f"{corpus.name}/{outcome.step.file} [{outcome.step.door}]: {outcome.why}", flush=True)
        server.shutdown()
    return outcomes


def table(outcomes: Sequence[Outcome]) -> dict[str, Row]:
    """Return the figures by folder."""
    rows: dict[str, Row] = defaultdict(Row)
    for outcome in outcomes:
        file = outcome.step.file
        row = rows[file.partition("/")[0] if "/" in file else "warc"]
        row.files |= set(outcome.step.members or (file,))
        if outcome.why:
            row.failed |= set(outcome.step.members or (file,))
        if outcome.seconds > row.seconds:
            row.seconds, row.slowest = outcome.seconds, f"{Path(file).name} ({outcome.step.door[:30]})"
        if outcome.megabytes > row.megabytes:
            row.megabytes, row.largest = outcome.megabytes, f"{Path(file).name} ({outcome.step.door[:30]})"
    return rows


def main() -> None:
    """Print the table; exit with 1 where a file failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, action="append", default=[])
    parser.add_argument("--only", default="", help="a part of the path, such as html or bombs/")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    given = parser.parse_args()
    outcomes = gauntlet([c.resolve() for c in given.corpus], given.only, given.jobs)
    rows = table(outcomes)
    print(f"{'folder':9}{'files':>6}{'ok':>6}{'worst':>9}  on{'':38}{'worst':>8}  on")
    for name, row in sorted(rows.items()):
        ok = len(row.files) - len(row.failed)
        print(
            f"{name:9}{len(row.files):6}{ok:6}{row.seconds:7.1f} s  {row.slowest:40}{row.megabytes:5.0f} MB  {row.largest}"
        )
    if given.json:
        told = {
            name: {k: len(v) if isinstance(v, set) else v for k, v in asdict(row).items()} for name, row in rows.items()
        }
        given.json.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    sys.exit(any(outcome.why for outcome in outcomes))


if __name__ == "__main__":
    main()
