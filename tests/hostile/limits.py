"""What one input may cost: seconds of CPU, and megabytes beyond what was held before."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CPU_S = 2.0  # of one generated input
PEAK_MB = 300.0


@contextmanager
def in_time(seconds: float = CPU_S) -> Iterator[None]:
    """Fail where the block takes more CPU time of this process; waiting, and a busy machine, cost nothing."""
    begin = time.process_time()
    yield
    taken = time.process_time() - begin
    assert taken <= seconds, f"{taken:.1f} s of CPU"


@contextmanager
def in_memory(megabytes: float = PEAK_MB) -> Iterator[None]:
    """Fail where the block holds more memory of Python's at once; this makes the block about four times as slow."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1] / 1_000_000
    finally:
        tracemalloc.stop()
    assert peak <= megabytes, f"{peak:.0f} MB"


def through(door: str, file: Path, seconds: int = 20) -> float:
    """Send a file through a door in a process of its own and return its megabytes at most; it must end within the CPU time."""
    command = (sys.executable, "-m", "tests.hostile.doors", door, str(file))
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    resource.prlimit(process.pid, resource.RLIMIT_CPU, (seconds, seconds))
    told, said = process.communicate()
    assert process.returncode == 0, said[-500:]
    return int(told.split()[-1]) / 1024
