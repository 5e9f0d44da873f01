"""An option against today's, in a certain world: rates of return, payback, first cheaper month."""

from __future__ import annotations

import numpy as np

from planner.engine import metrics
from planner.engine.arrays import FloatArray
from planner.engine.case import Case, Option
from planner.engine.cashflow import Ledger, flow_times
from planner.engine.outcome import RUNNING_COMPONENTS, Incremental

FIGURES = ("irr", "mirr", "profitability_index", "payback_month", "discounted_payback_month", "first_month_cheaper")


def compare(
    case: Case, option: Option, ledger: Ledger, baseline: Ledger, npv: float, *, is_baseline: bool
) -> Incremental:
    """Figures of the increment over the baseline; those that do not exist are None with a reason."""
    if is_baseline:
        return Incremental(0.0, None, (), None, None, None, None, None, dict.fromkeys(FIGURES, "baseline"))
    monthly = _column(ledger.cash_flow()) - _column(baseline.cash_flow())
    resale = float(ledger.component("resale")[-1, 0] - baseline.component("resale")[-1, 0])
    flows = _dated(case, monthly, resale)
    rate = metrics.internal_rate_of_return(flows)
    finance = case.finance
    mirr = metrics.modified_rate_of_return(
        flows, float(finance.mirr_finance_rate[0]), float(finance.mirr_reinvest_rate[0]), finance.horizon_months
    )
    discounted = _discounted(case, flows, monthly)
    figures: dict[str, float | int | None] = {
        "irr": rate.rate,
        "mirr": mirr,
        "profitability_index": _profitability_index(npv, discounted, option.go_live_month),
        "payback_month": metrics.payback_month(monthly),
        "discounted_payback_month": metrics.payback_month(discounted),
        "first_month_cheaper": metrics.first_month_above(
            _column(ledger.sum_of(*RUNNING_COMPONENTS)),
            _column(baseline.sum_of(*RUNNING_COMPONENTS)),
            option.go_live_month,
        ),
    }
    reasons = {name: _reason(name, rate, flows) for name, figure in figures.items() if figure is None}
    return Incremental(npv=npv, irr_roots=rate.roots, reasons=reasons, **figures)  # type: ignore[arg-type]  # months are ints


def _column(monthly: FloatArray) -> FloatArray:
    return monthly[:, 0]


def _dated(case: Case, monthly: FloatArray, resale: float) -> metrics.Flows:
    """The increment with its dates; resale falls at T months whatever the timing."""
    times = flow_times(case.finance)[:, 0]
    amounts = np.array(monthly)
    amounts[-1] -= resale
    if times[-1] == case.finance.horizon_months or resale == 0.0:
        amounts[-1] += resale
        return metrics.Flows(amounts, times)
    return metrics.Flows(np.append(amounts, resale), np.append(times, float(case.finance.horizon_months)))


def _discounted(case: Case, flows: metrics.Flows, monthly: FloatArray) -> FloatArray:
    """Present value of the increment by month, resale in the last."""
    rate = float(case.finance.discount_rate[0])
    present = flows.amounts * np.power(1.0 + rate, -flows.times / metrics.MONTHS_PER_YEAR)
    by_month = present[: len(monthly)].copy()
    by_month[-1] += present[len(monthly) :].sum()
    return by_month


def _profitability_index(npv: float, discounted: FloatArray, go_live_month: int) -> float | None:
    """``1 + NPV / present value of outflows before go-live``, None without such outflows."""
    outflows = -float(np.minimum(discounted[:go_live_month], 0.0).sum())
    scale = float(np.abs(discounted).sum())
    return 1.0 + npv / outflows if outflows > metrics.NOISE * scale else None


def _reason(name: str, rate: metrics.RateOfReturn, flows: metrics.Flows) -> str:
    if name == "irr":
        return rate.reason or "no_root"
    if name == "mirr":
        return "never_positive" if not np.any(flows.without_noise() > 0.0) else "never_negative"
    if name == "profitability_index":
        return "no_outflow"
    return "not_within_horizon"
