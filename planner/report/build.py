"""One outcome, one report: the order in which the answer is read."""

from __future__ import annotations

from collections.abc import Sequence

from planner.report.assumptions import all_assumptions_table, assumptions_table
from planner.report.checks import checks_table
from planner.report.components import components_table, waterfall
from planner.report.cumulative import cumulative_cost
from planner.report.finance_view import monthly_tables, yearly_tables
from planner.report.flips import flips_table
from planner.report.options_table import metrics_table, options_table
from planner.report.outlook import market_outlook
from planner.report.own_chips import own_chips_table
from planner.report.remarks import notes
from planner.report.service import service_table
from planner.report.subject import Subject
from planner.report.types import Item, Report
from planner.report.verdict import sentences
from planner.report.yearly import yearly_cash_flow


def build_answer(subject: Subject) -> Report:
    """The verdict, the table of options and the cumulative cost: what a page redraws while an input is moved."""
    return _report(subject, [*sentences(subject), options_table(subject), cumulative_cost(subject)])


def build_report(subject: Subject) -> Report:
    """The report on a certain case: the answer, and statements by fiscal year; with what flips it, if searched."""
    items: list[Item] = [*sentences(subject), options_table(subject), cumulative_cost(subject)]
    if subject.rival is not None:
        items.append(_waterfall(subject))
    items += [yearly_cash_flow(subject), metrics_table(subject), components_table(subject), service_table(subject)]
    if (own_chips := own_chips_table(subject)) is not None:
        items.append(own_chips)
    items.append(market_outlook(subject))
    if subject.flips:
        items.append(flips_table(subject))
    for option in subject.outcome.options:
        items += yearly_tables(subject, option)
    items += [assumptions_table(subject), checks_table(subject), *notes(subject)]
    return _report(subject, items)


def build_monthly_report(subject: Subject, option_id: str) -> Report:
    """Cash flow and profit and loss of one option by month; KeyError where the plan has no such option."""
    return _report(subject, monthly_tables(subject, subject.outcome_of(option_id)))


def build_assumptions_report(subject: Subject) -> Report:
    """Every input of the plan, defaults included."""
    return _report(subject, [all_assumptions_table(subject)])


def _report(subject: Subject, items: Sequence[Item]) -> Report:
    return Report(
        items=tuple(items),
        title=subject.plan.name,
        currency=subject.currency,
        start=subject.start,
        horizon_months=subject.horizon_months,
        faces=subject.faces,
    )


def _waterfall(subject: Subject) -> Item:
    """From today's way to the best option; where today's is best, from it to the next best."""
    rival = subject.rival
    if rival is None:
        raise ValueError("A waterfall needs two options.")
    if subject.best is subject.baseline:
        return waterfall(subject, subject.best, rival)
    return waterfall(subject, rival, subject.best)
