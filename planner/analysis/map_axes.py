"""Which two inputs a decision map is drawn over, and how far: by default volume and where the market's price goes."""

from __future__ import annotations

import numpy as np

from planner.analysis.decision_map import SIDE, Axis, axis
from planner.analysis.leaves import numeric_leaves
from planner.analysis.sensitivity import Tornado
from planner.assembly import Snapshot
from planner.plan.fields import spec_for

VOLUME = "requests_per_month"
TIMES = 8.0
"""Volume runs from an eighth of today's to eight times it: ramps and new users move it by such factors."""
REACH = 0.6
"""An input without a range is followed up and down by this share of its value."""
WIDENED = 0.5
"""A range is followed beyond its P2.5 and P97.5 by this share of its width."""
ENDS = (0.025, 0.975)


def default_axes(snapshot: Snapshot, tornado: Tornado, points: int = SIDE) -> tuple[Axis, Axis] | None:
    """The largest workload's requests, and the market input that moves the gap most; None where there is no second.

    Without a market input among the tornado's bars, the input with the longest bar takes its place.
    """
    today = {leaf.path: leaf.value for leaf in numeric_leaves(snapshot.document)}
    volumes = [f"workloads.{each['id']}.{VOLUME}" for each in snapshot.document["workloads"]]
    volume = max((path for path in volumes if today.get(path, 0.0) > 0.0), key=lambda path: today[path], default=None)
    others = [bar.path for bar in tornado.bars if bar.path != volume and bar.path in today]
    other = next((path for path in others if path.startswith("market.")), others[0] if others else None)
    if volume is None or other is None:
        return None
    across = axis(volume, today[volume] / TIMES, today[volume] * TIMES, logarithmic=True, points=points)
    return across, _around(snapshot, other, today[other], points)


def _around(snapshot: Snapshot, path: str, today: float, points: int) -> Axis:
    """Values of an input around today's, inside its bounds; always with room on both sides."""
    distribution = snapshot.uncertain.get(path)
    if distribution is not None:
        low, high = (float(end) for end in distribution.quantile(np.array(ENDS)))
        low, high = low - WIDENED * (high - low), high + WIDENED * (high - low)
    else:
        low, high = sorted((today * (1.0 - REACH), today * (1.0 + REACH)))
    spec = spec_for(path)
    if spec is not None:
        low, high = max(low, spec.bounds[0]), min(high, spec.bounds[1])
    return axis(path, min(low, today), max(high, today), points=points)
