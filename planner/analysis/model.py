"""A plan as a function: values of some of its leaves in, net present values of its options out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from planner.analysis.blocks import Blocks
from planner.assembly import Snapshot
from planner.assembly.leaves import WHOLE_LEAVES
from planner.engine.arrays import FloatArray
from planner.engine.evaluate import cash_flows, net_present_values, supply_costs

COLUMNS = 512
"""Draws computed at once: months × 512 float64 stay in the cache, and each numpy call has enough to do."""

Values = Mapping[str, FloatArray]


class PlanModel:
    """Evaluates one snapshot at many points. A point is a value for each varied leaf; all others are central.

    Months that shape the schedule (go-live, terms …) hold for a whole evaluation, so points are grouped by them; all
    other leaves vary within one evaluation. Each point's result depends on that point alone, to the last bit.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.option_ids = tuple(option["id"] for option in snapshot.document["options"])
        self._blocks = Blocks(snapshot, is_whole)

    def npv(
        self,
        values: Values,
        noise: Values | None = None,
        columns: int = COLUMNS,
        options: Sequence[int] | None = None,
    ) -> FloatArray:
        """NPV of every option at every point, ``(options, points)``.

        `values` maps dotted paths to ``(points,)``; `noise` maps paths of price paths to log-price deviations
        ``(T + 1, points)``. `columns` changes speed and memory, never a bit of the result. Rows of options left out of
        `options` are NaN.
        """
        points = _points(values, noise)
        result = np.full((len(self.option_ids), points), np.nan)
        for alike, rows in self._groups(values, points):
            wanted = alike if options is None else [at for at in alike if at in options]
            for part in _parts(rows, columns) if wanted else ():
                found = self._blocks.evaluate(net_present_values, wanted, *_cut(values, noise, part))
                for option, npv in zip(wanted, found, strict=True):
                    result[option, part] = npv
        return result

    def cumulated_cost(
        self, values: Values, noise: Values | None = None, columns: int = COLUMNS
    ) -> NDArray[np.float32]:
        """Cumulated cost of every option, ``(options, T + 1, points)`` as float32, positive."""
        points = _points(values, noise)
        months = int(self.snapshot.document["finance"]["horizon_months"]) + 1
        result = np.empty((len(self.option_ids), months, points), dtype=np.float32)
        for options, rows in self._groups(values, points):
            for part in _parts(rows, columns):
                found = self._blocks.evaluate(cash_flows, options, *_cut(values, noise, part))
                for option, flow in zip(options, found, strict=True):
                    result[option][:, part] = -np.add.accumulate(flow, axis=0)
        return result

    def supply_costs(
        self, option: int, values: Values, noise: Values | None = None, columns: int = COLUMNS
    ) -> tuple[FloatArray, FloatArray]:
        """What an option's supply costs a month, and its API fees per million tokens: ``(T + 1, points)`` each."""
        points = _points(values, noise)
        months = int(self.snapshot.document["finance"]["horizon_months"]) + 1
        spend, price = np.empty((months, points)), np.empty((months, points))
        for options, rows in self._groups(values, points):
            for part in _parts(rows, columns) if option in options else ():
                found = self._blocks.evaluate(supply_costs, [option], *_cut(values, noise, part))
                spend[:, part], price[:, part] = found
        return spend, price

    def _groups(self, values: Values, points: int) -> Iterator[tuple[list[int], NDArray[np.intp] | slice]]:
        """Options with the points at which their schedule is the same."""
        for options, paths in self._by_schedule([path for path in values if is_whole(path)]):
            if not paths:
                yield options, slice(0, points)
                continue
            schedules = np.stack([values[path] for path in paths])
            _, group = np.unique(schedules, axis=1, return_inverse=True)
            order = np.argsort(group, kind="stable")
            for rows in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
                yield options, rows

    def _by_schedule(self, whole_paths: Sequence[str]) -> list[tuple[list[int], tuple[str, ...]]]:
        """Options grouped by the varied months that shape their schedule: their own and those of supplies they name."""
        grouped: dict[tuple[str, ...], list[int]] = {}
        for at, option in enumerate(self.snapshot.document["options"]):
            named = {option["id"], self.snapshot.document["baseline"]}
            named |= {use["supply"] for use in (option["fallback"], option["interim"]) if use and "supply" in use}
            mine = tuple(path for path in whole_paths if _concerns(path, named))
            grouped.setdefault(mine, []).append(at)
        return [(options, paths) for paths, options in grouped.items()]


def is_whole(path: str) -> bool:
    """Whether a leaf shapes the schedule, so that one evaluation holds one value of it."""
    return path.rsplit(".", 1)[-1] in WHOLE_LEAVES


def varied(snapshot: Snapshot, document: Mapping[str, object]) -> Snapshot:
    """The same snapshot with another central document."""
    return replace(snapshot, document=dict(document))


def _concerns(path: str, options: set[str]) -> bool:
    parts = path.split(".")
    return parts[0] != "options" or parts[1] in options


def _points(values: Values, noise: Values | None) -> int:
    for draws in values.values():
        return len(draws)
    for deviations in (noise or {}).values():
        return int(deviations.shape[1])
    return 1


def _cut(values: Values, noise: Values | None, part: NDArray[np.intp] | slice) -> tuple[Values, Values]:
    """Values and noise of some of the points."""
    return (
        {path: draws[part] for path, draws in values.items()},
        {} if noise is None else {path: deviations[:, part] for path, deviations in noise.items()},
    )


def _parts(rows: NDArray[np.intp] | slice, columns: int) -> Iterator[NDArray[np.intp] | slice]:
    if isinstance(rows, slice):
        for start in range(rows.start, rows.stop, columns):
            yield slice(start, min(start + columns, rows.stop))
    else:
        for start in range(0, len(rows), columns):
            yield rows[start : start + columns]
