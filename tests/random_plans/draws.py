"""Draws of a plan's quantities: for some leaves a handful of values, as a Monte Carlo run would bind them."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

from tests.random_plans.dice import Dice, Document

DRAWS = 4
Path = tuple[str | int, ...]


def scaled(low: float, high: float) -> Callable[[Dice, float], float]:
    """The value times something between the two."""
    return lambda dice, value: value * dice.between(low, high)


def share(dice: Dice, value: float) -> float:
    """Somewhere else between 0 and 1."""
    return dice.between(0, 1)


def rate(dice: Dice, value: float) -> float:
    """Another yearly rate in everyday range."""
    return dice.between(-0.05, 0.3)


def later(dice: Dice, value: float) -> float:
    """The same month or count, or up to three more."""
    return value + dice.whole(0, 3)


# What may be drawn, by name of the field: money freely, inputs only downwards (larger ones may not fit the machine),
# months and counts only upwards (projects must still fit before go-live, roles must not end before they start).
KINDS: dict[Callable[[Dice, float], float], str] = {
    scaled(0.5, 1.6): "requests_per_month input_price cached_input_price cache_write_price output_price failure_cost "
    "annual_pay headcount amount amount_per_month rent_per_hour reserved_per_hour purchase_price half_life long_run "
    "coverage_half_life frontier_half_life power_tariff colo_per_kw_month data_cost nre evaluation_cost migration_cost "
    "monthly_commitment experiments labelled_examples price_per_example price_per_training_mtok usage_multiplier floor "
    "server_uplift server_watts maintenance",
    scaled(0.6, 1.0): "input_tokens token_factor target_utilisation pue mfu",
    share: "frontier_coverage open_coverage batch_share batch_discount reserved_share resale_share cascade "
    "missed_failures allocation recruiting_fee development_residual",
    rate: "discount_rate inflation floor_decline efficiency_gain annual_raise mirr_finance_rate",
    later: "migrate_every commitment_end min_replicas spare_replicas reserved_term_months useful_life_months "
    "lead_months go_live_month ramp_months end_month competition_month month minimum_units",
}
DRAWABLE = {name: draw for draw, names in KINDS.items() for name in names.split()}


def leaves(part: Any, path: Path = ()) -> Iterator[tuple[Path, float]]:
    """Numbers of the document that may be drawn, each with where it stands."""
    for key, value in part.items() if isinstance(part, dict) else enumerate(part):
        if isinstance(value, dict | list):
            yield from leaves(value, (*path, key))
        elif key in DRAWABLE and isinstance(value, int | float) and "price_tiers" not in path:
            yield (*path, key), value


def dotted(plan: Document, path: Path) -> str:
    """The path in the document's own language: ids where items have them, else their index."""
    names, part = [], plan
    for key in path:
        part = part[key]  # type: ignore[index]  # lists by index, parts by name
        named = isinstance(key, int) and isinstance(part, dict) and "id" in part
        names.append(str(part["id"]) if named else str(key))
    return ".".join(names)


def with_value(plan: Document, path: Path, value: float) -> None:
    """Set one leaf."""
    part: Any = plan
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value


def drawn(dice: Dice, plan: Document, months: bool) -> tuple[dict[str, list[float]], list[Document]]:
    """Values by dotted path, DRAWS of each, and the plans that they amount to, one by one.

    Without `months`, only what does not shape the schedule is drawn.
    """
    values: dict[str, list[float]] = {}
    plans = [copy.deepcopy(plan) for _ in range(DRAWS)]
    for path, central in list(leaves(plan)):
        draw_one = DRAWABLE[str(path[-1])]
        if not dice.chance(0.3) or (draw_one is later and not months):
            continue
        draws = [float(draw_one(dice, central)) for _ in range(DRAWS)]
        values[dotted(plan, path)] = draws
        for each, value in zip(plans, draws, strict=True):
            with_value(each, path, value)
    return values, plans
