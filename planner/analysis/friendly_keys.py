"""Short names for the changes that people ask about most, as changes of single inputs by dotted path."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from planner.analysis.in_place import overrides_for
from planner.analysis.leaves import NO_ASSUMPTIONS, numeric_leaves
from planner.assembly import Snapshot
from planner.plan.fields import leaves, spec_for
from planner.plan.suggestions import did_you_mean

Changes = Iterator[tuple[str, Any]]
_API_PRICES = ("input_price", "cached_input_price", "cache_write_price", "output_price")
_GPU_PRICES = ("rent_per_hour", "reserved_per_hour", "purchase_price")
_ROLES = ("primary", "fallback", "interim")


class UnknownKey(Exception):
    """A key that names no input; the message names the nearest."""


class NotPossible(Exception):
    """A change that this plan cannot take; the message says why."""


def overrides_of(snapshot: Snapshot, wishes: Mapping[str, Any]) -> dict[str, Any]:
    """What `with_overrides` takes for `wishes`: friendly names and dotted paths, with their values.

    A short name comes first, so that a path beside it says the last word on its input. Raises `UnknownKey`,
    `NotPossible`, or `PlanInvalid` for a path that leads nowhere.
    """
    changes: dict[str, Any] = {}
    for key in sorted(wishes, key=lambda each: each not in FRIENDLY):
        if key in FRIENDLY:
            changes |= FRIENDLY[key][1](snapshot, _number(key, wishes[key]))
        elif _is_input(snapshot, key):
            changes[key] = wishes[key]
        else:
            known = [*FRIENDLY, *(leaf.path for leaf in leaves(snapshot.plan))]
            near = did_you_mean(key, known) or "."
            raise UnknownKey(f"This plan has no input {key[:120]!r}{near} Short names: {', '.join(FRIENDLY)}.")
    return overrides_for(snapshot, changes)


def _is_input(snapshot: Snapshot, path: str) -> bool:
    if spec_for(path) is None:
        return False
    known = {leaf.path for leaf in leaves(snapshot.plan)}
    return path in known or any(leaf.path == path for leaf in numeric_leaves(snapshot.document, without=NO_ASSUMPTIONS))


def _number(key: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotPossible(f"{key} takes a number, such as 0.1 for 10 %.")
    return float(value)


def _scaled(value: float, by: float) -> float:
    if by <= -1.0:
        raise NotPossible("A change of −1 (−100 %) or less leaves nothing. Write −0.2 for 20 % less.")
    return value * (1.0 + by)


def _volume(snapshot: Snapshot, by: float) -> dict[str, Any]:
    return {
        f"workloads.{each['id']}.requests_per_month": _scaled(each["requests_per_month"], by)
        for each in snapshot.document["workloads"]
        if each["requests_per_month"] is not None
    }


def _growth(snapshot: Snapshot, rate: float) -> dict[str, Any]:
    for each in snapshot.document["workloads"]:
        if "annual_rate" not in each["growth"]:
            raise NotPossible(f"The workload {each['id']} follows a forecast by month and has no rate of growth.")
    return {f"workloads.{each['id']}.growth.annual_rate": rate for each in snapshot.document["workloads"]}


def _api_prices(snapshot: Snapshot, by: float) -> dict[str, Any]:
    return dict(_each_api_price(snapshot, by))


def _each_api_price(snapshot: Snapshot, by: float) -> Changes:
    for path, supply in _supplies(snapshot):
        if supply.get("kind") != "api":
            continue
        for name in _API_PRICES:
            if supply.get(name) is not None:
                yield f"{path}.{name}", _scaled(supply[name], by)
        if supply.get("price_tiers"):
            yield f"{path}.price_tiers", [_tier(tier, by) for tier in supply["price_tiers"]]


def _tier(tier: Mapping[str, Any], by: float) -> dict[str, Any]:
    return {
        name: _scaled(value, by) if name in _API_PRICES and value is not None else value
        for name, value in tier.items()
        if value is not None
    }


def _supplies(snapshot: Snapshot) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for option in snapshot.document["options"]:
        for role in _ROLES:
            if isinstance(option.get(role), dict):
                yield f"options.{option['id']}.{role}", option[role]


def _gpu_prices(snapshot: Snapshot, by: float) -> dict[str, Any]:
    return {
        f"{path}.accelerator.{name}": _scaled(supply["accelerator"][name], by)
        for path, supply in _supplies(snapshot)
        if isinstance(supply.get("accelerator"), dict)
        for name in _GPU_PRICES
        if supply["accelerator"].get(name) is not None
    }


def _pay(snapshot: Snapshot, by: float) -> dict[str, Any]:
    return {
        f"options.{option['id']}.team.{role['id']}.annual_pay": _scaled(role["annual_pay"], by)
        for option in snapshot.document["options"]
        for role in option["team"]
        if role["annual_pay"] is not None
    }


def _finance(name: str) -> Callable[[Snapshot, float], dict[str, Any]]:
    return lambda _snapshot, value: {f"finance.{name}": value}


FRIENDLY: dict[str, tuple[str, Callable[[Snapshot, float], dict[str, Any]]]] = {
    "volume_change": ("requests a month of every workload, changed by this share", _volume),
    "volume_growth": ("yearly growth of every workload", _growth),
    "api_price_change": ("every API price of today, changed by this share", _api_prices),
    "gpu_price_change": ("every accelerator's rent and price, changed by this share", _gpu_prices),
    "pay_change": ("everybody's pay, changed by this share", _pay),
    "discount_rate": ("the discount rate", _finance("discount_rate")),
    "inflation": ("inflation", _finance("inflation")),
    "tax_rate": ("the tax rate", _finance("tax_rate")),
}
"""Short names: what each means, and which inputs it changes. A change of −0.2 is 20 % less."""
