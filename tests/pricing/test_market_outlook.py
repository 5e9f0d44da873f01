"""The market outlook: its path is the engine's, its floor follows measured speeds, its scenarios fit a plan."""

from __future__ import annotations

import json
import math
from datetime import date

import numpy as np
import pytest
from django.test import Client

from pricing.catalogue import Catalogue, ThroughputRecord
from pricing.catalogue.scenarios import market_scenario, market_scenarios
from pricing.outlook import (
    MarketParameters,
    SellerCosts,
    capital_recovery,
    crossing_month,
    decline_path,
    floor_level,
    market_path,
    serving_cost,
)

PARAMETERS = [
    MarketParameters(0.05, 0.6, 4, 1),
    MarketParameters(0.5, 0.5, 8, 7),
    MarketParameters(0.9, 0.0, 18, 1),
    MarketParameters(1.4, 0.3, 6, 1),
]
COSTS = SellerCosts(30_000, 0.25, 60, 0.15, 1.12, 217, 1.3, 0.093, 0.5)


@pytest.mark.parametrize("parameters", PARAMETERS)
def test_it_starts_at_todays_price_and_holds_it_until_the_competitor_comes(parameters: MarketParameters) -> None:
    path = market_path(parameters, 60)
    assert path[: parameters.competition_month] == pytest.approx([1.0] * parameters.competition_month)


@pytest.mark.parametrize("parameters", PARAMETERS[:3])
def test_it_never_goes_below_the_floor_and_halves_the_markup_each_half_life(parameters: MarketParameters) -> None:
    path = market_path(parameters, 60)
    markup = [price - floor_level(parameters, month) for month, price in enumerate(path, start=1)]
    assert min(markup) >= 0
    first = parameters.competition_month - 1
    assert markup[first + round(parameters.half_life)] == pytest.approx(markup[first] / 2)


@pytest.mark.parametrize("parameters", PARAMETERS)
def test_it_is_the_engines_path(parameters: MarketParameters) -> None:
    case = pytest.importorskip("planner.engine.case")
    paths = pytest.importorskip("planner.engine.paths")
    engine = case.MarketPath(
        floor=np.array([parameters.floor]),
        floor_decline=np.array([parameters.floor_decline]),
        half_life=np.array([parameters.half_life]),
        competition_month=np.array([float(parameters.competition_month)]),
    )
    assert paths.price_path(engine, 48)[1:, 0] == pytest.approx(market_path(parameters, 48), rel=1e-12)


def test_it_lets_a_decline_rise() -> None:
    assert decline_path(-1.0, 13)[12] == pytest.approx(2.0)


def test_it_reckons_the_serving_cost_of_a_70b_from_its_measured_speed() -> None:
    run = _run()
    per_request = serving_cost(run, 2.35, 1.0)
    per_million_output = per_request / 1_000 * 1e6
    assert per_million_output == pytest.approx(2 * 2.35 / 3600 / 4205 * 1e6)


def test_it_charges_capital_at_the_required_return() -> None:
    assert capital_recovery(0, 5) == pytest.approx(0.2)
    assert capital_recovery(0.15, 5) == pytest.approx(0.2983155525)
    power = 1.12 * 1.3 * 0.093
    assert COSTS.hourly_cost == pytest.approx(37_500 * 0.2983155525 / 8760 + 1.12 * 217 / 730 + power)
    assert COSTS.electricity_per_hour == pytest.approx(power)


@pytest.mark.parametrize(
    ("open_coverage", "needed", "month"), [(0.75, 0.9, 19), (0.75, 0.7, 1), (0.75, 0.95, None), (0.75, 0.85, 10)]
)
def test_it_finds_the_month_in_which_open_weights_suffice(
    open_coverage: float, needed: float, month: int | None
) -> None:
    found = crossing_month(frontier_coverage=0.95, open_coverage=open_coverage, half_life=9, needed=needed)
    assert found == month
    if month and month > 1:
        assert 0.95 - 0.2 * math.pow(2, -(month - 1) / 9) >= needed - 1e-12


def test_it_names_the_scenarios_people_ask_for() -> None:
    names = [scenario.name for scenario in market_scenarios()]
    assert names[1:] == ["Price war", "Slow convergence", "Frontier keeps rising", "GPU glut", "GPU shortage"]


@pytest.mark.parametrize("scenario_id", [scenario.id for scenario in market_scenarios()])
def test_it_offers_scenarios_that_a_plan_takes(scenario_id: str) -> None:
    market = pytest.importorskip("planner.plan.market")
    scenario = market_scenario(scenario_id)
    assert scenario is not None
    market.Market.model_validate(scenario.section())


@pytest.mark.django_db
def test_it_shows_every_scenario_and_every_parameter(client: Client) -> None:
    page = client.get("/prices/outlook?scenario=price-war&power_tariff=0.2").content.decode()
    assert "Sellers undercut each other" in page
    assert 'value="0.2"' in page
    section = page.split("&quot;market&quot;: ")[1] if "&quot;market&quot;: " in page else page.split('"market": ')[1]
    market = json.loads(section.split("</code>")[0].replace("&quot;", '"'))
    assert market["capability_api"]["half_life"] == 3


@pytest.mark.django_db
def test_it_says_what_is_wrong_with_a_parameter_and_shows_the_scenario(client: Client) -> None:
    answer = client.get("/prices/outlook?utilisation=7")
    assert answer.status_code == 422
    assert "less than or equal to 1" in answer.content.decode()


@pytest.mark.django_db
def test_it_gives_the_scenarios_over_rest(client: Client) -> None:
    items = client.get("/api/v1/market-scenarios").json()["items"]
    assert [item["id"] for item in items][:2] == ["likely", "price-war"]


def _run() -> ThroughputRecord:
    wanted = ("Llama-3.3-70B", "H100", 1000.0, 1000.0)
    runs = Catalogue.load(date(2026, 11, 23)).throughput()
    return next(run for run in runs if (run.model, run.accelerator, run.input_tokens, run.output_tokens) == wanted)
