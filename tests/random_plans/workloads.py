"""Random workloads."""

from tests.random_plans.dice import Dice, Document


def growth(dice: Dice, horizon: int) -> Document:
    """Any kind of growth; a series is sometimes shorter than the plan."""
    kind = dice.one_of(["exponential", "exponential", "logistic", "series"])
    if kind == "series":
        length = dice.whole(1, horizon + 2)
        return {"kind": kind, "monthly": [dice.one_of([0.0, dice.magnitude(1e2, 1e6)]) for _ in range(length)]}
    rate = dice.one_of([0.0, dice.between(-0.4, 2.0)])
    if kind == "logistic":
        return {"kind": kind, "annual_rate": abs(rate), "saturation": dice.one_of([1.0, dice.between(1.1, 20)])}
    return {"kind": kind, "annual_rate": rate}


def quality(dice: Dice, workload: Document) -> None:
    """Coverage of the frontier and of open weights, today and later."""
    frontier = dice.between(0.5, 1)
    workload["frontier_coverage"] = frontier
    workload["open_coverage"] = dice.between(0, 1) if dice.chance(0.1) else dice.between(0, frontier)
    dice.optional(workload, "coverage_half_life", dice.between(1, 40), 0.7)
    if dice.chance(0.6):
        workload["frontier_limit"] = dice.between(0, 1) if dice.chance(0.2) else dice.between(min(frontier, 0.99), 1)
        dice.optional(workload, "frontier_half_life", dice.between(2, 40), 0.9)


def tokens(dice: Dice, workload: Document) -> None:
    """The shape of a request: long in, short out; sometimes nothing of either."""
    workload["input_tokens"] = 0 if dice.chance(0.05) else dice.whole(1, 20000)
    workload["output_tokens"] = 0 if dice.chance(0.05) else dice.whole(1, 2000)
    if dice.chance(0.05):
        workload["input_tokens"] = workload["output_tokens"] = 0
    read = dice.between(0, 0.9)
    dice.optional(workload, "cached_input_share", read, 0.6)
    dice.optional(workload, "cache_write_share", round((1 - read) * dice.between(0, 1) * 0.999, 4), 0.3)
    dice.optional(workload, "tokens_growth", dice.between(-0.2, 0.4))


def workload(dice: Dice, number: int, horizon: int) -> Document:
    """One workload with a legal value in every field that it sets."""
    document: Document = {
        "id": f"work-{number}",
        "name": f"Work {number}",
        "requests_per_month": 0 if dice.chance(0.05) else dice.magnitude(1e2, 1e7),
    }
    tokens(dice, document)
    quality(dice, document)
    dice.optional(document, "batch_share", dice.share())
    dice.optional(document, "growth", growth(dice, horizon), 0.8)
    if document.get("growth", {}).get("kind") == "series" and dice.chance(0.5):
        del document["requests_per_month"]
    dice.optional(document, "peak_to_average", dice.between(1, 5), 0.7)
    dice.optional(document, "failure_cost", dice.magnitude(1e-5, 1), 0.7)
    dice.optional(document, "seasonality", [dice.between(0.2, 2) for _ in range(12)], 0.25)
    return document


def workloads(dice: Dice, horizon: int) -> list[Document]:
    """One to four."""
    return [workload(dice, k, horizon) for k in range(1, dice.whole(1, 4) + 1)]
