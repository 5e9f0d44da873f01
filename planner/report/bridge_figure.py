"""Why a lead moved from one plan to another, as bars that lead from the one to the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planner.analysis.bridge import Bridge
from planner.plan.document_changes import Change
from planner.report import words
from planner.report.cells import Entry, plain, row
from planner.report.naming import doing
from planner.report.subject import Subject
from planner.report.types import Column, Figure, Series, Table
from planner.report.uncertainty.phrases import name_first

BRIDGE_ID = "bridge"
COLUMNS = (Column("amount", "Lead", "money"),)
MOST_STEPS = 7
"""Bars between the two ends; smaller ones are added up in the last."""


def bridge_figure(subject: Subject, found: Bridge, before: str, after: str, label: Callable[[Change], str]) -> Figure:
    """`before` and `after` name the sides, `label` words a change; `subject` is either side, for names and currency."""
    steps = [(words.listing([label(change) for change in share.changes]), share.amount) for share in found.shares]
    if found.engine:
        steps.append(("Another version of the program", found.engine))
    shown = _shortened(steps)
    rows = [row(BRIDGE_ID, "before", before, COLUMNS, [Entry(plain(found.before))], emphasis="total")]
    rows += [
        row(BRIDGE_ID, f"step{at}", said, COLUMNS, [Entry(plain(amount))]) for at, (said, amount) in enumerate(shown)
    ]
    rows.append(row(BRIDGE_ID, "after", after, COLUMNS, [Entry(plain(found.after))], emphasis="total"))
    return Figure(
        id=BRIDGE_ID,
        kind="waterfall",
        title=_title(subject, found),
        summary=_summary(subject, found, before, after),
        data=Table(BRIDGE_ID, f"From “{before}” to “{after}”", COLUMNS, tuple(rows), found.explanation, "Change"),
        series=(Series("amount", "Lead"),),
    )


def _shortened(steps: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    if len(steps) <= MOST_STEPS:
        return list(steps)
    kept, rest = steps[: MOST_STEPS - 1], steps[MOST_STEPS - 1 :]
    return [*kept, (f"{len(rest)} smaller changes", sum(amount for _, amount in rest))]


def _title(subject: Subject, found: Bridge) -> str:
    name = name_first(subject, found.option)
    amount = words.money(found.difference, subject.currency)
    if found.against is None:
        return f"{name} costs {amount} {'less' if found.difference >= 0.0 else 'more'}"
    if found.before < 0.0 <= found.after:
        return f"{name} comes from behind"
    if found.after < 0.0 <= found.before:
        return f"{name} falls behind"
    way = "gains" if found.difference >= 0.0 else "loses"
    return f"{name} {way} {amount}"


def _summary(subject: Subject, found: Bridge, before: str, after: str) -> str:
    if found.against is None:
        return f"NPV from “{before}” to “{after}”, one change after the other, certain case."
    other = doing(subject, subject.outcome_of(found.against))
    name = doing(subject, subject.outcome_of(found.option))
    return f"Lead of {name} over {other} from “{before}” to “{after}”, by change, certain case."
