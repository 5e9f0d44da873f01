"""Amounts as lying bars: what knowing an input is worth, what a choice gives away in each scenario."""

from __future__ import annotations

from planner.renderers.charts.columns import look_of, numbers_of
from planner.renderers.charts.rows import Rows, bar, lying_areas, name, rows_for, width_of, zero_line
from planner.renderers.charts.svg import drawing, element, text, text_width
from planner.renderers.formats import Scale, format_money
from planner.report.types import Figure, Report, Row


def information(figure: Figure, report: Report, scale: Scale, kind: str) -> str:
    """All inputs together on top, only outlined; under it each input's part."""
    amounts = [amount or 0.0 for amount in numbers_of(figure, "evppi")]
    words = [format_money(amount, scale).text for amount in amounts]
    rows = _rows(kind, amounts, words)
    parts = [
        name(rows, at, row.label, css="name letter" if row.emphasis == "total" else "name")
        + bar(rows, at, 0.0, amounts[at], "bar in" if row.emphasis == "total" else "bar")
        + text(rows.x(amounts[at]) + 8, rows.y(at) + 4.5, words[at], "value")
        for at, row in enumerate(figure.data.rows)
    ]
    says = [f"{row.label}: {said} {scale.label}" for row, said in zip(figure.data.rows, words, strict=True)]
    return _drawn(figure, kind, rows, says, parts)


def scenario_regret(figure: Figure, report: Report, scale: Scale, kind: str) -> str:
    """What the option of the figure's series gives away in each scenario; the winner's letter at the end of the bar."""
    own = figure.series[0]
    shown = [row for row in figure.data.rows if row.emphasis != "total"]
    amounts = [amount or 0.0 for amount in numbers_of(figure, own.column)][: len(shown)]
    words = [_said(row, amount, own.option, report, scale) for row, amount in zip(shown, amounts, strict=True)]
    rows = _rows(kind, amounts, words)
    parts = [_scenario(rows, at, row, amounts[at], words[at], report) for at, row in enumerate(shown)]
    says = [f"{row.label}: {said}" for row, said in zip(shown, words, strict=True)]
    return _drawn(figure, kind, rows, says, parts)


def _said(row: Row, amount: float, own: str | None, report: Report, scale: Scale) -> str:
    winner = report.face(row.option or "")
    if row.option == own:
        return f"{winner.letter} cheapest"
    return f"{format_money(amount, scale).text}, {winner.letter} cheapest"


def _scenario(rows: Rows, at: int, row: Row, amount: float, words: str, report: Report) -> str:
    face = report.face(row.option or "")
    ended = rows.x(amount) + 8
    # The bar is a loss whoever wins; the letter after it has the winner's colour.
    return (
        name(rows, at, row.label)
        + (element("g", {"class": "loss"}, bar(rows, at, 0.0, amount)) if amount > 0.0 else "")
        + element("g", look_of(face), text(ended, rows.y(at) + 4.5, words, "name letter"))
    )


def _rows(kind: str, amounts: list[float], words: list[str]) -> Rows:
    room = max(text_width(each, 13.5) for each in words) + 14
    return rows_for(kind, 0.0, max(*amounts, 1e-9), top=2, room=(2, room))


def _drawn(figure: Figure, kind: str, rows: Rows, says: list[str], parts: list[str]) -> str:
    size = (width_of(kind), rows.bottom(len(says)) + 6)
    areas = lying_areas(rows, says)
    return drawing(kind, figure.id, size, figure.title, figure.summary, *parts, zero_line(rows, len(says)), areas)
