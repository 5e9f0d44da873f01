"""The sheet NPV: what every option is worth, against today's way, by fiscal year, with charts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.engine.evaluate import REQUESTS_PER_UNIT, TOKENS_PER_UNIT
from planner.engine.metrics import NOISE
from planner.engine.outcome import COMPONENTS, Incremental, OptionOutcome
from planner.renderers.xlsx import charts
from planner.renderers.xlsx.book import column_name
from planner.renderers.xlsx.charts import FIRST_OPTION, HEAD_ROW, SHEET
from planner.renderers.xlsx.formula import Formula, added
from planner.renderers.xlsx.grid import print_set_up, span
from planner.renderers.xlsx.increments import NEVER, Increment
from planner.renderers.xlsx.model import Check, Model
from planner.renderers.xlsx.option_sheet import LABELS, OptionRows
from planner.renderers.xlsx.rates import RateSheet

NOT_WITHIN = "not within horizon"
NONE_FOR_TODAY = "today’s way"


@dataclass(frozen=True, slots=True)
class Summary:
    """Addresses of the summary: the sheet, each option's column, and the row (from 1) of every figure."""

    name: str
    columns: tuple[str, ...]
    rows: dict[str, int]

    def cell(self, index: int, figure: str) -> str:
        """The absolute address of an option's figure."""
        return f"'{self.name}'!${self.columns[index]}${self.rows[figure]}"


@dataclass(frozen=True, slots=True)
class _Figure:
    key: str
    label: str
    unit: str
    number: str
    make: Callable[[int], Formula | str]


def write_npv(model: Model, options: list[OptionRows], increments: dict[int, Increment], rates: RateSheet) -> Summary:
    """Writes the sheet; its place in the book is where it is created."""
    book = model.book
    name, sheet = book.sheet(SHEET)
    book.text(sheet, 0, 0, "Net present value", "title")
    words = f"Amounts in {model.currency}; costs negative. Increments are against today’s way: positive is cheaper."
    book.text(sheet, 1, 0, words, "subtitle")
    book.text(sheet, HEAD_ROW, 0, "Figure", "head")
    book.text(sheet, HEAD_ROW, 1, "Unit", "head")
    columns = tuple(column_name(FIRST_OPTION + index) for index in range(len(options)))
    for index, face in enumerate(model.subject.faces):
        book.text(sheet, HEAD_ROW, FIRST_OPTION + index, f"{face.letter} {face.name}", "head")
    summary = Summary(name, columns, {})
    _figures(model, sheet, summary, _Sources(model, options, increments, rates))
    row = HEAD_ROW + len(summary.rows) + 3
    row = _components(model, sheet, summary, options, row)
    years = _fiscal_years(model, sheet, summary, options, row)
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, 16)
    sheet.set_column(FIRST_OPTION, FIRST_OPTION + max(len(options), len(model.subject.fiscal_years) + 1), 23)
    sheet.set_row(HEAD_ROW, 30)
    sheet.freeze_panes(HEAD_ROW + 1, FIRST_OPTION)
    print_set_up(sheet, name)
    sheet.fit_to_pages(1, 0)
    charts.add_charts(model, sheet, summary, options, rates, years)
    return summary


@dataclass(frozen=True, slots=True)
class _Sources:
    """Where the figures of the summary come from, by option."""

    model: Model
    options: list[OptionRows]
    increments: dict[int, Increment]
    rates: RateSheet

    def outcome(self, index: int) -> OptionOutcome:
        return self.model.outcome.options[index]

    def incremental(self, index: int) -> Incremental:
        found = self.outcome(index).incremental
        if found is None:
            raise ValueError("the certain case has a comparison")
        return found

    def npv(self, index: int) -> Formula:
        return Formula(self.options[index].npv.text, np.asarray(float(self.outcome(index).npv[0])))

    def gain(self, index: int) -> Formula:
        base = self.model.case.baseline
        apart = self.npv(index) - self.npv(base)
        return Formula(apart.text, np.asarray(self.incremental(index).npv), apart.binds)

    def tco(self, index: int) -> Formula:
        book, rows = self.model.book, self.options[index]
        parts = [rows.components[name] for name in COMPONENTS if name != "tax"]
        text = "-(" + "+".join(f"SUM({span(part, book)})" for part in parts) + ")"
        return Formula(text, np.asarray(float(self.outcome(index).tco[0])), 1)

    def upfront(self, index: int) -> Formula:
        value = np.asarray(float(self.outcome(index).upfront[0]))
        if index in self.increments:
            return Formula(self.increments[index].upfront.text, value)
        net = self.options[index].net
        return Formula(f"MAX(-{span(net, self.model.book).partition(':')[0]},0)", value)

    def _volume(self, tokens: bool) -> Formula:
        """Present volume of requests, or of tokens."""
        book, model = self.model.book, self.model
        factor = span(model.calendar.factor, book)
        parts: list[Formula] = []
        for use in model.uses:
            volume = f"SUMPRODUCT({span(use.requests, book)},{factor})"
            value = use.requests.value * model.calendar.factor.value
            if tokens:
                volume = f"SUMPRODUCT({span(use.requests, book)},{span(use.token_growth, book)},{factor})"
                volume = f"{volume}*({use.input_tokens.text}+{use.output_tokens.text})"
                value = value * use.token_growth.value * (use.input_tokens.value + use.output_tokens.value)
            parts.append(Formula(volume, np.asarray(value.sum()), 3))
        return added(parts)

    def levelised(self, index: int, *, tokens: bool) -> Formula | str:
        outcome = self.outcome(index)
        known = outcome.cost_per_million_tokens if tokens else outcome.cost_per_1000_requests
        volume, unit = self._volume(tokens), TOKENS_PER_UNIT if tokens else REQUESTS_PER_UNIT
        text = f'IF({volume.text}=0,"no volume",-{self.npv(index).text}/({volume.text})*{unit:.0f})'
        return Formula(text, np.asarray("no volume" if known is None else float(known[0])))

    def irr(self, index: int) -> Formula | str:
        if index not in self.increments:
            return NONE_FOR_TODAY
        mine, rate = self.increments[index], self.rates.options[index]
        # Cumulated flows that change sign once promise one rate above zero; one found below is a second one.
        above = f'IF({rate.rate.text}>0,{rate.rate.text},"several rates")'
        proven = f'IF({mine.is_norstrom.text}=1,{above},"not proven unique")'
        text = (
            f'IF({mine.sign_changes.text}=0,"none: one sign",'
            f'IF({rate.crossings.text}=0,"none from -99 % to 1,000 %",'
            f'IF({rate.crossings.text}>1,"several rates",'
            f"IF({mine.sign_changes.text}=1,{rate.rate.text},{proven}))))"
        )
        known = self.incremental(index).irr
        words = {
            "no_root": "none: one sign",
            "multiple": "several rates",
            "not_proven": "not proven unique",
        }
        reason = self.incremental(index).reasons.get("irr", "")
        if reason == "no_root" and mine.sign_changes.value:
            words["no_root"] = "none from -99 % to 1,000 %"
        return Formula(text, np.asarray(known if known is not None else words.get(reason, reason)))

    def mirr(self, index: int) -> Formula | str:
        if index not in self.increments:
            return NONE_FOR_TODAY
        mine, known = self.increments[index], self.incremental(index).mirr
        text = (
            f'IF({mine.invested.text}<=0,"no outflow",IF({mine.returned.text}<=0,"no inflow",'
            f"({mine.returned.text}/{mine.invested.text})^(12/{self.model.months})-1))"
        )
        words = "no inflow" if mine.invested.value > 0 else "no outflow"
        return Formula(text, np.asarray(words if known is None else known))

    def index_of_profit(self, index: int) -> Formula | str:
        if index not in self.increments:
            return NONE_FOR_TODAY
        mine, known = self.increments[index], self.incremental(index).profitability_index
        text = (
            f'IF({mine.outflows.text}<={NOISE!r}*{mine.scale.text},"none before go-live",'
            f"1+({self.gain(index).text})/{mine.outflows.text})"
        )
        return Formula(text, np.asarray("none before go-live" if known is None else known))

    def month(self, index: int, which: str) -> Formula | str:
        if index not in self.increments:
            return NONE_FOR_TODAY
        mine, known = self.increments[index], self.incremental(index)
        cell, value = {
            "payback": (mine.payback, known.payback_month),
            "discounted": (mine.discounted_payback, known.discounted_payback_month),
            "cheaper": (mine.first_cheaper, known.first_month_cheaper),
        }[which]
        limit = f"{NEVER:.0f}-1" if which == "cheaper" else f"{self.model.months}"
        text = f'IF({cell.text}>{limit},"{NOT_WITHIN}",{cell.text})'
        return Formula(text, np.asarray(NOT_WITHIN if value is None else float(value)))


def _figures(model: Model, sheet: Any, summary: Summary, source: _Sources) -> None:
    money = model.currency
    figures = (
        _Figure("npv", "Net present value", money, "money", source.npv),
        _Figure("gain", "Against today’s way", money, "money", source.gain),
        _Figure("tco", "Total cost, undiscounted, before tax, less resale", money, "money", source.tco),
        _Figure("upfront", "Upfront: outflows before go-live", money, "money", source.upfront),
        _Figure(
            "requests",
            "Levelised cost per 1,000 requests",
            money,
            "price",
            lambda at: source.levelised(at, tokens=False),
        ),
        _Figure(
            "tokens", "Levelised cost per million tokens", money, "price", lambda at: source.levelised(at, tokens=True)
        ),
        _Figure("irr", "Internal rate of return", "a year", "rate", source.irr),
        _Figure("mirr", "Modified rate of return", "a year", "rate", source.mirr),
        _Figure("pi", "Profitability index", "ratio", "plain", source.index_of_profit),
        _Figure("payback", "Payback", "month", "month", lambda at: source.month(at, "payback")),
        _Figure("discounted", "Payback, discounted", "month", "month", lambda at: source.month(at, "discounted")),
        _Figure("cheaper", "First month cheaper to run", "month", "month", lambda at: source.month(at, "cheaper")),
    )
    for at, figure in enumerate(figures):
        row = HEAD_ROW + 1 + at
        summary.rows[figure.key] = row + 1
        model.book.text(sheet, row, 0, figure.label, "bold" if figure.key == "npv" else "cell")
        model.book.text(sheet, row, 1, figure.unit, "quiet")
        for index in range(len(source.options)):
            _write(model, sheet, row, FIRST_OPTION + index, figure.make(index), figure.number, figure.key == "npv")


def _write(
    model: Model, sheet: Any, row: int, column: int, found: Formula | str, number: str, strong: bool = False
) -> None:
    shape = model.book.format("answer_bold" if strong else "answer", number)
    if isinstance(found, str):
        model.book.text(sheet, row, column, found, "answer_quiet")
    else:
        sheet.write_formula(row, column, f"={found.text}", shape, found.value.item())


def _components(model: Model, sheet: Any, summary: Summary, options: list[OptionRows], row: int) -> int:
    """Present value by component, adding up to the NPV."""
    book, calendar = model.book, model.calendar
    book.text(sheet, row, 0, "Present value by component", "block")
    for column in range(1, FIRST_OPTION + len(options)):
        sheet.write_blank(row, column, None, book.format("block"))
    first = row + 2
    for at, name in enumerate(COMPONENTS):
        book.text(sheet, row + 1 + at, 0, LABELS[name])
        book.text(sheet, row + 1 + at, 1, model.currency, "quiet")
        for index, rows in enumerate(options):
            part = rows.components[name]
            if name == "resale":
                worth = Formula(
                    f"SUM({span(part, book)})*{calendar.factor_at_horizon.text}",
                    np.asarray(part.value.sum() * calendar.factor_at_horizon.value),
                )
            else:
                text = f"SUMPRODUCT({span(part, book)},{span(calendar.factor, book)})"
                worth = Formula(text, np.asarray((part.value * calendar.factor.value).sum()))
            _write(model, sheet, row + 1 + at, FIRST_OPTION + index, worth, "money")
    last = row + 1 + len(COMPONENTS)
    book.text(sheet, last, 0, "Sum: net present value", "total")
    for index, letter in enumerate(summary.columns):
        value = float(model.outcome.options[index].npv[0])
        text = f"=SUM({letter}{first}:{letter}{last})"
        sheet.write_formula(last, FIRST_OPTION + index, text, book.format("total", "money"), value)
        apart = f"ABS('{summary.name}'!{letter}{last + 1}-{summary.cell(index, 'npv')})"
        scale = f"SUMPRODUCT(ABS('{summary.name}'!{letter}{first}:{letter}{last}))"
        holds = Formula(f"{apart}<=1E-9*{scale}+1E-9", np.asarray(True), 0)
        model.checks.append(
            Check(2, "Components discounted at their dates add up to the NPV", options[index].name, holds)
        )
    return last + 3


def _fiscal_years(
    model: Model, sheet: Any, summary: Summary, options: list[OptionRows], row: int
) -> tuple[int, int, int]:
    """Net cash by fiscal year; returns the first row (from 0), and the first and last column of the years."""
    book, years = model.book, model.subject.fiscal_years
    book.text(sheet, row, 0, "Net cash by fiscal year", "head")
    book.text(sheet, row, 1, "Unit", "head")
    fiscal = model.calendar.fiscal_year
    for at, year in enumerate(years):
        first = span(fiscal, book).partition(":")[0]
        text = f'="FY"&RIGHT({first}+{at},2)'
        sheet.write_formula(row, FIRST_OPTION + at, text, book.format("head"), year.label)
    book.text(sheet, row, FIRST_OPTION + len(years), "Total", "head")
    for index, rows in enumerate(options):
        line = row + 1 + index
        book.text(sheet, line, 0, model.subject.faces[index].name)
        book.text(sheet, line, 1, model.currency, "quiet")
        for at, year in enumerate(years):
            first = span(fiscal, book).partition(":")[0]
            text = f"=SUMIFS({span(rows.net, book)},{span(fiscal, book)},{first}+{at})"
            value = float(rows.net.value[list(year.months)].sum())
            sheet.write_formula(line, FIRST_OPTION + at, text, book.format("cell", "money"), value)
        start, end = column_name(FIRST_OPTION), column_name(FIRST_OPTION + len(years) - 1)
        whole = float(rows.net.value.sum())
        text = f"=SUM({start}{line + 1}:{end}{line + 1})"
        sheet.write_formula(line, FIRST_OPTION + len(years), text, book.format("bold", "money"), whole)
        cell = f"'{summary.name}'!{column_name(FIRST_OPTION + len(years))}{line + 1}"
        _sum_checks(model, rows, cell)
    return row, FIRST_OPTION, FIRST_OPTION + len(years) - 1


def _sum_checks(model: Model, rows: OptionRows, by_year: str) -> None:
    """Months against the components' totals, years against months, the cumulated flow against the sum."""
    book = model.book
    months = f"SUM({span(rows.net, book)})"
    scale = f"1E-9*SUMPRODUCT(ABS({span(rows.net, book)}))+1E-9"
    parts = "+".join(f"SUM({span(part, book)})" for part in rows.components.values())
    cumulated = rows.cumulated.text.replace("\x11", "$" + book.last_column)
    for number, says, left in (
        (3, "Months of all components add up to the total", parts),
        (4, "Fiscal years add up to the months", by_year),
        (5, "Cumulated net cash ends at the total", cumulated),
    ):
        model.checks.append(
            Check(number, says, rows.name, Formula(f"ABS({left}-{months})<={scale}", np.asarray(True), 0))
        )
