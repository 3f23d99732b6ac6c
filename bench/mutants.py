"""Change the code of a module in small ways, one at a time, and count which changes its tests notice (mutmut).

`python bench/mutants.py grade guard phrases said archive [--sample N]`; needs `pip install 'pharmcheck[mutants]'`. Works on a copy
of the checkout in a scratch folder. Of more than N mutants a random N is tried, always the same one.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
SEED = 20261122
COPIED = ("pharmcheck", "registries", "cassettes", "tests", "bench", "pyproject.toml", "README.md", "LICENSE")
# By exit code of mutmut's runs; any other means that the tests ran too long, and so noticed it as well.
STATES = {0: "survived", 1: "killed", 3: "killed", 5: "untested", 33: "untested"}


@dataclass(frozen=True, slots=True)
class Subject:
    """A module, the quick tests that are to notice what is changed in it, and further arguments of pytest."""

    file: str
    tests: tuple[str, ...]
    arguments: tuple[str, ...] = ()


SUBJECTS = {
    "grade": Subject(
        "pharmcheck/grade.py",
        (
            "tests/test_verdict.py",
            "tests/test_verdict_of_lists.py",
            "tests/test_verdict_told.py",
            "tests/test_grade.py",
            "tests/test_lost_domains.py",
            "tests/test_unseen_cart.py",
        ),
    ),
    "guard": Subject(
        "pharmcheck/capture/guard.py", ("tests/capture/test_guard.py", "tests/capture/test_guard_connects.py")
    ),
    "phrases": Subject(
        "pharmcheck/reading/phrases.py",
        ("tests/reading/test_mentions.py", "tests/reading/test_stance.py", "tests/reading/test_said.py"),
        (
            "--noconftest",
            "-k",
            "not never_changes and not bounded",
        ),  # with lexicon.json as it is, not compiled anew for each mutant
    ),
    "said": Subject(
        "pharmcheck/reading/said.py",
        ("tests/reading/test_mentions.py", "tests/reading/test_stance.py", "tests/reading/test_said.py"),
        ("--noconftest", "-k", "not never_changes and not bounded"),
    ),
    "archive": Subject(
        "pharmcheck/capture/archive.py",
        (
            "tests/capture/test_records.py",
            "tests/capture/test_records_of_others.py",
            "tests/capture/test_playback.py",
            "tests/capture/test_archive.py",
        ),
        ("-k", "not bomb and not exhaust"),
    ),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("subjects", nargs="+", choices=SUBJECTS, metavar="MODULE", help=f"of {', '.join(SUBJECTS)}")
    parser.add_argument("--sample", type=int, default=10_000, help="try no more than so many mutants of each")
    parser.add_argument("--keep", type=Path, help="work in this folder and keep it, so that `mutmut show` can be asked")
    chosen = parser.parse_args()
    if not find_spec("mutmut"):
        parser.error("mutmut is not installed: pip install 'pharmcheck[mutants]'")
    print(f"{'module':10} {'mutants':>8} {'tried':>6} {'noticed':>8} {'survived':>9} {'share':>6}")
    for name in chosen.subjects:
        with TemporaryDirectory(prefix="pharmcheck-mutants-") as scratch:
            folder = chosen.keep / name if chosen.keep else Path(scratch)
            report(name, *tried(SUBJECTS[name], folder, chosen.sample))
    return 0


def tried(subject: Subject, folder: Path, most: int) -> tuple[int, dict[str, int]]:
    """Return how many mutants there are, and the exit code of the tests by mutant for those that were tried."""
    for name in COPIED:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name, **({"dirs_exist_ok": True} if source.is_dir() else {"follow_symlinks": True}))
    with (folder / "pyproject.toml").open("a") as settings:
        settings.write(table(subject))
    results = folder / "mutants" / f"{subject.file}.meta"
    run(folder, "no such mutant")  # makes them all, and tries none
    every = sorted(json.loads(results.read_text())["exit_code_by_key"])
    chosen = every if len(every) <= most else random.Random(SEED).sample(every, most)
    run(folder, *chosen)
    codes = json.loads(results.read_text())["exit_code_by_key"]
    return len(every), {name: codes[name] for name in chosen}


def table(subject: Subject) -> str:
    """Return mutmut's settings."""
    arguments = ["-p", "no:xdist", "-p", "no:cacheprovider", "-p", "forgetting", *subject.arguments]
    lines = {
        "source_paths": ["pharmcheck"],
        "only_mutate": [subject.file],
        "also_copy": [name for name in COPIED if name not in ("pharmcheck", "tests", "pyproject.toml")],
        "pytest_add_cli_args": arguments,
        "pytest_add_cli_args_test_selection": list(subject.tests),
    }
    return "\n[tool.mutmut]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in lines.items())


def run(folder: Path, *mutants: str) -> None:
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(os.cpu_count() or 1), *mutants]
    with (folder / "mutmut.log").open("a") as log:
        where = os.environ | {"PYTHONPATH": str(folder / "bench")}  # of the plugin that forgets
        subprocess.run(command, cwd=folder, stdout=log, stderr=log, check=False, env=where)


def report(name: str, number: int, codes: dict[str, int]) -> None:
    counts = Counter(STATES.get(code, "too long") for code in codes.values())
    left = counts["survived"] + counts["untested"]
    share = (len(codes) - left) / len(codes)
    print(f"{name:10} {number:8} {len(codes):6} {len(codes) - left:8} {left:9} {share:6.0%}")
    for mutant in sorted(m for m, code in codes.items() if STATES.get(code) in ("survived", "untested")):
        print(f"  {mutant.removeprefix('pharmcheck.')}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
