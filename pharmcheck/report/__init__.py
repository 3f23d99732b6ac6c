"""One renderer per file: a report for the terminal, as JSON, as a web page, as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pharmcheck.model import Report

FORMATS = ("text", "json", "html", "markdown")


def render(
    reports: Report | Sequence[Report],
    fmt: str = "text",
    *,
    color: bool = False,
    explain: bool = False,
    width: int = 100,
) -> str:
    """Return one report, or several one after another, in one of FORMATS, with a newline at the end.

    One report makes one JSON object, a sequence makes an array. `color` (ANSI) and `width` (columns) are for text.
    `explain` adds the signals that did not fire. Raises KeyError for another format.
    """
    several = (reports,) if isinstance(reports, Report) else tuple(reports)
    if fmt == "json":
        from pharmcheck.report.json import as_json, as_json_array  # noqa: PLC0415  (each format imports on use)

        return as_json(reports) if isinstance(reports, Report) else as_json_array(several)
    names = _authorities()
    if fmt == "html":
        from pharmcheck.report.html import render_html  # noqa: PLC0415

        return render_html(several, explain=explain, authorities=names)
    if fmt == "markdown":
        from pharmcheck.report.markdown import render_markdown  # noqa: PLC0415

        return "\n---\n\n".join(render_markdown(r, explain=explain, authorities=names) for r in several)
    if fmt != "text":
        raise KeyError(fmt)
    from pharmcheck.report.text import render_text  # noqa: PLC0415

    texts = (render_text(r, color=color, explain=explain, width=width, authorities=names) for r in several)
    return "\n".join(texts)


def _authorities() -> Mapping[str, str]:
    """Return the names of the authorities by registry id, from the shipped registries."""
    from pharmcheck.registries import load_registries  # noqa: PLC0415  (JSON does not need them)

    return {registry.id: registry.authority for registry in load_registries().all}
