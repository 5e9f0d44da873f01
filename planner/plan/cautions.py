"""What is allowed in a plan but probably not meant: values outside the usual range, fields that have no effect.

A value a million off is usually a unit mistake; hard bounds cannot catch it (there are companies of every size), so it
is said as a caution beside the answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.plan.document import ApiSupply, FineTune, HostedSupply, MarketPath, Plan, ServingCost
from planner.plan.fields import Leaf, leaves
from planner.plan.leaf import POSITIVE
from planner.plan.numbers import number_text
from planner.plan.quantity import Distribution, central
from planner.plan.rules.spot import PLAN, Spot


@dataclass(frozen=True, slots=True)
class Caution:
    """Something worth a look, that stops nothing: place, sentence, and a code for programs."""

    pointer: str
    path: str
    message: str
    code: str


def cautions(plan: Plan) -> tuple[Caution, ...]:
    """Everything in the plan worth a look, in the order of the document."""
    unusual = (caution for leaf in leaves(plan) if not leaf.is_default for caution in _unusual(leaf))
    return (*unusual, *_without_effect(plan))


def _unusual(leaf: Leaf) -> Iterator[Caution]:
    value, spec = leaf.value, leaf.spec
    if isinstance(value, bool) or not isinstance(value, int | float | Distribution):
        return
    middle, (low, high) = central(value), spec.soft
    if not low <= middle <= high and not (middle == 0 and spec.bounds[0] == 0):
        yield Caution(
            leaf.pointer,
            leaf.path,
            f"{spec.label} ({leaf.path}) is {number_text(middle)} {spec.unit}; usual is "
            f"{number_text(low)} to {number_text(high)}. Check the unit.",
            "unusual",
        )
    elif isinstance(value, Distribution) and value.mass < 0.9:
        low, high = spec.bounds
        yield Caution(
            leaf.pointer,
            leaf.path,
            f"{spec.label} ({leaf.path}) reaches beyond what is possible, "
            f"{number_text(0.0 if low == POSITIVE else low)} to {number_text(high)}; the range is cut off there.",
            "cut_off",
        )


def _without_effect(plan: Plan) -> Iterator[Caution]:
    for index, option in enumerate(plan.options):
        spot = PLAN.item("options", index, option.id)
        if isinstance(option.primary, HostedSupply):
            yield from _tenure(spot.to("primary"), option.primary)
        for place, project in enumerate(option.develop):
            if isinstance(project, FineTune):
                yield from _fine_tune(spot.item("develop", place), project, isinstance(option.primary, ApiSupply))
        if option.id == plan.baseline:
            yield from _set(
                spot, option.model_fields_set & {"serves", "interim"}, "the baseline serves everything itself"
            )
            moved = {
                name
                for name, start in (("go_live_month", 1), ("ramp_months", 0))
                if central(getattr(option, name)) != start
            }
            yield from _set(spot, moved, "the baseline is live from the first month")
    for name, path in plan.market:
        if isinstance(path, MarketPath) and isinstance(path.floor, ServingCost) and path.floor.kind != "explicit":
            returns = path.floor.model_fields_set & {"required_return", "long_run_return", "return_half_life"}
            yield from _set(
                PLAN.to("market", name, "floor"), returns, f"a serving cost of kind {path.floor.kind} counts no return"
            )


def _tenure(spot: Spot, supply: HostedSupply) -> Iterator[Caution]:
    owned = {
        "server_uplift",
        "server_watts",
        "pue",
        "power_tariff",
        "colo_per_kw_month",
        "maintenance",
        "useful_life_months",
    }
    owned |= {"resale_share", "lead_months", "purchase_path"}
    rented = {"reserved_share", "reserved_term_months", "rent_path", "autoscaled"}
    others, why = (owned, "the GPUs are rented") if supply.tenure == "rent" else (rented, "the GPUs are owned")
    yield from _set(spot, supply.model_fields_set & others, why)


def _fine_tune(spot: Spot, project: FineTune, on_api: bool) -> Iterator[Caution]:
    gpu_only, api_only = {"mfu", "train_on", "method_factor"}, {"price_per_training_mtok", "usage_multiplier"}
    names, why = (gpu_only, "training at an API is paid by the token") if on_api else (api_only, "training is on GPUs")
    yield from _set(spot, project.model_fields_set & names, why)


def _set(spot: Spot, names: set[str], why: str) -> Iterator[Caution]:
    for name in sorted(names):
        error = spot.to(name).error("no_effect", f"has no effect: {why}.")
        yield Caution(error.pointer, error.path, error.message, error.code)
