"""The recipe page “Fields and units”, written out of the tables: `python -m planner.report.tables.fields_doc`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from planner.report.tables import TABLES
from planner.report.tables.shape import CURRENCY, OF_THE_ANSWER, FlatColumn

PAGE = Path(__file__).parents[3] / "docs" / "recipes" / "fields-and-units.md"
_HEAD = """# Fields and units

Generated from the tables' own declarations; a test keeps it current.

1. A table's address is `https://HOST/api/v1/plans/PLAN_ID/<table>.<csv|json|parquet>` (the latest finished run) or
   `https://HOST/api/v1/runs/<run>/<table>.…` (one run, which never changes). Without a suffix the Accept header
   decides.
2. Rows are long: one fact each. Every row says `plan_id`, `run_id`, `scenario`, `unit` and `currency`.
3. Cash in is positive, cash out negative. Shares and rates are fractions: 0.1 is 10 %. Amounts are not rounded.
4. Columns are only ever added within a schema; `X-Table-Schema: cashflows/1` counts up if a meaning had to change.
5. Dates are ISO, times UTC. In CSV an empty cell is “nothing”, truth is `true` or `false`, and a text that a
   spreadsheet would take for a formula has an apostrophe in front. `?dialect=eu` writes semicolons and decimal commas,
   `?bom=1` a byte order mark. Tables are whole: there is no paging.

## Kinds

| kind | CSV | JSON | Parquet |
| --- | --- | --- | --- |
| text | as it is | string | string |
| number | 1234.5 | number | float64 |
| whole | 12 | number | int64 |
| date | 2026-11-01 | string | date32 |
| time | 2026-11-01T06:30:00Z | string | timestamp[ms, UTC] |
| truth | true | true | bool |

## Units

`money` is in the row's `currency`; `money_per_1000_requests`, `money_per_million_tokens`, `money_per_hour`,
`money_per_month` and `money_per_year` likewise. `share` and `share_per_year` are fractions, `ratio` a multiple,
`months` a duration, `month` a month of the plan (0 is the decision date), `check` is 1 for passed. `requests`,
`tokens`, `replicas`, `gpus`, `seconds`, `gigabytes`, `watts`, `count` count what they say; an input may carry its
form's own unit, such as `requests/month`. In `summary` the unit is that of its amounts; rates and months are said by
their columns.

## In every table

"""
_TROUBLE = """
## When it does not work

| what you see | why, and what to do |
| --- | --- |
| 404 | no such table, or no such plan for this key: the body names the nearest table |
| 409 | the table is simulated and no run has finished, or the run has none: start a run |
| 422 | the plan cannot be computed: the body says why |
| a column moved | read columns by name: new ones may come |
"""


def fields_page() -> str:
    """The page as Markdown."""
    lines = [_HEAD + "\n".join(_columns((*OF_THE_ANSWER, CURRENCY))), ""]
    for spec in TABLES.values():
        note = " Needs a finished run." if spec.is_simulated else ""
        lines += ["", f"## {spec.name}", "", f"`{spec.schema}`. {spec.says}{note}", "", *_columns(spec.own_columns)]
    return "\n".join(lines) + "\n" + _TROUBLE


def _columns(columns: tuple[FlatColumn, ...]) -> Iterator[str]:
    yield "| column | kind | meaning |"
    yield "| --- | --- | --- |"
    for column in columns:
        yield f"| `{column.name}` | {column.kind} | {column.says} |"


if __name__ == "__main__":
    PAGE.write_text(fields_page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
