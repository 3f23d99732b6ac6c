"""Links from mail: ours beside urlextract, iocextract and a plain regular expression, on the same mails in one run.

    python bench/audit.py --corpus DIR

DIR holds `truth.jsonl` (file, domains, and what may or may not be reported: via, optional), `index.csv` (file, label,
category) and the mails. Recall and precision count promoted domains; a mail is exact when nothing is missing and nothing
is wrong. The others report every address that they see; well-known sites are forgiven them, as they do not claim to
leave anything out. Speed is of one core, over all mails. With `--medicine` each mail is also judged by the engine.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import iocextract
from urlextract import URLExtract

from pharmcheck.audit.identity import domain_of
from pharmcheck.audit.left_out import is_known
from pharmcheck.audit.links import find_links
from pharmcheck.audit.message import Message, mail_messages
from pharmcheck.pipeline import check_saved
from pharmcheck.reading.mail import read_letters
from pharmcheck.target import host_of

_URL = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
Extract = Callable[[bytes], set[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """What one way of extraction came to."""

    name: str
    recall: float
    precision: float
    exact: int
    mails: int
    speed: float


def ours(data: bytes) -> set[str]:
    """Return the domains that pharmcheck says are promoted."""
    messages = (m for m in mail_messages("", "", data) if isinstance(m, Message))
    return {link.domain for m in messages for link in find_links(m) if link.left_out is None and link.domain}


def plain(data: bytes) -> set[str]:
    """Return the domains of all http addresses in the decoded parts."""
    return _domains(_URL.findall(_decoded(data)))


def with_urlextract() -> Extract:
    """Return an extraction by urlextract, offline, on the decoded parts."""
    extractor = URLExtract(extract_localhost=False)
    return lambda data: _domains(str(u) for u in extractor.find_urls(_decoded(data)))


def with_iocextract() -> Extract:
    """Return an extraction by iocextract, with refanging, on the decoded parts."""
    return lambda data: _domains(iocextract.extract_urls(_decoded(data), refang=True))


def _decoded(data: bytes) -> str:
    return "\n".join(part.text for letter in read_letters(data) for part in letter.parts)


def _domains(urls: Iterable[str]) -> set[str]:
    hosts = (host_of(u if "://" in u else f"http://{u}") for u in urls)
    return {domain_of(h) for h in hosts if h and not is_known(h)}


def measure(name: str, extract: Extract, corpus: Path, mails: dict[str, bytes]) -> Row:
    """Extract from all mails, and compare those whose truth is known."""
    begin = time.process_time()
    found = {file: extract(data) for file, data in mails.items()}
    taken = time.process_time() - begin
    hit = wrong = missed = exact = count = 0
    for line in (corpus / "truth.jsonl").read_text("utf-8").splitlines():
        truth = json.loads(line)
        want, forgiven = set(truth["domains"]), {*truth.get("via", ()), *truth.get("optional", ())}
        got = found[truth["file"]]
        bad = {d for d in got - want if domain_of(d) not in forgiven}
        hit, wrong, missed, count = hit + len(got & want), wrong + len(bad), missed + len(want - got), count + 1
        exact += not bad and want <= got
    return Row(name, hit / max(1, hit + missed), hit / max(1, hit + wrong), exact, count, len(mails) / taken)


def medicine(corpus: Path) -> dict[str, tuple[int, int]]:
    """Return for each category how many mails the engine says promote or offer medicine, and of how many."""
    found: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for row in csv.DictReader((corpus / "index.csv").open(encoding="utf-8")):
        kind = row["category"] if row["label"] == "pharma" else f"other: {row['category']}"
        report = check_saved(corpus / row["file"], "https://letter.example/", now=datetime.now(UTC))
        every[kind] += 1
        found[kind] += bool(report.promoted or report.risk >= 50)
    return {kind: (found[kind], every[kind]) for kind in sorted(every)}


def main() -> None:
    """Print the table and, with --json, write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument("--medicine", action="store_true", help="also judge which mails promote medicine at all")
    given = parser.parse_args()
    mails = {str(p.relative_to(given.corpus)): p.read_bytes() for p in sorted(given.corpus.rglob("*.eml"))}
    ways = {"pharmcheck": ours, "plain regex": plain, "iocextract": with_iocextract(), "urlextract": with_urlextract()}
    rows = [measure(name, extract, given.corpus, mails) for name, extract in ways.items()]
    print(f"{len(mails)} mails, {rows[0].mails} with known truth")
    print(f"{'':14}{'recall':>8}{'precision':>11}{'exact':>7}{'mails/s':>9}")
    for row in rows:
        print(f"{row.name:14}{row.recall:8.0%}{row.precision:11.0%}{row.exact:7}{row.speed:9.0f}")
    figures = {row.name: [row.recall, row.precision, row.exact, row.mails, row.speed] for row in rows}
    if given.medicine:
        for kind, (some, every) in medicine(given.corpus).items():
            print(f"{kind:24}{some:5} of {every}")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
