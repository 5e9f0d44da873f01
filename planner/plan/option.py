"""One way to supply the answers, with everything it takes."""

from typing import Annotated, Final

from planner.plan.development import DevelopmentProject
from planner.plan.leaf import NEUTRAL, quantity, section, text
from planner.plan.part import Listed, Name, Part, Slug
from planner.plan.quantity import Quantity
from planner.plan.supply import BackupSupply, Supply
from planner.plan.team import OneOffCost, RecurringCost, Role

COVERAGE: Final = quantity(
    "Share this option can do",
    "share",
    0.0,
    1.0,
    about=(
        "Measured share of the workload's requests that the primary supply serves; replaces the coverage line, "
        "constant over time."
    ),
)


class Option(Part):
    """One way to supply the answers."""

    id: Annotated[Slug, text("Option id", about="Short name used in paths: lower-case letters, digits and hyphens.")]
    name: Annotated[Name, text("Option", about="The name people see.", source="The id.")] = ""
    primary: Annotated[Supply, section("Supply", about="Where this option's answers come from.")]
    fallback: Annotated[
        BackupSupply | None, section("Fallback", about="API that takes what the supply cannot do. Empty: none.")
    ] = None
    interim: Annotated[
        BackupSupply | None,
        section("Interim", about="API before go-live and for what is not moved. Empty: today's supply."),
    ] = None
    serves: Annotated[
        Listed[Slug] | None,
        text(
            "Workloads moved",
            kind="list",
            unit="workload ids",
            about="Workloads this option moves; the others stay where they are. Empty: all.",
            source="Convention: all workloads.",
        ),
    ] = None
    go_live_month: Annotated[
        Quantity,
        quantity(
            "Go-live",
            "month",
            1,
            120,
            soft=(1, 60),
            whole=True,
            about="First plan month in which the option serves requests.",
            source="Neutral: from the first month.",
        ),
    ] = 1.0
    ramp_months: Annotated[
        Quantity,
        quantity(
            "Ramp",
            "months",
            0,
            120,
            soft=(0, 24),
            whole=True,
            about="Months over which requests move, evenly.",
            source=NEUTRAL,
        ),
    ] = 0.0
    cascade: Annotated[
        Quantity,
        quantity(
            "Try cheap first",
            "share",
            0.0,
            1.0,
            about=(
                "Share of detected failures that tried the primary first: 1 tries it always, 0 has a router that "
                "knows beforehand."
            ),
            source="Convention: every request tries the primary first.",
        ),
    ] = 1.0
    missed_failures: Annotated[
        Quantity | None,
        quantity(
            "Failures nobody notices",
            "share",
            0.0,
            1.0,
            soft=(0.0, 0.5),
            about=(
                "Share of the primary's failures that are not sent to the fallback. Empty: 0.05 with a fallback, 0 "
                "without."
            ),
            source="Judgement: 0.05 with a fallback, 0 without.",
        ),
    ] = None
    refresh_every: Annotated[
        Quantity,
        quantity(
            "Months between refreshes",
            "months",
            0,
            120,
            soft=(0, 60),
            whole=True,
            about="Months between new versions of the model; 0: never.",
            source="Neutral: never.",
        ),
    ] = 0.0
    coverage: Annotated[
        dict[Slug, Annotated[Quantity, COVERAGE]],
        section("Measured coverage", about="Workload id and share; replaces the coverage line before any uplift."),
    ] = {}
    develop: Annotated[
        Listed[DevelopmentProject],
        section("Development", about="Fine-tuning, pretraining or own silicon before go-live."),
    ] = ()
    team: Annotated[Listed[Role], section("Team", about="People this option needs.")] = ()
    one_off_costs: Annotated[
        Listed[OneOffCost], section("One-off costs", about="Single payments: integration, audits, exit fees.")
    ] = ()
    recurring_costs: Annotated[
        Listed[RecurringCost], section("Recurring costs", about="Monthly payments: licences, audits, dual running.")
    ] = ()
