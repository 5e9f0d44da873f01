"""Quality: which share of requests a supply serves well, and who is asked (`docs/model/coverage.md`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.engine.arrays import (
    ONE,
    FloatArray,
    IntArray,
    halvings,
    month_column,
    remembered,
    years_elapsed,
)
from planner.engine.case import ApiSupply, Option, Supply, Workload

MONTHS_PER_YEAR = 12.0


@dataclass(frozen=True, slots=True)
class QualityLines:
    """By month: what the newest frontier model (`frontier`) and the best open weights (`open_weights`) serve well."""

    frontier: FloatArray
    open_weights: FloatArray
    frontier_today: FloatArray


@remembered
def quality_lines(workload: Workload, horizon_months: int) -> QualityLines:
    """``F = F∞ − (F∞ − F0)·2^(−(m−1)/h_F)``; ``c = F − (F0 − c0)·2^(−(m−1)/h)`` clipped to [0, F]."""
    months_since = years_elapsed(horizon_months) * MONTHS_PER_YEAR
    today = workload.frontier_coverage
    if workload.frontier_half_life is None:
        frontier = today * np.ones((horizon_months + 1, 1))
    else:
        gap = workload.frontier_limit - today
        frontier = workload.frontier_limit - gap * halvings(workload.frontier_half_life, months_since)
    behind = today - workload.open_coverage
    if workload.coverage_half_life is not None:
        behind = behind * halvings(workload.coverage_half_life, months_since)
    open_weights = np.minimum(np.maximum(frontier - behind, 0.0), frontier)
    return QualityLines(frontier=frontier, open_weights=open_weights, frontier_today=today)


@remembered
def change_months(first_use: int, every: int, horizon_months: int) -> IntArray:
    """Epoch of each month 0 … T: the month of the last change; `every` 0 means never. Before first use: first use."""
    months = np.arange(horizon_months + 1)
    if every <= 0:
        return np.full(horizon_months + 1, min(first_use, horizon_months), dtype=np.intp)
    last_change = first_use + np.maximum(months - first_use, 0) // every * every
    epoch: IntArray = np.minimum(last_change, horizon_months).astype(np.intp)
    return epoch


def epochs(supply: Supply, first_use: int, refresh_every: int, horizon_months: int) -> IntArray:
    """When price and quality of a supply last changed, by month."""
    if isinstance(supply, ApiSupply):
        every = 0 if supply.follows == "model" else supply.migrate_every
    else:
        every = refresh_every
    return change_months(first_use, every, horizon_months)


def supply_coverage(supply: Supply, lines: QualityLines, epoch: IntArray) -> FloatArray:
    """Share of requests a supply serves well at its epoch; `relative_coverage` applies to the open tier only."""
    if supply.tier == "open":
        covered = supply.relative_coverage * lines.open_weights[epoch]
        return covered if np.all(supply.relative_coverage <= 1.0) else np.minimum(covered, 1.0)
    if isinstance(supply, ApiSupply) and supply.follows == "frontier":
        return lines.frontier[epoch]
    return lines.frontier_today * np.ones((len(epoch), 1))


def primary_coverage(option: Option, index: int, lines: QualityLines, epoch: IntArray) -> FloatArray:
    """Coverage of an option's primary for one workload, override and development included, within [0, 1].

    Development closes the share `uplift` of the gap to the frontier; a positive one never lowers coverage.
    """
    constant = option.coverage[index]
    before = supply_coverage(option.primary, lines, epoch) if constant is None else constant * np.ones((len(epoch), 1))
    if not option.develop:
        return before
    uplift = combined_uplift(option)
    frontier = lines.frontier[epoch]
    after = before + uplift * (frontier - before)
    if np.all(uplift > 0.0):
        return np.minimum(np.maximum(before, after), 1.0)
    return np.minimum(np.maximum(np.where(uplift > 0.0, np.maximum(before, after), after), 0.0), 1.0)


def combined_uplift(option: Option) -> FloatArray:
    """``1 − Π(1 − u)`` over the option's development projects."""
    remaining = ONE
    for project in option.develop:
        remaining = remaining * (1.0 - project.uplift)
    return 1.0 - remaining


@dataclass(frozen=True, slots=True)
class Routing:
    """Requests of one workload a month: asked of each role, and served well by nobody."""

    primary: FloatArray
    fallback: FloatArray
    interim: FloatArray
    unserved: FloatArray


def moved_share(option: Option, horizon_months: int, *, baseline: bool) -> FloatArray:
    """μ, the share of requests moved to the option: 0 before go-live, then linear over `ramp_months`."""
    return (
        _moved(1, 0, horizon_months) if baseline else _moved(option.go_live_month, option.ramp_months, horizon_months)
    )


@remembered
def _moved(go_live_month: int, ramp_months: int, horizon_months: int) -> FloatArray:
    months = month_column(horizon_months)
    moved = np.minimum(np.maximum((months - go_live_month + 1.0) / max(1, ramp_months), 0.0), 1.0)
    moved[0] = 0.0
    return moved


def route(
    requests: FloatArray,
    moved: FloatArray,
    covered: FloatArray,
    fallback_covered: FloatArray | None,
    interim_covered: FloatArray | None,
    option: Option,
    *,
    counted: bool = True,
) -> Routing:
    """Who is asked, and what nobody serves well, by month (model: option, coverage and routing).

    With a fallback, the primary is asked for what it can do, for failures nobody notices (`missed_failures`) and for
    the share `cascade` of detected failures; the fallback for every detected failure. (Asked of the primary:
    ``c + (1−c)(q + cascade·(1−q)) = 1 − (1−c)(1−cascade)(1−q)``, which needs fewer passes.) What nobody serves well is
    what the primary does not, less what the fallback catches of it (of what is noticed, where it can do more); it is
    counted only if asked for.
    """
    nothing = np.zeros((len(requests), 1))
    if moved[1:].min() == 1.0:
        moved_requests, waiting = requests, nothing
    elif not moved.any():
        moved_requests, waiting = nothing, requests
    else:
        moved_requests = requests * moved
        waiting = requests - moved_requests
    primary, fallback, failed = moved_requests, nothing, nothing
    if fallback_covered is not None:
        detected = 1.0 - option.missed_failures
        short = moved_requests * (1.0 - covered)
        fallback = short * detected
        if not np.all(option.cascade == 1.0):
            primary = moved_requests - short * ((1.0 - option.cascade) * detected)
        if counted:
            caught = np.maximum(fallback_covered - covered, 0.0) * detected
            failed = short - moved_requests * caught
    elif counted:
        failed = moved_requests - moved_requests * covered
    if counted and interim_covered is not None:
        failed = failed + waiting * (1.0 - interim_covered)
    return Routing(primary=primary, fallback=fallback, interim=waiting, unserved=failed)


def needs_interim(option: Option, serves: Sequence[bool]) -> bool:
    """Whether any request ever stays on the interim supply."""
    return option.go_live_month > 1 or option.ramp_months > 1 or not all(serves)
