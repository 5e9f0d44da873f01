"""Supplies that can be priced and sized, and price paths that can be followed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.plan.errors import PlanError
from planner.plan.market import MARKET_PATHS, HistoryPath, MarketPath, PricePath, ServingCost, StepsPath
from planner.plan.numbers import number_text
from planner.plan.quantity import central
from planner.plan.records import ModelArchitecture, PriceTier
from planner.plan.rules.spot import PLAN, Spot
from planner.plan.supply import ApiSupply, HostedSupply

if TYPE_CHECKING:
    from planner.plan.document import Plan

# A line through fewer points has no standard error.
LEAST_HISTORY = 3


def broken(plan: "Plan") -> Iterator[PlanError]:
    """Supplies and paths that contradict themselves."""
    for name in MARKET_PATHS:
        yield from _path(PLAN.to("market", name), getattr(plan.market, name))
    for index, option in enumerate(plan.options):
        spot = PLAN.item("options", index, option.id)
        for role, supply in (("primary", option.primary), ("fallback", option.fallback), ("interim", option.interim)):
            if isinstance(supply, ApiSupply):
                yield from _api(spot.to(role), supply)
            elif isinstance(supply, HostedSupply):
                yield from _hosted(spot.to(role), supply)


def _api(spot: Spot, supply: ApiSupply) -> Iterator[PlanError]:
    if supply.model is None:
        for name in ("input_price", "output_price"):
            if getattr(supply, name) is None:
                yield spot.to(name).error(
                    "unpriced", "is missing: name a model of the catalogue, or type both its prices."
                )
    if supply.price_tiers:
        yield from _tiers(spot, supply.price_tiers)
    if isinstance(supply.discount, tuple):
        yield from _ladder(spot.to("discount"), supply.discount)
    if supply.price_path is not None:
        yield from _path(spot.to("price_path"), supply.price_path)


def _ladder(spot: Spot, bands: tuple[tuple[float, float], ...]) -> Iterator[PlanError]:
    if not bands:
        yield spot.error("ladder", "is an empty ladder; write [[threshold, share], …] or a single share.")
    for index in range(1, len(bands)):
        if bands[index][0] <= bands[index - 1][0]:
            yield spot.to(index).error(
                "ladder", f"starts at {number_text(bands[index][0])}, not above the band before; thresholds must rise."
            )


def _tiers(spot: Spot, tiers: tuple[PriceTier, ...]) -> Iterator[PlanError]:
    for index in range(1, len(tiers)):
        if tiers[index].above_input_tokens <= tiers[index - 1].above_input_tokens:
            place = spot.to("price_tiers", index, "above_input_tokens")
            yield place.error("ladder", "is not above that of the tier before; tiers must rise.")


def _hosted(spot: Spot, supply: HostedSupply) -> Iterator[PlanError]:
    if supply.autoscaled and supply.tenure == "own":
        yield spot.to("autoscaled").error(
            "autoscaled_owned", "is true, but the GPUs are owned; only rented ones can follow the load."
        )
    absent = [name for name in ("prefill_tokens_per_s", "decode_tokens_per_s") if getattr(supply, name) is None]
    if len(absent) == 1:
        yield spot.to(absent[0]).error(
            "half_measured", "is missing: measured speeds count only together. Give both or none."
        )
    if supply.model is None and absent:
        yield spot.to("model").error("missing", "is missing: name a model, or give both measured speeds.")
    if isinstance(supply.model, ModelArchitecture):
        yield from _architecture(spot.to("model"), supply.model)
    if supply.rent_path is not None:
        yield from _path(spot.to("rent_path"), supply.rent_path)
    if supply.purchase_path is not None:
        yield from _path(spot.to("purchase_path"), supply.purchase_path)


def _architecture(spot: Spot, model: ModelArchitecture) -> Iterator[PlanError]:
    active, total = central(model.active_params), central(model.total_params)
    if active > total:
        yield spot.to("active_params").error(
            "active_above_total", f"is {number_text(active)}, more than all {number_text(total)} parameters."
        )


def _path(spot: Spot, path: PricePath) -> Iterator[PlanError]:
    if isinstance(path, StepsPath):
        yield from _steps(spot.to("steps"), [month for month, _ in path.steps])
    elif isinstance(path, HistoryPath) and not isinstance(path.series, str):
        yield from _history(spot.to("series"), [month for month, _ in path.series])
    elif isinstance(path, MarketPath) and isinstance(path.floor, ServingCost):
        yield from _serving_cost(spot.to("floor"), path.floor)


def _steps(spot: Spot, months: list[int]) -> Iterator[PlanError]:
    if not months:
        yield spot.error("steps", "is empty; write [[month, factor], …], or use a flat path.")
    for index in range(1, len(months)):
        if months[index] <= months[index - 1]:
            yield spot.to(index).error(
                "steps", f"starts in month {months[index]}, not after the step before; months must rise."
            )


def _history(spot: Spot, months: list[str]) -> Iterator[PlanError]:
    if len(months) < LEAST_HISTORY:
        yield spot.error(
            "series_too_short", f"has {len(months)} prices; a decline can be fitted on {LEAST_HISTORY} or more."
        )
    for index in range(1, len(months)):
        if months[index] <= months[index - 1]:
            yield spot.to(index).error(
                "series", f"is of {months[index]}, not after the price before; months must rise."
            )


def _serving_cost(spot: Spot, cost: ServingCost) -> Iterator[PlanError]:
    if cost.kind == "explicit" and cost.required_return is None:
        yield spot.to("required_return").error(
            "missing",
            "is missing: an explicit serving cost needs the return the seller needs, such as 0.15 for 15 % a year.",
        )
    if isinstance(cost.model, ModelArchitecture):
        yield from _architecture(spot.to("model"), cost.model)
