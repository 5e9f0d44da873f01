"""Dates and currencies of money that is typed rather than computed."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from planner.plan.errors import PlanError
from planner.plan.numbers import number_text
from planner.plan.quantity import Quantity, central
from planner.plan.rules.spot import PLAN, Spot

if TYPE_CHECKING:
    from planner.plan.document import Plan


def broken(plan: "Plan") -> Iterator[PlanError]:
    """Exchange rates, people and costs that contradict themselves."""
    yield from _rates(plan)
    for index, option in enumerate(plan.options):
        spot = PLAN.item("options", index, option.id)
        for place, role in enumerate(option.team):
            if role.end_month is not None:
                yield from _period(spot.item("team", place, role.id), role.start_month, role.end_month)
        for place, cost in enumerate(option.recurring_costs):
            if cost.end_month is not None:
                yield from _period(spot.item("recurring_costs", place), cost.start_month, cost.end_month)


def _rates(plan: "Plan") -> Iterator[PlanError]:
    seen = {plan.finance.currency}
    for index, rate in enumerate(plan.finance.fx):
        if rate.currency in seen:
            what = "the plan's own currency" if rate.currency == plan.finance.currency else "given twice"
            place = PLAN.to("finance").item("fx", index).to("currency")
            yield place.error("repeated_currency", f"is {rate.currency}, which is {what}; remove this rate.")
        seen.add(rate.currency)
        if not _is_day(rate.date):
            place = PLAN.to("finance").item("fx", index).to("date")
            yield place.error("no_such_day", f"is {rate.date}, which is no day of the calendar.")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _period(spot: Spot, first: Quantity, last: Quantity) -> Iterator[PlanError]:
    start, end = central(first), central(last)
    if end < start:
        yield spot.to("end_month").error(
            "ends_before_start", f"is {number_text(end)}, before the first month {number_text(start)}."
        )
