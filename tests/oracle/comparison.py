"""Engine against oracle on one option: components, cash flow, capacity, coverage, and every figure made of them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np

from planner.engine import outcome as engine
from tests.oracle.decimals import Months, Record
from tests.oracle.finance import first_month_from_which_not_negative, present_value
from tests.oracle.option import OptionResult
from tests.oracle.plan import Evaluated, Incremental

# Of the sum of absolute flows: ten thousand times what 64-bit sums of a hundred months lose.
TOLERANCE = Decimal("1e-9")
# A small component beside huge ones is held to its own size; only what cancels between them may leave this much.
ROUNDING = Decimal("1e-14")


def of_draw(values: Any, months: int, draw: int) -> list[float]:
    """One column of an array (T + 1, draws); what is certain has one draw for all."""
    table = np.asarray(values, dtype=np.float64).reshape(months, -1)
    return [float(x) for x in table[:, draw if table.shape[1] > 1 else 0]]


def one(values: Any, draw: int = 0) -> float:
    """A figure of one draw."""
    return of_draw(np.reshape(values, (1, -1)), 1, draw)[0]


def apart(what: str, engine: Sequence[float], oracle: Sequence[Decimal | int], allowed: Decimal) -> Iterator[str]:
    """A sentence for the first month in which the two are further apart than allowed."""
    for month, (ours, theirs) in enumerate(zip(engine, oracle, strict=True)):
        if not abs(Decimal(ours) - theirs) <= allowed:
            yield f"{what} in month {month}: engine {ours!r}, oracle {float(theirs)!r}"
            return


def differences(
    outcome: engine.OptionOutcome, evaluated: Evaluated, today: Evaluated, finance: Record
) -> Iterator[str]:
    """Everything on which engine and oracle disagree about one option, in the certain case."""
    yield from draw_differences(outcome, evaluated, today)
    if evaluated.incremental is None:
        return
    if outcome.incremental is None:
        yield "incremental: the engine has none"
    else:
        both = TOLERANCE * (absolute_flows(evaluated) + absolute_flows(today))
        yield from incremental_differences(outcome.incremental, evaluated.incremental, both, finance)


def draw_differences(
    outcome: engine.OptionOutcome, evaluated: Evaluated, today: Evaluated, draw: int = 0
) -> Iterator[str]:
    """Flows, capacity and the figures that every draw has."""
    result = evaluated.result
    months = len(result.cash_flow)
    allowed = TOLERANCE * absolute_flows(evaluated)
    for name, expected in result.components.items():
        own = TOLERANCE * sum((abs(flow) for flow in expected), Decimal(0)) + ROUNDING * absolute_flows(evaluated)
        yield from apart(name, of_draw(outcome.components[name], months, draw), expected, own)
    yield from apart("cash_flow", of_draw(outcome.cash_flow, months, draw), result.cash_flow, allowed)
    yield from apart("replicas", of_draw(outcome.replicas, months, draw), result.replicas, Decimal(0))
    yield from apart("gpus", of_draw(outcome.gpus, months, draw), result.gpus, Decimal(0))
    yield from traffic_differences(outcome, result, draw)
    yield from apart("npv", [one(outcome.npv, draw)], [evaluated.npv], allowed)
    yield from apart("tco", [one(outcome.tco, draw)], [evaluated.tco], allowed)
    both = TOLERANCE * (absolute_flows(evaluated) + absolute_flows(today))
    yield from apart("upfront", [one(outcome.upfront, draw)], [evaluated.upfront], both)
    yield from unit_cost_differences(outcome, evaluated, draw)


def traffic_differences(outcome: engine.OptionOutcome, result: OptionResult, draw: int) -> Iterator[str]:
    """Coverage, and requests that nobody served well, within 1e-9 of all of them."""
    for workload, shares in result.traffic.coverage.items():
        months = len(shares)
        covered = of_draw(outcome.coverage[workload], months, draw)
        yield from apart(f"coverage {workload}", covered, shares, TOLERANCE)
        unserved = result.traffic.unserved[workload]
        allowed = TOLERANCE * max(sum(unserved), Decimal(1))
        yield from apart(f"unserved {workload}", of_draw(outcome.unserved[workload], months, draw), unserved, allowed)


def absolute_flows(evaluated: Evaluated) -> Decimal:
    """Σ |CF_m| over the components."""
    return sum((abs(flow) for months in evaluated.result.components.values() for flow in months), Decimal(0))


def unit_cost_differences(outcome: engine.OptionOutcome, evaluated: Evaluated, draw: int) -> Iterator[str]:
    """Levelised costs, absent where nothing is asked."""
    pairs = {
        "cost_per_1000_requests": evaluated.cost_per_1000_requests,
        "cost_per_million_tokens": evaluated.cost_per_million_tokens,
    }
    for name, expected in pairs.items():
        yield from figure_apart(name, figure_of(getattr(outcome, name), draw), expected)


def figure_of(values: Any, draw: int) -> float | None:
    """A figure of one draw, None where it is undefined."""
    figure = None if values is None else one(values, draw)
    return figure if figure is not None and np.isfinite(figure) else None


def figure_apart(
    name: str, ours: float | None, oracle: Decimal | None, within: Decimal = Decimal("1e-8")
) -> Iterator[str]:
    """A figure that may be undefined: then both must say so."""
    if (ours is None) != (oracle is None):
        yield f"{name}: engine {ours}, oracle {oracle}"
    elif ours is not None and oracle is not None:
        yield from apart(name, [ours], [oracle], within * max(Decimal(1), abs(oracle)))


def incremental_differences(
    outcome: engine.Incremental, expected: Incremental, allowed: Decimal, finance: Record
) -> Iterator[str]:
    """Figures against the baseline."""
    yield from apart("incremental npv", [one(outcome.npv)], [expected.npv], allowed)
    yield from figure_apart("mirr", outcome.mirr, expected.mirr, Decimal("1e-6"))
    yield from figure_apart("profitability_index", outcome.profitability_index, expected.profitability_index)
    yield from payback_apart("payback_month", outcome.payback_month, expected.cumulated, allowed)
    discounted = expected.cumulated_discounted
    yield from first_cheaper_apart(outcome.first_month_cheaper, expected, allowed)
    yield from root_differences(outcome.irr, expected, finance)
    yield from payback_apart("discounted_payback_month", outcome.discounted_payback_month, discounted, allowed)


def root_differences(rate: float | None, expected: Incremental, finance: Record) -> Iterator[str]:
    """The engine's internal rate of return, where it states one, makes the oracle's flows worth nothing."""
    if rate is None:
        return
    left = present_value(finance, expected.flows, expected.resale, Decimal(rate))
    scale = present_value(finance, [abs(f) for f in expected.flows], [abs(r) for r in expected.resale], Decimal(rate))
    if abs(left) > Decimal("1e-6") * abs(scale):
        yield f"irr {rate!r} leaves {float(left)!r}"


def payback_apart(name: str, engine: Any, cumulated: Months, allowed: Decimal) -> Iterator[str]:
    """Payback months agree, or differ only by a sum that is zero to within rounding."""
    ours = None if engine is None or not np.isfinite(one(engine)) else int(one(engine))
    possible = {payback_of(cumulated, slack) for slack in (Decimal(0), allowed, -allowed)}
    if ours not in possible:
        yield f"{name}: engine {ours}, oracle {payback_of(cumulated, Decimal(0))}"


def first_cheaper_apart(ours: int | None, expected: Incremental, allowed: Decimal) -> Iterator[str]:
    """The first month from go-live in which running is cheaper than today, ties decided either way by rounding."""
    possible = {first_above(expected, slack) for slack in (Decimal(0), allowed, -allowed)}
    if ours not in possible:
        yield f"first_month_cheaper: engine {ours}, oracle {first_above(expected, Decimal(0))}"


def first_above(expected: Incremental, least: Decimal) -> int | None:
    """The first month from go-live on with more than `least` saved."""
    saved = enumerate(expected.cheaper_to_run)
    return next((m for m, saving in saved if m >= expected.go_live and saving > least), None)


def payback_of(cumulated: Months, slack: Decimal) -> int | None:
    """The first month from which the sums stay at or above −slack."""
    flows = [cumulated[0] + slack, *(b - a for a, b in pairwise(cumulated))]
    return first_month_from_which_not_negative(flows)
