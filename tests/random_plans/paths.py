"""Random price paths and market scenarios."""

from tests.random_plans.dice import Dice, Document
from tests.random_plans.features import Features
from tests.random_plans.machines import accelerator, enough_gpus, model, precision_of, shapes


def simple_path(dice: Dice, horizon: int) -> Document:
    """Any kind without a computed floor."""
    kind = dice.one_of(["flat", "decline", "steps", "mean_reverting", "market", "market", "history"])
    if kind == "decline":
        return {"kind": kind, "annual_rate": dice.between(-0.5, 0.9)}
    if kind == "steps":
        months = sorted(dice.random.sample(range(1, min(horizon + 3, 121)), dice.whole(1, min(4, horizon))))
        return {"kind": kind, "steps": [[m, dice.between(0.3, 1.6)] for m in months]}
    if kind == "mean_reverting":
        return {"kind": kind, "long_run": dice.between(0.4, 1.8), "half_life": dice.between(1, 36)}
    if kind == "market":
        return market_path(dice, dice.between(0, 1.3), horizon)
    if kind == "history":
        return {"kind": kind, "series": price_history(dice)}
    return {"kind": kind}


def price_history(dice: Dice) -> list[list[str | float]]:
    """Past prices, not every month."""
    months = [0, *sorted(dice.random.sample(range(1, 12), dice.whole(1, 8))), dice.whole(12, 23)]
    return [[f"{2024 + m // 12}-{m % 12 + 1:02d}", dice.between(1, 4)] for m in months]


def market_path(dice: Dice, floor: float | Document, horizon: int) -> Document:
    """A price that competition drives to its floor."""
    path: Document = {
        "kind": "market",
        "floor": floor,
        "half_life": dice.between(1, 24),
    }
    dice.optional(path, "floor_decline", dice.between(-0.2, 0.8), 0.9)
    dice.optional(path, "competition_month", dice.whole(1, horizon + 3))
    return path


def api_prices(dice: Dice) -> Document:
    """Money per million tokens; cache prices sometimes left to the input price."""
    price = dice.magnitude(0.05, 8)
    prices: Document = {"input_price": price, "output_price": round(price * dice.between(1, 6), 6)}
    dice.optional(prices, "cached_input_price", round(price * dice.between(0.02, 1), 6))
    dice.optional(prices, "cache_write_price", round(price * dice.between(1, 2), 6))
    return prices


def asked_in_first_month(workload: Document) -> bool:
    """Whether the workload has requests in month 1."""
    growth = workload.get("growth", {})
    first: float = growth["monthly"][0] if growth.get("kind") == "series" else workload["requests_per_month"]
    return first > 0


def serving_cost(dice: Dice, workloads: list[Document]) -> Document | None:
    """A floor computed from what serving the mix costs; None where the mix is empty or fits no machine."""
    if not any(asked_in_first_month(w) and w["input_tokens"] + w["output_tokens"] > 0 for w in workloads):
        return None
    chip = accelerator(dice)
    cost: Document = {
        "kind": dice.one_of(["gpu_plus_electricity", "electricity", "explicit"]),
        "price_of": api_prices(dice),
        "accelerator": chip,
        "model": model(dice),
        "precision": precision_of(dice, chip),
    }
    dice.optional(cost, "utilisation", dice.between(0.2, 0.9), 0.8)
    gpus = enough_gpus(cost, shapes(workloads, 1, 1))
    if gpus is None:
        return None
    if gpus > 1 or dice.chance(0.5):
        cost["gpus_per_replica"] = gpus
    if cost["kind"] == "explicit":
        cost["required_return"] = dice.between(0.0, 0.5)
        if dice.chance(0.6):
            cost["long_run_return"] = dice.between(0.0, 0.2)
            cost["return_half_life"] = dice.between(3, 40)
    return cost


def market(dice: Dice, workloads: list[Document], horizon: int, features: Features) -> Document:
    """The five paths of the market, some left to their defaults."""
    names = ("frontier_api", "capability_api", "open_api", "gpu_rent", "gpu_purchase")
    paths = {name: simple_path(dice, horizon) for name in names}
    for name in ("capability_api", "open_api"):
        cost = serving_cost(dice, workloads) if features.serving_cost and dice.chance(0.3) else None
        if cost is not None:
            paths[name] = market_path(dice, cost, horizon)
    return {name: path for name, path in paths.items() if dice.chance(0.9)}
