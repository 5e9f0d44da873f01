"""When to switch: what each go-live month is worth against staying, and what waiting to see adds."""

from __future__ import annotations

from planner.report import words
from planner.report.cells import Entry, plain, row
from planner.report.subject import Subject
from planner.report.types import Column, Figure, Row, Series, Table
from planner.report.uncertainty.findings import GoLive
from planner.report.uncertainty.phrases import cheaper, name_of

TABLE_ID = "go_live"
WORTH_WAITING = 0.05
"""Of the value of the best fixed month, or of acting at all: below it waiting is not mentioned as worth anything."""

COLUMNS = (
    Column("mean", "Mean", "money", "NPV against staying; positive: switching in this month is cheaper"),
    Column("p10", "P10", "money", "The bad end"),
    Column("p90", "P90", "money", "The good end"),
    Column(
        "acted", "Acting then", "share", "Share of futures in which one would switch in this month, seeing how it goes"
    ),
    Column(
        "trigger_spend", "Turns on monthly spend", "money", "Monthly spend of today’s way at which the choice turns"
    ),
)
NO_TRIGGER = "At no level of spend does the choice turn in this month."


def go_live(subject: Subject, timing: GoLive) -> Figure:
    """Rows are go-live months, with the band of the futures and what one would act on."""
    option, stay = name_of(subject, timing.option), name_of(subject, timing.baseline)
    return Figure(
        id=TABLE_ID,
        kind="go_live",
        title=_title(subject, timing),
        summary=(
            f"NPV of switching to {option} in each month less NPV of staying with {stay}: mean of the futures, shaded: "
            f"8 in 10 of them. {_waiting(subject, timing)}"
        ),
        data=Table(TABLE_ID, f"Switching to {option}, by month", COLUMNS, _rows(timing), row_header="Go-live month"),
        series=(Series("mean", subject.face(subject.outcome_of(timing.option)).name, timing.option, "p10", "p90"),),
        pair=(timing.option, timing.baseline),
    )


def _rows(timing: GoLive) -> tuple[Row, ...]:
    return tuple(
        row(
            TABLE_ID,
            f"m{each.month}",
            f"Month {each.month}",
            COLUMNS,
            [
                Entry(plain(each.mean)),
                Entry(plain(each.p10)),
                Entry(plain(each.p90)),
                Entry(timing.acted[at]),
                Entry(timing.trigger_spend[at], None if timing.trigger_spend[at] is not None else NO_TRIGGER),
            ],
            emphasis="best" if each.month == timing.best_month else "none",
        )
        for at, each in enumerate(timing.months)
    )


def _title(subject: Subject, timing: GoLive) -> str:
    option, last = name_of(subject, timing.option), timing.months[-1].month
    if timing.best_month is None:
        return f"Switching to {option} does not pay on average in any month up to {last}"
    best = next(each for each in timing.months if each.month == timing.best_month)
    gain = cheaper(best.mean, subject.currency)
    when = "as soon as possible, in month" if best is timing.months[0] else "in month"
    return f"Switch to {option} {when} {best.month}: {gain} than staying, on average"


def _waiting(subject: Subject, timing: GoLive) -> str:
    """What the freedom to decide later adds, with its error; and what to watch."""
    worth = words.money(timing.value_of_waiting, subject.currency)
    error = words.money(timing.value_standard_error, subject.currency)
    if timing.value_of_waiting <= max(2.0 * timing.value_standard_error, WORTH_WAITING * abs(timing.value)):
        return f"Waiting to see how prices and use move adds nothing that can be told from chance (± {error})."
    spend = next((spend for spend in timing.trigger_spend if spend is not None), None)
    watch = (
        ""
        if spend is None
        else f" The choice turns at a monthly spend of about {words.money(spend, subject.currency)}."
    )
    return f"Waiting and deciding by what one sees adds {worth} (± {error}).{watch}"
