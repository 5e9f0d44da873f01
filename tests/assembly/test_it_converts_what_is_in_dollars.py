"""Amounts that the program knows in dollars reach a plan in another currency by its own rate, or not at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.assembly import Snapshot, assemble, resolve
from planner.engine.case import MarketPath, ServingFloor
from planner.plan.document import parse_plan
from planner.plan.errors import PlanInvalid
from pricing.catalogue import Catalogue
from tests.oracle.small_plans import CHIP, MODEL, api_supply, hosted_supply, option, plan

CATALOGUE = Catalogue.load(date(2026, 11, 23))
RATE: dict[str, Any] = {"currency": "USD", "rate": 0.5, "date": "2026-01-02", "source": "Central bank"}
EURO: dict[str, Any] = {"currency": "EUR", "fx": [RATE]}


def resolved(supply: dict[str, Any], floor: dict[str, Any] | None = None, **finance: Any) -> Snapshot:
    document = plan(option("today", supply), **finance)
    if floor is not None:
        document["market"]["open_api"] = {"kind": "market", "floor": floor, "half_life": 6}
    return resolve(parse_plan(document), CATALOGUE)


def primary(snapshot: Snapshot) -> dict[str, Any]:
    found: dict[str, Any] = snapshot.document["options"][0]["primary"]
    return found


def test_it_converts_the_defaults_of_power_and_space() -> None:
    own = primary(resolved(hosted_supply(tenure="own"), **EURO))
    dollars = primary(resolved(hosted_supply(tenure="own")))
    for leaf in ("power_tariff", "colo_per_kw_month"):
        assert own[leaf] == pytest.approx(0.5 * dollars[leaf])


def test_it_says_at_which_rate() -> None:
    source = resolved(hosted_supply(tenure="own"), **EURO).sources["options.today.primary.power_tariff"]
    assert source.label == "The default of 0.093 USD at 0.5 EUR (Central bank, 2026-01-02)"
    assert source.as_of == date(2026, 1, 2)


def test_it_leaves_what_the_user_typed() -> None:
    own = primary(resolved(hosted_supply(tenure="own", power_tariff=0.2, colo_per_kw_month=150), **EURO))
    assert (own["power_tariff"], own["colo_per_kw_month"]) == (0.2, 150)


def test_it_asks_for_the_rate_instead_of_taking_one() -> None:
    with pytest.raises(PlanInvalid) as refused:
        resolved(hosted_supply(tenure="own"), currency="EUR")
    assert [error.code for error in refused.value.errors] == ["missing_exchange_rate"]
    typed = hosted_supply(tenure="own", power_tariff=0.2, colo_per_kw_month=150)
    assert primary(resolved(typed, currency="EUR"))["power_tariff"] == 0.2


def test_it_needs_no_rate_where_nothing_is_owned() -> None:
    assert primary(resolved(hosted_supply(), currency="EUR"))["tenure"] == "rent"


def test_it_converts_what_a_price_floor_assumes() -> None:
    floor = {
        "kind": "gpu_plus_electricity",
        "price_of": {"input_price": 1, "output_price": 4},
        "accelerator": CHIP,
        "model": MODEL,
        "gpus_per_replica": 1,
        "precision": "bf16",
        "utilisation": 0.5,
    }

    def hosting(**finance: Any) -> ServingFloor:
        path = assemble(resolved(api_supply(), floor, **finance)).market.open_api
        assert isinstance(path, MarketPath)
        assert isinstance(path.floor, ServingFloor)
        return path.floor

    dollars, euros = hosting(), hosting(**EURO)
    assert euros.power_tariff[0] == pytest.approx(0.5 * dollars.power_tariff[0])
    assert euros.colo_per_kw_month[0] == pytest.approx(0.5 * dollars.colo_per_kw_month[0])
    assert euros.purchase_price[0] == dollars.purchase_price[0], "a typed price is in the plan's currency"


def test_it_reckons_prices_by_the_hour_at_their_mean_over_the_day() -> None:
    supply = {"kind": "api", "tier": "open", "follows": "model", "model": "deepseek/deepseek-v4-flash"}
    own = primary(resolved(supply))
    assert own["input_price"] == pytest.approx((17 * 0.15 + 7 * 0.3) / 24)
    assert own["output_price"] == pytest.approx((17 * 0.6 + 7 * 1.2) / 24)
