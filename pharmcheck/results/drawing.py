"""Where things are drawn: the bars of the histogram and the points and lines of the networks, as plain numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from pharmcheck.results.networks import Network

_MOST_POINTS = 36  # on one circle; more would touch
_MOST_TIES = 6
_SIZE = 200  # units of each picture, each way
_BAR, _GAP, _HIGH = 44, 8, 150


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the histogram: where it stands, in units, the risks that it counts, and how many sites they are."""

    x: int
    y: float
    height: float
    label: str
    sites: int


def bars(bins: Sequence[int]) -> list[Bar]:
    """Return a bar for each tenth of the risk; the fullest is as high as the picture."""
    most = max(1, *bins)
    return [
        Bar(
            _GAP + i * (_BAR + _GAP),
            round(20 + _HIGH * (1 - n / most), 1),
            round(_HIGH * n / most, 1),
            f"{10 * i}–{100 if i == 9 else 10 * i + 9}",
            n,
        )
        for i, n in enumerate(bins)
    ]


@dataclass(frozen=True, slots=True)
class Wheel:
    """A network: its sites on a circle, what ties them inside, and a line from each tie to each of its sites."""

    points: tuple[tuple[float, float], ...]
    hubs: tuple[tuple[float, float], ...]
    lines: tuple[tuple[float, float, float, float], ...]
    more: int


def wheel(network: Network) -> Wheel:
    """Return where the points and lines of a network go; `more` counts the sites for which there is no room."""
    sites, ties = network.sites[:_MOST_POINTS], network.ties[:_MOST_TIES]
    points = _circle(len(sites), 88)
    hubs = _circle(len(ties), 30) if len(ties) > 1 else ((_SIZE / 2, _SIZE / 2),) * len(ties)
    place = dict(zip(sites, points, strict=True))
    lines = tuple((*hub, *place[s]) for hub, tie in zip(hubs, ties, strict=True) for s in tie.sites if s in place)
    return Wheel(points, hubs, lines, len(network.sites) - len(sites))


def _circle(number: int, radius: float) -> tuple[tuple[float, float], ...]:
    angles = (2 * pi * i / max(1, number) - pi / 2 for i in range(number))
    return tuple((round(_SIZE / 2 + radius * cos(a), 1), round(_SIZE / 2 + radius * sin(a), 1)) for a in angles)
