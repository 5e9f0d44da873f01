"""The list of tables: names, versions of their columns, and who makes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planner.report.tables import evidence, monthly, simulated, summary
from planner.report.tables.shape import CURRENCY, OF_THE_ANSWER, By, FlatColumn, FlatTable, TableSource


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table. `version` grows when a column would change its meaning; new columns do not change it.

    `is_simulated` tables need a finished run, `needs_flips` ones the search for flip points.
    """

    name: str
    says: str
    own_columns: tuple[FlatColumn, ...]
    make: Callable[[TableSource, By], FlatTable]
    is_simulated: bool = False
    needs_flips: bool = False
    version: int = 1

    @property
    def schema(self) -> str:
        return f"{self.name}/{self.version}"

    @property
    def columns(self) -> tuple[FlatColumn, ...]:
        return (*OF_THE_ANSWER, *self.own_columns, CURRENCY)


def _plain(make: Callable[[TableSource], FlatTable]) -> Callable[[TableSource, By], FlatTable]:
    return lambda source, _by: make(source)


_LIST = (
    TableSpec("summary", "One row per option and scenario: NPV, rates, payback, how sure.",
              summary.COLUMNS, _plain(summary.summary)),
    TableSpec("cashflows", "Every line of every option by month, quarter, fiscal year or in total (by=).",
              monthly.CASHFLOWS, monthly.cashflows),
    TableSpec("volumes", "Requests, tokens, replicas, accelerators and coverage by month.",
              monthly.VOLUMES, _plain(monthly.volumes)),
    TableSpec("inputs", "Every input of the plan, defaults included.", evidence.INPUTS, _plain(evidence.inputs)),
    TableSpec("assumptions", "Every input with its source.", evidence.ASSUMPTIONS, _plain(evidence.assumptions)),
    TableSpec("breakeven", "Where another option becomes the best, input by input.",
              simulated.BREAKEVEN, _plain(simulated.breakeven), needs_flips=True),
    TableSpec("sensitivity", "How far each input moves the gap between the best two.",
              simulated.SENSITIVITY, _plain(simulated.sensitivity), is_simulated=True),
    TableSpec("decision_map", "The cheapest option over two inputs.",
              simulated.DECISION_MAP, _plain(simulated.decision_map), is_simulated=True),
    TableSpec("distribution", "NPVs and costs over the simulated futures.",
              simulated.DISTRIBUTION, _plain(simulated.distribution), is_simulated=True),
    TableSpec("switch_month", "What switching in each month is worth.",
              simulated.SWITCH_MONTH, _plain(simulated.switch_month), is_simulated=True),
    TableSpec("checks", "The numbered checks.", evidence.CHECKS, _plain(evidence.checks)),
    TableSpec("prices", "What came from the catalogue or your price book.", evidence.PRICES, _plain(evidence.prices)),
    TableSpec("verdict_history", "What every finished run said.",
              evidence.VERDICTS, _plain(evidence.verdict_history)),
    TableSpec("market", "Market prices as multiples of today's, by month.", monthly.MARKET, _plain(monthly.market)),
    TableSpec("figures", "Every figure of the results page by its id.", evidence.FIGURES, _plain(evidence.figures)),
)  # fmt: skip

TABLES: dict[str, TableSpec] = {spec.name: spec for spec in _LIST}
