"""A small report by hand: three options over 24 months, numbers a reader can check by eye."""

from planner.report.types import (
    Cell,
    Column,
    Figure,
    Note,
    OptionFace,
    Part,
    Report,
    Row,
    Sentence,
    Series,
    Source,
    Table,
    Unit,
)

FACES = (
    OptionFace("frontier-api", "Keep paying the API", "api", "A", "api", "solid", is_baseline=True),
    OptionFace("open-api", "Hosted open weights, frontier for the rest", "api", "O", "open", "long-dash"),
    OptionFace("host", "Host open weights on rented GPUs", "host", "H", "host", "dashed"),
)
MONTHS = 24


def cell(
    table: str, row: str, column: str, value: float | int | str | None, unit: Unit, reason: str | None = None
) -> Cell:
    return Cell(f"{table}.{row}.{column}", value, unit, reason)


def options_table() -> Table:
    columns = (
        Column("npv", "NPV", "money"),
        Column("incremental_npv", "vs today", "money"),
        Column("cost_per_1000_requests", "Cost", "money_per_1000_requests"),
        Column("first_month_cheaper", "First month cheaper", "month"),
        Column("upfront", "Upfront", "money"),
    )
    figures: tuple[tuple[float | str | None, ...], ...] = (
        (-2_260_000.0, 0.0, 3.81, None, 0.0),
        (-2_410_000.0, -150_000.0, 4.06, 9.0, -60_000.0),
        (-2_530_000.0, -270_000.0, 4.26, None, -150_000.0),
    )
    rows = tuple(
        Row(
            face.option_id,
            face.name,
            tuple(
                cell(
                    "options",
                    face.option_id,
                    column.id,
                    value,
                    column.unit,
                    None if value is not None else "Not within 24 months.",
                )
                for column, value in zip(columns, values, strict=True)
            ),
            emphasis="best" if face.is_baseline else "none",
            option=face.option_id,
        )
        for face, values in zip(FACES, figures, strict=True)
    )
    return Table("options", "Cost in today’s money", columns, rows, row_header="Option")


def cumulative() -> Figure:
    columns = tuple(Column(face.option_id, face.name, "money") for face in FACES)
    starts, slopes, bends = (
        (0.0, -60_000.0, -150_000.0),
        (-62_000.0, -78_000.0, -92_000.0),
        (-2_000.0, -1_000.0, -400.0),
    )
    rows = tuple(
        Row(
            f"m{month}",
            f"Month {month}",
            tuple(
                cell(
                    "cumulative_cost",
                    f"m{month}",
                    column.id,
                    (start if month else 0.0) + slope * month + bend * month**2,
                    "money",
                )
                for column, start, slope, bend in zip(columns, starts, slopes, bends, strict=True)
            ),
        )
        for month in range(MONTHS + 1)
    )
    data = Table("cumulative_cost", "Cumulative cash", columns, rows, row_header="Month")
    series = tuple(Series(face.option_id, face.name, face.option_id) for face in FACES)
    return Figure(
        "cumulative_cost",
        "cumulative_cost",
        "Hosting starts lower and never catches up",
        "Cumulative cash by month",
        data,
        series,
    )


def yearly() -> Figure:
    columns = tuple(Column(face.option_id, face.name, "money") for face in FACES)
    figures = {
        "fy2026": (-0.2e6, -0.35e6, -0.5e6),
        "fy2027": (-1.0e6, -1.05e6, -1.1e6),
        "fy2028": (-1.4e6, -1.3e6, 0.2e6),
    }
    rows = tuple(
        Row(
            year,
            year.upper().replace("FY20", "FY"),
            tuple(
                cell("yearly_cash_flow", year, column.id, value, "money")
                for column, value in zip(columns, values, strict=True)
            ),
        )
        for year, values in figures.items()
    )
    data = Table("yearly_cash_flow", "Cash flow by fiscal year", columns, rows, row_header="Fiscal year")
    series = tuple(Series(face.option_id, face.name, face.option_id) for face in FACES)
    return Figure(
        "yearly_cash_flow",
        "yearly_cash_flow",
        "Every year costs more than the last",
        "Cash flow by fiscal year",
        data,
        series,
    )


def waterfall() -> Figure:
    columns = (Column("amount", "Amount", "money"),)
    steps = (
        ("start", "Keep paying the API", -2.26e6, "total", "frontier-api"),
        ("api_fees", "API fees", 1.97e6, "none", None),
        ("compute", "GPUs and power", -0.9e6, "none", None),
        ("team", "Team", -1.12e6, "none", None),
        ("end", "Host open weights on rented GPUs", -2.31e6, "total", "host"),
    )
    rows = tuple(
        Row(row_id, label, (cell("waterfall", row_id, "amount", amount, "money"),), emphasis, option)  # type: ignore[arg-type]  # the literals above are emphases
        for row_id, label, amount, emphasis, option in steps
    )
    data = Table("waterfall", "From the API’s NPV to hosting’s", columns, rows, row_header="Step")
    return Figure(
        "waterfall",
        "waterfall",
        "People, not GPUs, make hosting dearer",
        "From the API’s NPV to hosting’s",
        data,
        (Series("amount", "Amount"),),
    )


def assumptions_table() -> Table:
    columns = (Column("value", "Value", "text"), Column("source", "Source", "text"))
    source = Source("genai-prices 0.2.3", "https://example.org/prices", "2026-11-14", origin="catalogue")
    rows = (
        Row(
            "workloads.chat.requests_per_month",
            "Requests a month",
            (
                Cell(
                    "assumptions.requests.value",
                    6e6,
                    "requests_per_month",
                    source=Source("typed by you", origin="yours"),
                ),
                Cell("assumptions.requests.source", "yours", "text"),
            ),
        ),
        Row(
            "options.frontier-api.primary.input_price",
            "Input price",
            (
                Cell("assumptions.price.value", 2.5, "money_per_million_tokens", source=source),
                Cell("assumptions.price.source", "genai-prices", "text"),
            ),
        ),
    )
    return Table("assumptions", "Assumptions", columns, rows, row_header="Input")


def sample_report() -> Report:
    return Report(
        items=(
            Sentence("headline", "headline", (Part("Keep buying, for now."),)),
            Sentence(
                "lead",
                "lead",
                (
                    Part("Over 24 months it costs "),
                    Part("$2.26 m", "options.frontier-api.npv"),
                    Part(" in today’s money, "),
                    Part("$0.15 m less", "options.open-api.incremental_npv"),
                    Part(" than the next best."),
                ),
            ),
            options_table(),
            cumulative(),
            yearly(),
            waterfall(),
            assumptions_table(),
            Note("stale", "caution", "One price is older than 90 days."),
        ),
        title="Support chat",
        start="2026-12",
        horizon_months=MONTHS,
        faces=FACES,
    )
