"""The sheet Volume: requests, tokens by class, busy hour and quality lines, calculated once for all options."""

from __future__ import annotations

import numpy as np

from planner.engine import case, demand
from planner.engine.arrays import HOURS_PER_MONTH, FloatArray
from planner.engine.coverage import quality_lines
from planner.renderers.xlsx.formula import (
    Formula,
    absolute,
    added,
    either,
    exponential,
    halved,
    largest,
    natural_log,
    smallest,
)
from planner.renderers.xlsx.grid import Grid, summed
from planner.renderers.xlsx.model import Check, Model, UseRows

MILLION = 1e6
SUM_TOLERANCE = 1e-9


def write_volume(model: Model) -> Grid:
    """Writes the sheet and leaves one `UseRows` per workload in `model.uses`."""
    grid = model.grid("Volume", "Volume", "What is asked of LLMs, the same for every option. Quantities, not money.")
    for workload in model.case.workloads:
        named = next(each for each in model.subject.plan.workloads if each.id == workload.id)
        grid.block(f"Use: {named.name or named.id}")
        model.uses.append(_workload(model, grid, workload))
    grid.finish()
    return grid


def _workload(model: Model, grid: Grid, workload: case.Workload) -> UseRows:
    where = f"workloads.{workload.id}"
    known = demand.demand(workload, model.case.finance)
    requests = _requests(model, grid, workload, where)
    growth = model.take(grid, f"{where}.tokens_growth", workload.tokens_growth)
    token_growth = grid.line(
        "Growth of tokens per request", "factor", (1 + growth) ** model.calendar.years, "factor",
        engine=np.broadcast_to(known.token_growth, (model.months + 1, 1)),
    )  # fmt: skip
    tokens = _tokens(model, grid, workload, where, requests, token_growth)
    batch = model.take(grid, f"{where}.batch_share", workload.batch_share)
    peak = model.take(grid, f"{where}.peak_to_average", workload.peak_to_average)
    grid.line("Requests in the busy hour", "requests/hour", requests / HOURS_PER_MONTH * peak, "whole")
    frontier, open_weights, today = _quality(model, grid, workload, where)
    failure = model.take(grid, f"{where}.failure_cost", workload.failure_cost)
    return UseRows(
        requests=requests,
        token_growth=token_growth,
        frontier=frontier,
        open_weights=open_weights,
        frontier_today=today,
        input_tokens=tokens[0],
        output_tokens=tokens[1],
        cached_share=tokens[2],
        written_share=tokens[3],
        batch_share=batch,
        tokens_growth=growth,
        peak=peak,
        failure_cost=failure,
    )


# --- requests --------------------------------------------------------------------------------------------


def _requests(model: Model, grid: Grid, workload: case.Workload, where: str) -> Formula:
    growth, known = workload.growth, model.outcome.requests[workload.id]
    if isinstance(growth, case.SeriesGrowth):
        wanted = _series(model, grid, growth, where)
    else:
        first = model.take(grid, f"{where}.requests_per_month", workload.requests_per_month)
        wanted = first * _grown(model, grid, growth, where)
        if workload.seasonality is not None:
            wanted = wanted * _season(model, grid, workload.seasonality, where)
    return grid.line(
        "Requests",
        "requests",
        either(grid.month().equals(0), 0, wanted),
        "whole",
        engine=known,
        total=True,
        kind="bold",
    )


def _grown(model: Model, grid: Grid, growth: case.Growth, where: str) -> Formula:
    years = model.calendar.years
    if isinstance(growth, case.ExponentialGrowth):
        rate = model.take(grid, f"{where}.growth.annual_rate", growth.annual_rate)
        return grid.line("Growth of requests", "factor", (1 + rate) ** years, "factor")
    if not isinstance(growth, case.LogisticGrowth):
        raise TypeError("a series has no growth of its own")
    rate = model.take(grid, f"{where}.growth.annual_rate", growth.annual_rate)
    most = model.take(grid, f"{where}.growth.saturation", growth.saturation)
    flat = most.equals(1)
    yearly = grid.constant(
        "Rate while far from saturation", "a year", either(flat, 0, natural_log(1 + rate) / (1 - 1 / most)), "rate"
    )
    grown = most / (1 + (most - 1) * exponential(-yearly * years))
    return grid.line("Growth of requests", "factor", either(flat, 1, grown), "factor")


def _series(model: Model, grid: Grid, growth: case.SeriesGrowth, where: str) -> Formula:
    """Requests as planned month by month, looked up among the inputs; the last one is held."""
    last = len(growth.monthly)
    cells = model.inputs.span(f"{where}.growth.monthly.0", f"{where}.growth.monthly.{last - 1}")
    place = smallest(largest(grid.month(), 1), last)
    values = np.array([float(each[0]) for each in growth.monthly])
    found = values[place.value.astype(np.intp) - 1]
    return Formula(f"INDEX({cells},{place.text})", found)


def _season(model: Model, grid: Grid, seasonality: tuple[FloatArray, ...], where: str) -> Formula:
    cells = model.inputs.span(f"{where}.seasonality.0", f"{where}.seasonality.11")
    factors = np.array([float(each[0]) for each in seasonality])
    scaled = factors / (factors.sum() / 12)
    month = model.calendar.calendar_month
    chosen = scaled[month.value.astype(np.intp) - 1]
    text = f"INDEX({cells},{month.text})/(SUM({cells})/12)"
    return grid.line("Season", "factor", Formula(text, chosen), "factor", note="twelve factors, mean 1")


# --- tokens ----------------------------------------------------------------------------------------------


def _tokens(
    model: Model, grid: Grid, workload: case.Workload, where: str, requests: Formula, growth: Formula
) -> tuple[Formula, Formula, Formula, Formula]:
    """Tokens by class, in millions, and their sum; returns the constants."""
    into = model.take(grid, f"{where}.input_tokens", workload.input_tokens)
    out = model.take(grid, f"{where}.output_tokens", workload.output_tokens)
    read = model.take(grid, f"{where}.cached_input_share", workload.cached_input_share)
    written = model.take(grid, f"{where}.cache_write_share", workload.cache_write_share)
    asked = requests * growth / MILLION
    classes = (
        ("Tokens: input, not cached", largest(1 - read - written, 0) * into),
        ("Tokens: read from the cache", read * into),
        ("Tokens: written to the cache", written * into),
        ("Tokens: output", out),
    )
    parts = [grid.line(label, "million", asked * per_request, "plain", total=True) for label, per_request in classes]
    engine = model.outcome.tokens[workload.id] / MILLION
    whole = grid.line("Tokens: all", "million", asked * (into + out), "plain", engine=engine, total=True, kind="bold")
    apart = absolute(added([summed(part, model.book) for part in parts]) - summed(whole, model.book))
    says = "Token classes add up to all tokens"
    model.checks.append(Check(7, says, grid.name, apart <= SUM_TOLERANCE * summed(whole, model.book)))
    return into, out, read, written


# --- quality ---------------------------------------------------------------------------------------------


def _quality(model: Model, grid: Grid, workload: case.Workload, where: str) -> tuple[Formula, Formula, Formula]:
    """The frontier's line, the open weights' line, and the frontier's share today."""
    lines, months = quality_lines(workload, model.months), model.calendar.years * 12
    today = model.take(grid, f"{where}.frontier_coverage", workload.frontier_coverage)
    open_today = model.take(grid, f"{where}.open_coverage", workload.open_coverage)
    if workload.frontier_half_life is None:
        frontier = today + months * 0
    else:
        limit = model.take(grid, f"{where}.frontier_limit", workload.frontier_limit)
        half_life = model.take(grid, f"{where}.frontier_half_life", workload.frontier_half_life)
        frontier = limit - (limit - today) * halved(half_life, months)
    reached = grid.line("Share the newest frontier serves well", "share", frontier, "share", engine=lines.frontier)
    behind = today - open_today
    if workload.coverage_half_life is not None:
        behind = behind * halved(model.take(grid, f"{where}.coverage_half_life", workload.coverage_half_life), months)
    open_line = smallest(largest(reached - behind, 0), reached)
    served = grid.line("Share the best open weights serve well", "share", open_line, "share", engine=lines.open_weights)
    return reached, served, today
