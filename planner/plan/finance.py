"""Currency, calendar, discounting, tax: the terms in which every option is judged."""

from typing import Annotated, Literal

from pydantic import Discriminator

from planner.plan.leaf import NEUTRAL, POSITIVE, choice, integer, number, quantity, section, text
from planner.plan.part import Currency, Date, Listed, Month, Name, Part
from planner.plan.quantity import Quantity


class FxRate(Part):
    """A frozen exchange rate for catalogue prices in another currency."""

    currency: Annotated[
        Currency,
        text("Foreign currency", about="Three letters of the currency that the catalogue's price is in, such as USD."),
    ]
    rate: Annotated[
        float,
        number(
            "Exchange rate",
            "plan currency per unit",
            POSITIVE,
            1e9,
            soft=(1e-4, 1e4),
            about="How much of the plan's currency one unit of the foreign currency costs.",
        ),
    ]
    date: Annotated[Date, text("Date of the rate", kind="date", about="The day the rate was read, YYYY-MM-DD.")]
    source: Annotated[
        Name, text("Source of the rate", about="Where the rate was read, such as the central bank's page.")
    ]


class StraightLine(Part):
    """Equal shares over the tax life."""

    kind: Literal["straight_line"]
    years: Annotated[
        float,
        number(
            "Tax life of hardware",
            "years",
            1 / 12,
            50,
            soft=(3, 7),
            about="Years over which the tax office lets you write hardware off; rounded to months.",
            source="Large buyers' books, 2025: Amazon 5, Meta 5.5, Microsoft, Alphabet and Oracle 6 years.",
        ),
    ] = 5.0


class Macrs5(Part):
    """United States five-year class, half-year convention."""

    kind: Literal["macrs_5"]


class ExpenseHardware(Part):
    """Written off in the month of service (such as bonus depreciation of 100 %)."""

    kind: Literal["expense"]


HardwareDepreciation = Annotated[StraightLine | Macrs5 | ExpenseHardware, Discriminator("kind")]


class ExpenseDevelopment(Part):
    """Deducted in the month it is paid."""

    kind: Literal["expense"]


class AmortiseDevelopment(Part):
    """Spread evenly over years from the month it is paid."""

    kind: Literal["amortise"]
    years: Annotated[
        float,
        number(
            "Years of amortisation",
            "years",
            1 / 12,
            50,
            soft=(3, 15),
            about="Years over which development is deducted; the rest is deducted at the horizon.",
        ),
    ]


DevelopmentTax = Annotated[ExpenseDevelopment | AmortiseDevelopment, Discriminator("kind")]


class Finance(Part):
    """Money, calendar and tax."""

    currency: Annotated[
        Currency,
        text("Currency", about="Three letters, such as USD or EUR. Every amount in the plan is in this currency."),
    ]
    fx: Annotated[
        Listed[FxRate],
        section("Exchange rates", about="For catalogue prices in other currencies; frozen with the plan."),
    ] = ()
    start: Annotated[
        Month,
        text(
            "First month",
            kind="month",
            about="Calendar month of plan month 1, YYYY-MM. The decision is taken just before it.",
        ),
    ]
    horizon_months: Annotated[
        int,
        integer(
            "Horizon",
            "months",
            1,
            120,
            soft=(12, 96),
            about="How many months are compared. Costs dated after the horizon are not counted.",
            source="Judgement: three years is as far as prices of LLMs can be argued about.",
        ),
    ] = 36
    fiscal_year_start: Annotated[
        int,
        integer(
            "First month of the fiscal year",
            "calendar month",
            1,
            12,
            about="1 for January. Used to add months up to fiscal years; it moves no cash.",
            source="Convention: the calendar year.",
        ),
    ] = 1
    discount_rate: Annotated[
        Quantity,
        quantity(
            "Discount rate",
            "share/year",
            -0.5,
            1.0,
            soft=(0.0, 0.6),
            about=(
                "Return a year that the money could earn elsewhere at the same risk; nominal, and after tax if a tax "
                "rate is set."
            ),
            source="Cost of capital of US software companies 9 to 11 % (Damodaran, January 2026, and judgement).",
        ),
    ] = 0.10
    inflation: Annotated[
        Quantity,
        quantity(
            "Inflation",
            "share/year",
            -0.5,
            1.0,
            soft=(-0.02, 0.15),
            about=(
                "Yearly rise of wages, power, colocation and recurring costs. Prices of LLMs and GPUs have paths of "
                "their own."
            ),
            source="Judgement: between the central banks' 2 % target and recent US inflation of about 3 %.",
        ),
    ] = 0.025
    timing: Annotated[
        Literal["end", "mid", "start"],
        choice(
            "When a month's cash falls",
            "end",
            "mid",
            "start",
            about="At the end of each month (as spreadsheets' NPV has it), in its middle, or at its start.",
            source="Convention: the end of the period, as NPV in spreadsheets.",
        ),
    ] = "end"
    tax_rate: Annotated[
        Quantity,
        quantity(
            "Tax rate",
            "share",
            0.0,
            0.99,
            soft=(0.0, 0.5),
            about=(
                "Marginal rate of income tax; 0 compares before tax. The company is assumed to have income to deduct "
                "from."
            ),
            source="Convention: before tax unless you say so (US federal 21 %, about 25 % with state tax).",
        ),
    ] = 0.0
    hardware_depreciation: Annotated[
        HardwareDepreciation,
        section("Depreciation of hardware", about="How the tax office lets you write hardware off."),
    ] = StraightLine(kind="straight_line", years=5.0)
    development_tax: Annotated[
        DevelopmentTax, section("Tax on development", about="Deducted when paid, or spread over years.")
    ] = ExpenseDevelopment(kind="expense")
    development_residual: Annotated[
        Quantity,
        quantity(
            "Value of development left at the horizon",
            "share",
            0.0,
            1.0,
            soft=(0.0, 0.5),
            about=(
                "Share of the development cost not yet written off at the horizon that still has a value. 0 while "
                "development is expensed."
            ),
            source=NEUTRAL,
        ),
    ] = 0.0
    mirr_finance_rate: Annotated[
        Quantity | None,
        quantity(
            "Finance rate for MIRR",
            "share/year",
            -0.5,
            1.0,
            soft=(0.0, 0.6),
            about=(
                "Rate at which negative flows are financed in the modified internal rate of return. Empty: the "
                "discount rate."
            ),
            source="Convention: the discount rate.",
        ),
    ] = None
    mirr_reinvest_rate: Annotated[
        Quantity | None,
        quantity(
            "Reinvestment rate for MIRR",
            "share/year",
            -0.5,
            1.0,
            soft=(0.0, 0.6),
            about=(
                "Rate at which positive flows are reinvested in the modified internal rate of return. Empty: the "
                "discount rate."
            ),
            source="Convention: the discount rate.",
        ),
    ] = None
    revenue_per_request: Annotated[
        Quantity | None,
        quantity(
            "Revenue per request",
            "money/request",
            0.0,
            1e9,
            soft=(0.0, 1e4),
            about="What a request earns you, if you sell the service. Only the gross margin uses it.",
            source=NEUTRAL,
        ),
    ] = None
