"""From a pasted address to a report, and what `import pharmcheck` gives."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

import pharmcheck
from pharmcheck import acheck, check
from pharmcheck.capture import CaptureOptions, capture
from pharmcheck.evidence import PageReading, read_one
from pharmcheck.model import Page, Site, Verdict
from pharmcheck.pipeline import check_offline, check_replay, check_saved, judge
from pharmcheck.report import render
from pharmcheck.target import TargetError, parse_target
from tests.capture.shop import Shop, answer
from tests.capture.test_vantage import CONTACT, PILLS
from tests.loopback import Loopback
from tests.sites import NOW

SITES = Path(__file__).parent.parent / "cassettes" / "sites"


def test_public_names_exist() -> None:
    """Each name of __all__ can be had, and a name that is not there says so."""
    assert all(getattr(pharmcheck, name) is not None for name in pharmcheck.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        pharmcheck.nonsense  # noqa: B018


def test_import_is_light() -> None:
    """`import pharmcheck` loads neither the HTTP client nor a parser."""
    code = "import sys, pharmcheck; print(*(m for m in ('httpx', 'selectolax', 'tldextract') if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_countries_are_taken_as_people_write_them() -> None:
    """`de` is DE and `UK` is GB; what is no country is refused before anything is asked, not answered with `no`."""
    cassette = SITES.parent / "lindwurm-apotheke.example.warc.gz"
    (buyer,) = check_replay(cassette, countries=["de"]).buyers
    assert (buyer.country, buyer.lawful) == ("DE", "yes")
    for wrong in (["Germany"], "DE"):
        with pytest.raises(ValueError, match="is not a country code"):
            check_replay(cassette, countries=wrong)
        with pytest.raises(ValueError, match="is not a country code"):
            check("shop.example", countries=wrong)


def test_a_live_check_and_its_replay_agree(tmp_path: Path) -> None:
    """A defanged address is captured, judged and recorded; the recording gives the same report."""
    record = tmp_path / "site.warc.gz"
    with Loopback(SITES, NOW) as server:
        options = CaptureOptions(now=NOW, connect_to=server.connect_to, ca_file=server.ca_file, record=record)
        live = check("hxxps://pillmeadow[.]example", countries=["GB"], options=options)
    assert live.verdict is Verdict.ROGUE
    assert live.target.input == "hxxps://pillmeadow[.]example"
    assert check_replay(record, countries=["GB"]).as_dict() == live.as_dict()


WRAPPED = "https://www.google.com/url?q=https%3A%2F%2Fpillmeadow.example%2F&sa=D"


def test_a_link_of_a_search_engine_is_judged_by_where_it_leads(tmp_path: Path) -> None:
    """Live, replayed, offline and from a saved page the site inside is judged, and each report for people says so."""
    record, page = tmp_path / "site.warc.gz", tmp_path / "page.html"
    page.write_text("<p>Soap and towels, and enough other words to be taken for a page of a shop.")
    with Loopback(SITES, NOW) as server:
        options = CaptureOptions(now=NOW, connect_to=server.connect_to, ca_file=server.ca_file, record=record)
        live = check(WRAPPED, options=options)
    assert live.verdict is Verdict.ROGUE
    reports = (live, check_replay(record), check_offline(WRAPPED, now=NOW), check_saved(page, WRAPPED, now=NOW))
    for report in reports:
        assert report.target.host == "pillmeadow.example"
        for fmt in ("text", "markdown", "html"):
            said = " ".join(render(report, fmt).replace("\\", "").replace("[.]", ".").split())
            assert "You gave a link of www.google.com, which leads to pillmeadow.example: that site was judged." in said
    assert "You gave a link" not in render(check_offline("pillmeadow.example", now=NOW), "text")


def test_the_async_form_judges_several_sites_at_once() -> None:
    """`acheck` runs inside an event loop, several at a time."""

    async def both() -> list[Verdict]:
        with Loopback(SITES, NOW) as server:
            options = CaptureOptions(now=NOW, connect_to=server.connect_to, ca_file=server.ca_file)
            targets = ("https://pillmeadow.example", "https://medora-app.example")
            return [r.verdict for r in await asyncio.gather(*(acheck(t, options=options) for t in targets))]

    assert asyncio.run(both()) == [Verdict.ROGUE, Verdict.CANNOT_ASSESS]


def test_what_is_no_address_is_refused() -> None:
    """A target that is not http or https raises, before any network."""
    with pytest.raises(TargetError):
        check("ftp://shop.example")


def test_offline_knows_the_registries_only() -> None:
    """Without any network the registers answer for the name, and nothing else is claimed."""
    assert check_offline("benu.cz", now=NOW).verdict is Verdict.LEGITIMATE
    assert check_offline("shop.example", now=NOW).verdict is Verdict.CANNOT_ASSESS


def test_a_saved_mail_is_judged_as_a_page(tmp_path: Path) -> None:
    """An .eml is read as the page that its reader sees."""
    mail = tmp_path / "offer.eml"
    mail.write_text(
        "From: a@b.example\nSubject: offer\nContent-Type: text/plain; charset=utf-8\n\n"
        "Buy cheap tadalafil online at https://zorbimeds.net/tadalafil today.\n"
    )
    report = check_saved(mail, "https://mail.example/1", now=NOW)
    assert [p.domain for p in report.promoted] == ["zorbimeds.net"]


def test_what_is_read_while_others_are_awaited_changes_nothing() -> None:
    """A page is handed on while the next one is still on its way; the report is the same as without."""
    target = parse_target("http://shop.example")
    ahead: dict[Page, PageReading] = {}

    async def run() -> Site:
        read = asyncio.Event()

        def arrived(page: Page) -> None:
            ahead[page] = read_one(target, page)
            read.set()

        async def once_read(writer: asyncio.StreamWriter) -> None:
            await read.wait()
            writer.write(answer(CONTACT))

        async with Shop({"/": PILLS + "<a href=/contact>Contact</a>", "/contact": once_read}) as shop:
            return await capture(target, shop.options(), arrived=arrived)

    site = asyncio.run(run())
    assert [page.role for page in site.pages] == ["home", "contact"]
    assert site.pages[0] in ahead
    assert judge(site, ["DE"], ahead=ahead).as_dict() == judge(site, ["DE"]).as_dict()
