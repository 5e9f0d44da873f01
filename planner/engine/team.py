"""People (`docs/model/team.md`): pay with burden and raises, recruiting of hires and of leavers replaced."""

from __future__ import annotations

import numpy as np

from planner.engine.arrays import FloatArray, compound, is_zero, month_column, power, remembered
from planner.engine.case import Role

MONTHS_PER_YEAR = 12.0


def employed_share(role: Role, horizon_months: int) -> FloatArray:
    """Share of `headcount` employed by month: hired linearly over `ramp_months`, gone after `end_month`."""
    months = month_column(horizon_months)
    ramp = max(1, role.ramp_months)
    share = np.minimum(np.maximum((months - role.start_month + 1.0) / ramp, 0.0), 1.0)
    return np.where((months > role.end_month) | (months < 1.0), 0.0, share)


@remembered
def role_cost(role: Role, horizon_months: int) -> FloatArray:
    """Pay and recruiting of one role by month (positive)."""
    heads = role.headcount * employed_share(role, horizon_months)
    raised = compound(role.annual_raise, horizon_months)
    annual_pay = role.annual_pay * role.allocation
    # Month columns are multiplied first: only the last product is as wide as the draws.
    pay = heads * raised * (annual_pay * ((1.0 + role.burden) / MONTHS_PER_YEAR))
    if is_zero(role.recruiting_fee):
        return pay
    return pay + hires(role, heads) * raised * (annual_pay * role.recruiting_fee)


def hires(role: Role, heads: FloatArray) -> FloatArray:
    """Hires by month: growth of the team (not for people already employed) and leavers replaced.

    ``max(0, h[m] − h[m−1]) + a_m·min(h[m−1], h[m])`` with ``a_m = 1 − (1 − a)^(1/12)`` and ``h[0] = 0``.
    """
    before = np.zeros_like(heads)
    before[1:] = heads[:-1]
    monthly_attrition = 1.0 - power(1.0 - role.attrition, 1.0 / MONTHS_PER_YEAR)
    replaced = monthly_attrition * np.minimum(before, heads)
    if role.already_employed:
        return replaced
    return np.maximum(heads - before, 0.0) + replaced
