"""Updates that fail: whatever a register does, the old list is in use, and it is told what happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from pharmcheck.capture import CaptureOptions
from pharmcheck.capture.download import DownloadError
from pharmcheck.readers.our_list import RegistryError
from pharmcheck.refresh.update import update
from tests.loopback import Loopback
from tests.readers import forms
from tests.register import HOST, Answer, Register
from tests.updating import FRESH, HASHED, ID, LINKED, NOW, READER, Make, table

HALVED = b"".join(FRESH.splitlines(keepends=True)[:3])
MANY = b"".join(b"N,9%03d,n%d.example,\n" % (n, n) for n in range(60))


@pytest.mark.parametrize(
    ("reader", "answers", "complaint"),
    [
        (READER, {}, "register.example answered HTTP 404 for http://register.example/list.csv"),
        (READER, {"/list.csv": Answer(FRESH, short=20)}, r"broke off after 169 of 189 bytes"),
        (READER, {"/list.csv": Answer(FRESH, stall=True)}, "went quiet after 94 of 189 bytes"),
        (READER, {"/list.csv": Answer(FRESH * 30)}, "sends more than 5,000 bytes"),
        (READER, {"/list.csv": Answer(b"x", headers={"Content-Encoding": "gzip"})}, "sent a broken body"),
        (READER, {"/list.csv": Answer(FRESH[:-30])}, "line 6: 1 fields, expected 4"),
        (READER, {"/list.csv": Answer(FRESH.replace(b"Site", b"Web"))}, "'Site' is missing and 'Web' is new"),
        (READER, {"/list.csv": Answer(HALVED)}, "2 entries, the one in use 4: more than 20 % fewer"),
        (READER, {"/list.csv": Answer(FRESH + MANY)}, "the list, as we would keep it: 65 entries, expected 1 to 50"),
        (READER, {"/list.csv": Answer(b"<html><body>Please wait</body></html>")}, "a web page came in the place"),
        (READER, {"/list.csv": Answer(FRESH.replace(b"new1.example", b"nowhere"))}, "1 of 5 web addresses are none"),
        (READER, {"/list.csv": Answer(status=429, headers={"Retry-After": "7200"})}, "left alone for 2 h .HTTP 429"),
        (
            READER,
            {"/list.csv": Answer(status=429, headers={"Retry-After": "Sun, 01 Nov 2026 12:45:00 GMT"})},
            "left alone for 45 min",
        ),
        (READER, {"/list.csv": Answer(status=503, headers={"Retry-After": "0"})}, "overloaded or limits us .HTTP 503"),
        (READER, {"/list.csv": Answer(status=302, headers={"Location": "/list.csv"})}, "more than 10 times"),
        (READER, {"/robots.txt": Answer(b"User-agent: *\nDisallow: /"), "/list.csv": Answer(FRESH)}, "robots.txt of"),
        (HASHED, {"/list.csv": Answer(FRESH)}, "HTTP 404 for http://register.example/list.sha256"),
        (HASHED, {"/list.csv": Answer(FRESH), "/list.sha256": Answer(b"0" * 64)}, "says 0{64}: it was damaged"),
        (HASHED, {"/list.csv": Answer(FRESH), "/list.sha256": Answer(b"none")}, "holds 0 SHA-256 sums"),
        (LINKED, {"/list.csv": Answer(FRESH), "/page": Answer(b"<a href='/other'>x</a>")}, "has 0 links that fit"),
    ],
)
def test_whatever_goes_wrong_the_old_list_is_served(
    make_registry: Make, reader: str, answers: dict[str, Answer], complaint: str
) -> None:
    """A failure is told in a sentence and in the log; nothing else has changed."""
    own = make_registry(reader)
    with Register(answers) as register, pytest.raises((RegistryError, DownloadError)) as told:
        own.update(
            register, timeout_s=0.5 if answers.get("/list.csv", Answer()).stall else 10, retries=1, max_bytes=5_000
        )
    assert told.match(f"(?s).*{complaint}")
    assert own.sites() == [f"old{n}.example" for n in range(1, 5)]
    assert own.versions() == []
    assert [(line["event"], line["why"]) for line in own.log()] == [("kept the old list", str(told.value))]


def test_a_redirect_to_an_address_that_is_not_public_is_refused(make_registry: Make) -> None:
    """A register, or who has taken it over, cannot lead us to machines near us."""
    own = make_registry()
    answers = {"/list.csv": Answer(status=302, headers={"Location": "http://127.0.0.1/list.csv"})}
    with (
        Register(answers) as register,
        pytest.raises(DownloadError, match="not a public address, and is never contacted"),
    ):
        update(ID, CaptureOptions(NOW, connect_to=register.connect_to[:1]), lambda *_: None)
    assert own.finds("old1.example")


def test_a_list_is_never_fetched_in_the_clear_where_it_was_to_be_encrypted(make_registry: Make, tmp_path: Path) -> None:
    """A redirect from https to http is refused: on the way anybody could exchange the list."""
    own = make_registry(download_url=f'"https://{HOST}/list.csv"')
    sites = tmp_path / "sites"
    (sites / HOST).mkdir(parents=True)
    (sites / HOST / "index.html").write_text("x")
    (sites / HOST / "_responses.toml").write_text(
        f'["/list.csv"]\nstatus = 301\nheaders = {{ Location = "http://{HOST}/list.csv" }}\n'
    )
    with (
        Loopback(sites, NOW) as server,
        pytest.raises(DownloadError, match="leads to http://register"),
    ):
        update(ID, CaptureOptions(NOW, connect_to=server.connect_to, ca_file=server.ca_file), lambda *_: None)
    assert own.finds("old1.example")


def test_a_list_that_fails_leaves_the_users_newer_one(make_registry: Make) -> None:
    """After a good update, a bad one leaves the good one in use."""
    own = make_registry()
    with Register({"/list.csv": Answer(FRESH, then=Answer(HALVED))}) as register:
        own.update(register)
        with pytest.raises(RegistryError, match="2 entries, the one in use 5"):
            own.update(register, 1)
        assert own.finds("new5.example")
        assert own.update(register, 1, accept_fewer=True).entries == 2
    assert not own.finds("new5.example")


def test_pages_that_change_while_they_are_read_stop_us(make_registry: Make) -> None:
    """A register that has another number of pages in the end may have moved entries from one to another."""
    own = make_registry(table(forms.ITEMS), None, download_url=f'"http://{HOST}/l?page={{page}}"')
    answers = {"/l?page=1": Answer(forms.items_page(1)), "/l?page=2": Answer(forms.items_page(2, of=3))}
    with Register(answers) as register, pytest.raises(RegistryError, match="changed while they were read"):
        own.update(register)
