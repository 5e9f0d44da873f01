"""P9: a cheaper price never raises what an API costs, more volume never lowers it; context tiers are cliffs."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.properties import TOLERANCE, Document, Evaluated, evaluated, many, random_case, seeds
from tests.oracle.small_plans import api_supply, option, plan, workload

PRICES = ("input_price", "cached_input_price", "cache_write_price", "output_price")


def supplies(document: Document) -> Iterator[Document]:
    """Every API supply written out in a plan."""
    for each in document["options"]:
        for role in ("primary", "fallback", "interim"):
            if (each.get(role) or {}).get("kind") == "api":
                yield each[role]


def repriced(document: Document, factor: float) -> Document:
    cheaper = deepcopy(document)
    for supply in supplies(cheaper):
        for prices in (supply, *supply.get("price_tiers", [])):
            prices.update({name: prices[name] * factor for name in PRICES if name in prices})
    return cheaper


def asked_more(document: Document, factor: float) -> Document:
    busier = deepcopy(document)
    for work in busier["workloads"]:
        if "requests_per_month" in work:
            work["requests_per_month"] *= factor
        if work.get("growth", {}).get("kind") == "series":
            work["growth"]["monthly"] = [requests * factor for requests in work["growth"]["monthly"]]
    return busier


def paid_more(dear: Evaluated, cheap: Evaluated) -> bool:
    """Whether each option pays its APIs at least as much in every month."""
    for one, other in zip(dear.outcome.options, cheap.outcome.options, strict=True):
        more, less = -one.components["api_fees"], -other.components["api_fees"]
        if np.any(more < less - TOLERANCE * np.abs(less).max()):
            return False
    return True


@many()
@given(seeds(), st.floats(0.0, 1.0))
def test_it_never_costs_more_where_prices_are_lower(seed: int, factor: float) -> None:
    dear = random_case(seed)
    assert paid_more(dear, evaluated(repriced(dear.document, factor)))


@many()
@given(seeds(), st.floats(1.0, 10.0))
def test_it_never_costs_less_where_more_is_asked(seed: int, factor: float) -> None:
    calm = random_case(seed)
    assert paid_more(evaluated(asked_more(calm.document, factor)), calm)


@pytest.mark.parametrize(("tokens", "price"), [(3999, 2.0), (4000, 2.0), (4001, 6.0)])
def test_it_prices_a_whole_request_by_the_tier_of_its_length(tokens: int, price: float) -> None:
    tier: dict[str, Any] = {"above_input_tokens": 4000, "input_price": 6, "output_price": 8}
    supply = api_supply(price_tiers=[tier])
    document = plan(option("api", supply), work=workload(input_tokens=tokens, output_tokens=0), months=1)
    assert evaluated(document).npv("api") == pytest.approx(-tokens * price)
