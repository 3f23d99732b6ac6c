"""The pages as a browser without script meets them."""

from __future__ import annotations

import asyncio
import re

import pytest
from bs4 import BeautifulSoup

from pharmcheck.web.job import Check, CheckError, Tell
from pharmcheck.web.languages import LANGUAGES
from pharmcheck.web.store import Outcome
from tests.web.browsing import held, hostile, result, soup
from tests.web.conftest import Open

pytestmark = pytest.mark.anyio


async def test_one_field_one_button(opened: Open) -> None:
    """The start has one text field, a country and one button, and asks nothing from elsewhere."""
    async with opened() as client:
        page = soup(await client.get("/"))
        assert [f["name"] for f in page.select("form [name]:not([type=hidden])")] == ["target", "country"]
        assert len(page.select("button")) == 1
        loaded = [str(t.get("src") or t.get("href")) for t in page.select("script, link, img")]
        assert all(place.startswith("/static/") for place in loaded)
        assert not page.select("[style], style, script:not([src])")


@pytest.mark.parametrize(
    ("accept", "country"), [("de-AT,de;q=0.8", "AT"), ("fr", "FR"), ("en-GB", "GB"), ("en", ""), ("x", "")]
)
async def test_country_is_guessed(opened: Open, accept: str, country: str) -> None:
    """The buyer's country comes from the browser's language where that names one."""
    async with opened() as client:
        page = soup(await client.get("/", headers={"Accept-Language": accept}))
        chosen = page.select("select option[selected]")
        assert [o["value"] for o in chosen] == ([country] if country else [])


async def test_result(opened: Open) -> None:
    """The result gives verdict, reasons that unfold, what to do in the buyer's country, and the way to the JSON."""
    async with opened() as client:
        page = soup(await result(client, country="GB"))
        assert page.h2
        assert "Matches the pattern of an illegal pharmacy" in page.h2.get_text()
        assert page.title
        assert "pills.example" in page.title.get_text()
        reasons = page.select("section > details > summary .points")
        assert len(reasons) >= 2
        assert "No prescription needed" in page.get_text()
        assert page.find("dt", string="GB")
        assert "Report it in GB" in page.get_text()
        (link,) = [a for a in page.find_all("a") if str(a["href"]).endswith("/report.json")]
        report = (await client.get(str(link["href"]))).json()
        assert report["verdict"] == "rogue"
        objection = page.select_one("textarea[readonly]")
        assert objection
        assert "pills.example" in objection.get_text()


async def test_waiting_without_script(opened: Open) -> None:
    """Without script the page comes again by itself, and shows the step it is at."""
    async with opened(held) as client:
        place = (await client.post("/checks", data={"target": "pills.example"})).headers["location"]
        page = BeautifulSoup("", "lxml")
        for _ in range(100):
            await asyncio.sleep(0)  # let the check run
            page = soup(await client.get(place))
            if page.select_one("[aria-current=step][data-step=reading]"):
                break
        now = page.select_one("[aria-current=step]")
        assert now
        assert now["data-step"] == "reading"
        assert "4" in now.get_text()
        assert page.select_one("noscript meta[http-equiv=refresh]")
        assert page.select_one(f"a[href='{place}']")


async def test_promise_about_logs_is_kept(opened: Open) -> None:
    """The form says whether links are logged, as it is set."""
    async with opened() as client:
        assert "The link is not written to our logs" in (await client.get("/")).text
    async with opened(log_targets=True) as client:
        page = (await client.get("/")).text
        assert "not written to our logs" not in page
        assert "have the links written to their logs" in page


async def test_trouble_keeps_what_was_typed(opened: Open) -> None:
    """What is no address comes back in the field, with a sentence tied to it."""
    async with opened() as client:
        answer = await client.post("/checks", data={"target": 'no "address" <b>'})
        page = soup(answer)
        assert answer.status_code == 422
        field = page.select_one("#target")
        assert field
        assert field["value"] == 'no "address" <b>'
        assert field["aria-invalid"] == "true"
        assert page.select_one("#trouble[role=alert]")


async def test_an_endless_link_is_refused(opened: Open) -> None:
    """A link of more than 2,000 characters is refused with a sentence: to read one takes time."""
    async with opened() as client:
        refused = await client.post("/checks", data={"target": f"pills.example/{'x' * 2_000}"})
        assert refused.status_code == 422
        assert "The address is longer than 2,000 characters." in soup(refused).get_text()


async def test_language_and_country_are_kept(opened: Open) -> None:
    """The language that was chosen stays through form, trouble and result, and the country in the field."""
    async with opened() as client:
        form = soup(await client.get("/?lang=fr")).select("form")[0]
        trouble = soup(await client.post(str(form["action"]), data={"target": "rien", "country": "PT"}))
        assert trouble.html
        assert trouble.html["lang"] == "fr"
        assert trouble.select("option[selected]")[0]["value"] == "PT"
        page = soup(await result(client, query="?lang=fr", country="FR"))
        assert page.html
        assert page.html["lang"] == "fr"
        assert "N’achetez pas" in page.get_text() or "n’achetez pas" in page.get_text()
        assert page.select("header a[href='/?lang=fr']")


@pytest.mark.parametrize(
    ("place", "form"),
    [("/checks", "/"), ("/checks?lang=de", "/?lang=de"), ("/lists", "/list"), ("/lists?lang=de", "/list?lang=de")],
)
async def test_reloading_a_refusal_leads_to_its_form(opened: Open, place: str, form: str) -> None:
    """Whoever reloads the page of a refused link or list, or opens its address, gets the form in the language that was chosen."""
    async with opened() as client:
        assert (await client.post(place, data={"target": "nothing", "links": "nothing"})).status_code == 422
        answer = await client.get(place)
        assert (answer.status_code, answer.headers["location"]) == (303, form)
        assert (await client.get(form)).status_code == 200


async def test_failure_says_nothing_about_the_site(opened: Open) -> None:
    """A check that broke off says so and gives no verdict."""

    async def broken(check: Check, tell: Tell) -> Outcome:
        raise CheckError("The check broke off. Nothing can be said about the site; please try again.")

    async with opened(broken) as client:
        page = soup(await result(client)).get_text()
        assert "The check broke off" in page
        assert "neither good nor bad" in page


@pytest.mark.parametrize("language", LANGUAGES)
async def test_hostile_words_are_harmless(opened: Open, language: str) -> None:
    """Markup, scripts, escapes and bidi tricks of a site are shown as text, and its addresses are never links."""
    async with opened(hostile) as client:
        answer = await result(client, "https://pills.example/?q=<script>alert(8)</script>", f"?lang={language}")
        page = soup(answer)
        assert page.html
        assert page.html["lang"] == language
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069]", answer.text)
        assert not page.select("article script, article img, article svg, article iframe, article form, article style")
        assert not [a for tag in page.find_all(True) for a in tag.attrs if a.startswith("on") or a == "style"]
        assert not [a for a in page.find_all("a") if "pills" in str(a["href"])]
        assert "https://pills" not in answer.text
        assert "<script>alert(7)</script>" in page.get_text()


async def test_form_of_another_site(opened: Open) -> None:
    """A form on a foreign page starts nothing."""
    async with opened() as client:
        answer = await client.post(
            "/checks", data={"target": "pills.example"}, headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert answer.status_code == 403
        assert "Nothing was checked" in answer.text


async def test_browser_that_says_nothing_needs_our_token(opened: Open) -> None:
    """Over plain http browsers say nothing of the sender: then the form's hidden value counts, of this client only."""
    async with opened() as client, opened(address="192.0.2.99") as other:
        silent = {"Sec-Fetch-Site": "", "Origin": "null"}
        token = str(soup(await client.get("/")).select("input[name=token]")[0]["value"])
        foreign = str(soup(await other.get("/")).select("input[name=token]")[0]["value"])
        refused = await client.post("/checks", data={"target": "pills.example", "token": foreign}, headers=silent)
        assert refused.status_code == 403
        assert soup(refused).select("#target")[0]["value"] == "pills.example"
        accepted = await client.post("/checks", data={"target": "pills.example", "token": token}, headers=silent)
        assert accepted.status_code == 303


@pytest.mark.parametrize(
    "place", ["/checks/x", "/checks/x/report.json", "/lists/x", "/lists/x/results.csv", "/static/x", "/x"]
)
async def test_errors_are_pages(opened: Open, place: str) -> None:
    """What is not there is a page with a way back."""
    async with opened() as client:
        answer = await client.get(place)
        assert answer.status_code == 404
        assert soup(answer).select("main a[href='/']")


async def test_wrong_method_and_our_mistakes(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong method is 405, a mistake of ours 500, both without any detail of the inside."""
    async with opened() as client:
        assert (await client.post("/about")).status_code == 405

        def broken(*_: object) -> None:
            raise RuntimeError("secret detail")

        monkeypatch.setattr("pharmcheck.web.gate.read_target", broken)
        answer = await client.post("/checks", data={"target": "pills.example"})
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("path", ["//evil.example/x", "/%5Cevil.example/x", "/%2F/evil.example"])
async def test_no_path_makes_our_page_link_elsewhere(opened: Open, path: str) -> None:
    """The links to the other languages repeat the path that was asked for; two slashes would be another host."""
    async with opened() as client:
        answer = await client.get(f"http://{client.base_url.host}{path}")
        assert answer.status_code == 404
        hrefs = [str(link["href"]) for link in soup(answer).select("a[href]")]
        assert not [href for href in hrefs if not re.match(r"/(?![/\\])", href) and not href.startswith("#")]
