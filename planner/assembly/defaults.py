"""Defaults that depend on other fields: filled into the tree, and remembered as aliases of what they follow.

Trap: a default that follows an uncertain field must take the same draws, not draws of its own; hence the alias.
"""

from __future__ import annotations

from typing import Any

from planner.assembly.fitted import fitted_rate
from planner.assembly.history import fit_decline
from planner.assembly.leaves import Alias
from planner.assembly.precision import SERVER_WATTS_PER_ACCELERATOR_WATT, precision_defaults
from planner.assembly.tree import Tree
from planner.plan.quantity import Quantity, central

MISSED_WITH_FALLBACK = 0.05
Aliases = dict[str, Alias]

FITTED = "annual_rate"
"""Where a price history keeps the decline fitted on it; the plan document has no such field."""


def fill_defaults(document: Tree) -> Aliases:
    """Fills every default that another field decides; returns which leaf follows which. Changes `document`."""
    aliases: Aliases = {}
    finance = document["finance"]
    for name in ("mirr_finance_rate", "mirr_reinvest_rate"):
        _follow(finance, name, "finance", finance, "discount_rate", "finance", aliases)
    for name, path in document["market"].items():
        _fill_path(path, f"market.{name}", aliases)
    for workload in document["workloads"]:
        path = f"workloads.{workload['id']}"
        _follow(workload, "frontier_limit", path, workload, "frontier_coverage", path, aliases)
    for option in document["options"]:
        _fill_option(option, document, aliases)
    return aliases


def _follow(
    node: Tree,
    name: str,
    path: str,
    source: Tree,
    source_name: str,
    source_path: str,
    aliases: Aliases,
    factor: float = 1.0,
) -> None:
    """`node.name` takes the value of `source.source_name`, times a factor, where it is left out."""
    if node.get(name) is not None or source.get(source_name) is None:
        return
    aliases[f"{path}.{name}"] = Alias(f"{source_path}.{source_name}", factor)
    followed: Quantity = source[source_name]
    node[name] = followed if factor == 1.0 else central(followed) * factor


def _fill_option(option: Tree, document: Tree, aliases: Aliases) -> None:
    path = f"options.{option['id']}"
    if option.get("serves") is None:
        option["serves"] = [workload["id"] for workload in document["workloads"]]
    if option.get("interim") is None and option["id"] != document["baseline"] and _baseline_is_an_api(document):
        option["interim"] = {"supply": document["baseline"]}
    if option.get("missed_failures") is None:
        option["missed_failures"] = MISSED_WITH_FALLBACK if option.get("fallback") else 0.0
    _fill_supply(option["primary"], f"{path}.primary", aliases)
    for role in ("fallback", "interim"):
        use = option.get(role)
        if use and "supply" not in use:
            _fill_supply(use, f"{path}.{role}", aliases)
    for at, project in enumerate(option["develop"]):
        _fill_training(project, option["primary"], f"{path}.develop.{at}", f"{path}.primary", aliases)
    for role in option["team"]:
        place = f"{path}.team.{role['id']}"
        _follow(role, "annual_raise", place, document["finance"], "inflation", "finance", aliases)
        _fill_end(role, document)
    for cost in option["recurring_costs"]:
        _fill_end(cost, document)


def _baseline_is_an_api(document: Tree) -> bool:
    """Only an API can stand in for other options; `checks` refuses an option that would need a hosted one to."""
    baseline = next(each for each in document["options"] if each["id"] == document["baseline"])
    return bool(baseline["primary"]["kind"] == "api")


def _fill_end(node: Tree, document: Tree) -> None:
    if node.get("end_month") is None:
        node["end_month"] = max(float(document["finance"]["horizon_months"]), central(node["start_month"]))


def _fill_supply(supply: Tree, path: str, aliases: Aliases) -> None:
    if supply["kind"] == "api":
        fill_prices(supply, path, aliases)
    else:
        _fill_hosted(supply, path, aliases)
    for name in ("price_path", "rent_path", "purchase_path"):
        if supply.get(name):
            _fill_path(supply[name], f"{path}.{name}", aliases)


def _fill_path(node: Tree, path: str, aliases: Aliases) -> None:
    if isinstance(node.get("floor"), dict):
        _fill_floor(node["floor"], f"{path}.floor", aliases)
    if node["kind"] == "history":
        fitted = fit_decline(node["series"])
        node[FITTED] = fitted_rate(fitted.annual_rate, fitted.standard_error)


def fill_prices(prices: Tree, path: str, aliases: Aliases) -> None:
    """Cache reads and writes cost what input costs, unless the seller says otherwise; also within context tiers."""
    for name in ("cached_input_price", "cache_write_price"):
        _follow(prices, name, path, prices, "input_price", path, aliases)
    for at, tier in enumerate(prices.get("price_tiers") or ()):
        fill_prices(tier, f"{path}.price_tiers.{at}", aliases)


def _fill_hosted(supply: Tree, path: str, aliases: Aliases) -> None:
    accelerator, place = supply["accelerator"], f"{path}.accelerator"
    _fill_precision(supply)
    _follow(supply, "server_watts", path, accelerator, "watts", place, aliases, SERVER_WATTS_PER_ACCELERATOR_WATT)
    _fill_rents(accelerator, place, aliases)


def _fill_rents(accelerator: Tree, path: str, aliases: Aliases) -> None:
    _follow(accelerator, "reserved_per_hour", path, accelerator, "rent_per_hour", path, aliases)


def _fill_precision(node: Tree) -> None:
    for name, default in precision_defaults(node["precision"]).items():
        if node.get(name) is None:
            node[name] = default


def _fill_training(project: Tree, supply: Tree, path: str, supply_path: str, aliases: Aliases) -> None:
    """Training runs on the serving accelerator unless another is named; on an API it is paid by the token."""
    if project["kind"] == "silicon" or supply["kind"] == "api":
        return
    if project.get("train_on") is None:
        project["train_on"] = dict(supply["accelerator"])
        for name in ("bf16_tflops", "rent_per_hour"):
            aliases[f"{path}.train_on.{name}"] = Alias(f"{supply_path}.accelerator.{name}")


def _fill_floor(floor: Tree, path: str, aliases: Aliases) -> None:
    fill_prices(floor["price_of"], f"{path}.price_of", aliases)
    _fill_rents(floor["accelerator"], f"{path}.accelerator", aliases)
    _follow(floor, "long_run_return", path, floor, "required_return", path, aliases)


def without_fits(node: Any) -> Any:
    """A copy of the tree as the document's schema has it: a price history without the decline fitted on it."""
    if isinstance(node, dict):
        fitted = node.get("kind") == "history"
        return {name: without_fits(each) for name, each in node.items() if not (fitted and name == FITTED)}
    if isinstance(node, list):
        return [without_fits(each) for each in node]
    return node
