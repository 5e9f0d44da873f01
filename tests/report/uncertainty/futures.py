"""Small plans whose futures can be worked by hand, and the worked example."""

from __future__ import annotations

from functools import cache
from typing import Any

from planner.analysis.simulate import Settings
from planner.evaluation import evaluate_document
from planner.simulation import SimulatedResult, with_study
from tests.analysis.priced import CATALOGUE_DATE, WORKED, catalogue
from tests.oracle.empty_catalogue import EmptyCatalogue
from tests.oracle.small_plans import Document, api_supply, option, plan

MONTHS = 12
API_A_MONTH = 2_800.0
"""A million requests at 2 × 1000 + 8 × 100 a million tokens."""


def fixed(amount: Any) -> Document:
    """An option that costs a fixed amount a month."""
    return option("fixed", api_supply(input_price=0, output_price=0), recurring_costs=[{"amount_per_month": amount}])


def against_fixed(amount: Any, **more: Any) -> Document:
    """The API at 2,800 a month against a fixed amount; nothing is discounted."""
    return {**plan(option("api", api_supply()), fixed(amount), months=MONTHS), **more}


def simulated(document: Document, draws: int = 4096) -> SimulatedResult:
    certain = evaluate_document(document, prices=EmptyCatalogue())
    return with_study(certain, Settings(draws=draws), prices=EmptyCatalogue())


@cache
def worked() -> SimulatedResult:
    """Code completion in January 2026, with its four scenarios."""
    certain = evaluate_document(WORKED.read_bytes(), prices=catalogue(), as_of=CATALOGUE_DATE)
    return with_study(certain, Settings(draws=1024), prices=catalogue())
