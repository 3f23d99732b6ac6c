"""Registers that answer in JSON: NPPES by number, NABP by address."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from pharmcheck.enquiries.answers import Answer, StrangeAnswerError
from pharmcheck.model import Page
from pharmcheck.target import host_of

_PHARMACY = re.compile(r"3336|333600000X")  # NUCC's taxonomy codes of pharmacies
# The word for "not listed" was seen in public source code; of the others, that there are such answers. Any other word is a gap.
_NABP_WORDS = {
    "unknown": "none",
    "accredited": "entry",
    "verified": "entry",
    "legit": "entry",
    "not recommended": "warned",
    "notrecommended": "warned",
}


def read_nppes(page: Page, number: str) -> Answer:
    """Read an answer of the NPPES API, version 2.1: one result with that very number, or the count 0.

    An NPI of a person (`NPI-1`) keeps nothing but the number. Telephone, officials and addresses but city and state are
    left out. Raises StrangeAnswerError for everything else, also for the API's own list of errors.
    """
    answer = _object(page)
    if errors := answer.get("Errors"):
        raise StrangeAnswerError(f"it answered with an error: {_first_error(errors)}")
    count, results = answer.get("result_count"), answer.get("results")
    if not isinstance(results, list) or type(count) is not int or count != len(results):
        raise StrangeAnswerError("its answer lacks result_count and as many results")
    if count == 0:
        return Answer("none", _verbatim(page, r'"result_count"\s*:\s*0\b'))
    result = results[0]
    if count > 1 or not isinstance(result, dict) or str(result.get("number")) != number:
        raise StrangeAnswerError("it answered with another number")
    basic = result.get("basic")
    if result.get("enumeration_type") not in ("NPI-1", "NPI-2") or not isinstance(basic, dict):
        raise StrangeAnswerError("its entry lacks its kind or its basic facts")
    if result["enumeration_type"] == "NPI-1":
        text = _verbatim(page, rf'"number"\s*:\s*"?{re.escape(number)}"?')
        return Answer("entry", text, number=number, note="the number of a person, not of a pharmacy")
    name = basic.get("organization_name")
    if not isinstance(name, str) or not name.strip():
        raise StrangeAnswerError("its entry lacks the name of the organisation")
    text = _verbatim(page, r'"organization_name"\s*:\s*"(?:[^"\\]|\\.)*"')
    note = ", ".join(filter(None, (_trade(result), _place(result), _state(basic))))
    return Answer("entry", text, name=" ".join(name.split()), number=number, note=note)


def read_nabp(page: Page, domain: str) -> Answer:
    """Read an answer of the look-up behind the search box of safe.pharmacy: `{"result": …, "url": …}` for this address."""
    answer = _object(page)
    result, url = answer.get("result"), answer.get("url")
    if not (isinstance(result, str) and isinstance(url, str)):
        raise StrangeAnswerError("its answer lacks result and url")
    host = host_of(url if "://" in url else f"http://{url}").removeprefix("www.")
    if host != domain.removeprefix("www."):
        raise StrangeAnswerError("it answered for another address")
    word = " ".join(re.split(r"[\s_-]+", result.strip().lower()))
    if word not in _NABP_WORDS:
        raise StrangeAnswerError("it answered with a word that we do not know")
    text = _verbatim(page, r'"result"\s*:\s*"[^"]*"')
    outcome = _NABP_WORDS[word]
    if outcome == "warned":
        note = "not recommended by NABP, which also names sellers that are licensed at home"
        return Answer("entry", text, domain=domain, note=note, warned=True, registry="us-nabp-notrec")
    return Answer(outcome, text, domain=domain if outcome == "entry" else "")


def _object(page: Page) -> Mapping[str, Any]:
    try:
        answer = json.loads(page.source)
    except (ValueError, RecursionError):
        raise StrangeAnswerError("its answer is no JSON") from None
    if not isinstance(answer, dict):
        raise StrangeAnswerError("its answer is not the JSON that we know")
    return answer


def _first_error(errors: object) -> str:
    first = errors[0] if isinstance(errors, list) and errors else errors
    said = first.get("description") if isinstance(first, dict) else ""
    return str(said)[:100] or "without a description"


def _trade(result: Mapping[str, Any]) -> str:
    """Return what the organisation is: the pharmacy among its taxonomies, else that there is none."""
    rows = [t for t in result.get("taxonomies") or () if isinstance(t, dict)]
    said = next((str(t.get("desc")) for t in rows if _PHARMACY.match(str(t.get("code")))), "")
    return said or "not registered as a pharmacy"


def _place(result: Mapping[str, Any]) -> str:
    rows = [a for a in result.get("addresses") or () if isinstance(a, dict)]
    here = next((a for a in rows if a.get("address_purpose") == "LOCATION"), {})
    return " ".join(str(here[key]) for key in ("city", "state") if here.get(key))


def _state(basic: Mapping[str, Any]) -> str:
    status = basic.get("status", "A")
    return "" if status == "A" else f"status {status}"


def _verbatim(page: Page, pattern: str) -> str:
    """Return the words of the body that a fact was read from."""
    found = re.search(pattern, page.source)
    if not found:
        raise StrangeAnswerError("its answer is not written as we know it")
    return found[0]
