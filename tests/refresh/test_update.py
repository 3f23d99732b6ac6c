"""Updates of lists over loopback: each form is read, and the newer list is used, dated and logged."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from pharmcheck.readers.our_list import RegistryError
from pharmcheck.refresh.update import take_files
from pharmcheck.registries.store import StoreError
from tests.readers import forms
from tests.readers.making import pdf, xlsx, zipped
from tests.register import HOST, Answer, Register
from tests.updating import FRESH, HASHED, ID, LINKED, NEW, NOW, READER, Make, table

GRID = (("Name", "No", "Site"), ("Sample Pharmacy", "1", "sample.example"))


@pytest.mark.parametrize(
    ("spec", "address", "answers", "found"),
    [
        (forms.PLAIN, "/l", {"/l": b"Name,No,Site\nSample Pharmacy,1,sample.example\n"}, "1"),
        ('member = "l.csv"\n' + forms.PLAIN, "/l", {"/l": zipped({"l.csv": b"Name,No,Site\nS,1,s.example\n"})}, "1"),
        (forms.WORKBOOK, "/l", {"/l": xlsx(GRID)}, "1"),
        (forms.DOCUMENT, "/l", {"/l": pdf([GRID])}, "1"),
        (forms.ELEMENTS, "/l", {"/l": forms.XML}, "77"),
        (forms.TABLE, "/l", {"/l": forms.HTML_TABLE}, "1"),
        (forms.NUMBERS, "/l", {"/l": forms.number_answer(forms.ORGANISATION, forms.PERSON)}, "1234567893"),
        (
            forms.PORTAL,
            "/l?limit=2&offset={offset}",
            {"/l?limit=2&offset=0": forms.portal_page(0), "/l?limit=2&offset=2": forms.portal_page(2)},
            "FZZ03",
        ),
        (
            forms.ITEMS,
            "/l?type=0&page={page}",
            {"/l?type=0&page=1": forms.items_page(1), "/l?type=0&page=2": forms.items_page(2)},
            "9902",
        ),
        (
            'terms = ["on line", "b"]\n' + forms.PLAIN,
            "/l?q={term}",
            {"/l?q=on%20line": b"Name,No,Site\nS,1,s.example\n", "/l?q=b": b"Name,No,Site\nS,2,t.example\n"},
            "2",
        ),
    ],
    ids=["csv", "zip", "xlsx", "pdf", "xml", "html-table", "nppes", "ckan", "html-items", "terms"],
)
def test_each_form_comes_over_the_wire(
    make_registry: Make, spec: str, address: str, answers: dict[str, bytes], found: str
) -> None:
    """A registry without a list of its own has one after its first update, and a look-up finds its entries."""
    own = make_registry(table(spec), None, download_url=f'"http://{HOST}{address}"', entry_url="")
    with Register({path: Answer(body) for path, body in answers.items()}) as register:
        outcome = own.update(register)
    assert (outcome.unchanged, outcome.as_of) == (False, date(2026, 11, 1))
    (entry,) = own.held().by_number(ID, found)
    assert entry.as_of == date(2026, 11, 1)
    assert own.held().all[0].fresh(date(2026, 11, 2))


def test_a_new_list_is_used_and_the_one_before_it_is_kept(make_registry: Make) -> None:
    """The shipped files stay as they are; two versions are kept; the log tells what came and went."""
    own = make_registry()
    before = (own.shipped / ID / "list.csv").read_bytes()
    for day in range(3):
        with Register({"/list.csv": Answer(FRESH.replace(b"new1.", b"day%d." % day))}) as register:
            outcome = own.update(register, day)
    assert (outcome.added, outcome.removed, outcome.entries) == (1, 1, 5)
    assert own.versions() == ["2", "3"]
    assert own.finds("day2.example")
    assert not own.finds("old1.example")
    assert (own.shipped / ID / "list.csv").read_bytes() == before
    last = own.log()[-1]
    assert (last["event"], last["entries"], last["source"]) == ("updated", 5, f"http://{HOST}/list.csv")
    assert last["sha256"] == hashlib.sha256(FRESH.replace(b"new1.", b"day2.")).hexdigest()
    assert last["added"] == {"count": 1, "entries": ["day2.example"]}
    assert last["removed"] == {"count": 1, "entries": ["day1.example"]}


def test_no_person_is_kept(make_registry: Make) -> None:
    """The owner that the register publishes stands nowhere in the data directory."""
    own = make_registry()
    with Register({"/list.csv": Answer(FRESH)}) as register:
        own.update(register)
    kept = [path for path in own.data.rglob("*") if path.is_file()]
    assert len(kept) == 4  # list, its date, its days, the log
    assert not any(b"Ann Owner" in path.read_bytes() for path in kept)


@pytest.mark.parametrize("tagged", [True, False])
def test_a_list_that_has_not_changed_is_only_confirmed(make_registry: Make, tagged: bool) -> None:
    """With an ETag the server answers 304 and sends no body; in either case the date of our copy moves on."""
    own = make_registry()
    with Register({"/list.csv": Answer(FRESH, tagged=tagged)}) as register:
        own.update(register)
        outcome = own.update(register, 30)
        asked = [headers.get("if-none-match") for path, headers in register.asked if path == "/list.csv"]
    assert outcome.unchanged
    assert [bool(tag) for tag in asked] == [False, tagged]
    assert own.versions() == ["1"]
    assert own.held().all[0].as_of == date(2026, 12, 1)
    assert own.log()[-1]["event"] == "unchanged"


def test_a_list_that_is_read_in_another_way_comes_again(make_registry: Make) -> None:
    """Rows of an older reader are not confirmed by a 304: the list is asked for as if for the first time."""
    own = make_registry()
    with Register({"/list.csv": Answer(FRESH, tagged=True)}) as register:
        own.update(register)
        facts = own.shipped / ID / "registry.toml"
        facts.write_text(facts.read_text() + 'note = "owned: {Owner}"\n')
        assert not own.update(register).unchanged
        assert [headers.get("if-none-match") for path, headers in register.asked if path == "/list.csv"] == [None, None]


def test_a_short_wait_is_waited_for(make_registry: Make) -> None:
    """HTTP 429 with a Retry-After of no time is obeyed, and then the list comes."""
    own = make_registry()
    with Register({"/list.csv": Answer(status=429, headers={"Retry-After": "0"}, then=Answer(FRESH))}) as register:
        assert own.update(register).entries == 5


@pytest.mark.parametrize("reader", [HASHED, LINKED])
def test_a_published_hash_that_fits(make_registry: Make, reader: str) -> None:
    """The hash stands at a known address, or behind a link on the authority's page; upper case and a date beside it."""
    right = hashlib.sha256(FRESH).hexdigest().encode()
    answers = {
        "/list.csv": Answer(FRESH),
        "/page": Answer(b"<p><a href='files/list.csv'>list</a> <a href='/files/list.hash'>hash</a>"),
        "/list.sha256": Answer(right.upper() + b" 01.11.2026"),
        "/files/list.hash": Answer(b"01.11.2026 " + right),
    }
    own = make_registry(reader)
    with Register(answers) as register:
        assert own.update(register).entries == 5


@pytest.mark.parametrize(("links", "complaint"), [(1, ""), (0, "has 0 links that fit"), (2, "has 2 links that fit")])
def test_a_list_behind_a_link(make_registry: Make, links: int, complaint: str) -> None:
    """Where the file's name changes, the one link to it is followed; none or several stop us."""
    own = make_registry(
        READER.replace("\ncolumns", "\nlist_link = '\\.csv$'\ncolumns"), download_url=f'"http://{HOST}/page"'
    )
    page = "".join(f"<a href='files/list{n}.csv'>csv</a> <a href='/pdf'>pdf</a>" for n in range(links))
    with Register({"/page": Answer(page.encode()), "/files/list0.csv": Answer(FRESH, tagged=True)}) as register:
        if complaint:
            with pytest.raises(RegistryError, match=complaint):
                own.update(register)
        else:
            assert own.update(register).added == 5
            assert own.log()[-1]["source"] == f"http://{HOST}/files/list0.csv"
            assert own.update(register).unchanged


def test_a_shipped_list_that_is_newer_wins(make_registry: Make) -> None:
    """After the program was renewed, its newer list is used, not the user's older one, until that is refreshed."""
    own = make_registry()
    with Register({"/list.csv": Answer(FRESH, tagged=True)}) as register:
        own.update(register)
        facts = own.shipped / ID / "registry.toml"
        facts.write_text(facts.read_text().replace("as_of = 2026-01-31", "as_of = 2026-11-03"))
        assert own.finds("old1.example")
        with pytest.raises(RegistryError, match="the file is of 2026-11-02, and the list in use of 2026-11-03"):
            take_files(ID, [own.data / "registries" / ID / "1" / "list.csv"], NOW, date(2026, 11, 2))
        own.update(register, 3)
        assert own.finds("new1.example")


def test_an_index_that_forgets_keeps_its_old_entries(make_registry: Make) -> None:
    """With `keeps_old`, an entry that fell out of the published list stays, and one that is there twice is kept once."""
    spec = READER.replace('format = "csv"', 'format = "csv"\nkeeps_old = true')
    own = make_registry(spec)
    with Register({"/list.csv": Answer(FRESH.replace(b"new1.", b"old1."))}) as register:
        outcome = own.update(register)
    assert (outcome.entries, outcome.added, outcome.removed) == (8, 4, 0)


@pytest.mark.parametrize(
    ("reader", "site", "exhaustive"),
    [
        (READER, b"new1.example", "pharmacies"),
        (READER, b"", ""),
        (READER, b"mall.example/pharmacy", ""),
        (READER.replace("[reader.", 'keep = [{ columns = ["No"], filled = true }]\n[reader.'), b"new1.example", ""),
        (READER.replace("[reader.", 'drop = [{ columns = ["No"], is = ["9"] }]\n[reader.'), b"new1.example", ""),
    ],
)
def test_a_copy_that_is_not_whole_proves_nothing_by_absence(
    make_registry: Make, reader: str, site: bytes, exhaustive: str
) -> None:
    """The register is exhaustive; a copy with rows left out, or a seller without its whole site, is not."""
    own = make_registry(reader)
    with Register({"/list.csv": Answer(FRESH.replace(b"new1.example", site))}) as register:
        own.update(register)
    assert own.held().all[0].exhaustive == exhaustive


def test_a_file_that_a_person_saved(make_registry: Make, tmp_path: Path) -> None:
    """It is read as strictly as a download, and dated as the person says."""
    own = make_registry()
    saved = tmp_path / "saved.csv"
    saved.write_text(NEW)
    assert take_files(ID, [saved], NOW, date(2026, 10, 30)).as_of == date(2026, 10, 30)
    assert own.held().all[0].as_of == date(2026, 10, 30)
    assert own.log()[-1]["source"] == "a file that was given (saved.csv)"
    with pytest.raises(RegistryError, match="cannot be of 2026-11-09, which is yet to come"):
        take_files(ID, [saved], NOW, date(2026, 11, 9))
    saved.write_text(NEW.replace("Name", "Firm"))
    with pytest.raises(RegistryError, match="'Name' is missing"):
        take_files(ID, [saved], NOW, date(2026, 10, 31))


def test_an_entry_of_tomorrow_is_one_of_today_in_the_east(make_registry: Make) -> None:
    """Where it is tomorrow already, an entry bears that date, and the list too; an entry of next week stops us."""
    dated = READER.replace('"Owner"]', '"Owner"]\ndates = ["%Y-%m-%d"]') + 'since = "Owner"\n'
    own = make_registry(dated)
    with Register({"/list.csv": Answer(FRESH.replace(b"Ann Owner", b"2026-11-02"))}) as register:
        assert own.update(register).as_of == date(2026, 11, 2)
    assert own.finds("new1.example")
    with (
        Register({"/list.csv": Answer(FRESH.replace(b"Ann Owner", b"2026-11-08"))}) as register,
        pytest.raises(RegistryError, match="since 2026-11-08 is later than the list, which is of 2026-11-02"),
    ):
        own.update(register)


def test_since_when_our_copies_name_a_site(make_registry: Make) -> None:
    """A site keeps the day of our first copy of it through newer ones; one that was gone, or has another number, begins anew."""
    bench = make_registry(READER)
    rows = {
        0: "Old 1,0001,old1.example,A\nOld 2,0002,old2.example,A\nOld 3,0003,old3.example,A\nNew,0009,new.example,A\n",
        10: "Old 1,0001,old1.example,A\nOld 2,0022,old2.example,A\nNew,0009,new.example,A\nOther,0008,other.example,A\n",
        20: "Old 1,0001,old1.example,B\nOld 3,0003,old3.example,A\nNew,0009,new.example,A\nAgain,0007,again.example,A\n",
    }
    for day, text in rows.items():
        with Register({"/list.csv": Answer(f"Name,No,Site,Owner\n{text}".encode())}) as register:
            bench.update(register, day)
    named = {x.domain: x.named_on for x in bench.held().listings}
    assert named == {
        "old1.example": date(2026, 1, 31),  # the shipped list
        "old3.example": date(2026, 11, 21),  # it was gone between
        "new.example": date(2026, 11, 1),
        "again.example": date(2026, 11, 21),
    }
    assert {x.as_of for x in bench.held().listings} == {date(2026, 11, 21)}


def test_a_list_that_is_confirmed_keeps_its_days(make_registry: Make) -> None:
    """The date of the list moves on, that of our first copy does not."""
    bench = make_registry(READER)
    for day in (0, 9):
        with Register({"/list.csv": Answer(FRESH)}) as register:
            bench.update(register, day)
    assert {(x.as_of, x.named_on) for x in bench.held().listings} == {(date(2026, 11, 10), date(2026, 11, 1))}


def test_damaged_days_stop_us(make_registry: Make) -> None:
    """A file of days that is not understood is named; it never becomes "known since today"."""
    bench = make_registry(READER)
    with Register({"/list.csv": Answer(FRESH)}) as register:
        bench.update(register)
        (bench.data / "registries" / ID / "1" / "held.csv").write_text("new1.example,0001\n")
        with pytest.raises(StoreError, match=r"held\.csv"):
            bench.held()
