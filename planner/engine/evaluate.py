"""The one door: a case in, an outcome out. Reads like a table of contents of the model (`docs/model/`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from planner.engine.arrays import ZERO, FloatArray, sum_over_months, total
from planner.engine.case import ApiSupply, Case, FineTune, Option, Pretrain, Silicon
from planner.engine.cashflow import at_horizon, discount_factors, flow_times, present_value
from planner.engine.cautions import cautions_of
from planner.engine.comparison import compare
from planner.engine.errors import EngineRefusal
from planner.engine.option_flows import OptionFlows, effective, option_flows
from planner.engine.outcome import OptionKind, OptionOutcome, Outcome
from planner.engine.world import World, world

REQUESTS_PER_UNIT = 1000.0
TOKENS_PER_UNIT = 1e6


def evaluate(case: Case) -> Outcome:
    """All options of a case, flows, present values and comparison with today.

    One draw or many: arrays are ``(T + 1, draws)``. Comparisons with the baseline that need a root (rate of return,
    payback) are made for a single draw only. Raises `EngineRefusal` for what cannot be computed honestly.
    """
    shared = world(case)
    discounting = _discounting(case)
    flows = [option_flows(shared, index) for index in range(len(case.options))]
    volume = _volume(shared, discounting)
    present = [_present(case, each, discounting) for each in flows]
    outcomes = tuple(_outcome(shared, index, flows, present, volume) for index in range(len(case.options)))
    return Outcome(
        horizon_months=shared.horizon_months,
        baseline=case.baseline,
        options=outcomes,
        requests=_by_workload(shared, [each.requests for each in shared.demands]),
        tokens=_by_workload(shared, volume.tokens),
        market=shared.market,
        discount_factors=discounting,
        warnings=cautions_of(shared, outcomes),
    )


def net_present_values(case: Case, options: Sequence[int] | None = None) -> tuple[FloatArray, ...]:
    """NPV of some options (all by default), ``(draws,)`` each: the short way through the same model."""
    return tuple(money.npv for money in _presents(case, options))


def cash_flows(case: Case, options: Sequence[int] | None = None) -> tuple[FloatArray, ...]:
    """Cash flows of some options (all by default), ``(T + 1, draws)`` each."""
    return tuple(money.cash_flow for money in _presents(case, options))


def supply_costs(case: Case, options: Sequence[int] | None = None) -> tuple[FloatArray, ...]:
    """What one sees of an option from month to month, ``(T + 1, draws)`` each: for every option asked for, what its
    supply costs a month (API fees and compute), and what its API fees come to per million tokens of the demand.
    """
    shared = world(case)
    tokens = total(_tokens(shared))
    found: list[FloatArray] = []
    for index in range(len(case.options)) if options is None else options:
        ledger = option_flows(shared, index, money_only=True).ledger
        fees = -ledger.component("api_fees")
        found += [fees - ledger.component("compute"), fees / np.maximum(tokens, 1.0) * TOKENS_PER_UNIT]
    return tuple(found)


def _presents(case: Case, options: Sequence[int] | None) -> Iterator[_Present]:
    shared = world(case)
    discounting = _discounting(case)
    for index in range(len(case.options)) if options is None else options:
        yield _present(case, option_flows(shared, index, money_only=True), discounting)


def option_kind(option: Option) -> OptionKind:
    """What an option is, from the most capital-intensive thing it does."""
    projects = option.develop
    if any(isinstance(project, Silicon) for project in projects):
        return "silicon"
    if any(isinstance(project, Pretrain) for project in projects):
        return "train"
    if any(isinstance(project, FineTune) for project in projects):
        return "tune"
    return "api" if isinstance(option.primary, ApiSupply) else "host"


def _discounting(case: Case) -> FloatArray:
    return discount_factors(case.finance.discount_rate, flow_times(case.finance))


@dataclass(frozen=True, slots=True)
class _Present:
    """One option's cash flow by month and its present value."""

    cash_flow: FloatArray
    npv: FloatArray


def _present(case: Case, flows: OptionFlows, discounting: FloatArray) -> _Present:
    """NPV from the present values of what is paid, deducted and resold: each is discounted once, tax not at all."""
    finance, ledger = case.finance, flows.ledger
    running = present_value(ledger.running_costs(), discounting)
    npv = -running - present_value(ledger.capital_costs(), discounting)
    if flows.deductible is not None:
        npv = npv + finance.tax_rate * flows.deductible.present_value(running, discounting)
    npv = npv + at_horizon(ledger.component("resale")[-1], finance)
    if not np.isfinite(npv).all():
        raise EngineRefusal(
            "numeric_overflow",
            "finance",
            "The amounts grow beyond what can be computed. Lower growth, prices or the horizon.",
        )
    return _Present(ledger.cash_flow(), npv)


@dataclass(frozen=True, slots=True)
class _Volume:
    """Tokens by workload and month, and present volumes of requests and tokens, ``(draws,)``."""

    tokens: Sequence[FloatArray]
    present_requests: FloatArray
    present_tokens: FloatArray


def _volume(shared: World, discounting: FloatArray) -> _Volume:
    tokens = _tokens(shared)
    requests = total(wanted.requests for wanted in shared.demands)
    return _Volume(
        tokens=tokens,
        present_requests=sum_over_months(requests * discounting),
        present_tokens=sum_over_months(total(tokens) * discounting),
    )


def _tokens(shared: World) -> list[FloatArray]:
    """Tokens asked for a month, by workload."""
    return [
        wanted.requests * (wanted.token_growth * (workload.input_tokens + workload.output_tokens))
        for workload, wanted in zip(shared.case.workloads, shared.demands, strict=True)
    ]


def _outcome(
    shared: World, index: int, flows: Sequence[OptionFlows], present: Sequence[_Present], volume: _Volume
) -> OptionOutcome:
    case, mine, money = shared.case, flows[index], present[index]
    option = effective(shared, index)
    before_tax = mine.ledger.sum_of(
        "api_fees", "failures", "compute", "hardware", "development", "team", "other", "resale"
    )
    increment = money.cash_flow - present[case.baseline].cash_flow
    return OptionOutcome(
        id=option.id,
        kind=option_kind(option),
        go_live_month=option.go_live_month,
        components=mine.ledger.components(),
        cash_flow=money.cash_flow,
        npv=money.npv,
        replicas=mine.replicas,
        gpus=mine.gpus,
        coverage=mine.coverage,
        unserved=mine.unserved,
        tco=-sum_over_months(before_tax),
        upfront=_upfront(increment, money.cash_flow, option.go_live_month, index == case.baseline),
        cost_per_1000_requests=_levelised(money.npv, volume.present_requests, REQUESTS_PER_UNIT),
        cost_per_million_tokens=_levelised(money.npv, volume.present_tokens, TOKENS_PER_UNIT),
        incremental=compare(
            case,
            option,
            mine.ledger,
            flows[case.baseline].ledger,
            float(money.npv[0] - present[case.baseline].npv[0]),
            is_baseline=index == case.baseline,
        )
        if money.npv.shape == (1,)
        else None,
        workings=mine.workings,
    )


def _upfront(increment: FloatArray, cash_flow: FloatArray, go_live_month: int, is_baseline: bool) -> FloatArray:
    """Outflows of months 0 … go-live − 1 beyond what today's option pays in them; positive."""
    flows = cash_flow if is_baseline else increment
    before = flows[: min(go_live_month, len(flows))]
    return sum_over_months(np.maximum(-before, 0.0))


def _levelised(npv: FloatArray, present_volume: FloatArray, unit: float) -> FloatArray | None:
    """Present cost over present volume, or None where a draw has no volume."""
    if not np.all(present_volume > 0.0):
        return None
    return ZERO - npv / present_volume * unit


def _by_workload(shared: World, arrays: Sequence[FloatArray]) -> dict[str, FloatArray]:
    return {workload.id: array for workload, array in zip(shared.case.workloads, arrays, strict=True)}
