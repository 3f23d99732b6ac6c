"""The report as one self-contained web page: no script, nothing loaded from outside, every text escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pharmcheck.model import Answer, Report
from pharmcheck.report import ladder, listed, name_and_host, tied, verdicts, ways, words
from pharmcheck.report.clean import clean, shortened, spoken

_MOST = 6  # reasons on the first screens of a phone; the others are one touch away
_ANCHOR = Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>')


def render_html(
    reports: Sequence[Report],
    *,
    explain: bool = False,
    authorities: Mapping[str, str] | None = None,
    network_at: str = "",
) -> str:
    """Return a page with one article for each report. `explain` unfolds everything; `network_at` is where networks are told."""
    template = _environment().get_template("report.html.j2")
    page = template.render(
        reports=reports,
        explain=explain,
        names=authorities or {},
        answers=list(Answer),
        say=lambda text: text,
        most=1_000,
        network_at=network_at,
    )
    return page.strip() + "\n"


def render_article(report: Report, authorities: Mapping[str, str], say: Callable[[str], str]) -> str:
    """Return the article alone, for a page that brings style and head; `say` translates our finished sentences."""
    template = _environment().get_template("article.html.j2")
    return template.render(
        report=report,
        number=1,
        explain=False,
        names=authorities,
        answers=list(Answer),
        say=say,
        most=_MOST,
        network_at="",
    ).strip()


def linked(text: str, report: Report) -> Markup:
    """Return our own text, escaped, with addresses of authorities as links; a checked site's address never is one."""
    parts = words.pieces(text, report)
    return Markup("").join(_ANCHOR.format(p, p.removeprefix("https://")) if link else p for p, link in parts)


def environment(package: str) -> Environment:
    """Return what renders the templates of a package: every text is escaped and cleaned, and a name that is not there is an error."""
    made = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        finalize=_harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(spoken=spoken, shortened=shortened)
    return made


@cache
def _environment() -> Environment:
    made = environment("pharmcheck.report")
    made.filters["linked"] = linked
    made.globals.update(
        words=words,
        verdicts=verdicts,
        ladder=ladder,
        listed=listed,
        tied=tied,
        ways=ways,
        name_and_host=name_and_host,
        by_answer=_by_answer,
        points=words.signed,
    )
    return made


def _harmless(value: Any) -> Any:
    """Clean whatever a template prints, so that no field can be forgotten; Markup was cleaned when it was built."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _by_answer(report: Report, answer: Answer) -> list[Any]:
    return [f for f in report.findings if f.answer is answer]
