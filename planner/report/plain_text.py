"""The report as aligned plain text, for a terminal: the verdict, the table of options, warnings and checks."""

from __future__ import annotations

from collections.abc import Sequence

from planner.report import words
from planner.report.types import Cell, Note, Report, Row, Sentence, Table

TABLES = ("options", "metrics", "components", "checks")
"""The tables shown; the rest is in the JSON answer."""
_MARKS = {"best": "*", "baseline": "="}


def plain_text(report: Report) -> str:
    """Lines of at most the width that the longest option name needs; money rounded to whole units."""
    blocks = [report.title] if report.title else []
    blocks.append("\n".join(item.text for item in report.items if isinstance(item, Sentence)))
    blocks += [_table(report, report.table(name)) for name in TABLES[:-1]]
    blocks.append("* cheapest   = today’s way   costs are negative")
    blocks += [_note(item) for item in report.items if isinstance(item, Note)]
    blocks.append(_checks(report.table("checks")))
    return "\n\n".join(blocks) + "\n"


def _note(note: Note) -> str:
    return f"Note: {note.text}" + (f" ({note.source.label}, {note.source.url})" if note.source else "")


def _table(report: Report, table: Table) -> str:
    """Turned on its side where there are more columns than fit: one line per figure, one column per option."""
    heads = ["", *(_head(report, row) for row in table.rows)]
    lines = [heads]
    for at, column in enumerate(table.columns):
        lines.append([column.label, *(_figure(row.cells[at], report) for row in table.rows)])
    return f"{table.title} ({report.currency})\n{_aligned(lines)}"


def _head(report: Report, row: Row) -> str:
    letter = report.face(row.option).letter if row.option else ""
    return f"{_MARKS.get(row.emphasis, '')}{letter} {row.id}".strip()


def _figure(cell: Cell, report: Report) -> str:
    """A cell as text; what does not exist is a dash, the reason stands in the JSON answer."""
    value = cell.value
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if cell.unit == "money":
        return f"{value:,.0f}"
    if cell.unit in ("share", "share_per_year"):
        return words.percent(float(value))
    if cell.unit == "month":
        return f"month {int(value)}"
    return f"{value:,.4g}"


def _checks(table: Table) -> str:
    failed = [row.label for row in table.rows if not row.cells[0].value]
    return table.summary + (f" Failed: {'; '.join(failed)}." if failed else "")


def _aligned(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            [line[0].ljust(widths[0]), *(text.rjust(width) for text, width in zip(line[1:], widths[1:], strict=True))]
        )
        for line in lines
    )
