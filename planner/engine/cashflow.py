"""From components to a cash flow and its present value (`docs/model/cashflow.md`).

Costs are negative, inflows positive; the row is the month. Month 0 is undiscounted; a flow of month m falls at
``m − 1 + τ`` months, τ = 1 (end), 0.5 (mid), 0 (start); resale falls at T months whatever the timing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.engine.arrays import ZERO, FloatArray, is_zero, month_column, power, sum_over_months, total
from planner.engine.case import Finance
from planner.engine.outcome import CAPITAL_COMPONENTS, COMPONENTS, RUNNING_COMPONENTS

MONTHS_PER_YEAR = 12.0
PERIOD_SHARE = {"end": 1.0, "mid": 0.5, "start": 0.0}


class Ledger:
    """Monthly flows of one option by component; a component never booked is zero.

    Costs are kept positive and turned once, when a flow is asked for.
    """

    def __init__(self, horizon_months: int) -> None:
        self.horizon_months = horizon_months
        self._paid: dict[str, FloatArray] = {}
        self._received: dict[str, FloatArray] = {}
        self._running: FloatArray | None = None

    def pay(self, component: str, amount: FloatArray) -> None:
        """Books a cost given as a positive monthly amount."""
        self._running = None
        _add(self._paid, component, amount)

    def receive(self, component: str, amount: FloatArray) -> None:
        """Books an inflow given as a positive monthly amount."""
        _add(self._received, component, amount)

    def running_costs(self) -> FloatArray:
        """Monthly sum of what it costs to run the option, positive."""
        if self._running is None:
            self._running = self._sum(self._paid, RUNNING_COMPONENTS)
        return self._running

    def capital_costs(self) -> FloatArray:
        """Monthly sum of hardware and development, positive."""
        return self._sum(self._paid, CAPITAL_COMPONENTS)

    def component(self, name: str) -> FloatArray:
        """Monthly flow of a component."""
        paid, received = self._paid.get(name), self._received.get(name)
        if paid is None:
            flow = np.zeros((self.horizon_months + 1, 1)) if received is None else received
        else:
            flow = -paid if received is None else received - paid
        return flow if flow.ndim == 2 else np.broadcast_to(flow, (self.horizon_months + 1, len(flow)))

    def components(self) -> dict[str, FloatArray]:
        """All components in the order of `COMPONENTS`."""
        return {name: self.component(name) for name in COMPONENTS}

    def sum_of(self, *names: str) -> FloatArray:
        """Monthly sum of some components."""
        return total(self.component(name) for name in names)

    def cash_flow(self) -> FloatArray:
        """Monthly sum of all components."""
        return self._sum(self._received, ("resale", "tax")) - (self.running_costs() + self.capital_costs())

    def _sum(self, flows: dict[str, FloatArray], names: Sequence[str]) -> FloatArray:
        """Monthly sum of what is booked under some names, the last first: people are usually certain, fees are not.

        Trap: the order must not depend on how wide the amounts are, or a certain plan would differ in the last bit.
        """
        summed = total(flows[name] for name in reversed(names) if name in flows)
        return summed if summed.ndim == 2 else summed + np.zeros((self.horizon_months + 1, 1))


def _add(flows: dict[str, FloatArray], component: str, amount: FloatArray) -> None:
    booked = flows.get(component)
    flows[component] = amount if booked is None else booked + amount


def flow_times(finance: Finance) -> FloatArray:
    """When a month's flow falls, in months: 0, then ``m − 1 + τ``; a month column."""
    times = month_column(finance.horizon_months) - 1.0 + PERIOD_SHARE[finance.timing]
    times = np.array(times)
    times[0] = 0.0
    return times


def discount_factors(rate: FloatArray, times: FloatArray) -> FloatArray:
    """``(1 + rate)^(−t/12)`` at times in months."""
    return power(1.0 + rate, -times / MONTHS_PER_YEAR)


def present_value(flows: FloatArray, factors: FloatArray) -> FloatArray:
    """Σ flow·factor over months, ``(draws,)``."""
    return sum_over_months(flows * factors)


def at_horizon(amount: FloatArray, finance: Finance) -> FloatArray:
    """Present value of an amount that falls at T months whatever the timing, ``(draws,)``."""
    if is_zero(amount):
        return ZERO
    return amount * power(1.0 + finance.discount_rate, -finance.horizon_months / MONTHS_PER_YEAR)
