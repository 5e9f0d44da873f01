"""What a resolved plan still needs before it can be computed: prices, speeds, an API wherever one must stand in."""

from __future__ import annotations

from collections.abc import Iterator

from planner.assembly.tree import Tree
from planner.plan.errors import PlanError

STEEPEST_RISE = -20.0
"""A decline of −20 a year is a price that grows twenty-one-fold."""
API_PRICES = ("input_price", "output_price")
SUPPLY_PATHS = ("price_path", "rent_path", "purchase_path")
SPEED_FIELDS = ("memory_gb", "bandwidth_tbs")
PRECISION_WORDS = {"bf16": "BF16", "fp8": "FP8", "fp4": "FP4"}


def problems(document: Tree) -> list[PlanError]:
    """Everything that stands between a resolved document and its computation."""
    found: list[PlanError] = []
    for name, path in document["market"].items():
        found += _path(path, f"market.{name}", f"/market/{name}")
    for at, option in enumerate(document["options"]):
        found += _option(option, at, document)
    return found


def _path(path: Tree, dotted: str, pointer: str) -> Iterator[PlanError]:
    if path["kind"] == "history":
        yield from _history(path, dotted, pointer)
    if isinstance(path.get("floor"), dict):
        yield from _floor(path["floor"], f"{dotted}.floor", f"{pointer}/floor")


def _history(path: Tree, dotted: str, pointer: str) -> Iterator[PlanError]:
    """A fit on too short a stretch extrapolates to nonsense: refused rather than cut off."""
    if not STEEPEST_RISE < path["annual_rate"] < 1.0:
        yield PlanError(
            f"{pointer}/series",
            f"{dotted}.series",
            f"The prices given fit a rise of {-path['annual_rate']:,.0%} a year, which cannot be carried forward. "
            "Give prices over a longer time, or enter the yearly decline yourself.",
            "history_too_short",
        )


def _option(option: Tree, at: int, document: Tree) -> Iterator[PlanError]:
    path, pointer = f"options.{option['id']}", f"/options/{at}"
    if option["primary"]["kind"] == "api":
        yield from _api(option["primary"], f"{path}.primary", f"{pointer}/primary", option["name"])
    else:
        yield from _hosted(option["primary"], f"{path}.primary", f"{pointer}/primary", option["name"])
    for role in ("fallback", "interim"):
        use = option.get(role)
        if use and "supply" not in use:
            yield from _api(use, f"{path}.{role}", f"{pointer}/{role}", option["name"])
    yield from _interim(option, path, pointer, document)
    for role in ("primary", "fallback", "interim"):
        for name in SUPPLY_PATHS:
            if priced := (option.get(role) or {}).get(name):
                yield from _path(priced, f"{path}.{role}.{name}", f"{pointer}/{role}/{name}")
    for index, project in enumerate(option["develop"]):
        yield from _training(option, project, f"{path}.develop.{index}", f"{pointer}/develop/{index}")


def _api(supply: Tree, path: str, pointer: str, name: str) -> Iterator[PlanError]:
    for field in API_PRICES:
        if supply.get(field) is None:
            yield PlanError(
                f"{pointer}/{field}",
                f"{path}.{field}",
                f"“{name}” has no {field.replace('_', ' ')}. Name a model of the catalogue or enter its price per "
                "million tokens.",
                "unpriced",
            )


def _hosted(supply: Tree, path: str, pointer: str, name: str) -> Iterator[PlanError]:
    accelerator = supply["accelerator"]
    yield from _speed(supply, accelerator, path, pointer, name)
    needed = ("purchase_price",) if supply["tenure"] == "own" else ("rent_per_hour",)
    for field in needed:
        if accelerator.get(field) is None:
            what = "purchase price" if field == "purchase_price" else "rent per hour"
            yield PlanError(
                f"{pointer}/accelerator/{field}",
                f"{path}.accelerator.{field}",
                f"The accelerator of “{name}” has no {what}. Enter one, or choose an accelerator that has it.",
                "unpriced",
            )
    if supply["tenure"] == "own" and supply.get("server_watts") is None:
        yield PlanError(
            f"{pointer}/server_watts",
            f"{path}.server_watts",
            f"The power of the servers of “{name}” is not known. Enter the watts per accelerator at the wall.",
            "unknown_power",
        )


def _speed(supply: Tree, accelerator: Tree, path: str, pointer: str, name: str) -> Iterator[PlanError]:
    """Without measured speeds the estimate needs the model and the accelerator's data sheet."""
    if supply.get("prefill_tokens_per_s") is not None and supply.get("decode_tokens_per_s") is not None:
        return
    if supply.get("model") is None:
        yield PlanError(
            f"{pointer}/model",
            f"{path}.model",
            f"“{name}” names no model. Choose one, or enter measured prefill and decode speeds.",
            "unknown_speed",
        )
    peak = f"{supply['precision']}_tflops"
    for field in (*SPEED_FIELDS, peak):
        if accelerator.get(field) is None:
            said = (
                f"has no known {PRECISION_WORDS[supply['precision']]} peak; choose another precision"
                if field == peak
                else f"has no known {field.rsplit('_', 1)[0]}"
            )
            yield PlanError(
                f"{pointer}/accelerator/{field}",
                f"{path}.accelerator.{field}",
                f"The accelerator of “{name}” {said}, or enter the figure or measured speeds.",
                "unknown_speed",
            )


def _floor(floor: Tree, path: str, pointer: str) -> Iterator[PlanError]:
    yield from _speed(floor, floor["accelerator"], path, pointer, "The price floor")
    for field in ("purchase_price", "watts"):
        if floor["accelerator"].get(field) is None:
            yield PlanError(
                f"{pointer}/accelerator/{field}",
                f"{path}.accelerator.{field}",
                f"The price floor needs the {field.replace('_', ' ')} of its accelerator.",
                "unpriced",
            )


def _interim(option: Tree, path: str, pointer: str, document: Tree) -> Iterator[PlanError]:
    """Where requests stay on the interim supply, it must be an API: hosted capacity is not shared between options."""
    use = option.get("interim") or {"supply": document["baseline"]}
    if option["id"] == document["baseline"] or "supply" not in use:
        return
    everything = {workload["id"] for workload in document["workloads"]} <= set(option["serves"])
    if everything and option["go_live_month"] <= 1 and option["ramp_months"] <= 1:
        return
    named = next(each for each in document["options"] if each["id"] == use["supply"])
    if named["primary"]["kind"] != "api":
        yield PlanError(
            f"{pointer}/interim",
            f"{path}.interim",
            f"“{option['name']}” needs an API for what is not moved yet, but “{named['name']}” is hosted. "
            "Enter an interim API for this option.",
            "hosted_interim",
        )


def _training(option: Tree, project: Tree, path: str, pointer: str) -> Iterator[PlanError]:
    if project["kind"] == "silicon" or option["primary"]["kind"] == "api":
        return
    accelerator = project.get("train_on") or {}
    for field, what in (("bf16_tflops", "BF16 peak"), ("rent_per_hour", "rent per hour")):
        if accelerator.get(field) is None:
            yield PlanError(
                f"{pointer}/train_on",
                f"{path}.train_on",
                f"Training of “{option['name']}” is priced at its accelerator's rent and BF16 peak, "
                f"but the {what} is not known. Name an accelerator to train on.",
                "unpriced",
            )
    if not isinstance(option["primary"].get("model"), dict):
        yield PlanError(
            f"{pointer}/kind",
            path,
            f"Training of “{option['name']}” needs the model's active parameters. Name the model the option hosts.",
            "unknown_model",
        )
