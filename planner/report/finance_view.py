"""The finance view of one option: cash flow, and profit and loss, by month, fiscal year and in total.

Cash shows money when it moves. Profit and loss shows hardware, capital one-offs and amortised development as they are
written off, by the same schedules as tax; at the horizon what is left on the books stands against the resale. Over the
whole plan both therefore add up to the same amount. Costs are negative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.engine import tax
from planner.engine.arrays import FloatArray, total
from planner.engine.case import HostedSupply, Owned
from planner.engine.outcome import COMPONENTS, OptionOutcome
from planner.report import words
from planner.report.cells import Entry, period_columns, plain, row, sums
from planner.report.options_table import cash_low
from planner.report.periods import Period
from planner.report.subject import Subject
from planner.report.types import Column, Emphasis, Part, Row, Sentence, Table
from planner.report.words import COMPONENT_NAMES

SERVING = ("api_fees", "failures", "compute")
"""What it costs to answer: set against revenue, the rest is the gross margin."""
RUNNING = (*SERVING, "team")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a statement, ``(T + 1,)``; lines marked total or subtotal are sums of lines above them."""

    id: str
    label: str
    amounts: FloatArray
    emphasis: Emphasis = "none"


def yearly_tables(subject: Subject, option: OptionOutcome) -> list[Table]:
    """Cash flow and profit and loss of an option by fiscal year and in total."""
    periods = (*subject.fiscal_years, subject.total)
    name = subject.face(option).name
    return [
        _statement(option, "cash_flow_years", f"Cash flow: {name}", cash_lines(subject, option), periods),
        _statement(option, "profit_years", f"Profit and loss: {name}", profit_lines(subject, option), periods),
    ]


def monthly_tables(subject: Subject, option: OptionOutcome) -> list[Table]:
    """The same by month and in total."""
    periods = (*subject.months, subject.total)
    name = subject.face(option).name
    return [
        _statement(option, "cash_flow_months", f"Cash flow by month: {name}", cash_lines(subject, option), periods),
        _statement(
            option, "profit_months", f"Profit and loss by month: {name}", profit_lines(subject, option), periods
        ),
    ]


def finance_sentences(subject: Subject, option: OptionOutcome) -> list[Sentence]:
    """How deep it goes into cash against today's way, and when; with revenue also what is left of it."""
    found = [_cash_low_sentence(subject, option)]
    earned = revenue(subject)
    if earned is not None and earned.sum() > 0:
        found.append(_margin_sentence(subject, option, float(earned.sum())))
    return found


def _cash_low_sentence(subject: Subject, option: OptionOutcome) -> Sentence:
    if subject.is_baseline(option):
        text = "This is today’s way: what other options cost beyond it is said on theirs."
        return Sentence("cash_low", "finding", (Part(text),))
    amount, month = cash_low(subject, option)
    if amount == 0.0:
        text = "Cash low point: none. Summed from the start, it never costs more than today’s way."
        return Sentence("cash_low", "finding", (Part(text),))
    at = f"metrics.{option.id}"
    when = ("at ", "the decision") if month == 0 else ("in ", f"month {month}, {subject.months[month].label}")
    return Sentence(
        "cash_low",
        "finding",
        (
            Part("Cash low point: "),
            Part(words.money(amount, subject.currency), f"{at}.cash_low"),
            Part(f" more paid than today’s way would have cost by then, {when[0]}"),
            Part(when[1], f"{at}.cash_low_month"),
            Part("."),
        ),
    )


def _margin_sentence(subject: Subject, option: OptionOutcome, earned: float) -> Sentence:
    margin = earned + sum(float(subject.monthly(option.components[name]).sum()) for name in SERVING)
    at = f"profit_years.{option.id}"
    return Sentence(
        "gross_margin",
        "finding",
        (
            Part("Gross margin over the plan: "),
            Part(
                f"{'' if margin >= 0 else 'minus '}{words.money(margin, subject.currency)}", f"{at}.gross_margin.total"
            ),
            Part(f", {words.percent(margin / earned)} of the revenue of "),
            Part(words.money(earned, subject.currency), f"{at}.revenue.total"),
            Part("."),
        ),
    )


def cash_lines(subject: Subject, option: OptionOutcome) -> list[Line]:
    """Components in their order, then the cash flow they add up to; with revenue, also the net of it."""
    return subject.once(("cash_lines", option.id), lambda: _cash_lines(subject, option))


def profit_lines(subject: Subject, option: OptionOutcome) -> list[Line]:
    """Running costs as incurred, capital as written off, result before and after tax."""
    return subject.once(("profit_lines", option.id), lambda: _profit_lines(subject, option))


def _cash_lines(subject: Subject, option: OptionOutcome) -> list[Line]:
    lines = [Line(name, COMPONENT_NAMES[name], subject.monthly(option.components[name])) for name in COMPONENTS]
    flow = subject.monthly(option.cash_flow)
    lines.append(Line("cash_flow", "Cash flow", flow, "total"))
    earned = revenue(subject)
    if earned is not None:
        lines.append(Line("revenue", "Revenue (given)", earned))
        lines.append(Line("net_cash_flow", "Cash flow with revenue", flow + earned, "total"))
    return lines


def _profit_lines(subject: Subject, option: OptionOutcome) -> list[Line]:
    books = _books(subject, option)
    parts = {name: subject.monthly(option.components[name]) for name in COMPONENTS}
    running = [Line(name, COMPONENT_NAMES[name], parts[name]) for name in RUNNING]
    running.append(Line("other", "Other costs, expensed", parts["other"] + books.capital_one_offs))
    running.append(Line("development", "Development, expensed", -books.development_expensed))
    earned = revenue(subject)
    top = [] if earned is None else _gross_margin(earned, parts)
    before_write_offs = _sum([*top[:1], *running])
    written_off = [
        Line("depreciation", "Depreciation of hardware and capital one-offs", -books.depreciation),
        Line("amortisation", "Amortisation of development", -books.amortisation),
        Line("disposal", "Resale less book value", parts["resale"] - books.left_at_horizon),
    ]
    result = before_write_offs + _sum(written_off)
    return [
        *top,
        *running,
        Line("ebitda", "Result before depreciation and tax", before_write_offs, "subtotal"),
        *written_off,
        Line("result_before_tax", "Result before tax", result, "subtotal"),
        Line("tax", "Tax", parts["tax"]),
        Line("result", "Result after tax", result + parts["tax"], "total"),
        Line("capitalised", "Beside it: spent onto the books", -_capitalised(parts["hardware"], books)),
    ]


def revenue(subject: Subject) -> FloatArray | None:
    """Revenue by month where the plan gives it per request, else None; it is no part of any NPV."""
    per_request = subject.case.finance.revenue_per_request
    if per_request is None:
        return None
    requests = sum(subject.monthly(array) for array in subject.outcome.requests.values())
    return np.asarray(requests * float(per_request[0]), dtype=np.float64)


def _gross_margin(earned: FloatArray, parts: dict[str, FloatArray]) -> list[Line]:
    margin = earned + sum(parts[name] for name in SERVING)
    return [Line("revenue", "Revenue (given)", earned), Line("gross_margin", "Gross margin", margin, "subtotal")]


@dataclass(frozen=True, slots=True)
class _Books:
    """Amounts by month, ``(T + 1,)``, all positive."""

    capital_one_offs: FloatArray
    development_expensed: FloatArray
    development_capitalised: FloatArray
    depreciation: FloatArray
    amortisation: FloatArray
    left_at_horizon: FloatArray


def _capitalised(hardware: FloatArray, books: _Books) -> FloatArray:
    """Spending that goes onto the books instead of into the month's costs, positive, by month paid."""
    return books.capital_one_offs + books.development_capitalised - hardware


def _books(subject: Subject, option: OptionOutcome) -> _Books:
    finance = subject.case.finance
    capital = finance.hardware_depreciation
    one_offs = _capital_one_offs(subject, option)
    cohorts = np.array(_dated(subject.monthly(option.workings.hardware_price)))
    life = _life(subject, option)
    development = -subject.monthly(option.components["development"])
    schedule = tax.development_schedule(finance.development_tax)
    depreciation = tax.deductions(_dated(one_offs), capital) + tax.deductions(cohorts, capital, life)
    left = tax.book_value(_dated(one_offs), capital) + tax.book_value(cohorts, capital, life)
    nothing = np.zeros_like(development)
    if schedule is not None:
        left = left + tax.book_value(_dated(development), schedule)
    return _Books(
        capital_one_offs=one_offs,
        development_expensed=development if schedule is None else nothing,
        development_capitalised=nothing if schedule is None else development,
        depreciation=depreciation[:, 0],
        amortisation=nothing if schedule is None else tax.deductions(_dated(development), schedule)[:, 0],
        left_at_horizon=_at_horizon(float(left[0]), len(development)),
    )


def _capital_one_offs(subject: Subject, option: OptionOutcome) -> FloatArray:
    """One-off costs marked as capital, positive, by month paid."""
    paid = np.zeros(subject.horizon_months + 1)
    for cost in subject.case_option(option).one_off_costs:
        if cost.kind == "capex" and cost.month <= subject.horizon_months:
            paid[cost.month] += float(cost.amount[0])
    return paid


def _life(subject: Subject, option: OptionOutcome) -> int | None:
    primary = subject.case_option(option).primary
    owned = isinstance(primary, HostedSupply) and isinstance(primary.tenure, Owned)
    return primary.tenure.useful_life_months if owned else None  # type: ignore[union-attr]  # owned says so


def _dated(series: FloatArray) -> FloatArray:
    """A single series in the engine's shape, ``(T + 1, 1)``."""
    return np.ascontiguousarray(series)[:, None]


def _at_horizon(amount: float, length: int) -> FloatArray:
    series = np.zeros(length)
    series[-1] = amount
    return series


def _sum(lines: Sequence[Line]) -> FloatArray:
    return total(line.amounts for line in lines)


def _statement(option: OptionOutcome, kind: str, title: str, lines: Sequence[Line], periods: Sequence[Period]) -> Table:
    table_id = f"{kind}.{option.id}"
    columns = period_columns(periods)
    rows = tuple(_statement_row(table_id, option, line, columns, periods) for line in lines)
    return Table(table_id, title, columns, rows, summary="Cash out and costs are negative.", row_header="Line")


def _statement_row(
    table_id: str, option: OptionOutcome, line: Line, columns: tuple[Column, ...], periods: Sequence[Period]
) -> Row:
    amounts = sums(line.amounts, periods)
    stem = f"options.{option.id}.{table_id.split('_', maxsplit=1)[0]}"
    entries = [
        Entry(plain(amount), trace=f"{stem}.{line.id}.{period.id}")
        for amount, period in zip(amounts, periods, strict=True)
    ]
    return row(table_id, line.id, line.label, columns, entries, emphasis=line.emphasis)
