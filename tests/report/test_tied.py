"""With whom a site belongs together is told in each kind of report of an audit, and in no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from pharmcheck.model import Host, HostState, Membership, Quote, Report, Tie
from pharmcheck.report import tied
from pharmcheck.report.html import render_html
from pharmcheck.report.json import schema
from pharmcheck.report.markdown import render_markdown
from pharmcheck.report.saved import read_report
from pharmcheck.report.text import render_text
from tests.report.reports import DIGEST, report

WALLET = Tie(
    "wallet",
    "bc1qinvented",
    30,
    True,
    Quote("https://pills.example/pay", "Send to bc1qinvented", digest=DIGEST, offset=7),
)
MEMBER = replace(report(), network=Membership("n-1", 37, (("wallet", "bc1qinvented"),), WALLET))
RENDER = (render_text, render_markdown, lambda r: render_html([r]))


@pytest.mark.parametrize("render", RENDER, ids=["text", "markdown", "html"])
def test_each_report_tells_it(render: Callable[[Report], str]) -> None:
    """The number of the others and the strongest tie; a report of one check says nothing of the kind."""
    told = " ".join(render(MEMBER).split())
    assert (
        "Same operator as 37 other sites of this audit, it seems: the wallet “bc1qinvented” stands on 30 of them"
        in told
    )
    assert "Same operator" not in render(report())


def test_the_owner_of_a_hacked_host_is_not_the_operator() -> None:
    """What an intruder shares is the intruder's."""
    hacked = replace(MEMBER, host=Host(HostState.LOOKS_COMPROMISED, "stands apart"))
    assert tied.told(hacked).startswith("Whoever wrote this page also runs 37 other sites")


def test_what_does_not_prove_it_alone_is_told_so() -> None:
    """A sentence that counts only beside another tie."""
    joint = replace(MEMBER.network, others=1, strongest=replace(WALLET, alone=False))  # type: ignore[type-var]
    assert tied.told(replace(MEMBER, network=joint)).endswith("this one included, and more that they share.")
    assert "1 other site of" in tied.told(replace(MEMBER, network=joint))


def test_results_of_earlier_versions_are_told_by_kind() -> None:
    """They hold no strongest tie."""
    saved = MEMBER.as_dict()
    del saved["network"]["strongest"]
    assert (
        tied.told(read_report(saved))
        == "Same operator as 37 other sites of this audit, it seems: they share the same wallet."
    )


def test_it_survives_being_saved_and_follows_the_schema() -> None:
    """What is read back is what was written; a report without a network has no such field."""
    assert read_report(MEMBER.as_dict()).network == MEMBER.network
    Draft202012Validator(schema()).validate(MEMBER.as_dict())
    assert "network" not in report().as_dict()


def test_what_a_site_wrote_does_nothing() -> None:
    """A value is text in each of them."""
    hostile = replace(WALLET, value="<b>x</b>\x1b[2J\u202e[a](https://evil.example)")
    made = replace(MEMBER, network=replace(MEMBER.network, strongest=hostile))  # type: ignore[type-var]
    for render in RENDER:
        told = render(made)
        assert "\x1b" not in told
        assert "\u202e" not in told
        assert "https://evil.example" not in told
    assert "<b>x" not in render_html([made])
