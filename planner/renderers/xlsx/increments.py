"""The sheet Increments: every option against today's way, month by month (`docs/model/metrics.md`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.engine.metrics import NOISE
from planner.engine.outcome import RUNNING_COMPONENTS
from planner.renderers.xlsx.book import Book
from planner.renderers.xlsx.formula import Formula, absolute, added, both, either, formula, largest, sign_of, smallest
from planner.renderers.xlsx.grid import Grid, before, single, span, span_until_now, summed
from planner.renderers.xlsx.model import Model
from planner.renderers.xlsx.option_sheet import OptionRows

NEVER = 1e9
"""Stands for a month that never comes."""
SUBTITLE = "Each option’s flows less those of today’s way: positive where the option is cheaper."


@dataclass(frozen=True, slots=True)
class Increment:
    """What the summary and the search for a rate of return need of one option."""

    flows: Formula
    apart: Formula
    sign_changes: Formula
    is_norstrom: Formula
    invested: Formula
    returned: Formula
    payback: Formula
    discounted_payback: Formula
    first_cheaper: Formula
    outflows: Formula
    scale: Formula
    upfront: Formula


def write_increments(model: Model, options: list[OptionRows]) -> dict[int, Increment]:
    """Writes the sheet; returns the rows of every option but today's."""
    grid = model.grid("Increments", "Increments", f"{SUBTITLE} Amounts in {model.currency}.")
    base = options[model.case.baseline]
    found = {
        index: _increment(model, grid, index, rows, base)
        for index, rows in enumerate(options)
        if index != model.case.baseline
    }
    if not found:
        grid.remark("The plan has one option, so there is nothing to compare it with.")
    grid.finish()
    return found


def _increment(model: Model, grid: Grid, index: int, rows: OptionRows, base: OptionRows) -> Increment:
    book, calendar, month, money = model.book, model.calendar, grid.month(), model.currency
    outcome, baseline = model.outcome.options[index], model.outcome.options[model.case.baseline]
    grid.block(f"{model.subject.faces[index].name} against today’s way")
    engine = np.broadcast_to(outcome.cash_flow - baseline.cash_flow, (model.months + 1, 1))
    monthly = grid.line(
        "Net cash, increment", money, rows.net - base.net, "money", engine=engine, total=True, kind="bold"
    )
    resale = grid.constant(
        "Resale, increment, at the horizon",
        money,
        single(rows.components["resale"], model.months) - single(base.components["resale"], model.months),
        "money",
    )
    last = single(calendar.times, model.months)
    apart = grid.constant(
        "Resale with a date of its own", money, either(last.equals(model.months), 0, resale), "money",
        note="resale falls at the horizon whatever the timing",
    )  # fmt: skip
    dated = grid.line(
        "Flows with the month’s date", money, monthly - either(month.equals(model.months), apart, 0), "money"
    )
    clean, clean_apart = _without_noise(grid, book, dated, apart, money)
    changes = _sign_changes(grid, "flows", clean, clean_apart)
    norstrom = _norstrom(grid, clean, clean_apart, money)
    invested, returned = _modified(model, grid, clean, clean_apart)
    discounted = grid.line(
        "Present value of the increment",
        money,
        dated * calendar.factor + either(month.equals(model.months), apart * calendar.factor_at_horizon, 0),
        "money",
        total=True,
    )
    before_go_live = month < rows.go_live
    outflow = either(before_go_live, -smallest(discounted, 0), 0)
    outflows = grid.line("Present value of outflows before go-live", money, outflow, "money", total=True)
    upfront = grid.line(
        "Outflows before go-live", money, either(before_go_live, largest(-monthly, 0), 0), "money", total=True
    )
    return Increment(
        flows=dated,
        apart=apart,
        sign_changes=changes,
        is_norstrom=norstrom,
        invested=invested,
        returned=returned,
        payback=_payback(grid, book, monthly, "increment", money),
        discounted_payback=_payback(grid, book, discounted, "discounted increment", money),
        first_cheaper=_first_cheaper(model, grid, rows, base),
        outflows=grid.constant("Outflows before go-live, present value", money, summed(outflows, book), "money"),
        scale=grid.constant("Sum of absolute present values", money, _absolute_sum(discounted, book), "money"),
        upfront=grid.constant("Upfront: outflows before go-live", money, summed(upfront, book), "money"),
    )


def _absolute_sum(row: Formula, book: Book) -> Formula:
    return Formula(f"SUMPRODUCT(ABS({span(row, book)}))", np.asarray(np.abs(row.value).sum()))


def _largest_size(row: Formula, book: Book) -> Formula:
    reach = span(row, book)
    return Formula(f"MAX(MAX({reach}),-MIN({reach}))", np.asarray(np.abs(row.value).max()))


def _without_noise(grid: Grid, book: Book, row: Formula, apart: Formula, money: str) -> tuple[Formula, Formula]:
    """Flows so small that they are rounding count as none."""
    reach = largest(_largest_size(row, book), absolute(apart))
    noise = grid.constant("Smaller flows are rounding", money, NOISE * reach, "small")
    clean = grid.line("Flows, rounding left out", money, either(absolute(row) <= noise, 0, row), "money")
    return clean, grid.constant("The same of resale apart", money, either(absolute(apart) <= noise, 0, apart), "money")


def _sign_changes(grid: Grid, what: str, row: Formula, apart: Formula) -> Formula:
    """Changes of sign along a row and what follows it, zeros left out."""
    month = grid.month()
    last = np.zeros_like(row.value)
    for at, value in enumerate(row.value):
        last[at] = np.sign(value) if value != 0.0 else (last[at - 1] if at else 0.0)
    mine = before(grid.next_row)
    text = f"IF({row.text}=0,IF({month.equals(0).text},0,{mine}),SIGN({row.text}))"
    sign = grid.line(f"Sign of the {what} so far", "−1, 0, 1", Formula(text, last), "flag")
    earlier = before(int(sign.text.rpartition("$")[2]))
    flips = np.array(
        [1.0 if at and last[at - 1] != 0.0 and last[at] != last[at - 1] else 0.0 for at in range(len(last))]
    )
    text = f"IF({month.equals(0).text},0,IF({earlier}=0,0,IF({sign.text}={earlier},0,1)))"
    flip = grid.line(f"Sign of the {what} changes", "1 or 0", Formula(text, flips), "flag")
    at_end = single(sign, grid.book.months)
    beyond = either(apart.equals(0), 0, either(at_end.equals(0), 0, either(sign_of(apart).equals(at_end), 0, 1)))
    return grid.constant(f"Changes of sign of the {what}", "count", summed(flip, grid.book) + beyond, "month")


def _norstrom(grid: Grid, clean: Formula, apart: Formula, money: str) -> Formula:
    """1 where the cumulated flows change sign once and do not end at zero: then one rate at most is positive."""
    running = Formula(f"SUM({span_until_now(clean, grid.book)})", np.cumsum(clean.value))
    cumulated = grid.line("Flows cumulated", money, running, "money")
    end = single(cumulated, grid.book.months) + apart
    whole = grid.constant("Flows cumulated, resale included", money, end, "money")
    changes = _sign_changes(grid, "cumulated flows", cumulated, either(apart.equals(0), 0, whole))
    holds = both(changes.equals(1), absolute(whole) > 0)
    return grid.constant("Cumulated flows change sign once (Norstrøm)", "1 or 0", either(holds, 1, 0), "month")


def _modified(model: Model, grid: Grid, clean: Formula, apart: Formula) -> tuple[Formula, Formula]:
    """What is invested today, and what it grows to, for the modified rate of return."""
    finance, book, money = model.case.finance, model.book, model.currency
    financing = model.take(grid, "finance.mirr_finance_rate", finance.mirr_finance_rate)
    reinvesting = model.take(grid, "finance.mirr_reinvest_rate", finance.mirr_reinvest_rate)
    months, times = model.months, model.calendar.times
    out = grid.line("Outflows", money, smallest(clean, 0), "money", total=True)
    into = grid.line("Inflows", money, largest(clean, 0), "money", total=True)
    spread = span(times, book)
    paid = Formula(
        f"SUMPRODUCT({span(out, book)},(1+{financing.text})^(-{spread}/12))",
        np.asarray(float(np.sum(out.value * np.power(1 + financing.value, -times.value / 12)))),
    )
    invested = -(paid + smallest(apart, 0) * (1 + financing) ** (formula(-months) / 12))
    grown = Formula(
        f"SUMPRODUCT({span(into, book)},(1+{reinvesting.text})^(({months}-{spread})/12))",
        np.asarray(float(np.sum(into.value * np.power(1 + reinvesting.value, (months - times.value) / 12)))),
    )
    return (
        grid.constant("Outflows at the decision date", money, invested, "money"),
        grid.constant("Inflows grown to the horizon", money, grown + largest(apart, 0), "money"),
    )


def _payback(grid: Grid, book: Book, row: Formula, what: str, money: str) -> Formula:
    """The first month from which the cumulated row stays at or above zero; beyond the horizon if it never does."""
    cumulated = grid.line(
        f"Cumulated {what}", money, Formula(f"SUM({span_until_now(row, book)})", np.cumsum(row.value)), "money"
    )
    allowed = grid.constant("Smaller shortfalls are rounding", money, NOISE * _absolute_sum(row, book), "small")
    month = grid.month()
    late = grid.line(
        f"Month after a shortfall of the {what}", "month", either(cumulated < -allowed, month + 1, 0), "month"
    )
    text = f"MAX({span(late, book)})"
    return grid.constant(f"Payback of the {what}", "month", Formula(text, np.asarray(late.value.max())), "month")


def _first_cheaper(model: Model, grid: Grid, rows: OptionRows, base: OptionRows) -> Formula:
    """The first month from go-live on in which running the option costs less than today's way."""
    book, month, money = model.book, grid.month(), model.currency
    mine = grid.line(
        "Running flows of the option", money, added([rows.components[name] for name in RUNNING_COMPONENTS]), "money"
    )
    theirs = grid.line(
        "Running flows of today’s way", money, added([base.components[name] for name in RUNNING_COMPONENTS]), "money"
    )
    size = largest(_largest_size(mine, book), _largest_size(theirs, book))
    allowed = grid.constant("Smaller differences are rounding", money, NOISE * size, "small")
    cheaper = both(month >= rows.go_live, mine - theirs > allowed)
    when = grid.line("Month in which it is cheaper to run", "month", either(cheaper, month, NEVER), "small")
    return grid.constant(
        "First month cheaper to run",
        "month",
        Formula(f"MIN({span(when, book)})", np.asarray(when.value.min())),
        "small",
    )
