"""What an organisation agreed with a seller beside unit prices, as leaves of the supply it buys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from planner.assembly.tree import Tree
from pricing.catalogue.api_prices import ContractTerms

MOST_MONTHS = 120
"""The longest horizon: a commitment beyond it is one to its end."""


def contract_leaves(terms: ContractTerms, start: str, money: Callable[[Decimal], float]) -> Tree:
    """Discount ladder, commitment and its last month; what was not agreed, or is over by plan month 1, is left out.

    `start` is the calendar month of plan month 1, YYYY-MM. The calendar month in which a commitment ends is the last
    one it is owed in. `money` turns the contract's amounts into the plan's currency.
    """
    leaves: Tree = {}
    if terms.discount_ladder:
        leaves["discount"] = [[money(above), float(off)] for above, off in terms.discount_ladder]
    if not terms.monthly_commitment:
        return leaves
    if terms.commitment_end is None:
        return {**leaves, "monthly_commitment": money(terms.monthly_commitment)}
    last = plan_month(terms.commitment_end, start)
    if last < 1:
        return leaves
    return {
        **leaves,
        "monthly_commitment": money(terms.monthly_commitment),
        "commitment_end": float(min(last, MOST_MONTHS)),
    }


def plan_month(day: date, start: str) -> int:
    """Number of the plan month that the day lies in; 0 or less before the plan."""
    year, month = int(start[:4]), int(start[5:7])
    return 12 * (day.year - year) + day.month - month + 1
