"""A resolved document becomes an engine case: leaf by leaf, by name.

The document is complete (every default filled in, every reference a record) and certain (every quantity at its central
value). What is uncertain comes beside it, as draws by document path; everything else is a value of one draw.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from planner.assembly.bind_option import OptionBinder
from planner.assembly.leaves import Node
from planner.engine import case
from planner.engine.arrays import FloatArray


class Binder(OptionBinder):
    """Binds a whole document: terms, demand, market and options."""

    def build(self, draws: Mapping[str, FloatArray], noise: Mapping[str, FloatArray]) -> case.Case:
        """The whole case."""
        self.take(draws, noise)
        document = self.document
        options = document["options"]
        return case.Case(
            finance=self._part("finance", self._finance, document["finance"]),
            market=self._part("market", self._market, document["market"]),
            workloads=tuple(
                self._part(f"workloads.{each['id']}", self._workload, each, f"workloads.{each['id']}")
                for each in document["workloads"]
            ),
            options=tuple(self._part(f"options.{each['id']}", self._option, each) for each in options),
            baseline=next(at for at, each in enumerate(options) if each["id"] == document["baseline"]),
        )

    def _finance(self, node: Node) -> case.Finance:
        path = "finance"
        hardware, development = node["hardware_depreciation"], node["development_tax"]
        return case.Finance(
            horizon_months=int(node["horizon_months"]),
            first_calendar_month=int(str(node["start"])[5:7]),
            fiscal_year_start=int(node["fiscal_year_start"]),
            discount_rate=self.number(node, "discount_rate", path),
            inflation=self.number(node, "inflation", path),
            timing=node["timing"],
            tax_rate=self.number(node, "tax_rate", path),
            hardware_depreciation=case.Depreciation(hardware["kind"], _months(hardware)),
            development_tax=case.DevelopmentTax(development["kind"], _months(development)),
            development_residual=self.number(node, "development_residual", path),
            mirr_finance_rate=self.number(node, "mirr_finance_rate", path),
            mirr_reinvest_rate=self.number(node, "mirr_reinvest_rate", path),
            revenue_per_request=self.optional(node, "revenue_per_request", path),
        )

    def _workload(self, node: Node, path: str) -> case.Workload:
        seasonality = node.get("seasonality")
        return case.Workload(
            id=node["id"],
            requests_per_month=self.number_or(node, "requests_per_month", path, 0.0),
            input_tokens=self.number(node, "input_tokens", path),
            output_tokens=self.number(node, "output_tokens", path),
            cached_input_share=self.number(node, "cached_input_share", path),
            cache_write_share=self.number(node, "cache_write_share", path),
            batch_share=self.number(node, "batch_share", path),
            growth=self._growth(node["growth"], f"{path}.growth"),
            tokens_growth=self.number(node, "tokens_growth", path),
            seasonality=None
            if not seasonality
            else tuple(self._at(f"{path}.seasonality.{at}", each) for at, each in enumerate(seasonality)),
            peak_to_average=self.number(node, "peak_to_average", path),
            failure_cost=self.number(node, "failure_cost", path),
            frontier_coverage=self.number(node, "frontier_coverage", path),
            frontier_limit=self.number(node, "frontier_limit", path),
            frontier_half_life=self.optional(node, "frontier_half_life", path),
            open_coverage=self.number(node, "open_coverage", path),
            coverage_half_life=self.optional(node, "coverage_half_life", path),
        )

    def _growth(self, node: Node, path: str) -> case.Growth:
        match node["kind"]:
            case "exponential":
                return case.ExponentialGrowth(self.number(node, "annual_rate", path))
            case "logistic":
                return case.LogisticGrowth(
                    self.number(node, "annual_rate", path), self.number(node, "saturation", path)
                )
            case _:
                return case.SeriesGrowth(
                    tuple(self._at(f"{path}.monthly.{at}", each) for at, each in enumerate(node["monthly"]))
                )


def _months(node: Node) -> int:
    """A schedule given in years, rounded half up to months; five years where the kind has no years of its own."""
    return math.floor(12 * float(node.get("years") or 5) + 0.5)
