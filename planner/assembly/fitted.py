"""A fitted decline as a leaf: with its standard error as uncertainty, where there is one."""

from __future__ import annotations

from planner.plan.quantity import Normal, Quantity

DECLINE_BOUNDS = (-20.0, 0.999)


def fitted_rate(annual_rate: float, standard_error: float) -> Quantity:
    """Normal with the fit's standard error; certain without one, or where the fit lies outside what a plan allows."""
    if standard_error > 0.0 and DECLINE_BOUNDS[0] < annual_rate:
        return Normal(annual_rate, standard_error, bounds=DECLINE_BOUNDS)
    return annual_rate
