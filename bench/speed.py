"""Times: `python bench/speed.py [--pages DIR] [--rounds N] [--json FILE]`. Run by `make bench`.

`processes`: whole-process wall times next to a bare interpreter. `pages`: for every page, in turn and in one process, what
BeautifulSoup and a bare selectolax need to parse it, and what we need to read it and to judge it. DIR holds .html files;
without it, the HTML recorded in cassettes/ is taken.
"""

from __future__ import annotations

import argparse
import csv
import functools
import gc
import inspect
import json
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser
from warcio.archiveiterator import ArchiveIterator

from pharmcheck.model import Site
from pharmcheck.pipeline import judge
from pharmcheck.reading.decode import decode
from pharmcheck.reading.page import read_page
from pharmcheck.target import parse_target

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 1, tzinfo=UTC)
RUNS = 15
ROUNDS = 5
PHARMCHECK = str(Path(sys.executable).parent / "pharmcheck")
OURS, THEIRS = "pharmcheck, the whole check", "BeautifulSoup, lxml"
# Pages by size: a doorway or a letter, a short page, a shop's page.
CLASSES = (("below 4 KB", 0, 4_000), ("4 to 20 KB", 4_000, 20_000), ("20 KB and more", 20_000, 10**9))


@dataclass(frozen=True, slots=True)
class Body:
    """An HTML body and the address at which it stands."""

    url: str
    html: bytes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--pages", type=Path, help="a folder of .html files in place of the cassettes; processes are left out"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", type=Path, default=ROOT / "bench" / "speed.json")
    arguments = parser.parse_args()
    figures: dict[str, Any] = {} if arguments.pages else processes()
    bodies = list(saved(arguments.pages) if arguments.pages else recorded(ROOT / "cassettes"))
    figures["pages"] = pages(bodies, arguments.rounds)
    arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def processes() -> dict[str, Any]:
    """Return the medians of several runs of whole processes, taken in turn, in milliseconds."""
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
    return {"runs": RUNS, "median_ms": medians}


def saved(folder: Path) -> Iterator[Body]:
    """Yield the .html files of a folder, each at the address that its index.csv (columns file, url) has, or at one of its own."""
    index = folder / "index.csv"
    rows = csv.DictReader(index.read_text("utf-8").splitlines()) if index.exists() else ()
    urls = {row["file"]: row["url"] for row in rows if row.get("file") and row.get("url")}
    for number, path in enumerate(sorted(folder.rglob("*.html"))):
        yield Body(urls.get(path.name, f"https://shop{number}.example/"), path.read_bytes())


def recorded(folder: Path) -> Iterator[Body]:
    """Yield the HTML answers of the recordings in a folder."""
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                kind = record.http_headers.get_header("content-type", "") if record.http_headers else ""
                body = record.content_stream().read() if record.rec_type == "response" and "html" in kind else b""
                if body:
                    yield Body(record.rec_headers.get_header("WARC-Target-URI"), body)


def pages(bodies: Sequence[Body], rounds: int) -> dict[str, Any]:
    """Return the processor time of each step, by size of page: every round takes all pages, on each page all steps in turn."""
    warnings.simplefilter("ignore")  # BeautifulSoup's, on pages that look like something else
    times: dict[str, list[list[float]]] = {
        name: [[] for _ in bodies] for name in _steps(Body("https://a.example/", b""))
    }
    for number in range(rounds + 1):  # the first round loads phrases, medicines and registries, and is dropped
        for index, body in enumerate(bodies):
            for name, step in _steps(body).items():
                if number:
                    _forget()
                start = time.process_time()
                step()
                taken = (time.process_time() - start) * 1000
                if number:
                    times[name][index].append(taken)
        if not number:
            gc.collect()
            gc.freeze()  # what stays loaded is no garbage of any step
    medians = {name: [statistics.median(series) for series in of] for name, of in times.items()}
    figures: dict[str, Any] = {"rounds": rounds}
    for label, low, high in (("all", 0, 10**9), *CLASSES):
        chosen = [i for i, body in enumerate(bodies) if low <= len(body.html) < high]
        if chosen:
            sizes = [len(bodies[i].html) for i in chosen]
            figures[label] = _summary(sizes, {name: [of[i] for i in chosen] for name, of in medians.items()})
            print(_table(label, figures[label]))
    return figures


def _steps(body: Body) -> Mapping[str, Callable[[], object]]:
    """Return what is timed on a page; the parsers get it as text, which spares them the decoding."""
    text = decode(body.html)[0]
    target = parse_target(body.url)

    def check() -> object:
        return judge(Site(target, NOW, (read_page(target.url, body.html, content_type="text/html"),)))

    return {
        "BeautifulSoup, html.parser": lambda: BeautifulSoup(text, "html.parser"),
        THEIRS: lambda: BeautifulSoup(text, "lxml"),
        "selectolax, bare": lambda: LexborHTMLParser(text),
        "pharmcheck, read_page": lambda: read_page(target.url, body.html, content_type="text/html"),
        OURS: check,
    }


def _forget() -> None:
    """Empty the caches of what pages said, so that no page is met a second time, and drop the garbage of the step before.

    What a function without parameters keeps is loaded, not read.
    """
    for found in _caches():
        found.cache_clear()
    gc.collect()


@functools.cache
def _caches() -> tuple[Any, ...]:
    kinds = functools._lru_cache_wrapper
    caches = [o for o in gc.get_objects() if isinstance(o, kinds) and o.cache_parameters()["maxsize"] is not None]
    return tuple(o for o in caches if inspect.signature(o.__wrapped__).parameters)


def _summary(sizes: Sequence[int], medians: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    ratios = [ours / theirs for ours, theirs in zip(medians[OURS], medians[THEIRS], strict=True)]
    return {
        "pages": len(sizes),
        "median_bytes": round(statistics.median(sizes)),
        "median_ms": {name: round(statistics.median(of), 3) for name, of in medians.items()},
        "sum_ms": {name: round(sum(of), 1) for name, of in medians.items()},
        "mb_per_s": {name: round(sum(sizes) / 1000 / sum(of), 1) for name, of in medians.items()},
        "check_to_parse": {
            "median": round(statistics.median(ratios), 2),
            "sum": round(sum(medians[OURS]) / sum(medians[THEIRS]), 2),
            "cheaper_on": sum(ratio < 1 for ratio in ratios),
        },
    }


def _table(label: str, figures: Mapping[str, Any]) -> str:
    ratio = figures["check_to_parse"]
    lines = [f"\n{figures['pages']} pages, {label}, median {figures['median_bytes']:,} bytes"]
    lines.append(f"{'median':>12}{'sum':>12}{'MB/s':>9}")
    for name, median in figures["median_ms"].items():
        lines.append(f"{median:9.2f} ms{figures['sum_ms'][name]:9.0f} ms{figures['mb_per_s'][name]:9.1f}  {name}")
    lines.append(
        f"the whole check to BeautifulSoup with lxml: {ratio['median']:.2f} in the median, {ratio['sum']:.2f} in the sum, "
        f"cheaper on {ratio['cheaper_on']} of {figures['pages']}"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
