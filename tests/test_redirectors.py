"""Redirectors that carry the address are undone offline; those that hide it stay as they are."""

from __future__ import annotations

import pytest

from pharmcheck.redirectors import parse_link, unwrap
from pharmcheck.target import host_of

INNER = "http%3A%2F%2Fpills.example%2Fbuy"
CARRIERS = [
    f"https://www.google.com/url?q={INNER}&sa=D",
    "https://www.google.com/url?q=%68%74tp%3A%2F%2Fpill%73.example%2Fbuy",
    "https://www.google.com/amp/s/pills.example/buy",
    "https://pills-example.cdn.ampproject.org/c/s/pills.example/buy",
    f"https://translate.google.com/translate?u={INNER}",
    "http://rd.yahoo.com/a/SIG=1/**http%3A//pills.example/buy",
    "https://r.search.yahoo.com/_ylt=A/RU=http%3a%2f%2fpills.example%2fbuy/RK=2",
    "https://www.bing.com/ck/a?!&&p=1&u=a1aHR0cDovL3BpbGxzLmV4YW1wbGUvYnV5&ntb=1",
    f"https://l.facebook.com/l.php?u={INNER}",
    f"https://vk.com/away.php?to={INNER}",
    f"https://nam02.safelinks.protection.outlook.com/?url={INNER}&data=05",
    "https://urldefense.proofpoint.com/v1/url?u=http://pills.example/buy&k=x",
    "https://urldefense.proofpoint.com/v2/url?u=http-3A__pills.example_buy&d=DwMF",
    "https://urldefense.com/v3/__http://pills.example/buy__;!!abc!xyz$",
    "https://urldefense.com/v3/__http:*pills.example/buy__;Ly8!!abc",
    f"https://linkprotect.cudasvc.com/url?a={INNER}&c=E,1",
    f"https://secure-web.cisco.com/1aB-c/{INNER}",
    f"https://x.trendmicro.com:443/wis/clicktime/v1/query?url={INNER}&umid=1",
    "https://eu-west-1.protection.sophos.com/?d=pills.example&u=aHR0cDovL3BpbGxzLmV4YW1wbGUvYnV5",
    "https://web.archive.org/web/2020/http://pills.example/buy",
    "https://href.li/?http://pills.example/buy",
    "http://go.example/r?u=http%253A%252F%252Fpills.example%252Fbuy",
    "http://a.example/?to=http%3A%2F%2Fb.example%2F%3Fto%3Dhttp%253A%252F%252Fpills.example%252Fbuy",
    "https://bank.example/redirect?url=//pills.example/buy",
    "https://bank.example/redirect?url=%5C%5Cpills.example%2Fbuy",
    "https://bank.example/go?url=https:%5C%5Cpills.example/buy",
    "https://bank.example/login?next=%68ttps%3a%2f%2fpills%2eexample%2fbuy",
    "https://bank.example/out?ref=https://news.example/&url=https://pills.example/buy",
    "https://bank.example/out?url=hxxps://pills.example/buy",
    "https://bank.example/r/aHR0cHM6Ly9waWxscy5leGFtcGxlL2J1eQ",
    "https://bank.example/r?d=68747470733a2f2f70696c6c732e6578616d706c652f627579",
    "https://www.google.com.hk/url?q=//pills.example/buy",
    "http://click.example/aHR0c?url=aHR0cDovL3BpbGxzLmV4YW1wbGUvYnV5",
]


@pytest.mark.parametrize("url", CARRIERS)
def test_the_address_inside_is_found(url: str) -> None:
    """The target is read from the address of the redirector, through several where it must be."""
    leads = unwrap(url, host_of(url))
    assert leads.host == "pills.example"
    assert leads.via[0] == host_of(url)


def test_mimecast_and_click_counters_tell_the_domain_only() -> None:
    """Where only the domain is told, that is the target."""
    for url in ("https://protect-us.mimecast.com/s/AbC?domain=pills.com", "http://r.mail.ru/clb1/pills.com"):
        assert unwrap(url, host_of(url)).host == "pills.com"


@pytest.mark.parametrize(
    "url", ["https://tinyurl.com/abc", "https://u1.ct.sendgrid.net/ls/click?upn=x", "https://email.mg.example/c/eJwabc"]
)
def test_opaque_redirectors_stay_and_say_so(url: str) -> None:
    """Nothing is guessed."""
    leads = unwrap(url, host_of(url))
    assert leads.opaque
    assert leads.url == url


def test_a_referrer_is_no_target() -> None:
    """An address from which a visitor came is not where a link leads, coded or plain; nor is a query that names a site."""
    for url in (
        "http://pills.example/?ref=http://www.news.example/",
        "http://pills.example/?ref=aHR0cHM6Ly93d3cubmV3cy5leGFtcGxlLw",
        "http://pills.example/?q=news.example",
        "http://pills.example/?next=/account",
        "http://pills.example/?next=///",
        "http://pills.example/r/68747470",
    ):
        assert unwrap(url, "pills.example").host == "pills.example"


def test_a_chain_without_end_ends() -> None:
    """Redirectors inside redirectors are followed six times at most."""
    url = "http://pills.example/"
    for number in range(12):
        url = f"http://r{number}.example/?u={url}"
    assert len(unwrap(url, host_of(url)).via) == 6


SERVICES = [url for url in CARRIERS if not host_of(url).endswith(".example")]


@pytest.mark.parametrize("url", SERVICES)
def test_a_link_of_a_service_means_where_it_leads(url: str) -> None:
    """A pasted link of a search engine, a mail gateway, an archive or a translator is a link to the site inside."""
    target = parse_link(url)
    assert (target.host, target.domain, target.input) == ("pills.example", "pills.example", url)


@pytest.mark.parametrize(
    "url",
    [
        *(url for url in CARRIERS if host_of(url).endswith(".example")),
        "https://pills.example/buy",
        "https://google.qx.example/url?q=https://lawful.example/",
        "https://google.evil.io/url?q=https://lawful.example/",
        "https://emailsecurity.evil.io/?u=https://lawful.example/",
        "https://www.reddit.com/r/pills/?url=https://lawful.example/",
        "https://www.facebook.com/pills?u=https://lawful.example/",
        "https://www.google.com/search?q=https://lawful.example/",
        "https://bit.ly/abc",
    ],
)
def test_what_its_owner_writes_leads_nowhere(url: str) -> None:
    """A shop whose address names a pharmacy is judged itself, and so is a page that anybody may have written."""
    assert parse_link(url).host == host_of(url)


def test_the_shop_behind_a_service_names_no_pharmacy_in_its_place() -> None:
    """Behind a known service the next address counts as it stands, whatever it carries itself."""
    inner = "https%3A%2F%2Fpills.example%2F%3Furl%3Dhttps%253A%252F%252Flawful.example%252F"
    assert (
        parse_link(f"https://l.facebook.com/l.php?u={inner}").url
        == "https://pills.example/?url=https%3A%2F%2Flawful.example%2F"
    )
    assert parse_link(f"hxxps://www[.]google[.]com/url?q={inner}").host == "pills.example"
