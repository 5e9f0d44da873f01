"""What all options of a case share: volumes, quality lines, the market's price paths, inflation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from planner.engine import paths, serving_cost
from planner.engine.arrays import FloatArray, compound
from planner.engine.case import ApiSupply, Case, Market, MarketPath, PricePath, ServingFloor, Workload
from planner.engine.coverage import QualityLines, quality_lines
from planner.engine.demand import Demand, demand


@dataclass(frozen=True, slots=True)
class World:
    """The outside of every option. Monthly arrays; `market` holds the factors π of each market path by name."""

    case: Case
    horizon_months: int
    demands: tuple[Demand, ...]
    lines: tuple[QualityLines, ...]
    market: Mapping[str, FloatArray]
    inflation_index: FloatArray

    def path(self, path: PricePath, where: str) -> FloatArray:
        """Factors of any path, its serving-cost floor computed from this world's demand."""
        return paths.price_path(path, self.horizon_months, _floor(path, self.case.workloads, self.demands, where))

    def api_path(self, supply: ApiSupply, where: str) -> FloatArray:
        """An API's own path, or the market's: flat if it stays on its model, else by tier and what it follows."""
        if supply.price_path is not None:
            return self.path(supply.price_path, where)
        if supply.follows == "model":
            return self.market["flat"]
        if supply.tier == "open":
            return self.market["open_api"]
        return self.market["frontier_api" if supply.follows == "frontier" else "capability_api"]


def world(case: Case) -> World:
    """Builds what options share, once per evaluation."""
    horizon_months = case.finance.horizon_months
    demands = tuple(demand(workload, case.finance) for workload in case.workloads)
    market = {
        item.name: paths.price_path(
            path, horizon_months, _floor(path, case.workloads, demands, f"market.{item.name}.floor")
        )
        for item in fields(Market)
        for path in [getattr(case.market, item.name)]
    }
    market["flat"] = paths.flat(horizon_months)
    return World(
        case=case,
        horizon_months=horizon_months,
        demands=demands,
        lines=tuple(quality_lines(workload, horizon_months) for workload in case.workloads),
        market=market,
        inflation_index=compound(case.finance.inflation, horizon_months),
    )


def _floor(
    path: PricePath, workloads: tuple[Workload, ...], demands: tuple[Demand, ...], where: str
) -> FloatArray | None:
    if not isinstance(path, MarketPath) or not isinstance(path.floor, ServingFloor):
        return None
    first_month = [each.requests[1] for each in demands]
    return serving_cost.floor_level(path.floor, workloads, first_month, where, len(demands[0].requests) - 1)
