"""Team, one-off and recurring costs (model.md §9). Costs are positive here."""

from decimal import Decimal

from tests.oracle.decimals import ONE, TWELVE, ZERO, Months, Record, number, power, whole, yearly, zeros


def heads(role: Record, month: int, horizon: int) -> Decimal:
    """Hired linearly over ramp_months from start_month, gone after end_month; 0 in month 0."""
    start = whole(role, "start_month", 1)
    if month < start or month > whole(role, "end_month", horizon):
        return ZERO
    share = min(ONE, Decimal(month - start + 1) / max(1, whole(role, "ramp_months", 0)))
    return number(role, "headcount") * share


def pay_per_head(role: Record, inflation: Decimal, month: int) -> Decimal:
    """A year's pay with raises and allocation, without burden."""
    raises = yearly(number(role, "annual_raise", inflation), month)
    return number(role, "annual_pay") * raises * number(role, "allocation", 1)


def hires(role: Record, month: int, horizon: int) -> Decimal:
    """New heads (none if they are there already) and leavers replaced: a_m · min(h[m − 1], h[m])."""
    before, now = heads(role, month - 1, horizon), heads(role, month, horizon)
    monthly_attrition = ONE - power(ONE - number(role, "attrition", 0), ONE / TWELVE)
    new = ZERO if role.get("already_employed") else max(ZERO, now - before)
    return new + monthly_attrition * min(before, now)


def role_cost(role: Record, inflation: Decimal, month: int, horizon: int) -> Decimal:
    """Pay with burden, and recruiting."""
    pay = pay_per_head(role, inflation, month)
    wages = heads(role, month, horizon) * pay * (ONE + number(role, "burden", "0.30")) / TWELVE
    return wages + hires(role, month, horizon) * number(role, "recruiting_fee", 0) * pay


def team_costs(option: Record, inflation: Decimal, horizon: int) -> Months:
    """All roles."""
    months = zeros(horizon)
    for role in option.get("team") or []:
        for m in range(1, horizon + 1):
            months[m] += role_cost(role, inflation, m, horizon)
    return months


def one_off_costs(option: Record, kind: str, horizon: int) -> Months:
    """Nominal as typed, of one kind (`opex` unless said otherwise); what is dated after T is not paid."""
    months = zeros(horizon)
    for cost in option.get("one_off_costs") or []:
        month = whole(cost, "month")
        if (cost.get("kind") or "opex") == kind and month <= horizon:
            months[month] += number(cost, "amount")
    return months


def recurring_costs(option: Record, inflation: Decimal, horizon: int) -> Months:
    """amount_per_month from start_month through end_month, inflated."""
    months = zeros(horizon)
    for cost in option.get("recurring_costs") or []:
        for m in range(whole(cost, "start_month", 1), min(whole(cost, "end_month", horizon), horizon) + 1):
            months[m] += number(cost, "amount_per_month") * yearly(inflation, m)
    return months
