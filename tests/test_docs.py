"""What the pages tell is so: their commands, options, links, figures and words are held against what runs."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pharmcheck.cli import main
from pharmcheck.cli.jobs import CODES
from pharmcheck.model import Verdict
from pharmcheck.reading.lexicon import TOPICS, load_topic
from pharmcheck.reading.medicine_table import load_medicines
from pharmcheck.registries import Folder, load_registries
from pharmcheck.registries.folder import read_reader
from pharmcheck.registries.store import registry_folders, shipped_root
from pharmcheck.web.settings import Settings
from pharmcheck.web.shield import BODY_BYTES

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(p for p in ROOT.rglob("*.md") if not {".venv", "dist", "build", ".git"} & set(p.relative_to(ROOT).parts))
README = (ROOT / "README.md").read_text("utf-8")
NUMBERS = [
    "none",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
]
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))


def _commands(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        yield (*words, name), command
        if isinstance(command, click.Group):
            yield from _commands(command, (*words, name))


COMMANDS = dict(_commands(main))
OPTIONS = {
    words: {o for p in command.params for o in (*p.opts, *p.secondary_opts)} | {"--help", "-h"}
    for words, command in COMMANDS.items()
}


@each_page
def test_commands_and_options_exist(page: Path) -> None:
    """Each `pharmcheck …` that a page shows names a command, and options that this command takes."""
    for line in re.findall(r"\bpharmcheck ((?:[a-z]+ ?)+[^\n`|#]*)", _shown(page.read_text("utf-8"))):
        words = line.split()
        if words[0] == "import":  # from pharmcheck import …
            continue
        assert (words[0],) in COMMANDS, line
        called = tuple(words[:2]) if tuple(words[:2]) in COMMANDS else (words[0],)
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", line):
            assert option in OPTIONS[called], f"{page.name}: pharmcheck {line}"


def _shown(text: str) -> str:
    """Return what stands in code, of a page."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))


@each_page
def test_links_lead_to_what_is_there(page: Path) -> None:
    """Each link within the project leads to a file, and each anchor to a heading of it."""
    text = re.sub(r"```.*?```|`[^`\n]+`", "", page.read_text("utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), link
        if anchor:
            assert anchor in {_anchor(h) for h in re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE)}, link


def _anchor(heading: str) -> str:
    """Return the anchor that a heading gets: lower case, blanks as dashes, signs left out."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@each_page
def test_make_targets_exist(page: Path) -> None:
    """Each `make …` of a page is a target."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)", _shown(page.read_text("utf-8")))) <= targets


def test_the_workflow_runs_what_a_person_runs() -> None:
    """It calls `make` and `.ci/run`, which calls nothing but targets; hooks run the commands of `make lint`."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    steps = re.findall(r"- run: ([^#\n]+?) *(?:#.*)?$", (ROOT / ".github/workflows/test.yml").read_text("utf-8"), re.M)
    assert steps == ["make demo", "bash .ci/run"]
    assert {*re.findall(r"^make ([a-z-]+)$", (ROOT / ".ci/run").read_text("utf-8"), re.M), "demo"} <= targets
    hooks = re.findall(r"entry: \.venv/bin/(\w+(?: \w+)?)", (ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert hooks == ["ruff check", "ruff format", "mypy", "pharmcheck docs"]


@each_page
def test_scripts_of_bench_exist(page: Path) -> None:
    """Each script that a page names is there."""
    for name in re.findall(r"\bbench/[a-z_]+\.py", page.read_text("utf-8")):
        assert (ROOT / name).is_file(), name


def test_the_readme_tells_every_verdict_and_its_exit_code() -> None:
    """The table has a row for each verdict with the code that `check` ends with."""
    rows = dict(re.findall(r"^\| `([a-z-]+)` \|.*\| (\d+) \|$", README, re.MULTILINE))
    assert rows == {str(verdict): str(CODES.get(verdict, 0)) for verdict in Verdict}


def test_the_readme_names_every_command() -> None:
    """Whoever reads it knows of each command that people call."""
    assert [words for words in COMMANDS if words[0] != "docs" and " ".join(words) not in _shown(README)] == []


def test_the_readme_counts_what_is_held() -> None:
    """Medicines, authorities, lists, readers, laws and languages are as many as it says."""
    folders = load_registries().folders
    held = sum(bool(f.registry.entries) for f in folders)
    fresh = sum(bool(read_reader(folder)) for folder in registry_folders(shipped_root()))
    with (ROOT / "pharmcheck" / "law.csv").open(encoding="utf-8") as file:
        laws = len({row["country"] for row in csv.DictReader(file)} - {"EEA"})
    for sentence in (
        f"Medicines ({len(load_medicines()):,},",
        f"knows {len(folders)} authorities",
        f"holds entries of {NUMBERS[held]};",
        f"can refresh {NUMBERS[fresh]} lists",
        f"({laws} countries;",
    ):
        assert sentence in README.replace("\n", " "), sentence


def test_the_readme_tells_which_languages_are_read_in_full() -> None:
    """Those that have every concept are named, the others counted."""
    concepts = [blocks for topic in TOPICS for name, blocks in load_topic(topic).items() if name != "plain"]
    languages = list(dict.fromkeys(language for blocks in concepts for language in blocks))
    full = [language for language in languages if all(language in blocks for blocks in concepts)]
    told = f"reads {NUMBERS[len(full)]} languages in full ({', '.join(full)}) and {NUMBERS[len(languages) - len(full)]} more"
    assert told in README.replace("\n", " ")


def test_the_readme_is_read_in_five_minutes() -> None:
    """It stays short: at most 1,750 words beside its code, of which a reader takes in 350 a minute."""
    prose = re.sub(r"^```.*?^```", "", README, flags=re.DOTALL | re.MULTILINE)
    assert len(prose.split()) <= 1_750


def test_each_figure_has_its_command_and_day() -> None:
    """Each row of results names what prints it, the section its day, and what is not done stands as near as what is."""
    section = README.partition("## What to expect, and what not\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\|(.+)\|(.+)\|(.+)\|$", section, re.MULTILINE)[2:]
    assert len(rows) > 5
    assert all("`" in command or "the same" in command for _, _, command in rows)
    assert re.search(r"Measured on \d+ \w+ 20\d\d, two cores, Python 3\.\d+", section)
    assert section.count("\n* ") >= 7
    assert README.index("## What to expect") < README.index("## Ways to check")


def test_a_first_installation_is_from_here() -> None:
    """No page has a stranger install a package that no index holds: what is copied from a block works in a checkout."""
    for page in PAGES:
        blocks = "".join(re.findall(r"```.*?```", page.read_text("utf-8"), re.DOTALL))
        assert not re.search(r"pip install ['\"]?pharmcheck\b(?!-)", blocks), page
        assert not re.search(r"pip install ['\"]?\.", blocks), (
            f"{page}: a copy would take the place of the checkout: -e"
        )


@pytest.mark.parametrize("folder", ["web", "results", "readers", "registries"])
def test_a_page_of_a_folder_names_its_modules(folder: str) -> None:
    """Whoever arrives finds each file of the folder in its table."""
    home = ROOT / "pharmcheck" / folder
    told = re.findall(r"`(\w+\.py)`", (home / "README.md").read_text("utf-8"))
    assert sorted({path.name for path in home.glob("*.py")} - {"__init__.py", *told}) == []


def test_the_page_of_the_form_tells_its_limits() -> None:
    """Links in a list, times and sizes are those of the code."""
    page = (ROOT / "pharmcheck" / "web" / "README.md").read_text("utf-8").replace("\n", " ")
    held = Settings()
    for sentence in (
        f"takes up to {held.list_links} links",
        f"same check within {NUMBERS[round(held.same_s / 60)]} minutes",
        f"nobody asks for within {held.patience_s:g} s",
        f"bounds bodies ({BODY_BYTES // 1000} KB",
        f"at most {held.cpu_s:g} s of computing",
        f"runs for longer than {held.unit_s:g} s costs",
    ):
        assert sentence in page, sentence


def test_the_package_page_tells_what_a_report_shows() -> None:
    """The headings that a pharmacist is told of are those that the reports of today have."""
    page = (ROOT / "pharmcheck" / "README.md").read_text("utf-8").partition("## An auditor")[0]
    told = re.findall(r"^\| `([A-Z][^`]*)` \|", page, re.MULTILINE)
    renderers = "".join(path.read_text("utf-8") for path in (ROOT / "pharmcheck" / "report").glob("*.py"))
    assert len(told) > 7
    assert [heading for heading in told if f'"{heading}' not in renderers] == []
    shown = re.findall(
        r"^([A-Z][^\n]*)$", README.partition("<!-- report -->")[2].partition("<!-- /report -->")[0], re.M
    )
    assert [h for h in shown if h.partition(":")[0] not in told] == []


@pytest.mark.parametrize("folder", load_registries().folders, ids=lambda f: f.registry.id)
def test_each_registry_tells_the_licence_of_its_data(folder: Folder) -> None:
    """Its folder and the table say under what terms the data may be used; `unknown` where nobody says so."""
    assert len(folder.licence.strip()) > 2
    assert f"**{folder.registry.id}** (data: {folder.licence}" in (ROOT / "registries" / "README.md").read_text("utf-8")
