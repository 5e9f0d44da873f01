"""Plans that between them hold every field a plan can have."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from planner.plan.document import Plan, parse_plan
from tests.analysis.priced import WORKED
from tests.strategies import random_plan

Document = dict[str, Any]
RANDOM = 60
TIER = {
    "above_input_tokens": 1000,
    "input_price": 1,
    "cached_input_price": 0.8,
    "cache_write_price": 1.2,
    "output_price": 2,
}


@cache
def rich_plans() -> tuple[Plan, ...]:
    """The worked example as it is and in euros, and random plans of every feature."""
    documents = [*(random_plan(seed) for seed in range(RANDOM)), in_euros(), with_context_tiers(), worked()]
    return tuple(parse_plan(document) for document in documents)


def worked() -> Document:
    """The worked example: references into the catalogue, ranges, correlations, scenarios, volatile paths."""
    document: Document = json.loads(WORKED.read_bytes())
    return document


def in_euros() -> Document:
    """The worked example paid in euros, with a dollar rate and revenue."""
    document = worked()
    rate = {"currency": "USD", "rate": 0.9, "date": "2026-01-02", "source": "European Central Bank"}
    document["finance"].update(currency="EUR", fx=[rate], revenue_per_request=0.001)
    return document


def with_context_tiers() -> Document:
    """The worked example with a seller's price list that knows context tiers."""
    document = worked()
    document["workloads"][0]["cache_write_share"] = 0.1
    document["market"]["open_api"]["floor"]["price_of"] = {
        "name": "By hand",
        "input_price": 0.8,
        "cached_input_price": 0.4,
        "cache_write_price": 1,
        "output_price": 0.9,
        "batch_discount": 0.5,
        "price_tiers": [TIER],
    }
    return document
