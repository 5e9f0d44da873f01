"""The finance view of one option as a report of its own: what is said about it, then its two statements."""

from __future__ import annotations

from typing import Literal

from planner.report.finance_view import finance_sentences, monthly_tables, yearly_tables
from planner.report.options_table import metrics_table
from planner.report.subject import Subject
from planner.report.types import Report

By = Literal["year", "month"]


def finance_report(subject: Subject, option_id: str, by: By) -> Report:
    """Sentences, both statements, and the investment figures that the sentences word. KeyError: no such option."""
    option = subject.outcome_of(option_id)
    statements = yearly_tables(subject, option) if by == "year" else monthly_tables(subject, option)
    return Report(
        items=(*finance_sentences(subject, option), *statements, metrics_table(subject)),
        title=subject.plan.name,
        currency=subject.currency,
        start=subject.start,
        horizon_months=subject.horizon_months,
        faces=subject.faces,
    )
