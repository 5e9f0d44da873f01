"""The plan document: the one schema behind form, API, workbook and engine.

`parse_plan` is the one door in: it reads JSON strictly, upgrades old versions, validates types, bounds and the rules
between fields, and says everything that is wrong. `canonical_json` and `plan_digest` are the one form out: exactly what
the user set, in the user's own spelling, so that equal plans have equal bytes.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError

from planner.plan.development import DevelopmentProject, FineTune, Pretrain, Silicon
from planner.plan.errors import PlanError, PlanInvalid, PlanUnreadable
from planner.plan.explain import explained
from planner.plan.finance import (
    AmortiseDevelopment,
    DevelopmentTax,
    ExpenseDevelopment,
    ExpenseHardware,
    Finance,
    FxRate,
    HardwareDepreciation,
    Macrs5,
    StraightLine,
)
from planner.plan.leaf import section, text
from planner.plan.market import (
    MARKET_PATHS,
    DeclinePath,
    FlatPath,
    HistoryPath,
    Market,
    MarketPath,
    MeanRevertingPath,
    PricePath,
    ServingCost,
    StepsPath,
)
from planner.plan.option import Option
from planner.plan.part import Listed, Name, Part, Slug
from planner.plan.plain import plain, plan_document
from planner.plan.quantity import Quantity
from planner.plan.reader import read_json
from planner.plan.records import Accelerator, ApiPrices, ModelArchitecture, PriceTier
from planner.plan.rules import broken_rules
from planner.plan.supply import ApiSupply, BackupSupply, HostedSupply, Supply, SupplyReference
from planner.plan.switched_off import SwitchedOff
from planner.plan.team import OneOffCost, RecurringCost, Role
from planner.plan.uncertainty import Correlation, Path, Scenario
from planner.plan.versions import CURRENT_VERSION, upgraded
from planner.plan.workload import ExponentialGrowth, Growth, LogisticGrowth, SeriesGrowth, Workload


class Plan(Part):
    """A whole plan: workloads, the options to serve them, the market and the terms of judgement."""

    schema_version: Annotated[
        Literal[1],
        text("Schema version", unit="version", about="Version of this document's format.", source="The first version."),
    ] = CURRENT_VERSION
    name: Annotated[Name, text("Plan", about="The name people see.", source="Untitled.")] = ""
    finance: Annotated[Finance, section("Finance", about="Currency, calendar, discounting and tax.")]
    market: Annotated[Market, section("Market", about="How prices move; one scenario drives every option.")] = Market()
    workloads: Annotated[
        Listed[Workload], Field(min_length=1, max_length=50), section("Use", about="What the company asks of LLMs.")
    ]
    options: Annotated[
        Listed[Option],
        Field(min_length=1, max_length=50),
        section("Options", about="The ways to supply it, today's among them."),
    ]
    baseline: Annotated[
        Slug,
        text(
            "Baseline",
            kind="reference",
            about="Id of the option that is in place today; the others are compared with it.",
        ),
    ]
    correlations: Annotated[
        Listed[Correlation],
        Field(max_length=1000),
        section("Correlations", about="Uncertain inputs that move together."),
    ] = ()
    scenarios: Annotated[
        Listed[Scenario],
        Field(max_length=100),
        section("Scenarios", about="Named sets of inputs that differ from the plan's."),
    ] = ()
    switched_off: Annotated[
        Listed[SwitchedOff],
        Field(max_length=100),
        text(
            "Switched off",
            kind="list",
            unit="workloads and options",
            about="Workloads and options that are kept but not computed, each with its place in the list.",
            source="Neutral: everything counts.",
        ),
    ] = ()
    notes: Annotated[
        dict[Path, Annotated[str, StringConstraints(min_length=1, max_length=2000)]],
        Field(max_length=2000),
        text(
            "Notes",
            kind="list",
            unit="path and words",
            about="What people wrote beside an input, by its dotted path.",
            source="Neutral: none.",
        ),
    ] = {}


def parse_plan(data: bytes | str | Mapping[str, Any]) -> Plan:
    """The plan in a JSON text or in plain dictionaries and lists.

    Raises PlanUnreadable if the text is no JSON a plan may be written in, PlanInvalid with every error otherwise.
    """
    read = data if isinstance(data, Mapping) else read_json(data)
    if not isinstance(read, Mapping):
        raise PlanInvalid(
            [PlanError("", "", "A plan is an object { … } with finance, workloads and options.", "wrong_type")]
        )
    document = upgraded(read)
    try:
        plan = Plan.model_validate(document)
    except ValidationError as failure:
        raise PlanInvalid(explained(failure.errors(include_url=False), document, Plan)) from None
    broken = broken_rules(plan, parse_plan)
    if broken:
        raise PlanInvalid(broken)
    return plan


def canonical_json(plan: Plan) -> bytes:
    """The plan's one spelling as UTF-8 JSON: sorted keys, no white space, whole numbers without a point."""
    text_form = json.dumps(
        plan_document(plan), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text_form.encode()


def plan_digest(plan: Plan) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical_json(plan)).hexdigest()


__all__ = [
    "CURRENT_VERSION",
    "MARKET_PATHS",
    "Accelerator",
    "AmortiseDevelopment",
    "ApiPrices",
    "ApiSupply",
    "BackupSupply",
    "Correlation",
    "DeclinePath",
    "DevelopmentProject",
    "DevelopmentTax",
    "ExpenseDevelopment",
    "ExpenseHardware",
    "ExponentialGrowth",
    "Finance",
    "FineTune",
    "FlatPath",
    "FxRate",
    "Growth",
    "HardwareDepreciation",
    "HistoryPath",
    "HostedSupply",
    "LogisticGrowth",
    "Macrs5",
    "Market",
    "MarketPath",
    "MeanRevertingPath",
    "ModelArchitecture",
    "OneOffCost",
    "Option",
    "Plan",
    "PlanError",
    "PlanInvalid",
    "PlanUnreadable",
    "Pretrain",
    "PricePath",
    "PriceTier",
    "Quantity",
    "RecurringCost",
    "Role",
    "Scenario",
    "SeriesGrowth",
    "ServingCost",
    "Silicon",
    "StepsPath",
    "StraightLine",
    "Supply",
    "SupplyReference",
    "SwitchedOff",
    "Workload",
    "canonical_json",
    "parse_plan",
    "plain",
    "plan_digest",
    "plan_document",
]
