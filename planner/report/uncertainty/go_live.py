"""When to switch: what each go-live month is worth against staying, and what waiting to see adds."""

from __future__ import annotations

from collections.abc import Sequence

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
    Column("trigger_spend", "Monthly spend", "money", "Monthly spend of today’s way at which the choice turns"),
    Column("spend_side", "Switch when spend is", "text"),
    Column(
        "trigger_price",
        "Price of a million tokens",
        "money_per_million_tokens",
        "What today’s way pays for a million tokens where the choice turns",
    ),
    Column("price_side", "Switch when the price is", "text"),
)
NO_TRIGGER = "At no level does the choice turn in this month."


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
                *_on(timing.trigger_spend, timing.spend_above, at),
                *_on(timing.trigger_price, timing.price_above, at),
            ],
            emphasis="best" if each.month == timing.best_month else "none",
        )
        for at, each in enumerate(timing.months)
    )


def _on(levels: Sequence[float | None], sides: Sequence[bool | None], at: int) -> tuple[Entry, Entry]:
    """A level to act on and its side; runs of earlier versions know the level of spend alone."""
    level = levels[at] if at < len(levels) else None
    side = sides[at] if at < len(sides) else None
    return Entry(level, None if level is not None else NO_TRIGGER), Entry(_side(side), NO_TRIGGER)


def _side(above: bool | None) -> str | None:
    return None if above is None else "above" if above else "below"


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
    return f"Waiting and deciding by what one sees adds {worth} (± {error}).{_watch(subject, timing)}"


def _watch(subject: Subject, timing: GoLive) -> str:
    """What to watch from the first month on in which a level turns the choice, and which way."""
    found = [(at, spend) for at, spend in enumerate(timing.trigger_spend) if spend is not None]
    if not found:
        return ""
    at, spend = found[0]
    month, level = timing.months[at].month, words.money(spend, subject.currency)
    side = _side(timing.spend_above[at] if at < len(timing.spend_above) else None)
    if side is None:
        return f" The choice turns at a monthly spend of about {level}."
    told = f" Switch in month {month} if today’s way then costs {_more(side)} {level} a month"
    price = timing.trigger_price[at] if at < len(timing.trigger_price) else None
    if price is None:
        return f"{told}."
    paid = _more(_side(timing.price_above[at]) or side)
    return f"{told}; by price, if it pays {paid} {words.money(price, subject.currency)} for a million tokens."


def _more(side: str) -> str:
    return "more than" if side == "above" else "less than"
