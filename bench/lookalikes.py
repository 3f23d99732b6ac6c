"""Look-alikes: `python bench/lookalikes.py [--names N] [--targets N] [--json FILE]`.

An index of invented names is asked about invented targets on one core: one in five is an imitation (a slip, swapped letters, added
words, another ending, the whole name before another domain), the rest are other names. Printed are the time to build the index, the
targets a minute with and without parsing their addresses, and how many imitations were found and others taken for one.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

from pharmcheck.reading.lookalikes import KnownName, KnownNames, index_names
from pharmcheck.target import parse_target

ROOT = Path(__file__).resolve().parent.parent
BEFORE = ("", "", "lekarna", "apteka", "apotheke-", "farmacia", "pharmacie-", "drogerie")
AFTER = ("", "", "-pharmacy", "apotheek", "apotheke", "-online", "24")
STARTS = "b br c ch d dr f fl g gr h j k kl l m n p pl r s sch st t tr v w z"
VOWELS = "a e i o u au ei ou"
ENDS = "l m n r s t x nd rk lm st ck"
ENDINGS = ("com", "de", "cz", "pl", "co.uk", "fr", "it", "es", "nl", "se")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=50_000)
    parser.add_argument("--targets", type=int, default=100_000)
    parser.add_argument("--json", type=Path, default=ROOT / "bench" / "lookalikes.json")
    arguments = parser.parse_args()
    choose = random.Random(20_261_101)
    names = invented(choose, arguments.names)
    start = time.process_time()
    known = index_names(names)
    built = time.process_time() - start
    asked = targets(choose, names, arguments.targets)
    figures = {"names": len(names), "targets": len(asked), "index_s": round(built, 2), **measure(known, asked)}
    for name, figure in figures.items():
        print(f"{figure:>14,}  {name}")
    arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def invented(choose: random.Random, count: int) -> list[KnownName]:
    """Return names of two to four syllables, most with a word for a pharmacy, no two on one domain."""
    syllable = [letters.split() for letters in (STARTS, VOWELS, ENDS)]
    names: dict[str, KnownName] = {}
    while len(names) < count:
        own = "".join(choose.choice(letters) for _ in range(choose.randint(2, 4)) for letters in syllable)
        label = choose.choice(BEFORE) + own + choose.choice(AFTER)
        domain = f"{label}.{choose.choice(ENDINGS)}"
        names[domain] = KnownName(own.capitalize(), domain, choose.choice(("name", "listed", "listed", "listed")))
    return list(names.values())


def targets(choose: random.Random, names: Sequence[KnownName], count: int) -> list[tuple[str, bool]]:
    """Return hosts, and whether each imitates one of the names."""
    others = invented(choose, count * 4 // 5)
    borrowed = [(imitation(choose, choose.choice(names)), True) for _ in range(count - len(others))]
    asked = [*borrowed, *((other.domain, False) for other in others)]
    choose.shuffle(asked)
    return asked


def imitation(choose: random.Random, name: KnownName) -> str:
    """Return a host that imitates the name, in one of five ways."""
    label = name.domain.partition(".")[0]
    at = choose.randrange(1, len(label) - 1)
    return choose.choice(
        (
            f"{label[:at]}{label[at + 1 :]}.com",
            f"{label[: at - 1]}{label[at]}{label[at - 1]}{label[at + 1 :]}.net",
            f"{label}-{choose.choice(('store', 'shop', 'online', 'rx'))}.com",
            f"{label}.{choose.choice(('shop', 'online', 'su'))}",
            f"{name.domain}.secure-login.com",
        )
    )


def measure(known: KnownNames, asked: Sequence[tuple[str, bool]]) -> dict[str, float]:
    """Return targets a minute of processor time, and what was found."""
    start = time.process_time()
    parsed = [parse_target(host) for host, _ in asked]
    parsing = time.process_time() - start
    start = time.process_time()
    found = [known.like(target) is not None for target in parsed]
    looking = time.process_time() - start
    imitations = sum(truth for _, truth in asked)
    return {
        "targets_a_minute": round(len(asked) / looking * 60),
        "targets_a_minute_with_parsing": round(len(asked) / (looking + parsing) * 60),
        "imitations": imitations,
        "imitations_found": sum(hit and truth for hit, (_, truth) in zip(found, asked, strict=True)),
        "others": len(asked) - imitations,
        "others_taken_for_one": sum(hit and not truth for hit, (_, truth) in zip(found, asked, strict=True)),
    }


if __name__ == "__main__":
    main()
