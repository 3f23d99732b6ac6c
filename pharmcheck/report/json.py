"""The report as JSON, schema `pharmcheck/report/1`: a contract, described by `schema.json` beside this file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from pharmcheck.model import Report

# What json.dumps leaves raw though a terminal or an editor acts on it: DEL and C1 controls, bidi and invisible
# characters, line separators, lone surrogates, tags. Escaped, the value stays letter for letter the same.
_ACTIVE = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def as_json(report: Report) -> str:
    """Return one report as indented JSON with a newline at its end; the same report gives the same text."""
    return _dumps(report.as_dict())


def as_json_array(reports: Sequence[Report]) -> str:
    """Return several reports as one JSON array, in their order."""
    return _dumps([r.as_dict() for r in reports])


def as_line(saved: Mapping[str, Any]) -> str:
    """Return the plain values of one report as one line of JSON, with a newline at its end."""
    return _ACTIVE.sub(_escaped, json.dumps(saved, ensure_ascii=False)) + "\n"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one report."""
    text = resources.files("pharmcheck.report").joinpath("schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _dumps(value: object) -> str:
    return _ACTIVE.sub(_escaped, json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]
