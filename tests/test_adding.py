"""What CONTRIBUTING.md calls one step is one: each is taken in a copy of the checkout, and is in use at once."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
URL = "https://larkmoor-shop.example/"


class Checkout:
    """A copy of the checkout that may be changed, and what its own `pharmcheck` says."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, text: str) -> None:
        """Make one new file."""
        path = self.root / name
        assert not path.exists()
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Change one place of one file."""
        path = self.root / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def run(self, *arguments: str, given: str = "", codes: tuple[int, ...] = (0, 10, 20, 30)) -> str:
        """Return what `pharmcheck` prints."""
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(self.root), os.environ["PYTHONPATH"]))}
        done = subprocess.run(
            [sys.executable, "-m", "pharmcheck", *arguments],
            cwd=self.root, env=environment, input=given, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode in codes, done.stderr + done.stdout
        return done.stdout

    def judge(self, html: str) -> dict[str, Any]:
        """Return the report on one saved page."""
        page = self.root / "page.html"
        page.write_text(html, "utf-8")
        report: dict[str, Any] = json.loads(self.run("check", "--html", str(page), "--url", URL, "--format", "json"))
        return report


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A copy of what `pharmcheck docs` needs."""
    for folder in ("pharmcheck", "registries"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "cassettes").symlink_to(ROOT / "cassettes")
    return Checkout(tmp_path)


SIGNAL = '''\
"""What the goods are carried in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pharmcheck.model import Page, Quote


def arrives_by_pigeon(pages: Sequence[Page]) -> Iterator[Quote]:
    """The goods are carried by pigeons.

    Why: no pharmacy sends medicines so.
    Source: made up for a test.
    False alarm: a breeder of pigeons.
    """
    for page in pages:
        if "carrier pigeon" in page.text:
            yield Quote(page.url, "carrier pigeon", "how the goods travel")
'''


def test_a_signal_is_one_file(checkout: Checkout) -> None:
    """It is listed, it is asked, its quote is traced to bytes, and it counts nothing before it has a weight."""
    checkout.write("pharmcheck/signals/arrives_by_pigeon.py", SIGNAL)
    assert "The goods are carried by pigeons" in checkout.run("signals", "arrives-by-pigeon")
    found = checkout.judge("<p>We send your tablets by carrier pigeon.</p>")
    (finding,) = [f for f in found["findings"] if f["signal"] == "arrives-by-pigeon"]
    assert finding["answer"] == "present"
    assert finding["quotes"][0]["offset"] == len("<p>We send your tablets by ")
    assert "arrives-by-pigeon" not in {r["signal"] for r in found["reasons"]}
    assert "pharmcheck/signals/README.md written" in checkout.run("docs")


def _said(report: dict[str, Any], signal: str) -> list[str]:
    """Return the quotes of a signal."""
    return [q["text"] for r in report["reasons"] if r["signal"] == signal for q in r["quotes"]]


SHOP = "<h1>Sildenafil 100 mg</h1><p>{}</p><p>90 tablets 79.00 USD</p><form action=/cart><button>Add to cart</button></form>"


def test_a_phrase_is_one_line(checkout: Checkout) -> None:
    """It is found after `pharmcheck docs`, and not before it stands there."""
    page = SHOP.format("Papers from the physician bore us to tears, keep them.")
    assert not _said(checkout.judge(page), "no-prescription-needed")
    checkout.replace(
        "pharmcheck/reading/phrases/prescription.toml",
        "[no-prescription-needed.en]\nsay = [\n",
        '[no-prescription-needed.en]\nsay = [\n  "papers from {the|your} physician bore us",\n',
    )
    assert "pharmcheck/reading/phrases/lexicon.json written" in checkout.run("docs")
    assert any("bore us" in text for text in _said(checkout.judge(page), "no-prescription-needed"))


ESPERANTO = """
[no-prescription-needed.eo]
say = ["{ni|vi} {ne|neniam} {postulas|bezonas} [0-2] {recepton|preskribon}", "sen {recepto|preskribo}"]
yes = ["Aĉetu sen recepto."]
no = ["Ni postulas recepton."]
"""


def test_a_language_is_its_blocks(checkout: Checkout) -> None:
    """Blocks of a language that was not there are found in its texts, and the table of languages has its column."""
    page = SHOP.format("Ni sendas al ĉiuj landoj, kaj vi ne bezonas recepton por viaj piloloj.")
    assert not _said(checkout.judge(page), "no-prescription-needed")
    path = "pharmcheck/reading/phrases/prescription.toml"
    (checkout.root / path).open("a", encoding="utf-8").write(ESPERANTO)
    written = checkout.run("docs")
    assert "lexicon.json written" in written
    assert "phrases/README.md written" in written
    assert re.search(r"^\| concept \|.* eo \|$", (checkout.root / path).with_name("README.md").read_text("utf-8"), re.M)
    assert any("ne bezonas recepton" in text for text in _said(checkout.judge(page), "no-prescription-needed"))


def test_a_medicine_is_one_row(checkout: Checkout) -> None:
    """Its name is a medicine's, and its status is used: what needs a prescription goes straight to the cart."""
    page = SHOP.replace("Sildenafil", "Larkovastine").format("Fast delivery.")
    assert not _said(checkout.judge(page), "prescription-medicine-straight-to-cart")
    path = "pharmcheck/reading/medicines.csv"
    columns = (checkout.root / path).read_text("utf-8").partition("\n")[0].split(",")
    facts = {"name": "larkovastine", "use": "human", "family": "ed", "us": "rx", "gb": "rx", "eu": "rx"}
    row = {**facts, "source": "made up for a test", "confidence": "low"}
    (checkout.root / path).open("a", encoding="utf-8").write(",".join(row.get(c, "") for c in columns) + "\n")
    assert _said(checkout.judge(page), "prescription-medicine-straight-to-cart")


REGISTRY = """\
authority = "Office of Samples"
country = "ZZ"
lists = ["pharmacies"]
polarity = "positive"
url = "https://register.example/"
hosts = ["register.example"]
exhaustive = ""
names_sites = "yes"
law = "A made-up law."
licence = "public domain"
max_age_days = 36500
as_of = 2026-01-31
min_entries = 1
max_entries = 9
list_source = "made up"
source = "made up"
confidence = "high"
facts_as_of = 2026-01-01
"""


def test_a_registry_is_one_folder(checkout: Checkout) -> None:
    """Its entries are found by name and site, a check takes them into account, and it has its row in the table."""
    checkout.write("registries/zz-samples/registry.toml", REGISTRY)
    rows = "name,number,domain,path,status,since,note,url\nLarkmoor Pharmacy,,larkmoor-shop.example,,listed,,,\n"
    checkout.write("registries/zz-samples/list.csv", rows)
    assert "Larkmoor Pharmacy" in checkout.run("registries", "lookup", "larkmoor")
    assert [x["registry"] for x in checkout.judge("<p>Welcome to our pharmacy.</p>")["listings"]] == ["zz-samples"]
    assert "registries/README.md written" in checkout.run("docs")
    assert "Office of Samples" in (checkout.root / "registries" / "README.md").read_text("utf-8")


INPUT = '''\
"""Records of a made-up mail box: each begins with %%."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from pharmcheck.audit.message import Broken, Message, text_message

ENDINGS = (".pigeon",)
BEGINNINGS = (b"%%pigeon",)
TEXT = True


def read(file: BinaryIO, name: str, column: str) -> Iterator[Message | Broken]:
    """Yield a message for each record."""
    for number, record in enumerate(file.read(1_000_000).decode().split("%%pigeon")[1:], 1):
        yield text_message(name, f"record {number}", record)
'''


def test_an_input_format_is_one_file(checkout: Checkout) -> None:
    """A file is known by its beginning as well as by its end."""
    checkout.write("pharmcheck/audit/formats/pigeon.py", INPUT)
    letter = "%%pigeon Buy at https://pills-one.example/ %%pigeon Order: https://pills-two.example/"
    (checkout.root / "box.pigeon").write_text(letter)
    for shown in (
        checkout.run("links", "box.pigeon", "--format", "json"),
        checkout.run("links", "-", "--format", "json", given=letter),
    ):
        rows = [json.loads(line) for line in shown.splitlines()]
        assert [(row["identity"], row["message"]) for row in rows] == [
            ("pills-one.example", "record 1"),
            ("pills-two.example", "record 2"),
        ]


FORMAT = '''\
"""One word a report."""

from __future__ import annotations

from collections.abc import Sequence

from pharmcheck.model import Report
from pharmcheck.report.look import Look


def write(reports: Sequence[Report], look: Look) -> str:
    """Return the verdicts, one a line."""
    return "".join(f"{report.verdict}\\n" for report in reports)
'''


def test_a_report_format_is_one_file(checkout: Checkout) -> None:
    """Its name is offered by the help, and a report is written so."""
    checkout.write("pharmcheck/report/formats/word.py", FORMAT)
    assert "|word]" in checkout.run("check", "--help")
    cassette = "cassettes/pillmeadow.example.warc.gz"
    assert checkout.run("check", "--replay", cassette, "--format", "word") == "rogue\n"
