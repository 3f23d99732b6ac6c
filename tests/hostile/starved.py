"""Runs `pharmcheck` with so many file descriptors left, or files that may not grow beyond so many bytes.

`python -m tests.hostile.starved descriptors|bytes N ARGUMENT…`
"""

from __future__ import annotations

import os
import resource
import sys


def main() -> None:
    what, left, arguments = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    from pharmcheck.cli import main as pharmcheck

    if what == "bytes":
        resource.setrlimit(resource.RLIMIT_FSIZE, (left, left))
    else:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
        held = []
        try:
            while True:
                held.append(os.open(os.devnull, os.O_RDONLY))
        except OSError:
            for descriptor in held[len(held) - left :]:
                os.close(descriptor)
    sys.unraisablehook = lambda _: None  # a loop of asyncio that could not open its pipe complains when it is collected
    pharmcheck(arguments, prog_name="pharmcheck")


if __name__ == "__main__":
    main()
