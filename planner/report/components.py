"""Present value by component, and the steps from one option's NPV to another's."""

from __future__ import annotations

import numpy as np

from planner.engine.outcome import COMPONENTS, OptionOutcome
from planner.report.cells import Entry, plain, row
from planner.report.naming import capitalised, doing
from planner.report.options_table import emphasis_of
from planner.report.subject import Subject, npv
from planner.report.types import Column, Figure, Row, Series, Table
from planner.report.words import COMPONENT_NAMES

IN_SENTENCE = {
    "api_fees": "API fees",
    "failures": "failed requests",
    "compute": "GPUs and power",
    "hardware": "hardware",
    "development": "development",
    "team": "people",
    "other": "other costs",
    "resale": "resale",
    "tax": "tax",
}
"""Components inside a sentence, after “on”."""


COLUMNS = (
    *(Column(name, COMPONENT_NAMES[name], "money") for name in COMPONENTS),
    Column("npv", "NPV", "money"),
)
AMOUNT = (Column("amount", "Amount", "money"),)


def present_value(subject: Subject, option: OptionOutcome, component: str) -> float:
    """Value today of one component; resale falls at T months whatever the timing."""
    key = ("present_value", option.id, component)
    return subject.once(key, lambda: _present_value(subject, option, component))


def _present_value(subject: Subject, option: OptionOutcome, component: str) -> float:
    flow = subject.monthly(option.components[component])
    if component == "resale":
        rate = float(subject.case.finance.discount_rate[0])
        return float(flow.sum()) * float((1.0 + rate) ** (-subject.horizon_months / 12.0))
    factors = subject.monthly(subject.outcome.discount_factors)
    return float(np.sum(flow * factors))


def components_table(subject: Subject) -> Table:
    """One row per option: its NPV and the parts it is the sum of."""
    rows = tuple(_components_row(subject, option) for option in subject.ranked)
    return Table("components", "What the NPV is made of", COLUMNS, rows, row_header="Option")


def _components_row(subject: Subject, option: OptionOutcome) -> Row:
    entries = [
        Entry(plain(present_value(subject, option, name)), trace=f"options.{option.id}.components.{name}.present")
        for name in COMPONENTS
    ]
    entries.append(Entry(npv(option), trace=f"options.{option.id}.npv"))
    return row(
        "components",
        option.id,
        subject.face(option).name,
        COLUMNS,
        entries,
        emphasis=emphasis_of(subject, option),
        option=option.id,
    )


def waterfall(subject: Subject, start: OptionOutcome, end: OptionOutcome, table_id: str = "waterfall") -> Figure:
    """From one option's NPV to another's, one step per component that differs."""
    steps = _steps(subject, start, end)
    rows = [
        _bar(table_id, "start", subject.face(start).name, npv(start), start.id, f"options.{start.id}.npv"),
        *(
            row(
                table_id,
                name,
                COMPONENT_NAMES[name],
                AMOUNT,
                [Entry(plain(amount), trace=f"options.{end.id}.components.{name}.against.{start.id}")],
            )
            for name, amount in steps.items()
        ),
        _bar(table_id, "end", subject.face(end).name, npv(end), end.id, f"options.{end.id}.npv"),
    ]
    return Figure(
        id=table_id,
        kind="waterfall",
        title=_finding(subject, start, end, steps),
        summary=f"“{subject.face(start).name}” to “{subject.face(end).name}”, in today’s money; a saving is positive.",
        data=Table(table_id, "From one NPV to the other", AMOUNT, tuple(rows), row_header="Step"),
        series=(Series("amount", "Amount"),),
    )


def _bar(table_id: str, row_id: str, label: str, amount: float, option: str, trace: str) -> Row:
    return row(table_id, row_id, label, AMOUNT, [Entry(amount, trace=trace)], emphasis="total", option=option)


def _steps(subject: Subject, start: OptionOutcome, end: OptionOutcome) -> dict[str, float]:
    """Difference of present values by component, those that differ by more than rounding."""
    differences = {name: present_value(subject, end, name) - present_value(subject, start, name) for name in COMPONENTS}
    noise = 1e-12 * sum(abs(present_value(subject, start, name)) for name in COMPONENTS)
    return {name: amount for name, amount in differences.items() if abs(amount) > noise}


def _finding(subject: Subject, start: OptionOutcome, end: OptionOutcome, steps: dict[str, float]) -> str:
    """What saves most and what costs most, in the order that the result has."""
    name = doing(subject, end)
    saved = max(steps, key=lambda step: steps[step], default=None)
    added = min(steps, key=lambda step: steps[step], default=None)
    if saved is None or added is None:
        return f"{capitalised(name)} costs the same in every part"
    if steps[added] >= 0.0:
        return f"{capitalised(name)} saves in every part, most of all on {IN_SENTENCE[saved]}"
    if steps[saved] <= 0.0:
        return f"{capitalised(name)} costs more in every part, most of all on {IN_SENTENCE[added]}"
    if npv(end) >= npv(start):
        return f"{capitalised(name)} saves more on {IN_SENTENCE[saved]} than it adds on {IN_SENTENCE[added]}"
    return f"{capitalised(name)} adds more on {IN_SENTENCE[added]} than it saves on {IN_SENTENCE[saved]}"
