"""Figures of a study: titles that state the finding, tables with stable ids, numbers that can be checked by hand."""

from __future__ import annotations

import pytest

from planner.plan.document import parse_plan
from planner.plan.fields import leaves
from planner.report.types import Figure, Report
from planner.report.uncertainty.build import with_uncertainty
from planner.simulation import what_if
from tests.oracle.empty_catalogue import EmptyCatalogue
from tests.report.uncertainty.futures import API_A_MONTH, MONTHS, against_fixed, simulated, worked

UNIFORM = {"kind": "uniform", "low": 1_800, "high": 3_200}
FIGURES = (
    "cumulative_range",
    "decision_map",
    "tornado",
    "npv_difference",
    "npv_ranges",
    "information",
    "go_live",
    "budget_odds",
    "scenario_regret",
)


def number(report: Report, cell: str) -> float:
    value = report.cell(cell).value
    assert isinstance(value, (int, float))
    return float(value)


def test_it_has_every_figure_with_a_finding_a_summary_and_a_table() -> None:
    report = worked().report
    figures = {item.id: item for item in report.items if isinstance(item, Figure)}
    assert set(FIGURES) <= set(figures)
    for name in FIGURES:
        assert figures[name].title
        assert figures[name].summary.endswith(".")
        assert figures[name].data.id == name
        assert figures[name].data.rows
    ids = [cell.id for cell in report.cells()]
    assert len(ids) == len(set(ids))


def test_it_calls_inputs_by_their_labels_and_marks_those_without_a_range() -> None:
    table = worked().report.table("tornado")
    paths = {leaf.path for leaf in leaves(worked().certain.snapshot.as_plan())}
    assert {row.id for row in table.rows} <= paths
    assert all("." not in row.label for row in table.rows)
    told = {row.id: row.cells[-1].value for row in table.rows}
    uncertain = worked().certain.snapshot.uncertain
    assert all((told[path] == "P10 to P90") == (path in uncertain) for path in told)


def test_it_moves_the_gap_by_what_the_input_costs() -> None:
    found = simulated(against_fixed(UNIFORM))
    path = "tornado.options.fixed.recurring_costs.0.amount_per_month"
    assert number(found.report, f"{path}.low") == pytest.approx(1_940)
    assert number(found.report, f"{path}.gap_at_low") == pytest.approx(MONTHS * (API_A_MONTH - 1_940), rel=1e-6)
    assert number(found.report, f"{path}.gap_at_high") == pytest.approx(MONTHS * (API_A_MONTH - 3_060), rel=1e-6)


def test_it_spreads_the_difference_over_bins_with_zero_on_an_edge() -> None:
    found = simulated(against_fixed(UNIFORM))
    bins = [row for row in found.report.table("npv_difference").rows if row.emphasis == "none"]
    assert sum(float(row.cells[2].value or 0.0) for row in bins) == pytest.approx(1.0)
    assert 0.0 in [row.cells[0].value for row in bins]
    assert found.findings.difference is not None
    assert found.findings.difference.ahead == pytest.approx(5 / 7, abs=2e-3)
    assert "in 71 % of futures" in found.report.figure("npv_difference").title


def test_it_answers_for_any_yearly_budget() -> None:
    found = simulated(against_fixed(UNIFORM))
    for budget, odds in ((MONTHS * 1_799.0, 1.0), (MONTHS * 2_500.0, 0.5), (MONTHS * 3_201.0, 0.0)):
        report = with_uncertainty(found.certain.report, found.certain.subject, found.findings, budget)
        assert number(report, "budget_odds.y1.fixed") == pytest.approx(odds, abs=5e-3)
        assert number(report, "budget_odds.y1.api") == float(budget < MONTHS * API_A_MONTH)


def test_it_finds_the_volume_at_which_the_winner_changes() -> None:
    found = simulated(against_fixed(UNIFORM))
    plane = found.report.figure("decision_map").plane
    assert plane is not None
    assert (plane.x.label, plane.x.today) == ("Requests per month", 1_000_000.0)
    # The fixed cost is the other side of the map: they tie where 2,800 a million requests equals it.
    ties = [point for border in plane.borders for point in border]
    assert ties
    assert all(amount == pytest.approx(API_A_MONTH * volume / 1e6, rel=2e-2) for volume, amount in ties)


def test_it_shows_scenarios_side_by_side_and_what_the_choice_loses() -> None:
    scenarios = [
        {"name": "Dear", "overrides": {"options.fixed.recurring_costs.0.amount_per_month": 4_000}},
        {"name": "Many users", "overrides": {"workloads.work.requests_per_month": 3_000_000}},
    ]
    found = simulated(against_fixed(UNIFORM, scenarios=scenarios), draws=512)
    assert number(found.report, "scenarios.s1.fixed") == pytest.approx(-MONTHS * 4_000)
    assert number(found.report, "scenarios.s2.api") == pytest.approx(-MONTHS * 3 * API_A_MONTH)
    assert number(found.report, "scenario_regret.s1.fixed") == pytest.approx(MONTHS * (4_000 - API_A_MONTH))
    assert number(found.report, "scenario_regret.s2.fixed") == 0.0
    assert [row.option for row in found.report.table("scenario_regret").rows[:3]] == ["fixed", "api", "fixed"]


def test_it_says_what_to_find_out_first() -> None:
    found = simulated(against_fixed(UNIFORM))
    # The only uncertain input decides everything: knowing it is worth what knowing all is worth.
    evpi = MONTHS * 200 * 2 / 7
    path = "information.options.fixed.recurring_costs.0.amount_per_month.evppi"
    assert number(found.report, path) == pytest.approx(evpi, rel=0.05)
    assert number(found.report, "information.everything.evppi") == pytest.approx(evpi, rel=0.01)
    assert found.report.figure("information").title.startswith("Cheapest next step: find out “Amount per month")


def test_it_gives_what_if_the_same_futures_with_one_input_moved() -> None:
    plan = parse_plan(against_fixed(UNIFORM))
    before = what_if(plan, {}, EmptyCatalogue())
    after = what_if(plan, {"options.api.primary.input_price": 3}, EmptyCatalogue())
    assert before.findings.draws == after.findings.draws == 8 * 1024
    assert before.findings.option("fixed").mean == after.findings.option("fixed").mean
    moved = before.findings.option("api").mean - after.findings.option("api").mean
    assert moved == pytest.approx(MONTHS * 1_000.0)
    assert {"npv_ranges", "npv_difference", "tornado"} <= {item.id for item in after.report.items}
