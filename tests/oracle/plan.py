"""The oracle: a whole plan, every quantity a plain number and every reference an inline record, evaluated at 50 digits.

It shares no code with the engine. Read it against docs/model: one small function per formula, loops over months.
"""

from dataclasses import dataclass
from decimal import Decimal, localcontext

from tests.oracle.decimals import EXACT, ONE, ZERO, Months, Record, number, whole
from tests.oracle.demand import demand_of
from tests.oracle.finance import (
    discount_rate,
    factors,
    first_month_from_which_not_negative,
    mirr,
    present_value,
    profitability_index,
)
from tests.oracle.option import OptionResult, World, evaluate_option
from tests.oracle.price_paths import price_path

# The likely column of the defaults with ranges.
MARKET_DEFAULTS: dict[str, Record] = {
    "frontier_api": {"kind": "decline", "annual_rate": 0},
    "capability_api": {"kind": "market", "floor": 0.05, "floor_decline": 0.6, "half_life": 4},
    "open_api": {"kind": "market", "floor": 0.5, "floor_decline": 0.5, "half_life": 8},
    "gpu_rent": {"kind": "mean_reverting", "long_run": 0.85, "half_life": 12},
    "gpu_purchase": {"kind": "decline", "annual_rate": 0.15},
}


@dataclass(frozen=True)
class Incremental:
    """An option against the baseline."""

    go_live: int
    npv: Decimal
    mirr: Decimal | None
    profitability_index: Decimal | None
    payback_month: int | None
    discounted_payback_month: int | None
    flows: Months
    resale: Months
    cumulated: Months
    cumulated_discounted: Months
    cheaper_to_run: Months


@dataclass(frozen=True)
class Evaluated:
    """One option's flows and figures; `tco` and the unit costs are positive money."""

    result: OptionResult
    npv: Decimal
    tco: Decimal
    upfront: Decimal
    cost_per_1000_requests: Decimal | None
    cost_per_million_tokens: Decimal | None
    incremental: Incremental | None


def world_of(plan: Record) -> World:
    """Demand and market of a plan. Workloads come first: the market's floors are priced on their mix."""
    finance = plan["finance"]
    horizon = whole(finance, "horizon_months", 36)
    demands = [demand_of(w, finance["start"], horizon) for w in plan["workloads"]]
    market = {**MARKET_DEFAULTS, **plan.get("market", {})}
    paths = {name: price_path(market[name], demands, horizon) for name in MARKET_DEFAULTS}
    return World(plan, horizon, number(finance, "inflation", "0.025"), demands, paths)


def cumulated(flows: Months) -> Months:
    """Running sums."""
    total, sums = ZERO, []
    for flow in flows:
        total += flow
        sums.append(total)
    return sums


def discounted(finance: Record, flows: Months, resale: Months) -> Months:
    """Present values month by month, resale from T whatever the timing."""
    horizon, rate = len(flows) - 1, discount_rate(finance)
    values = [(f - r) * v for f, r, v in zip(flows, resale, factors(finance, horizon, rate), strict=True)]
    values[horizon] += sum(resale, ZERO) * (ONE + rate) ** (Decimal(-horizon) / 12)
    return values


def running_flow(option: OptionResult) -> Months:
    """What it costs to run: no hardware, development, resale or tax."""
    parts = [option.components[name] for name in ("api_fees", "failures", "compute", "team", "other")]
    return [sum(month, ZERO) for month in zip(*parts, strict=True)]


def incremental(world: World, option: OptionResult, baseline: OptionResult) -> Incremental:
    """Differences of every month, and what they are worth."""
    finance = world.finance
    flows = [a - b for a, b in zip(option.cash_flow, baseline.cash_flow, strict=True)]
    resale = [a - b for a, b in zip(option.components["resale"], baseline.components["resale"], strict=True)]
    present = discounted(finance, flows, resale)
    npv = present_value(finance, flows, resale)
    return Incremental(
        go_live=option.go_live,
        npv=npv,
        mirr=mirr(finance, flows, resale),
        profitability_index=profitability_index(present, npv, option.go_live),
        payback_month=first_month_from_which_not_negative(flows),
        discounted_payback_month=first_month_from_which_not_negative(present),
        flows=flows,
        resale=resale,
        cumulated=cumulated(flows),
        cumulated_discounted=cumulated(present),
        cheaper_to_run=[a - b for a, b in zip(running_flow(option), running_flow(baseline), strict=True)],
    )


def upfront(option: OptionResult, baseline: OptionResult) -> Decimal:
    """Outflow of months 0 … go-live − 1 beyond today's; the baseline's own of month 0."""
    flows = list(option.cash_flow)
    if option is not baseline:
        flows = [a - b for a, b in zip(flows, baseline.cash_flow, strict=True)]
    return sum((-flow for flow in flows[: option.go_live] if flow < 0), ZERO)


def present_volume(world: World, tokens: bool) -> Decimal:
    """Requests, or tokens of all workloads, discounted like the flows of their month."""
    ordinary = factors(world.finance, world.horizon, discount_rate(world.finance))
    total = ZERO
    for d in world.demands:
        for m in range(1, world.horizon + 1):
            per_request = (d.input_tokens + d.output_tokens) * d.tokens_factor[m] if tokens else ONE
            total += d.requests[m] * per_request * ordinary[m]
    return total


def unit_cost(cost: Decimal, volume: Decimal, per: int) -> Decimal | None:
    """Levelised cost; None where nothing is asked."""
    return None if volume == 0 else cost / volume * per


def figures(world: World, result: OptionResult, baseline: OptionResult) -> Evaluated:
    """What is reported of one option."""
    npv = present_value(world.finance, result.cash_flow, result.components["resale"])
    untaxed = (sum(months, ZERO) for name, months in result.components.items() if name != "tax")
    return Evaluated(
        result=result,
        npv=npv,
        tco=-sum(untaxed, ZERO),
        upfront=upfront(result, baseline),
        cost_per_1000_requests=unit_cost(-npv, present_volume(world, tokens=False), 1000),
        cost_per_million_tokens=unit_cost(-npv, present_volume(world, tokens=True), 1_000_000),
        incremental=None if result is baseline else incremental(world, result, baseline),
    )


def evaluate_plan(plan: Record) -> dict[str, Evaluated]:
    """Every option by id."""
    with localcontext(EXACT):
        world = world_of(plan)
        results = {o["id"]: evaluate_option(world, o) for o in plan["options"]}
        baseline = results[plan["baseline"]]
        return {identifier: figures(world, result, baseline) for identifier, result in results.items()}
