"""Plans of the analysis tests, priced from nothing but what they say themselves, and the worked example."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from planner.analysis.dial import PricedPlan
from planner.plan.document import Plan, parse_plan
from pricing.catalogue import Catalogue
from tests.oracle.empty_catalogue import EmptyCatalogue

NO_PRICES = EmptyCatalogue()
WORKED = Path(__file__).parent.parent / "plan" / "plan-example.json"
CATALOGUE_DATE = date(2026, 11, 1)


@cache
def catalogue() -> Catalogue:
    """The packaged prices of one date."""
    return Catalogue.load(CATALOGUE_DATE)


def subject(document: dict[str, Any]) -> PricedPlan:
    """A document that refers to nothing."""
    return PricedPlan.of(parse_plan(document), NO_PRICES)


@cache
def example() -> Plan:
    """Code completion in January 2026: buy, buy open weights, fine-tune on rented GPUs, or train an own model."""
    return parse_plan(WORKED.read_bytes())
