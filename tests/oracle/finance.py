"""Discounting and the figures made of cash flows (model.md §2, §12; decisions 9 and 12)."""

from collections.abc import Sequence
from decimal import Decimal

from tests.oracle.decimals import ONE, TWELVE, ZERO, Months, Record, number, power

TIMING = {"end": Decimal(1), "mid": Decimal("0.5"), "start": ZERO}


def time_of(month: int, timing: str) -> Decimal:
    """Months from the decision date at which a flow of month m falls: m − 1 + τ; month 0 at 0."""
    return ZERO if month == 0 else month - 1 + TIMING[timing]


def discount_factor(annual_rate: Decimal, months: Decimal) -> Decimal:
    """(1 + i)^−months with i the monthly equivalent of the annual effective rate."""
    half_month = power(ONE + annual_rate, -ONE / (2 * TWELVE))
    return power(half_month, 2 * months)


def factors(finance: Record, horizon: int, annual_rate: Decimal) -> Months:
    """Discount factors of ordinary flows, month 0 first."""
    timing = str(finance.get("timing") or "end")
    return [discount_factor(annual_rate, time_of(m, timing)) for m in range(horizon + 1)]


def discount_rate(finance: Record) -> Decimal:
    """0.10 unless the plan says otherwise."""
    return number(finance, "discount_rate", "0.10")


def present_value(finance: Record, flows: Months, at_horizon: Months, annual_rate: Decimal | None = None) -> Decimal:
    """Σ CF_m (1 + i)^−(m − 1 + τ); the part of them `at_horizon` (resale) falls at T months whatever the timing.

    The rate is the plan's discount rate unless another is given.
    """
    horizon = len(flows) - 1
    rate = discount_rate(finance) if annual_rate is None else annual_rate
    ordinary = factors(finance, horizon, rate)
    total = sum(((f - r) * v for f, r, v in zip(flows, at_horizon, ordinary, strict=True)), ZERO)
    return total + sum(at_horizon, ZERO) * discount_factor(rate, Decimal(horizon))


def first_month_from_which_not_negative(flows: Sequence[Decimal]) -> int | None:
    """Payback: the first month from which the cumulated flows stay ≥ 0, None if there is none."""
    total, since = ZERO, None
    for m, flow in enumerate(flows):
        total += flow
        if total < 0:
            since = None
        elif since is None:
            since = m
    return since


def dated_flows(flows: Months, at_horizon: Months, timing: str) -> list[tuple[Decimal, Decimal]]:
    """(time, flow) of every month; resale stands apart from month T's other flows unless those fall at T too."""
    if timing == "end":
        return [(time_of(m, timing), flow) for m, flow in enumerate(flows)]
    ordinary = [flow - late for flow, late in zip(flows, at_horizon, strict=True)]
    dated = [(time_of(m, timing), flow) for m, flow in enumerate(ordinary)]
    return [*dated, (Decimal(len(flows) - 1), sum(at_horizon, ZERO))]


def mirr(finance: Record, flows: Months, at_horizon: Months) -> Decimal | None:
    """Annual: (inflows' value at T, reinvested / outflows' present value at the finance rate)^(12/T) − 1."""
    horizon, rate = len(flows) - 1, discount_rate(finance)
    borrow = number(finance, "mirr_finance_rate", rate)
    reinvest = number(finance, "mirr_reinvest_rate", rate)
    timing = str(finance.get("timing") or "end")
    dated = dated_flows(flows, at_horizon, timing)
    outflow = -sum((f * discount_factor(borrow, t) for t, f in dated if f < 0), ZERO)
    inflow = sum((f * discount_factor(reinvest, t - horizon) for t, f in dated if f > 0), ZERO)
    if outflow == 0 or inflow == 0:
        return None
    return power(inflow / outflow, TWELVE / horizon) - ONE


def profitability_index(present_increments: Months, npv: Decimal, go_live: int) -> Decimal | None:
    """1 + incremental NPV / present value of the incremental outflows before go-live; None without such outflows."""
    invested = sum((-value for value in present_increments[:go_live] if value < 0), ZERO)
    return None if invested == 0 else ONE + npv / invested
