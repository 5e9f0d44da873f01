"""The market outlook: both tiers from past to horizon, the floor under them, and a plan section that says the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pricing.catalogue import Catalogue, ThroughputRecord
from pricing.catalogue.scenarios import MarketScenario, market_scenario, market_scenarios
from pricing.charts import Line, price_chart
from pricing.forms.outlook import OutlookForm
from pricing.history import DAYS_PER_MONTH, Series, named_series
from pricing.outlook import (
    MarketParameters,
    SellerCosts,
    crossing_month,
    decline_path,
    floor_level,
    list_fee,
    market_path,
    serving_cost,
)
from pricing.queries import catalogue_of
from pricing.views.prices import read_day

HOST = "together/llama-3.3-70b"
ACCELERATOR = "h100-sxm"
RUN = ("Llama-3.3-70B", "H100", "fp8", 1000.0, 1000.0)
"""The measured run the floor is reckoned with: model, accelerator, precision, input and output tokens."""

WATTS_AT_THE_WALL = 1.6
"""Server power per watt of accelerator, with its share of the host."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the page shows; prices in USD per million tokens, three parts input to one output, months from 1."""

    days: tuple[date, ...]
    capability: tuple[float, ...]
    frontier: tuple[float, ...]
    hosted: tuple[float, ...]
    floor: tuple[float, ...]
    electricity: tuple[float, ...]
    floor_share: float
    electricity_share: float

    def rows(self) -> list[dict[str, Any]]:
        """Every twelfth month and the last."""
        last = len(self.days) - 1
        return [self._row(index) for index in sorted({*range(0, last + 1, 12), last})]

    def _row(self, index: int) -> dict[str, Any]:
        return {
            "month": index + 1,
            "day": self.days[index],
            "frontier": self.frontier[index],
            "capability": self.capability[index],
            "hosted": self.hosted[index],
            "floor": self.floor[index],
            "electricity": self.electricity[index],
            "margin": 1 - self.floor[index] / self.hosted[index],
        }


@require_safe
def outlook(request: HttpRequest) -> HttpResponse:
    """Parameters come from the scenario and, field by field, from the address."""
    today = read_day(request.GET.get("as_of", ""))
    catalogue = catalogue_of(today)
    scenario = market_scenario(request.GET.get("scenario", "")) or market_scenarios()[0]
    form = OutlookForm(request.GET or None)
    typed_is_fine = not form.is_bound or form.is_valid()
    if not form.is_bound or not typed_is_fine:
        plain = OutlookForm({})
        plain.is_valid()
        values = plain.values(scenario, _purchase_price(catalogue))
    else:
        values = form.values(scenario, _purchase_price(catalogue))
    seen = {series.id: series for series in named_series(catalogue)}
    ahead = _outlook(catalogue, seen, today, values)
    return render(
        request,
        "pricing/outlook.html",
        {
            "nav": "prices",
            "tab": "outlook",
            "scenario": scenario,
            "scenarios": market_scenarios(),
            "form": form if form.is_bound and not typed_is_fine else OutlookForm(initial=values),
            "invalid": not typed_is_fine,
            "outlook": ahead,
            "rows": ahead.rows(),
            "chart": price_chart(_lines(seen, ahead), title=_("Prices from the past to the horizon"), today=today),
            "crossing": crossing_month(
                frontier_coverage=values["frontier_coverage"],
                open_coverage=values["open_coverage"],
                half_life=values["coverage_half_life"],
                needed=values["needed_coverage"],
            ),
            "needed": values["needed_coverage"],
            "section": json.dumps(_section(scenario, values, ahead), indent=2),
            "run": _measured_run(catalogue),
        },
        status=200 if typed_is_fine else 422,
    )


def _outlook(catalogue: Catalogue, seen: dict[str, Series], today: date, values: dict[str, Any]) -> Outlook:
    months = values["months"]
    hosted_prices = catalogue.api_prices(HOST)
    if hosted_prices is None:
        raise LookupError(f"{HOST} is not in the catalogue.")
    run, costs = _measured_run(catalogue), _seller_costs(catalogue, values)
    fee, used = list_fee(run, hosted_prices.value), values["utilisation"]
    floor_share = serving_cost(run, costs.hourly_cost, used) / fee
    electricity_share = serving_cost(run, costs.electricity_per_hour, used) / fee
    now = float(3 * hosted_prices.value.input_price + hosted_prices.value.output_price) / 4
    entry = values["competition_month"]
    hosted = MarketParameters(floor_share, values["open_floor_decline"], values["open_half_life"], entry)
    capability = MarketParameters(
        values["capability_floor"], values["capability_floor_decline"], values["capability_half_life"], entry
    )
    capability_now = seen["gpt-4-level"].points[-1].price
    frontier_now = seen["openai-flagship"].points[-1].price
    return Outlook(
        days=tuple(today + timedelta(days=round(DAYS_PER_MONTH * month)) for month in range(months)),
        capability=_times(capability_now, market_path(capability, months)),
        frontier=_times(frontier_now, decline_path(values["frontier_decline"], months)),
        hosted=_times(now, market_path(hosted, months)),
        floor=tuple(now * floor_level(hosted, month) for month in range(1, months + 1)),
        electricity=tuple(
            now * electricity_share * floor_level(hosted, month) / hosted.floor for month in range(1, months + 1)
        ),
        floor_share=floor_share,
        electricity_share=electricity_share,
    )


def _seller_costs(catalogue: Catalogue, values: dict[str, Any]) -> SellerCosts:
    watts = catalogue.accelerators[ACCELERATOR].watts or 0.0
    return SellerCosts(
        purchase_price=values["purchase_price"],
        server_uplift=values["server_uplift"],
        useful_life_months=values["useful_life_months"],
        required_return=values["required_return"],
        kilowatts=watts * WATTS_AT_THE_WALL / 1000,
        colo_per_kw_month=values["colo_per_kw_month"],
        pue=values["pue"],
        power_tariff=values["power_tariff"],
        utilisation=values["utilisation"],
    )


def _measured_run(catalogue: Catalogue) -> ThroughputRecord:
    return next(
        run
        for run in catalogue.throughput()
        if (run.model, run.accelerator, run.precision, run.input_tokens, run.output_tokens) == RUN
    )


def _purchase_price(catalogue: Catalogue) -> float:
    return float(catalogue.accelerators[ACCELERATOR].purchase_price or 30_000)


def _section(scenario: MarketScenario, values: dict[str, Any], ahead: Outlook) -> dict[str, Any]:
    """The plan's `market` section with the parameters of this page."""
    section = scenario.section()
    section["frontier_api"]["annual_rate"] = values["frontier_decline"]
    section["capability_api"] |= {
        "floor": values["capability_floor"],
        "floor_decline": values["capability_floor_decline"],
        "half_life": values["capability_half_life"],
        "competition_month": values["competition_month"],
    }
    section["open_api"] |= {
        "floor": round(ahead.floor_share, 4),
        "floor_decline": values["open_floor_decline"],
        "half_life": values["open_half_life"],
        "competition_month": values["competition_month"],
    }
    return section


def _lines(seen: dict[str, Series], ahead: Outlook) -> list[Line]:
    def joined(series_id: str, name: str, path: tuple[float, ...]) -> Line:
        past = [(point.day, point.price) for point in seen[series_id].points if point.day < ahead.days[0]]
        return Line(name, (*past, *zip(ahead.days, path, strict=True)), steps=False, marks=False)

    def future(name: str, path: tuple[float, ...]) -> Line:
        return Line(name, tuple(zip(ahead.days, path, strict=True)), steps=False, marks=False)

    return [
        joined("openai-flagship", _("newest flagship"), ahead.frontier),
        joined("gpt-4-level", _("GPT-4’s level"), ahead.capability),
        future(_("hosted 70B"), ahead.hosted),
        future(_("GPUs and electricity"), ahead.floor),
        future(_("electricity alone"), ahead.electricity),
    ]


def _times(price: float, path: list[float]) -> tuple[float, ...]:
    return tuple(price * factor for factor in path)
