"""The certain report with the simulated half in its place: one report, one order, one verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from planner.report.subject import Subject
from planner.report.types import Figure, Item, Report, Sentence
from planner.report.uncertainty import verdict
from planner.report.uncertainty.break_even import break_even_ranges
from planner.report.uncertainty.budget import budget_odds
from planner.report.uncertainty.cumulative_range import cumulative_range
from planner.report.uncertainty.decision_map import decision_map
from planner.report.uncertainty.difference import npv_difference
from planner.report.uncertainty.findings import Findings
from planner.report.uncertainty.go_live import go_live
from planner.report.uncertainty.information import information
from planner.report.uncertainty.inputs import InputNames
from planner.report.uncertainty.options import npv_ranges, with_futures
from planner.report.uncertainty.scenarios import refused_notes, scenario_regret, scenario_table
from planner.report.uncertainty.tornado import tornado
from planner.report.uncertainty.variance import variance_shares

ORDER = (
    "cumulative_cost",
    "cumulative_range",
    "decision_map",
    "waterfall",
    "tornado",
    "npv_difference",
    "npv_ranges",
    "information",
    "go_live",
    "yearly_cash_flow",
    "budget_odds",
    "scenario_regret",
    "market_outlook",
)
"""Figures as they are read: how costs run up and where it flips, why, what it hangs on, how sure, what to do next."""
CERTAIN_VERDICT = frozenset({"verdict.headline", "verdict.lead", "verdict.close_call"})
"""Sentences the simulated ones take the place of."""
OF_THE_CENTRAL_BEST = frozenset({"verdict.flip", "verdict.longer"})
"""Sentences about the central case's winner: they stay where it is the winner over the futures too."""


def with_uncertainty(report: Report, subject: Subject, findings: Findings, budget: float | None = None) -> Report:
    """`report` on the certain case, with the verdict, columns and figures of the simulated futures.

    `budget` is the yearly budget whose odds are wanted; without one, about what today's way costs in its dearest year.
    """
    names = InputNames(subject)
    if findings.is_certain:
        return _without_ranges(report, subject, findings, names)
    simulated = list(_simulated(subject, findings, names, budget))
    certain = [item for item in report.items if not isinstance(item, Sentence) and item.id != "options"]
    if findings.bands:
        certain = [item.data if isinstance(item, Figure) and item.id == "cumulative_cost" else item for item in certain]
    figures = sorted((item for item in (*simulated, *certain) if isinstance(item, Figure)), key=_place)
    items = (
        *verdict.sentences(subject, findings, names),
        *_kept_sentences(report, findings),
        with_futures(report.table("options"), findings),
        *figures,
        *(item for item in (*simulated, *certain) if not isinstance(item, Figure)),
        *verdict.notes(findings),
    )
    return replace(report, items=items)


def _without_ranges(report: Report, subject: Subject, findings: Findings, names: InputNames) -> Report:
    """The certain report with what can be said without ranges: the map, the swings, when to switch, the scenarios."""
    alike = ("npv_ranges", "npv_difference", "information", "cumulative_range", "budget_odds")
    more = [item for item in _simulated(subject, findings, names, None) if item.id not in alike]
    figures = sorted((item for item in (*more, *report.items) if isinstance(item, Figure)), key=_place)
    sentences = [item for item in report.items if isinstance(item, Sentence)]
    others = [item for item in (*report.items, *more) if not isinstance(item, Figure | Sentence)]
    options = [item for item in others if item.id == "options"]
    rest = [item for item in others if item.id != "options"]
    return replace(report, items=(*sentences, verdict.no_ranges(), *options, *figures, *rest))


def _place(figure: Figure) -> int:
    return ORDER.index(figure.id) if figure.id in ORDER else len(ORDER)


def _kept_sentences(report: Report, findings: Findings) -> Iterable[Sentence]:
    agree = findings.best == findings.central_best
    for item in report.items:
        replaced = item.id in CERTAIN_VERDICT or (item.id in OF_THE_CENTRAL_BEST and not agree)
        if isinstance(item, Sentence) and not replaced:
            yield item


def _simulated(subject: Subject, findings: Findings, names: InputNames, budget: float | None) -> Iterable[Item]:
    """Every figure and table that the findings have something for."""
    yield npv_ranges(subject, findings)
    if findings.difference is not None:
        yield npv_difference(subject, findings, findings.difference)
    yield from _where_there_is_one(tornado(subject, findings, names))
    if findings.information is not None:
        yield from _where_there_is_one(information(subject, findings, findings.information, names))
    if findings.bands:
        yield cumulative_range(subject, findings, findings.bands)
        yield budget_odds(subject, findings, findings.bands, budget)
    if findings.variance:
        yield variance_shares(findings, findings.variance, names)
    if findings.break_even:
        yield break_even_ranges(subject, findings.break_even, names)
    if findings.map is not None:
        yield decision_map(subject, findings, findings.map, names)
    if findings.timing is not None:
        yield go_live(subject, findings.timing)
    if findings.scenarios is not None:
        yield scenario_regret(subject, findings, findings.scenarios)
        yield scenario_table(subject, findings.scenarios, names)
        yield from refused_notes(findings.scenarios)


def _where_there_is_one(figure: Figure | None) -> Iterable[Figure]:
    return () if figure is None else (figure,)
