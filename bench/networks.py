"""Weave invented sites into networks: time, peak memory, the working file, and whether the planted networks were found.

    python bench/networks.py [--sites N] [--json FILE]

A third of the sites belong to networks of 2 to 2,000 that share a telephone, a wallet, an account, or sentences of which
each site changes a word; a third are lone shops with identifiers of their own; the rest are tenants of platforms: the same
telephone, checkout and mail address on a thousand sites of which half are accused of nothing. They must stay untied.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pharmcheck.audit.told import network_of, networks, write_networks
from pharmcheck.audit.woven import Weave

_SYLLABLES = [a + b for a in "bcdfghklmnprstvwz" for b in "aeiou"]
_TENANTS = 1_000  # of one platform


def invented(sites: int) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield reports, each with the name of the network that was planted, "" for none; the same for the same number."""
    rng = random.Random(11)
    made = 0
    while made < sites:
        turn = rng.randrange(3)
        if turn == 0:
            size = min(sites - made, int(2 / (1 - rng.random() * 0.999)))
            if size > 1:
                yield from _network(rng, made, size)
                made += size
        elif turn == 1:
            size = min(sites - made, 10)
            yield from ((_report(rng, made + i, "rogue", _own(rng)), "") for i in range(size))
            made += size
        elif rng.random() < 10 / _TENANTS:
            size = min(sites - made, _TENANTS)
            house = [
                ("phone", _phone(rng)),
                ("email", f"help@{_word(rng)}.example"),
                ("checkout", f"{_word(rng)}.example"),
            ]
            for i in range(size):
                verdict = "rogue" if i % 2 else "unverified"
                yield _report(rng, made + i, verdict, [*_own(rng), *house]), ""
            made += size


def _network(rng: random.Random, made: int, size: int) -> Iterator[tuple[dict[str, Any], str]]:
    how = rng.choice(["phone", "wallet", "messenger", "sentences"])
    mark, stock = f"{_word(rng)}{made}", [_sentence(rng), _sentence(rng)]
    shared = [(how, _phone(rng) if how == "phone" else mark)]
    for i in range(size):
        changed = [("sentence", _changed(rng, s)) for s in stock]
        given = changed if how == "sentences" else [*shared, *changed[:1]]
        yield _report(rng, made + i, "rogue", [*_own(rng), *given]), f"{how} {mark}"


def _own(rng: random.Random) -> list[tuple[str, str]]:
    """Return identifiers of one site alone."""
    return [
        ("phone", _phone(rng)),
        ("email", f"{_word(rng)}.{rng.randrange(10**6)}@gmail.com"),
        ("address", f"ZZ {rng.randrange(10**5)} {rng.randrange(200)} {_word(rng)}st"),
        ("sentence", _sentence(rng)),
    ]


def _report(rng: random.Random, number: int, verdict: str, found: list[tuple[str, str]]) -> dict[str, Any]:
    name = f"{_word(rng)}{number}.example"
    url = f"https://{name}/contact"
    return {
        "target": {"url": url, "host": name, "domain": name},
        "host": {"state": "own"},
        "verdict": verdict,
        "kind": "pharmacy",
        "risk": 99 if verdict == "rogue" else 20,
        "identifiers": [
            {
                "kind": kind,
                "value": value,
                "quote": {"url": url, "text": value, "digest": f"{number:064x}", "offset": number},
            }
            for kind, value in found
        ],
    }


def _word(rng: random.Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=3))


def _phone(rng: random.Random) -> str:
    return f"+{rng.randrange(10**11, 10**12)}"


def _sentence(rng: random.Random) -> str:
    return " ".join("".join(rng.choices(_SYLLABLES, k=2)) for _ in range(14))


def _changed(rng: random.Random, sentence: str) -> str:
    """Return a sentence of which the first or the last word is another."""
    words = sentence.split()
    words[rng.choice((0, -1))] = _word(rng)
    return " ".join(words)


def take_in(weave: Weave, sites: int) -> tuple[dict[str, set[str]], dict[str, Any], float]:
    """Give the reports to the weave; return the planted networks, one report, and the seconds that inventing them took."""
    planted: dict[str, set[str]] = {}
    inventing_s, report = 0.0, {}
    source = invented(sites)
    while True:
        before = time.perf_counter()
        found = next(source, None)
        inventing_s += time.perf_counter() - before
        if found is None:
            return planted, report, inventing_s
        report, network = found
        weave.add(report)
        if network:
            planted.setdefault(network, set()).add(report["target"]["domain"])


def measure(sites: int) -> dict[str, Any]:
    """Return what weaving so many sites took, and how well the networks match those that were planted."""
    with TemporaryDirectory() as folder, Weave(Path(folder)) as weave:
        begun = time.perf_counter()
        planted, report, inventing_s = take_in(weave, sites)
        added = time.perf_counter()
        weave.tie()
        joined = time.perf_counter()
        write_networks(Path(folder) / "networks.json", weave)
        told = time.perf_counter()
        network_of(weave.base, report)
        file_mb = sum(p.stat().st_size for p in Path(folder).rglob("*.sqlite")) / 1e6
        truth = {frozenset(names) for names in planted.values() if len(names) > 1}
        got = {frozenset(m["site"] for m in network["members"]) for network in networks(weave.base)}
    return {
        "sites": sites,
        "taking_in_s": round(added - begun - inventing_s, 1),
        "joining_s": round(joined - added, 1),
        "writing_s": round(told - joined, 1),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "working_file_mb": round(file_mb),
        "planted": len(truth),
        "found_exactly": len(truth & got),
        "false": sum(1 for names in got if not any(names <= true for true in truth)),
    }


def main() -> None:
    """Measure, print a table, and write JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=1_000_000)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    measured = measure(given.sites)
    for name, value in measured.items():
        print(f"{name:<18}{value:>14,}")
    if given.json:
        given.json.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
