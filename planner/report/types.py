"""What a report is made of: one ordered list of tables, figures, sentences and notes.

Page, PDF, workbook, CSV and REST all render this list and do no arithmetic of their own, so a figure has one value
everywhere. Values are raw: nothing is rounded here, shares are fractions, money is in the report's currency, cash out
is negative. Cell ids are public: they name a figure in feeds, tests and links, and never change their meaning.

A cell's id is ``<table>.<row>.<column>``. Rows and columns carry slugs of the plan (option, workload), a period
(``m0`` … ``m36``, ``fy2027``, ``total``) or the term for what is measured (``npv``, ``api_fees``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Unit: TypeAlias = Literal[
    "money",
    "money_per_1000_requests",
    "money_per_million_tokens",
    "money_per_hour",
    "money_per_year",
    "money_per_month",
    "share",
    "share_per_year",
    "ratio",
    "months",
    "month",
    "date",
    "years",
    "count",
    "gpus",
    "replicas",
    "requests",
    "requests_per_month",
    "tokens",
    "tokens_per_second",
    "seconds",
    "gigabytes",
    "watts",
    "text",
    "check",
]
"""How a renderer formats a value. ``month`` is a month number of the plan (0 is the decision date), ``months`` a
duration; ``share`` is a fraction shown in percent; ``check`` is 1 for passed and 0 for failed."""

Emphasis: TypeAlias = Literal["none", "best", "baseline", "subtotal", "total", "heading"]
Tone: TypeAlias = Literal["info", "caution", "warning"]
LineStyle: TypeAlias = Literal["solid", "dashed", "dotted", "dash-dot", "long-dash", "dash-dot-dot", "short-dash"]
ColourKey: TypeAlias = Literal["api", "open", "host", "tune", "train", "silicon", "router"]
FigureKind: TypeAlias = Literal[
    "cumulative_cost",
    "yearly_cash_flow",
    "waterfall",
    "market_outlook",
    "npv_ranges",
    "npv_difference",
    "cumulative_range",
    "tornado",
    "information",
    "decision_map",
    "go_live",
    "budget_odds",
    "scenario_regret",
]
SentenceRole: TypeAlias = Literal["headline", "lead", "close_call", "finding", "explanation"]
Origin: TypeAlias = Literal["yours", "template", "default", "catalogue", "price_book"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from: its words for a reader, a link, the day someone last looked, and whose it is.

    ``as_of`` is an ISO date. ``confidence`` is ``found``, ``verified``, ``derived``, ``judgement`` or ``unsourced``.
    """

    label: str
    url: str | None = None
    as_of: str | None = None
    confidence: str | None = None
    origin: Origin = "default"


@dataclass(frozen=True, slots=True)
class OptionFace:
    """How one option looks everywhere: a letter, a colour and a line style, so colour is never the only carrier.

    ``variant`` is 1 for the first option of its kind and counts up; the letter of later ones carries the number
    (H, H2, H3), and a renderer may vary the shade by it.
    """

    option_id: str
    name: str
    kind: str
    letter: str
    colour: ColourKey
    line: LineStyle
    variant: int = 1
    is_baseline: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure. ``value`` is None only together with a ``reason``, a sentence that says why there is none.

    ``trace`` is the address of "How is this worked out?" (see ``planner.report.trace``), ``source`` is where an
    input comes from, ``low`` and ``high`` the ends of the range a person gave.
    """

    id: str
    value: float | int | str | None
    unit: Unit
    reason: str | None = None
    source: Source | None = None
    trace: str | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Column:
    id: str
    label: str
    unit: Unit
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``cells`` stand in the order of the table's columns. ``option`` names the option whose face it shows."""

    id: str
    label: str
    cells: tuple[Cell, ...]
    emphasis: Emphasis = "none"
    option: str | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    summary: str = ""
    row_header: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One line or group of bars of a figure: the column of the data table it draws, and the option it belongs to.

    ``low`` and ``high`` name the columns of its P10 and P90, where it has a band.
    """

    column: str
    label: str
    option: str | None = None
    low: str | None = None
    high: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A value worth pointing at on a figure's axis, such as P10 or “today”."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """One side of a map: an input, its values in ascending order, and where the plan stands."""

    label: str
    unit: Unit
    worded: str
    values: tuple[float, ...]
    today: float
    is_logarithmic: bool = False


@dataclass(frozen=True, slots=True)
class Plane:
    """A map of winners: ``winners[y][x]`` indexes ``options``; ``borders`` are the points (x, y) where two tie."""

    x: Axis
    y: Axis
    options: tuple[str, ...]
    winners: tuple[tuple[int, ...], ...]
    borders: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: its title states the finding, its data is a table that every renderer can also print.

    ``cumulative_cost``: rows are months, one series per option. ``yearly_cash_flow``: rows are fiscal years, one
    series per option. ``waterfall``: rows are the start, the steps and the end; the column ``amount`` holds the
    amount (rows with emphasis ``total`` stand on the axis). What simulated figures hold stands where they are built,
    in ``planner.report.uncertainty``. ``marks`` are values pointed at; ``pair`` the two options whose difference is
    drawn, positive where the first is cheaper; ``plane`` the map's full grid, of which the data table is every fifth
    point.
    """

    id: str
    kind: FigureKind
    title: str
    summary: str
    data: Table
    series: tuple[Series, ...]
    value_unit: Unit = "money"
    marks: tuple[Mark, ...] = ()
    pair: tuple[str, str] | None = None
    plane: Plane | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence. ``cell`` names the figure it words, if it is one; renderers may set it in bold."""

    text: str
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    id: str
    role: SentenceRole
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Note:
    """A remark beside the answer.

    ``path`` is the dotted path of the input it is about, if it is about one; ``source`` what it rests on.
    """

    id: str
    tone: Tone
    text: str
    path: str | None = None
    source: Source | None = None


Item: TypeAlias = Table | Figure | Sentence | Note


@dataclass(frozen=True, slots=True)
class Report:
    """The answer to one plan: ``items`` in reading order, money in ``currency``, one face per option."""

    items: tuple[Item, ...]
    title: str = ""
    currency: str = "USD"
    start: str = ""
    horizon_months: int = 0
    faces: tuple[OptionFace, ...] = field(default=())

    def face(self, option_id: str) -> OptionFace:
        for face in self.faces:
            if face.option_id == option_id:
                return face
        raise KeyError(f"The report has no option “{option_id}”.")

    def item(self, item_id: str) -> Item:
        """The item with this id; KeyError where there is none."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(f"The report has no item “{item_id}”.")

    def table(self, item_id: str) -> Table:
        """The table with this id, also the data table under the figure of this id."""
        item = self.item(item_id)
        if isinstance(item, Figure):
            return item.data
        if isinstance(item, Table):
            return item
        raise KeyError(f"“{item_id}” is not a table.")

    def figure(self, item_id: str) -> Figure:
        item = self.item(item_id)
        if isinstance(item, Figure):
            return item
        raise KeyError(f"“{item_id}” is not a figure.")

    def sentence(self, item_id: str) -> Sentence:
        item = self.item(item_id)
        if isinstance(item, Sentence):
            return item
        raise KeyError(f"“{item_id}” is not a sentence.")

    def tables(self) -> Iterator[Table]:
        """Every table in reading order, those under figures included."""
        for item in self.items:
            if isinstance(item, Table):
                yield item
            elif isinstance(item, Figure):
                yield item.data

    def cells(self) -> Iterator[Cell]:
        for table in self.tables():
            for row in table.rows:
                yield from row.cells

    def cell(self, cell_id: str) -> Cell:
        """The figure with this id; KeyError where there is none."""
        for cell in self.cells():
            if cell.id == cell_id:
                return cell
        raise KeyError(f"The report has no figure “{cell_id}”.")
