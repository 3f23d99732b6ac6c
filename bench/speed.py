"""Times: `python bench/speed.py [--corpus DIR] [--rounds N] [--json FILE] [--only cold|pages|hostile]`. Run by `make bench`.

`cold`: whole-process wall times next to a bare interpreter. `pages`: on each page, in turn and in one process, the processor
time of a bare parser with one walk for text and links (selectolax, lxml, BeautifulSoup), of our reading, of all phrases, of
all readers, of all signals, of the whole check, and of trafilatura where it is installed; from a recording the whole check of
its sites, by page. The pages are the HTML of cassettes/ and invented shops of 20, 100 and 500 KB, or the .html files of DIR.
`hostile`: the whole check on 100 KB and on 1 MB of what somebody built to cost time; work that grows with the length takes ten
times as long for the second. Peak memory is that of a process of its own that takes one step on all pages.
"""

from __future__ import annotations

import argparse
import csv
import gc
import json
import resource
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from made import HOSTILE, shop
from steps import ARTICLES, BARE, CHECK, NOW, PARSED, READ, Body, steps, timed
from warcio.archiveiterator import ArchiveIterator

from pharmcheck.capture import replay
from pharmcheck.model import Site
from pharmcheck.pipeline import check_replay, judge
from pharmcheck.reading.page import read_page
from pharmcheck.target import parse_target

ROOT = Path(__file__).resolve().parent.parent
RUNS = 15
ROUNDS = 3
PHARMCHECK = str(Path(sys.executable).parent / "pharmcheck")
# Pages by size: a doorway or a letter, a short page, a shop's page.
CLASSES = (("below 4 KB", 0, 4_000), ("4 to 20 KB", 4_000, 19_000), ("19 KB and more", 19_000, 10**9))
SHOPS_KB = (20, 100, 500)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="a folder of .html files in place of the cassettes and shops")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", choices=("cold", "pages", "hostile"))
    parser.add_argument("--json", type=Path, default=ROOT / "bench" / "speed.json")
    parser.add_argument("--memory-of", help=argparse.SUPPRESS)
    given = parser.parse_args()
    warnings.simplefilter("ignore")  # BeautifulSoup's, on pages that look like something else
    bodies = list(saved(given.corpus)) if given.corpus else [*recorded(ROOT / "cassettes"), *shops()]
    if given.memory_of:
        print(peak_kb(bodies, given.memory_of))
        return
    figures: dict[str, Any] = {}
    if given.only in (None, "cold"):
        figures["cold"] = cold()
    if given.only in (None, "pages"):
        figures["pages"] = pages(bodies, given.rounds)
        figures["peak_mb"] = peaks(given.corpus)
        if not given.corpus:
            figures["warc"] = replays(given.rounds)
            figures["shops"] = growth_of_shops(given.rounds)
    if given.only in (None, "hostile"):
        figures["hostile"] = hostile()
    given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def cold() -> dict[str, Any]:
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


def shops() -> Iterator[Body]:
    """Yield an invented shop of each size."""
    for size_kb in SHOPS_KB:
        yield Body("https://heronmere-tablets.example/shop/", shop(size_kb, size_kb))


def pages(bodies: Sequence[Body], rounds: int) -> dict[str, Any]:
    """Return the processor time of each step, by size of page: every round takes all pages, on each page all steps in turn."""
    times: dict[str, list[list[float]]] = {name: [[] for _ in bodies] for name in steps()}
    for number in range(rounds + 1):  # the first round loads phrases, medicines and registries, and is dropped
        for index, body in enumerate(bodies):
            for name, prepare in steps().items():
                taken = timed(prepare(body), fresh=bool(number))
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


def replays(rounds: int) -> dict[str, float]:
    """Return the processor time of the whole check of the recorded sites from their WARC files, in milliseconds."""
    sites: list[float] = []
    shown: list[float] = []
    for path in sorted((ROOT / "cassettes").glob("*.warc.gz")):
        read = max(1, len(replay(path).pages))
        sites.append(statistics.median(timed(lambda path=path: check_replay(path)) for _ in range(rounds)))  # type: ignore[misc]
        shown.append(sites[-1] / read)
    figures = {"sites": len(sites), "site_ms": statistics.median(sites), "page_ms": statistics.median(shown)}
    print(
        f"\n{len(sites)} sites from WARC: {figures['site_ms']:.1f} ms a site, {figures['page_ms']:.2f} ms a page, medians"
    )
    return figures


def growth_of_shops(rounds: int) -> dict[str, dict[str, float]]:
    """Return for shops of three sizes what a KB costs to parse, to read and to check, in milliseconds."""
    print(f"\n{'ms per KB':>12}{BARE:>30}{READ:>26}{CHECK:>30}")
    figures: dict[str, dict[str, float]] = {}
    for size_kb, body in zip(SHOPS_KB, shops(), strict=True):
        kb = len(body.html) / 1000
        taken = {name: steps()[name](body) for name in (BARE, READ, CHECK)}
        row = {name: statistics.median(timed(step) for _ in range(rounds)) / kb for name, step in taken.items()}
        figures[f"{size_kb} KB"] = {name: round(value, 4) for name, value in row.items()}
        print(f"{size_kb:9} KB{row[BARE]:30.4f}{row[READ]:26.4f}{row[CHECK]:30.4f}")
    return figures


def hostile() -> dict[str, dict[str, float]]:
    """Return for each hostile text the processor time of the whole check of 100 KB and of 1 MB of it, and their ratio."""
    target = parse_target("https://made.example/")

    def check(text: str) -> None:
        judge(Site(target, NOW, (read_page(target.url, text.encode(), content_type="text/html"),)))

    check(shop(20).decode())
    gc.collect()
    gc.freeze()
    print(f"\n{'100 KB':>12}{'1 MB':>13}{'ratio':>8}")
    figures: dict[str, dict[str, float]] = {}
    for name, make in HOSTILE.items():
        short, long = f"<p>{make(100_000)}", f"<p>{make(1_000_000)}"
        check(short)  # the first meeting parses the lines of phrases that it needs
        small, large = timed(lambda text=short: check(text)), timed(lambda text=long: check(text))  # type: ignore[misc]
        figures[name] = {"small_ms": round(small, 1), "large_ms": round(large, 1), "ratio": round(large / small, 1)}
        print(f"{small:9.1f} ms{large:10.1f} ms{large / small:8.1f}  {name}")
    return figures


def peaks(corpus: Path | None) -> dict[str, float]:
    """Return the peak memory of a process that takes one step on all pages, in MB."""
    figures: dict[str, float] = {}
    print("\npeak memory of a process that does only this, all packages loaded")
    for name in steps():
        command = [sys.executable, __file__, "--memory-of", name, *(["--corpus", str(corpus)] if corpus else [])]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        figures[name] = round(int(told) / 1000, 1)
        print(f"{figures[name]:9.1f} MB  {name}")
    return figures


def peak_kb(bodies: Sequence[Body], name: str) -> int:
    """Take one step on all pages and return the most memory that this process has held, in KB."""
    for body in bodies:
        steps()[name](body)()
    told = Path("/proc/self/status")  # Linux hands `ru_maxrss` of the parent down to its child
    if told.exists():
        return int(told.read_text().partition("VmHWM:")[2].split()[0])
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // 1024 if sys.platform == "darwin" else most


def _summary(sizes: Sequence[int], medians: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    return {
        "pages": len(sizes),
        "median_bytes": round(statistics.median(sizes)),
        "steps": {
            name: {
                "median_ms": round(statistics.median(of), 3),
                "sum_ms": round(sum(of), 1),
                "pages_per_s": round(1000 * len(of) / sum(of)) if sum(of) else 0,
                "to_bare": _ratio(of, medians[BARE]),
                "to_beautifulsoup": _ratio(of, medians[PARSED]),
            }
            for name, of in medians.items()
        },
    }


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of the ratios, page by page."""
    return round(statistics.median(a / max(b, 1e-6) for a, b in zip(ours, theirs, strict=True)), 2)


def _table(label: str, figures: Mapping[str, Any]) -> str:
    lines = [f"\n{figures['pages']} pages, {label}, median {figures['median_bytes']:,} bytes"]
    lines.append(f"{'median':>12}{'sum':>12}{'pages/s':>10}{'to bare':>9}{'to BS':>8}")
    for name, of in figures["steps"].items():
        lines.append(
            f"{of['median_ms']:9.2f} ms{of['sum_ms']:9.0f} ms{of['pages_per_s']:10}{of['to_bare']:9.1f}{of['to_beautifulsoup']:8.2f}"
            f"  {name}"
        )
    if ARTICLES not in figures["steps"]:
        lines.append(" " * 53 + "trafilatura is left out: it is not installed (pip install trafilatura)")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
