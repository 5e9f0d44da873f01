"""The plan's scenarios side by side, and what the verdict's option would lose in each of them."""

from __future__ import annotations

from planner.analysis.scenarios import ScenarioOutcome, Scenarios
from planner.report import words
from planner.report.cells import Entry, plain, row
from planner.report.subject import Subject
from planner.report.types import Column, Figure, Note, Row, Series, Table
from planner.report.uncertainty.findings import Findings
from planner.report.uncertainty.inputs import InputNames
from planner.report.uncertainty.phrases import name_first, name_of, option_at

SIDE_BY_SIDE = "scenarios"
REGRET = "scenario_regret"


def scenario_table(subject: Subject, found: Scenarios, names: InputNames) -> Table:
    """Rows are the plan and its scenarios, columns every option's mean NPV there, then the winner and what differs."""
    columns = (
        *(Column(option.id, subject.face(option).name, "money") for option in subject.outcome.options),
        Column("best", "Cheapest", "text"),
        Column("p_best", "In", "share", "Share of the scenario’s futures in which it is the cheapest"),
        Column("changed", "What differs", "text"),
    )
    rows = tuple(_side_by_side(subject, at, each, columns, names) for at, each in enumerate(found.outcomes))
    return Table(
        SIDE_BY_SIDE,
        "Scenarios side by side",
        columns,
        rows,
        summary="Mean NPV of every option, drawn with the same seed in each scenario.",
        row_header="Scenario",
    )


def _side_by_side(
    subject: Subject, at: int, each: ScenarioOutcome, columns: tuple[Column, ...], names: InputNames
) -> Row:
    best = option_at(subject, each.best)
    changed = words.listing([names[path].label for path in each.changed]) or "nothing"
    entries = [Entry(plain(mean)) for mean in each.mean]
    entries += [Entry(subject.face(best).name), Entry(each.p_best[each.best]), Entry(changed)]
    return row(SIDE_BY_SIDE, _id(at), each.name, columns, entries)


def scenario_regret(subject: Subject, findings: Findings, found: Scenarios) -> Figure:
    """Rows are scenarios, columns what each option gives away there; the last row the most it gives away anywhere."""
    options = subject.outcome.options
    columns = tuple(Column(option.id, subject.face(option).name, "money") for option in options)
    rows = [
        row(
            REGRET,
            _id(at),
            each.name,
            columns,
            [Entry(plain(each.regret(index))) for index in range(len(options))],
            option=option_at(subject, each.best).id,
        )
        for at, each in enumerate(found.outcomes)
    ]
    worst = [Entry(found.worst_regret(index)) for index in range(len(options))]
    rows.append(row(REGRET, "worst", "Worst of all", columns, worst, emphasis="total"))
    best = option_at(subject, findings.best)
    return Figure(
        id=REGRET,
        kind="scenario_regret",
        title=_title(subject, findings, found),
        summary=(
            f"What {name_of(subject, best.id)} gives away on average against the cheapest option of each scenario; the "
            "letter is that option’s."
        ),
        data=Table(REGRET, "Regret by scenario", columns, tuple(rows), row_header="Scenario"),
        series=(Series(best.id, subject.face(best).name, best.id),),
    )


def refused_notes(found: Scenarios) -> list[Note]:
    return [
        Note(f"scenario.{at}", "warning", f"The scenario “{name}” cannot be computed: {reason}")
        for at, (name, reason) in enumerate(found.refused)
    ]


def _title(subject: Subject, findings: Findings, found: Scenarios) -> str:
    """Whether one option wins everywhere, and which has the smallest worst regret."""
    best = findings.best
    lost = [each for each in found.outcomes if each.best != best]
    name = name_first(subject, option_at(subject, best).id)
    if not lost:
        return f"{name} is cheapest in every scenario"
    safest = min(range(len(subject.outcome.options)), key=found.worst_regret)
    worst = words.money(found.worst_regret(best), subject.currency)
    if safest == best:
        return f"{name} loses at most {worst} in any scenario, less than every other option"
    other = name_of(subject, option_at(subject, safest).id)
    least = words.money(found.worst_regret(safest), subject.currency)
    return f"{name} may lose {worst}; {other} never loses more than {least}"


def _id(at: int) -> str:
    return "plan" if at == 0 else f"s{at}"
