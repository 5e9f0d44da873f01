"""Traces of figures that stand for a whole option: NPV, differences, unit costs, rates, payback."""

from __future__ import annotations

from planner.engine.outcome import COMPONENTS
from planner.report import options_table, words
from planner.report.components import present_value
from planner.report.cumulative import cumulated_cost
from planner.report.naming import quoted
from planner.report.service import unserved_share
from planner.report.subject import npv, single
from planner.report.trace_step import MONTH, OPTION, Ground, Rule, Step, rule
from planner.report.types import Unit
from planner.report.words import COMPONENT_NAMES


def _npv(ground: Ground, found: dict[str, str]) -> Step:
    option = ground.option(found["option"])
    parts = [name for name in COMPONENTS if present_value(ground.subject, option, name) != 0.0]
    return Step(
        label=f"NPV of {quoted(ground.subject, option)}",
        value=npv(option),
        unit="money",
        formula="What each part of the cash flow is worth today, added up.",
        inputs=tuple(f"options.{option.id}.components.{name}.present" for name in parts),
    )


def _difference(ground: Ground, found: dict[str, str]) -> Step:
    subject, option = ground.subject, ground.option(found["option"])
    other = subject.baseline if found["against"] == "vs_today" else subject.best
    return Step(
        label=f"NPV of {quoted(subject, option)} against {quoted(subject, other)}",
        value=npv(option) - npv(other) + 0.0,
        unit="money",
        formula="NPV of the one less NPV of the other; positive means it costs less.",
        inputs=(f"options.{option.id}.npv", f"options.{other.id}.npv"),
    )


_LEVELISED: dict[str, tuple[str, str, Unit]] = {
    "cost_per_1000_requests": ("requests", "1,000 requests", "money_per_1000_requests"),
    "cost_per_million_tokens": ("tokens", "million tokens", "money_per_million_tokens"),
}


def _levelised(ground: Ground, found: dict[str, str]) -> Step:
    option, name = ground.option(found["option"]), found["figure"]
    volume, per, unit = _LEVELISED[name]
    value = single(getattr(option, name))
    return Step(
        label=f"Levelised cost per {per}",
        value=value,
        unit=unit,
        formula=f"Present cost ÷ present volume, per {per}: both discounted at the same dates.",
        inputs=(f"options.{option.id}.npv", f"{volume}.present"),
        reason=None if value is not None else words.reason(f"no_{volume}", horizon_months=0),
    )


def _upfront(ground: Ground, found: dict[str, str]) -> Step:
    subject, option = ground.subject, ground.option(found["option"])
    own = subject.is_baseline(option)
    stem = f"options.{option.id}.{'cash_flow' if own else 'against_today'}"
    beyond = "" if own else " beyond what today’s way pays in them"
    return Step(
        label="Upfront",
        value=float(option.upfront[0]) + 0.0,
        unit="money",
        formula=f"What is paid in the months before it starts{beyond}, not discounted; cheaper months count zero.",
        inputs=tuple(f"{stem}.m{month}" for month in range(min(option.go_live_month, subject.horizon_months + 1))),
    )


def _tco(ground: Ground, found: dict[str, str]) -> Step:
    option = ground.option(found["option"])
    parts = [name for name in COMPONENTS if name != "tax" and option.components[name].any()]
    return Step(
        label="Total cost of ownership",
        value=float(option.tco[0]),
        unit="money",
        formula="All costs of the plan less resale, before tax, not discounted, sign reversed.",
        inputs=tuple(f"options.{option.id}.components.{name}.total" for name in parts),
    )


_INCREMENTAL: dict[str, tuple[str, Unit, str]] = {
    "irr": (
        "Internal rate of return",
        "share_per_year",
        "The yearly rate at which the differences to today’s way are worth nothing; given only where there is one.",
    ),
    "mirr": (
        "Modified rate of return",
        "share_per_year",
        "Outflows financed at one rate, inflows put away at another until the end: the yearly return between the two.",
    ),
    "profitability_index": (
        "Profitability index",
        "ratio",
        "1 + NPV against today’s way ÷ present value of the extra outflows before it starts.",
    ),
    "payback_month": (
        "Pays back",
        "month",
        "First month from which the summed differences to today stay at or above 0.",
    ),
    "discounted_payback_month": (
        "Pays back, discounted",
        "month",
        "First month from which the summed, discounted differences to today stay at or above 0.",
    ),
    "first_month_cheaper": (
        "First month cheaper to run",
        "month",
        "First month, once it has started, in which what it takes to run it is below today’s: fees, GPUs, people.",
    ),
}


def _incremental(ground: Ground, found: dict[str, str]) -> Step:
    subject, option, name = ground.subject, ground.option(found["option"]), found["figure"]
    label, unit, formula = _INCREMENTAL[name]
    value, reason = options_table.incremental_figure(subject, option, name)
    rates = {
        "mirr": ("finance.mirr_finance_rate", "finance.mirr_reinvest_rate"),
        "profitability_index": ("finance.discount_rate",),
        "discounted_payback_month": ("finance.discount_rate",),
    }.get(name, ())
    years = tuple(f"options.{option.id}.against_today.{year.id}" for year in subject.fiscal_years)
    inputs = () if subject.is_baseline(option) else (*years, *ground.existing(*rates))
    return Step(label, value, unit, formula, inputs, reason=reason)


def _cash_low(ground: Ground, found: dict[str, str]) -> Step:
    subject, option = ground.subject, ground.option(found["option"])
    amount, month = options_table.cash_low(subject, option)
    return Step(
        label="Cash low point against today",
        value=month if found["figure"] == "cash_low_month" else amount,
        unit="month" if found["figure"] == "cash_low_month" else "money",
        formula=f"The lowest sum of the differences to today’s way from the start on; reached in month {month}.",
        inputs=tuple(f"options.{option.id}.against_today.m{each}" for each in range(month + 1)),
    )


def _cumulative(ground: Ground, found: dict[str, str]) -> Step:
    option, month = ground.option(found["option"]), int(found["month"])
    return Step(
        label=f"Cost paid up to {words.count(month, 'month')} after the decision",
        value=float(cumulated_cost(ground.subject, option)[month]) + 0.0,
        unit="money",
        formula="Cash flows from the decision to this month, added up, sign reversed.",
        inputs=tuple(f"options.{option.id}.cash_flow.m{each}" for each in range(month + 1)),
    )


def _component_present(ground: Ground, found: dict[str, str]) -> Step:
    option, name = ground.option(found["option"]), found["component"]
    dated = "It falls at the end of the plan." if name == "resale" else "Each month’s amount is discounted at its date."
    stem = f"options.{option.id}.components.{name}"
    return Step(
        label=f"{COMPONENT_NAMES[name]}, in today’s money",
        value=present_value(ground.subject, option, name) + 0.0,
        unit="money",
        formula=f"Amount ÷ (1 + discount rate)^years, added up over the months. {dated}",
        inputs=(
            *(f"{stem}.{year.id}" for year in ground.subject.fiscal_years),
            *ground.existing("finance.discount_rate", "finance.timing"),
        ),
    )


def _component_against(ground: Ground, found: dict[str, str]) -> Step:
    option, other, name = ground.option(found["option"]), ground.option(found["other"]), found["component"]
    subject = ground.subject
    return Step(
        label=f"{COMPONENT_NAMES[name]}: {quoted(subject, option)} against {quoted(subject, other)}",
        value=present_value(subject, option, name) - present_value(subject, other, name) + 0.0,
        unit="money",
        formula="Present value of the one less that of the other; a saving is positive.",
        inputs=tuple(f"options.{each.id}.components.{name}.present" for each in (option, other)),
    )


def _npv_longer(ground: Ground, found: dict[str, str]) -> Step:
    longer = ground.subject.longer
    if longer is None:
        raise KeyError("npv_longer")
    return Step(
        label=f"NPV over {words.count(longer.horizon_months, 'month')}",
        value=longer.npv[found["option"]],
        unit="money",
        formula="The same plan, computed again to one and a half times its horizon.",
        inputs=ground.existing("finance.horizon_months"),
    )


def _unserved_share(ground: Ground, found: dict[str, str]) -> Step:
    option = ground.option(found["option"])
    value = unserved_share(ground.subject, option)
    workloads = [each.id for each in ground.subject.plan.workloads]
    return Step(
        label="Share of requests that nobody served well",
        value=value,
        unit="share",
        formula="Requests served well by nobody ÷ all requests, over the whole plan.",
        inputs=(
            *(f"options.{option.id}.unserved.{name}.total" for name in workloads),
            *(f"requests.{name}.total" for name in workloads),
        ),
        reason=None if value is not None else words.reason("no_volume", horizon_months=0),
    )


_COMPONENT = r"components\.(?P<component>[a-z_]+)"
RULES: tuple[Rule, ...] = (
    rule(rf"{OPTION}\.npv", _npv),
    rule(rf"{OPTION}\.(?P<against>vs_today|vs_best)", _difference),
    rule(rf"{OPTION}\.(?P<figure>{'|'.join(_LEVELISED)})", _levelised),
    rule(rf"{OPTION}\.upfront", _upfront),
    rule(rf"{OPTION}\.tco", _tco),
    rule(rf"{OPTION}\.(?P<figure>{'|'.join(_INCREMENTAL)})", _incremental),
    rule(rf"{OPTION}\.(?P<figure>cash_low|cash_low_month)", _cash_low),
    rule(rf"{OPTION}\.cumulative_cost\.{MONTH}", _cumulative),
    rule(rf"{OPTION}\.{_COMPONENT}\.present", _component_present),
    rule(rf"{OPTION}\.{_COMPONENT}\.against\.(?P<other>[a-z0-9-]+)", _component_against),
    rule(rf"{OPTION}\.unserved_share", _unserved_share),
    rule(rf"{OPTION}\.npv_longer", _npv_longer),
)
