"""Runs `pharmcheck` and ends it as `kill -9` does, at the n-th time that it touches the disk or the state.

`python -m tests.hostile.killed N STATE ARGUMENT…` (N 0: never; then the number of touches is written to stderr). STATE is
"" or a folder of registries to use in place of the shipped ones.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

_FILES = {
    "open",
    "write",
    "writelines",
    "flush",
    "fsync",
    "close",
    "replace",
    "rename",
    "mkdir",
    "rmdir",
    "unlink",
    "utime",
}
TOUCHES = _FILES | {"execute", "executemany", "executescript", "commit"}


def main() -> None:
    last, registries, arguments = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
    from pharmcheck.cli import main as pharmcheck
    from pharmcheck.registries import store

    if registries:
        store.shipped_root = lambda: Path(registries)
    seen = 0

    def count(_: FrameType, event: str, function: Any) -> None:
        nonlocal seen
        if event == "c_call" and function.__name__ in TOUCHES:
            seen += 1
            if seen == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    try:
        pharmcheck(arguments, prog_name="pharmcheck")
    finally:
        sys.setprofile(None)
        sys.stderr.write(f"touches {seen}\n")


if __name__ == "__main__":
    main()
