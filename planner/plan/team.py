"""People and costs that are typed rather than computed."""

from typing import Annotated, Literal

from planner.plan.leaf import NEUTRAL, choice, flag, quantity, text
from planner.plan.part import Name, Part, Slug
from planner.plan.quantity import Quantity

START_MONTH = quantity(
    "First month",
    "month",
    1,
    120,
    whole=True,
    about="Plan month from which it is paid.",
    source="Neutral: from the first month.",
)
END_MONTH = quantity(
    "Last month",
    "month",
    1,
    120,
    whole=True,
    about="Plan month through which it is paid. Empty: to the horizon.",
    source="Neutral: to the horizon.",
)


class Role(Part):
    """People of one kind that an option needs."""

    id: Annotated[Slug, text("Role id", about="Short name used in paths: lower-case letters, digits and hyphens.")]
    title: Annotated[Name, text("Title", about="The name people see.", source="The id.")] = ""
    headcount: Annotated[
        Quantity,
        quantity(
            "Headcount", "people", 0.0, 1e5, soft=(0.0, 500), about="Full-time equivalents once everybody is there."
        ),
    ]
    annual_pay: Annotated[
        Quantity,
        quantity(
            "Yearly pay",
            "money/year",
            0.0,
            1e9,
            soft=(2e4, 2e6),
            about="Salary, bonus and equity of one person, before the employer's on-costs.",
        ),
    ]
    burden: Annotated[
        Quantity,
        quantity(
            "On-costs",
            "share",
            0.0,
            3.0,
            soft=(0.1, 0.6),
            about="Employer's taxes, benefits and overhead on top of pay.",
            source=(
                "US Employer Costs for Employee Compensation, June 2025: benefits are 29.8 % of compensation; less "
                "above 200 k$."
            ),
        ),
    ] = 0.30
    start_month: Annotated[Quantity, START_MONTH] = 1.0
    end_month: Annotated[Quantity | None, END_MONTH] = None
    ramp_months: Annotated[
        Quantity,
        quantity(
            "Months of hiring",
            "months",
            0,
            120,
            soft=(0, 24),
            whole=True,
            about="Months over which they are hired, evenly.",
            source=NEUTRAL,
        ),
    ] = 0.0
    annual_raise: Annotated[
        Quantity | None,
        quantity(
            "Yearly raise",
            "share/year",
            -0.5,
            1.0,
            soft=(0.0, 0.15),
            about="Growth of pay. Empty: inflation.",
            source="Convention: inflation.",
        ),
    ] = None
    recruiting_fee: Annotated[
        Quantity,
        quantity(
            "Recruiting fee",
            "share of yearly pay",
            0.0,
            5.0,
            soft=(0.0, 0.4),
            about="Paid per hire and per leaver replaced. Agencies take 20 to 25 %.",
            source=NEUTRAL,
        ),
    ] = 0.0
    already_employed: Annotated[
        bool,
        flag(
            "Already employed",
            about="They are there today: no fee for hiring them, only for replacing leavers.",
            source="Neutral: they are hired for this.",
        ),
    ] = False
    attrition: Annotated[
        Quantity,
        quantity(
            "Attrition",
            "share/year",
            0.0,
            0.99,
            soft=(0.0, 0.4),
            about="Share of people who leave in a year and are replaced.",
            source=NEUTRAL,
        ),
    ] = 0.0
    allocation: Annotated[
        Quantity,
        quantity("Allocation", "share", 0.0, 1.0, about="Share of their time that this option takes.", source=NEUTRAL),
    ] = 1.0


class OneOffCost(Part):
    """A single payment: integration, an audit, an exit fee. Negative if it is received."""

    name: Annotated[Name, text("What it is", about="A name for reports.", source=NEUTRAL)] = ""
    month: Annotated[
        Quantity,
        quantity("Month", "month", 0, 120, whole=True, about="Plan month of the payment; 0 is the decision date."),
    ]
    amount: Annotated[
        Quantity,
        quantity(
            "Amount", "money", -1e13, 1e13, soft=(-1e9, 1e9), about="In the money of that month: no inflation is added."
        ),
    ]
    kind: Annotated[
        Literal["opex", "capex"],
        choice(
            "Kind",
            "opex",
            "capex",
            about="Deducted at once (opex), or depreciated like hardware (capex).",
            source="Convention: deducted at once.",
        ),
    ] = "opex"


class RecurringCost(Part):
    """A monthly payment that grows with inflation: licences, audits, dual running."""

    name: Annotated[Name, text("What it is", about="A name for reports.", source=NEUTRAL)] = ""
    amount_per_month: Annotated[
        Quantity,
        quantity(
            "Amount per month",
            "money/month",
            -1e13,
            1e13,
            soft=(-1e8, 1e8),
            about="In today's money; grows with inflation.",
        ),
    ]
    start_month: Annotated[Quantity, START_MONTH] = 1.0
    end_month: Annotated[Quantity | None, END_MONTH] = None
