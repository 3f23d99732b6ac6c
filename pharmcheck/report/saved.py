"""A report read back from its JSON, so that what was saved is shown as it was when it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType
from typing import Any

from pharmcheck.model import (
    Answer,
    Buyer,
    Certificate,
    Destination,
    Detail,
    Enquiry,
    Finding,
    Gap,
    Hop,
    Host,
    Hosting,
    HostState,
    Kind,
    Ladder,
    Listing,
    Membership,
    Names,
    Page,
    Picture,
    Promoted,
    Quote,
    Reason,
    Registration,
    Report,
    Rung,
    RungLaw,
    SiteKind,
    Step,
    Target,
    Tie,
    Verdict,
    View,
    Visitor,
)
from pharmcheck.model.captured import NO_CERTIFICATE, NO_DNS, NO_HOSTING, NO_REGISTRATION
from pharmcheck.model.judged import SCHEMA
from pharmcheck.report.words import LAWFUL

Json = Mapping[str, Any]
_PLAIN: Mapping[str, tuple[type, ...]] = {
    "str": (str,),
    "tuple[str, ...]": (str,),
    "str | None": (str, NoneType),
    "int": (int,),
    "int | None": (int, NoneType),
}
_TIMES = frozenset(("created", "expires", "updated", "since", "until"))


class SavedError(ValueError):
    """What was read is no report that this version knows; the message says why, for people."""


def read_report(saved: Json, authorities: Mapping[str, str] | None = None) -> Report:
    """Return the report of which `as_dict()` is `saved`. Raises SavedError.

    `authorities` names registers by id. What the JSON does not hold stays out: the sentence on the kind of site, and how
    sure a law of the ladder is, which therefore counts as known from memory only.
    """
    if not isinstance(saved, Mapping) or saved.get("schema") != SCHEMA:
        raise SavedError(f"it is no report of the schema {SCHEMA}")
    try:
        report = _report(saved, authorities or {})
        _check(report)
        return report
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise SavedError(f"it is a damaged report ({type(error).__name__}: {error})") from None


def risk_of(saved: Json) -> int:
    """Return the risk of a saved report; raises KeyError or ValueError where there is none."""
    risk = saved["risk"]
    if not isinstance(risk, int) or not 0 <= risk <= 100:
        raise ValueError("risk is no number from 0 to 100")
    return risk


def _check(value: object) -> None:
    """Raise TypeError where something else stands in the place of a text or a whole number."""
    kind: Any = type(value)
    for name, kinds in _plan(kind):
        held = getattr(value, name)
        if type(held) is str and str in kinds:
            continue
        for one in held if isinstance(held, tuple) else (held,):
            if not kinds:
                _check(one)
            elif not isinstance(one, kinds):
                raise TypeError(f"{type(value).__name__.lower()}.{name} is a {type(one).__name__}")


@cache
def _plan(kind: Any) -> list[tuple[str, tuple[type, ...]]]:
    """Return the fields of a dataclass, and what may stand in those that hold plain values; other types have none."""
    return [(field.name, _PLAIN.get(str(field.type), ())) for field in fields(kind)] if is_dataclass(kind) else []


def _buyer(saved: Json) -> Buyer:
    if saved["lawful"] not in LAWFUL:
        raise ValueError(f"lawful is none of {', '.join(LAWFUL)}")
    return Buyer(saved["country"], saved["lawful"], saved["why"])


def _report(saved: Json, authorities: Mapping[str, str]) -> Report:
    target = saved["target"]
    captured = datetime.fromisoformat(saved["captured"])
    if captured.tzinfo is None:
        raise ValueError("captured has no time zone")
    steps = tuple(map(_step, saved["prescription"]["steps"]))
    return Report(
        Target(target["input"], target["url"], target["host"], target["domain"]),
        captured,
        Kind(SiteKind(saved["kind"]), ""),
        Host(HostState(saved["host"]["state"]), saved["host"]["why"]),
        Verdict(saved["verdict"]),
        risk_of(saved),
        str(saved["confidence"]),
        tuple(
            Reason(r["signal"], r["title"], float(r["points"]), _quotes(r["quotes"]), r["source"])
            for r in saved["reasons"]
        ),
        tuple(Finding(f["signal"], Answer(f["answer"]), _quotes(f["quotes"]), f["why"]) for f in saved["findings"]),
        _listings(saved["listings"]),
        tuple(map(_buyer, saved["buyers"])),
        tuple(
            Promoted(p["name"], p["domain"], p["url"], _quote(p["quote"]), _listings(p["listings"]))
            for p in saved["promoted"]
        ),
        tuple(Gap(g["artifact"], g["why"]) for g in saved["gaps"]),
        tuple(map(str, saved["advice"])),
        str(saved["counterfactual"]),
        str(saved["ruleset"]),
        Ladder(steps, _rung(saved["prescription"]["lowest"])),
        tuple(_enquiry(e, authorities) for e in saved["enquiries"]),
        tuple(map(_view, saved["views"])),
        tuple(
            Destination(d["url"], d["domain"], tuple(d["visitors"]), Verdict(d["verdict"]), int(d["risk"]), d["why"])
            for d in saved["destinations"]
        ),
        Registration(**_plain(saved["registration"])) if saved["registration"] else NO_REGISTRATION,
        Names(**_plain(saved["dns"])) if saved["dns"] else NO_DNS,
        Certificate(**_plain(saved["tls"]), quote=Quote("", "")) if saved["tls"] else NO_CERTIFICATE,
        tuple(Detail(d["kind"], d["value"], _quote(d["quote"])) for d in saved["identifiers"]),
        _membership(saved["network"]) if "network" in saved else None,
        tuple(Hosting(**_plain(h), quote=Quote("", "")) for h in saved["hosting"])
        if saved.get("hosting")
        else NO_HOSTING,
        tuple(Picture(p["url"], p["digest"]) for p in saved.get("pictures", ())),
    )


def _membership(saved: Json) -> Membership:
    """Return the network of a site; results of earlier versions do not tell the strongest tie."""
    tie = saved.get("strongest")
    return Membership(
        str(saved["id"]),
        int(saved["others"]),
        tuple((i["kind"], i["value"]) for i in saved["identifiers"]),
        Tie(tie["kind"], tie["value"], int(tie["sites"]), bool(tie["alone"]), _quote({"note": "", **tie["quote"]}))
        if tie
        else None,
    )


def _view(saved: Json) -> View:
    page = (
        Gap("vantage", saved["why"])
        if saved["status"] is None
        else Page(saved["url"], "", saved["status"], "", digest=saved["digest"])
    )
    hops = tuple(Hop(h["url"], h["how"]) for h in saved["hops"])
    return View(Visitor(saved["visitor"]), saved["asked"], hops, saved["url"], page)


def _plain(saved: Json) -> dict[str, Any]:
    """Return the fields of what was looked up: lists as tuples, times as such."""
    return {key: _value(key, value) for key, value in saved.items()}


def _value(key: str, value: Any) -> Any:
    if key in _TIMES and value:
        return datetime.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def _quote(saved: Json) -> Quote:
    return Quote(saved["url"], saved["text"], saved["note"], saved["digest"], saved["offset"])


def _quotes(saved: list[Json]) -> tuple[Quote, ...]:
    return tuple(map(_quote, saved))


def _listings(saved: list[Json]) -> tuple[Listing, ...]:
    return tuple(map(_listing, saved))


def _listing(saved: Json) -> Listing:
    return Listing(
        saved["registry"],
        saved["country"],
        saved["name"],
        saved["number"],
        saved["domain"],
        saved["status"],
        saved["url"],
        date.fromisoformat(saved["as_of"]),
        date.fromisoformat(saved["since"]) if saved["since"] else None,
        note=saved["note"],
    )


def _enquiry(saved: Json, authorities: Mapping[str, str]) -> Enquiry:
    registry, held = saved["registry"], saved["listing"]
    return Enquiry(
        registry,
        authorities.get(registry, registry),
        saved["about"],
        saved["outcome"],
        _quote(saved["quote"]),
        _listing(held) if held else None,
    )


def _rung(saved: str | None) -> Rung | None:
    return Rung(saved) if saved else None


def _step(saved: Json) -> Step:
    said, done = _rung(saved["said"]), _rung(saved["done"])
    known = [rung for rung in (said, done) if rung]
    law = tuple(RungLaw(a["country"], a["acceptable"], a["why"], a["source"], a["since"] or "") for a in saved["law"])
    lowest = min(known, key=lambda rung: rung.height, default=None)
    return Step(saved["medicine"], said, done, lowest, saved["agrees"], law=law)
