"""The table beside the verdict, and the fuller table of investment figures."""

from __future__ import annotations

import numpy as np

from planner.engine.outcome import Incremental, OptionOutcome
from planner.report import words
from planner.report.cells import Entry, plain, row
from planner.report.naming import doing
from planner.report.subject import Longer, Subject, npv, single
from planner.report.types import Column, Emphasis, Row, Table

COLUMNS = (
    Column("npv", "Cost in today’s money (NPV)", "money", "Cash out is negative"),
    Column("vs_today", "Against today", "money", "NPV less the NPV of today’s way: positive saves"),
    Column("cost_per_1000_requests", "Per 1,000 requests", "money_per_1000_requests", "Present cost ÷ requests"),
    Column("upfront", "Upfront", "money", "Paid before it starts, beyond what today’s way pays"),
    Column("first_month_cheaper", "First month cheaper to run", "month", "From which month it runs below today’s way"),
)

METRICS = (
    Column("npv", "NPV", "money"),
    Column("vs_today", "NPV against today", "money"),
    Column("vs_best", "NPV against the best", "money"),
    Column("irr", "Internal rate of return", "share_per_year", "Of the difference to today, a year"),
    Column("mirr", "Modified rate of return", "share_per_year", "Financed and reinvested at the plan’s rates"),
    Column("profitability_index", "Profitability index", "ratio", "1 + NPV against today ÷ outflows before it starts"),
    Column("payback_month", "Pays back", "month", "From this month the summed difference stays positive"),
    Column("discounted_payback_month", "Pays back, discounted", "month"),
    Column("tco", "Total cost of ownership", "money", "Undiscounted, before tax, less resale; a cost is positive"),
    Column("cost_per_million_tokens", "Per million tokens", "money_per_million_tokens"),
    Column("cash_low", "Cash low point against today", "money", "Lowest sum of the difference to today"),
    Column("cash_low_month", "Month of the low point", "month"),
)

_INCREMENTAL = ("irr", "mirr", "profitability_index", "payback_month", "discounted_payback_month")


def options_table(subject: Subject) -> Table:
    """One row per option, best first."""
    rows = tuple(_option_row(subject, option) for option in subject.ranked)
    best = doing(subject, subject.best)
    return Table(
        id="options",
        title="Cost in today’s money",
        columns=COLUMNS,
        rows=rows,
        summary=f"{words.count(len(rows), 'option')}, cheapest first: {best}.",
        row_header="Option",
    )


def metrics_table(subject: Subject) -> Table:
    """Rates of return, payback and totals of each option, all against today’s way."""
    columns = METRICS if subject.longer is None else (*METRICS, _longer_column(subject.longer))
    rows = tuple(_metrics_row(subject, option, columns) for option in subject.ranked)
    return Table("metrics", "Investment figures against today’s way", columns, rows, row_header="Option")


def _longer_column(longer: Longer) -> Column:
    label = f"NPV over {words.count(longer.horizon_months, 'month')}"
    return Column("npv_longer", label, "money", "Own models and chips last beyond the plan’s horizon")


def emphasis_of(subject: Subject, option: OptionOutcome) -> Emphasis:
    if option is subject.best:
        return "best"
    return "baseline" if subject.is_baseline(option) else "none"


def difference_to_today(subject: Subject, option: OptionOutcome) -> float:
    return plain(npv(option) - npv(subject.baseline))


def cash_low(subject: Subject, option: OptionOutcome) -> tuple[float, int]:
    """Lowest point of the summed difference to today's cash flow and its month; (0, 0) where it never dips."""
    difference = subject.monthly(option.cash_flow) - subject.monthly(subject.baseline.cash_flow)
    summed = np.cumsum(difference)
    month = int(np.argmin(summed))
    return (0.0, 0) if summed[month] >= 0.0 else (float(summed[month]), month)


def _option_row(subject: Subject, option: OptionOutcome) -> Row:
    at = f"options.{option.id}"
    entries = (
        Entry(npv(option), trace=f"{at}.npv"),
        Entry(difference_to_today(subject, option), trace=f"{at}.vs_today"),
        levelised_entry(option),
        Entry(plain(float(option.upfront[0])), trace=f"{at}.upfront"),
        _incremental_entry(subject, option, "first_month_cheaper"),
    )
    return _row(subject, "options", option, COLUMNS, entries)


def _metrics_row(subject: Subject, option: OptionOutcome, columns: tuple[Column, ...]) -> Row:
    at = f"options.{option.id}"
    entries = (
        Entry(npv(option), trace=f"{at}.npv"),
        Entry(difference_to_today(subject, option), trace=f"{at}.vs_today"),
        Entry(plain(npv(option) - npv(subject.best)), trace=f"{at}.vs_best"),
        *(_incremental_entry(subject, option, name) for name in _INCREMENTAL),
        Entry(float(option.tco[0]), trace=f"{at}.tco"),
        _per_million_tokens(option),
        *_cash_low_entries(subject, option),
        *([] if subject.longer is None else [Entry(subject.longer.npv[option.id], trace=f"{at}.npv_longer")]),
    )
    return _row(subject, "metrics", option, columns, entries)


def _row(
    subject: Subject, table_id: str, option: OptionOutcome, columns: tuple[Column, ...], entries: tuple[Entry, ...]
) -> Row:
    return row(
        table_id,
        option.id,
        subject.face(option).name,
        columns,
        entries,
        emphasis=emphasis_of(subject, option),
        option=option.id,
    )


def levelised_entry(option: OptionOutcome) -> Entry:
    cost = single(option.cost_per_1000_requests)
    reason = None if cost is not None else words.reason("no_volume", horizon_months=0)
    return Entry(cost, reason, trace=f"options.{option.id}.cost_per_1000_requests")


def _per_million_tokens(option: OptionOutcome) -> Entry:
    cost = single(option.cost_per_million_tokens)
    reason = None if cost is not None else words.reason("no_tokens", horizon_months=0)
    return Entry(cost, reason, trace=f"options.{option.id}.cost_per_million_tokens")


def _cash_low_entries(subject: Subject, option: OptionOutcome) -> tuple[Entry, Entry]:
    at = f"options.{option.id}"
    if subject.is_baseline(option):
        reason = words.reason("baseline", horizon_months=subject.horizon_months)
        return Entry(None, reason), Entry(None, reason)
    amount, month = cash_low(subject, option)
    if amount == 0.0:
        reason = "It never costs more than today’s way, summed from the start."
        return Entry(0.0, trace=f"{at}.cash_low"), Entry(None, reason)
    return Entry(amount, trace=f"{at}.cash_low"), Entry(month, trace=f"{at}.cash_low_month")


def _incremental_entry(subject: Subject, option: OptionOutcome, name: str) -> Entry:
    figure, reason = incremental_figure(subject, option, name)
    return Entry(figure, reason, trace=f"options.{option.id}.{name}")


def incremental_figure(subject: Subject, option: OptionOutcome, name: str) -> tuple[float | int | None, str | None]:
    """A figure of the difference to today's way, or None and the sentence that says why there is none."""
    incremental: Incremental | None = option.incremental
    figure: float | int | None = None if incremental is None else getattr(incremental, name)
    if figure is not None:
        return figure, None
    code = "simulated" if incremental is None else incremental.reasons.get(name, "not_proven")
    return None, words.reason(code, horizon_months=subject.horizon_months)
