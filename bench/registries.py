"""Build a million invented listings, and time the index: its making, its size, its opening, and look-ups in it.

    python bench/registries.py [--entries N] [--json FILE]

Each look-up is asked once, in an order drawn from a fixed seed, so that no answer comes from a cache of ours. Starts are
whole processes that import the package, open the index and look up one domain.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from pharmcheck.model import Listing, Target
from pharmcheck.readers.our_list import COLUMNS
from pharmcheck.registries import Registries, read_registries

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = 20
FACTS = """
authority = "Office of Samples {i}"
country = "ZZ"
lists = ["{lists}"]
polarity = "{polarity}"
url = "https://register-{i}.example/"
entry_url = "https://register-{i}.example/entry/{{number}}"
hosts = ["register-{i}.example"]
exhaustive = ""
names_sites = "yes"
law = "A made-up law."
licence = "unknown"
max_age_days = 90
as_of = 2026-10-01
min_entries = 0
max_entries = 10000000
list_source = "made up"
source = "made up"
confidence = "low"
facts_as_of = 2026-10-01
"""
_LETTERS = (
    "ba be bo bra dal den der do el fa fen ga gor ha hel ka kor la len lo mar mi mon na nor o pe pol ra ren ri ro sa sen sol "
    "sta ta ten tor u va ver vi vo wal wen win za zel žo ří ló mü ßen ør ął"
)
_SYLLABLES = _LETTERS.split()
_TRADES = (
    "Pharmacy",
    "Apotheke",
    "Lékárna",
    "Apteka",
    "Farmacia",
    "Pharmacie",
    "Apotek",
    "Аптека",
    "Φαρμακείο",
    "Drogerie",
)
_FORMS = ("", "", "", " Ltd", " GmbH", " s.r.o.", " Sp. z o.o.", " S.p.A.", " & Co. KG")
_MIDDLES = ("", "", "Old", "Central", "Na Rohu", "Pod", "St.", "Zum", "Nova", "Grande")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with TemporaryDirectory(prefix="pharmcheck-bench-") as scratch:
        figures = measure(Path(scratch), given.entries)
    for name, value in figures.items():
        print(f"{name:<44} {value:>12,.3f}")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return 0


def measure(scratch: Path, entries: int, asked: int = 400, starts: int = 15) -> dict[str, float]:
    """Return the figures by name, of so many look-ups of each kind and starts; the unit stands in the name."""
    lists, kept, small = scratch / "lists", scratch / "cache", scratch / "small"
    write_lists(lists, entries)
    write_lists(small, 1_000)
    begun = time.perf_counter()
    registries = read_registries(lists, kept)
    figures = {"entries": float(entries), "build (s)": time.perf_counter() - begun}
    figures["peak of memory (MB)"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    figures["lists (MB)"] = sum(f.stat().st_size for f in lists.rglob("*.csv")) / 1e6
    figures["index (MB)"] = sum(f.stat().st_size for f in kept.iterdir()) / 1e6
    read_registries(small, kept)
    figures["start with 1,000 entries (ms)"] = start_ms(small, kept, starts)
    figures[f"start with {entries:,} entries (ms)"] = start_ms(lists, kept, starts)
    draw = random.Random(3)
    rows = registries.listings
    held = draw.sample(rows, min(asked, len(rows)))
    for name, look_up, sought in questions(registries, held, draw):
        times = sorted(timed(look_up, one) for one in sought)
        figures[f"{name}, median (ms)"] = median(times)
        figures[f"{name}, 95 of 100 (ms)"] = times[len(times) * 95 // 100]
        figures[f"{name}, worst (ms)"] = times[-1]
    return figures | found(registries, held, draw)


def questions(
    registries: Registries, held: Sequence[Listing], draw: random.Random
) -> Iterator[tuple[str, Callable[..., object], Sequence[object]]]:
    """Yield kinds of look-up: what it is, the call, what is asked."""
    names = [x.name for x in held]
    yield "domain held", registries.for_site, [site(x.domain) for x in held]
    yield "domain not held", registries.for_site, [site(f"not-{x.domain}") for x in held]
    yield "number held", lambda x: registries.by_number(x.registry, x.number), held
    yield "number not held", lambda x: registries.by_number(x.registry, x.number + "9"), held
    yield "search by domain", registries.search, [x.domain for x in held]
    yield "name as written", registries.search, names
    yield "name, other order, no accents", registries.search, [turned(n) for n in names]
    yield "name, one error", registries.search, [mistyped(n, 1, draw) for n in names]
    yield "name, two errors", registries.search, [mistyped(n, 2, draw) for n in names]
    yield "name that nobody has", registries.search, [f"Quxzzy {n} Wroxx" for n in names]
    yield "two common words", registries.search, [f"{m} {t}" for m in _MIDDLES if m for t in _TRADES]


def found(registries: Registries, held: Sequence[Listing], draw: random.Random) -> dict[str, float]:
    """Return how many of 100 mistyped names lead to an entry of that name."""
    shares = {}
    for errors in (0, 1, 2):
        hits = sum(x.name in {y.name for y in registries.search(mistyped(x.name, errors, draw))} for x in held)
        shares[f"found with {errors} errors (of 100)"] = 100 * hits / len(held)
    return shares


def write_lists(root: Path, entries: int) -> None:
    """Write folders of invented listings; one in ten is a list of warnings."""
    draw = random.Random(entries)
    for i in range(FOLDERS):
        warned = i % 10 == 9
        folder = root / f"zz-sample-{i:02}"
        folder.mkdir(parents=True)
        kind = (
            {"lists": "illegal-sites", "polarity": "negative"}
            if warned
            else {"lists": "pharmacies", "polarity": "positive"}
        )
        (folder / "registry.toml").write_text(FACTS.format(i=i, **kind), "utf-8")
        with (folder / "list.csv").open("w", encoding="utf-8", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(COLUMNS)
            for n in range(entries // FOLDERS):
                domain = f"{word(draw, 2)}-{word(draw, 2)}{n}-{i}.example"
                status = "warned" if warned else "listed"
                rows.writerow((invented(draw), f"{i:02}{n:07}", domain, "", status, "2025-05-05", "", ""))


def word(draw: random.Random, syllables: int) -> str:
    return plain("".join(draw.choices(_SYLLABLES, k=syllables)))


def invented(draw: random.Random) -> str:
    """Return a name such as pharmacies have: a trade, a place or a person, something between, a legal form."""
    own = "".join(draw.choices(_SYLLABLES, k=draw.choice((2, 3, 3, 4)))).title()
    parts = [draw.choice(_MIDDLES), own, draw.choice(_TRADES)]
    if draw.random() < 0.3:
        parts.append("".join(draw.choices(_SYLLABLES, k=2)).title())
    draw.shuffle(parts)
    return " ".join(filter(None, parts)) + draw.choice(_FORMS)


def plain(text: str) -> str:
    for letter, other in zip("éžříóüøąłßЛ", ("e", "z", "r", "i", "o", "u", "o", "a", "l", "ss", "L"), strict=True):
        text = text.replace(letter, other)
    return text


def turned(name: str) -> str:
    """Return a name without accents and legal form, its words in the reverse order."""
    return " ".join(reversed(plain(without_form(name)).split()))


def without_form(name: str) -> str:
    """Return a name without its legal form."""
    return name.removesuffix(next(form for form in sorted(_FORMS, key=len, reverse=True) if name.endswith(form)))


def mistyped(name: str, errors: int, draw: random.Random) -> str:
    """Return a name with errors in the two longest of its words, one in each: a letter left out, doubled, wrong or swapped."""
    parts = without_form(name).split()
    for i in sorted(range(len(parts)), key=lambda i: -len(parts[i]))[:errors]:
        part = parts[i]
        at = draw.randrange(1, max(2, len(part) - 1))
        changed = (
            part[:at] + part[at + 1 :],
            part[:at] + part[at - 1 : at] + part[at:],
            part[:at] + "q" + part[at + 1 :],
            part[:at] + part[at + 1 : at + 2] + part[at : at + 1] + part[at + 2 :],
        )
        parts[i] = draw.choice(changed)
    return " ".join(parts)


def site(host: str) -> Target:
    return Target(host, f"https://{host}/", host, host)


def timed(look_up: Callable[..., object], asked: object) -> float:
    begun = time.perf_counter()
    look_up(asked)
    return 1000 * (time.perf_counter() - begun)


def start_ms(lists: Path, kept: Path, starts: int) -> float:
    """Return the median time of as many processes that open the index and look up one domain."""
    code = (
        "import sys; from pathlib import Path; from pharmcheck.registries import read_registries; "
        "read_registries(Path(sys.argv[1]), Path(sys.argv[2])).search('pills.example')"
    )
    command = [sys.executable, "-c", code, str(lists), str(kept)]
    times = []
    for _ in range(starts):
        begun = time.perf_counter()
        subprocess.run(command, check=True, cwd=ROOT)
        times.append(1000 * (time.perf_counter() - begun))
    return median(times)


if __name__ == "__main__":
    sys.exit(main())
