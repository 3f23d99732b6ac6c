"""The points of the signals, as weights.toml holds them."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Weight:
    """Points of a signal in decibans, the group that it shares a cap with, and the reason.

    `expert` is the estimate before any page was counted; `seen` on how many labelled sources, rogue and other, it fired.
    """

    points: float
    group: str
    reason: str
    expert: float
    seen: Sequence[int]


@dataclass(frozen=True, slots=True)
class Weights:
    """The contents of weights.toml; `digest` identifies them in reports."""

    prior: float
    caps: Mapping[str, float]
    signals: Mapping[str, Weight]
    digest: str


@cache
def load_weights() -> Weights:
    """Return the shipped weights; raises KeyError for a group without a cap."""
    raw = (files("pharmcheck") / "weights.toml").read_bytes()
    table = tomllib.loads(raw.decode())
    signals = {name: Weight(**row) for name, row in table["signals"].items()}
    caps = {weight.group: table["caps"][weight.group] for weight in signals.values()}
    return Weights(table["prior"], caps, signals, hashlib.sha256(raw).hexdigest()[:12])
