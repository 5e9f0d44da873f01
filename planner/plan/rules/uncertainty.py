"""Correlations and scenarios speak about other fields by path: those must exist, and fit."""

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from planner.plan.changes import scenario_document
from planner.plan.errors import PlanError, PlanInvalid
from planner.plan.leaf import Declaration
from planner.plan.market import MARKET_PATHS
from planner.plan.quantity import QuantityProblem, read_quantity
from planner.plan.rules.spot import PLAN, Spot
from planner.plan.structure import NoSuchPath, Place, resolve
from planner.plan.suggestions import did_you_mean
from planner.plan.uncertainty import Correlation

if TYPE_CHECKING:
    from planner.plan.document import Plan

# The one door for whole plans, handed in: a plan checks its scenarios, and each of those is a plan.
Parse = Callable[[dict[str, Any]], object]
ROUNDING: Final = 1e-9
"""Ten scenarios of 10 % may add up to a last bit more than 1."""
SHOCKS: Final = frozenset(f"market.{name}.shock" for name in MARKET_PATHS)

# Fields that rules between fields look at: a scenario that moves one of them is checked as a whole plan, the others
# (nearly all) by themselves, because a whole plan costs as much to check as the one it belongs to.
_ENTANGLED: Final = frozenset(
    [
        "horizon_months",
        "requests_per_month",
        "input_tokens",
        "output_tokens",
        "tokens_growth",
        "annual_rate",
        "saturation",
        "cached_input_share",
        "cache_write_share",
        "go_live_month",
        "ramp_months",
        "duration_months",
        "start_month",
        "end_month",
        "total_params",
        "active_params",
    ]
)


def broken(plan: "Plan", parse: Parse) -> Iterator[PlanError]:
    """Correlations and scenarios that name nothing, twice, or values that are not allowed."""
    yield from _correlations(plan)
    names: set[str] = set()
    for index, scenario in enumerate(plan.scenarios):
        spot = PLAN.item("scenarios", index)
        if scenario.name in names:
            yield spot.to("name").error(
                "repeated_name", f"is {scenario.name!r}, and so is an earlier one's; names must differ."
            )
        names.add(scenario.name)
        yield from _scenario(plan, spot.to("overrides"), scenario.overrides, parse)
    yield from _probabilities(plan)


def correlates(plan: "Plan", correlation: Correlation) -> bool:
    """True if both ends of the correlation are inputs of this plan."""
    return not any(list(_end(plan, PLAN, path)) for path in (correlation.a, correlation.b))


def _probabilities(plan: "Plan") -> Iterator[PlanError]:
    likely = [(at, each.probability) for at, each in enumerate(plan.scenarios) if each.probability is not None]
    total = math.fsum(probability for _, probability in likely)
    if total > 1.0 + ROUNDING:
        yield (
            PLAN.item("scenarios", likely[-1][0])
            .to("probability")
            .error("too_likely", f"brings all scenarios together to {100 * total:.6g} %; they may reach 100 % at most.")
        )


def _correlations(plan: "Plan") -> Iterator[PlanError]:
    pairs: set[frozenset[str]] = set()
    for index, correlation in enumerate(plan.correlations):
        spot = PLAN.item("correlations", index)
        for end in ("a", "b"):
            yield from _end(plan, spot.to(end), getattr(correlation, end))
        pair = frozenset((correlation.a, correlation.b))
        if len(pair) == 1:
            yield spot.to("b").error("self_correlation", "is the same input as a; a correlation is between two.")
        elif pair in pairs:
            yield spot.error("repeated_correlation", "is between two inputs that an earlier correlation has; keep one.")
        pairs.add(pair)


def _end(plan: "Plan", spot: Spot, path: str) -> Iterator[PlanError]:
    if path in SHOCKS:
        return
    place = _place(plan, path)
    if isinstance(place, str):
        yield spot.error("unknown_path", f"is {path!r}, {place}")
    elif place.leaf is None or place.leaf.kind != "quantity" or place.value is None:
        yield spot.error("not_uncertain", f"is {path!r}, which holds no number that could be uncertain.")


def _scenario(plan: "Plan", spot: Spot, overrides: dict[str, Any], parse: Parse) -> Iterator[PlanError]:
    simple = True
    for path, value in overrides.items():
        place = _place(plan, path)
        if isinstance(place, str):
            yield spot.to(path).error("unknown_path", place)
            return
        if place.leaf is None or place.leaf.kind != "quantity" or place.steps[-1] in _ENTANGLED:
            simple = False
        else:
            yield from _value(spot.to(path), place, place.leaf, value)
    if not simple:
        yield from _whole_plan(plan, spot, overrides, parse)


def _value(spot: Spot, place: Place, leaf: Declaration, value: object) -> Iterator[PlanError]:
    if value is None and place.node.optional:
        return
    try:
        read_quantity(value, leaf.bounds, leaf.whole)
    except QuantityProblem as problem:
        yield spot.error(problem.code, f"{problem}.")


def _whole_plan(plan: "Plan", spot: Spot, overrides: dict[str, Any], parse: Parse) -> Iterator[PlanError]:
    try:
        parse(scenario_document(plan, overrides))
    except PlanInvalid as problem:
        for error in problem.errors:
            place = spot.to(error.path) if error.path in overrides else spot
            yield place.error(error.code, f"would make the plan invalid: {error.message}")


def _place(plan: "Plan", path: str) -> Place | str:
    try:
        return resolve(plan, path)
    except NoSuchPath as problem:
        hint = did_you_mean(problem.name, problem.names) or "."
        return f"leads nowhere: {problem.reached or 'the plan'} has no {problem.name[:80]!r}{hint}"
