"""Whole-process wall times, medians of several runs taken in turn, next to a bare interpreter. Run by `make bench`."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 15
PHARMCHECK = str(Path(sys.executable).parent / "pharmcheck")


def main() -> None:
    cassette = max((ROOT / "cassettes").glob("*.warc.gz"), key=lambda p: p.stat().st_size)
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "pharmcheck --version": [PHARMCHECK, "--version"],
        "pharmcheck registries lookup benu.cz": [PHARMCHECK, "registries", "lookup", "benu.cz"],
        f"pharmcheck check --replay {cassette.name}": [PHARMCHECK, "check", "--replay", str(cassette)],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS + 1):  # the first round warms the file cache and is dropped
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            times[name].append((time.perf_counter() - start) * 1000)
    medians = {name: round(statistics.median(series[1:]), 1) for name, series in times.items()}
    for name, median in medians.items():
        print(f"{median:8.1f} ms  {name}")
    (ROOT / "bench" / "speed.json").write_text(
        json.dumps({"runs": RUNS, "median_ms": medians}, indent=2) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
