"""Random options: a supply, what stands behind it, what is developed, and who works on it."""

from tests.random_plans.dice import Dice, Document
from tests.random_plans.features import Features
from tests.random_plans.machines import accelerator
from tests.random_plans.supplies import api, hosted


def tune_on_gpus(dice: Dice) -> Document:
    """A fine-tune on GPUs."""
    project: Document = {"kind": "fine_tune", "tokens": dice.magnitude(1e6, 1e9), "uplift": dice.between(-0.3, 0.7)}
    dice.optional(project, "epochs", dice.whole(1, 4))
    dice.optional(project, "experiments", dice.between(1, 10))
    dice.optional(project, "method_factor", dice.between(0.5, 1))
    dice.optional(project, "mfu", dice.between(0.15, 0.5))
    dice.optional(project, "labelled_examples", dice.whole(0, 50000))
    dice.optional(project, "price_per_example", dice.between(0.1, 10), 0.7)
    dice.optional(project, "evaluation_cost", dice.magnitude(10, 1e5))
    dice.optional(project, "train_on", accelerator(dice), 0.3)
    return project


def tune_on_api(dice: Dice) -> Document:
    """A fine-tune that the provider runs."""
    project = tune_on_gpus(dice)
    for name in ("method_factor", "mfu", "train_on"):
        project.pop(name, None)
    project["price_per_training_mtok"] = dice.between(0.5, 30)
    dice.optional(project, "usage_multiplier", dice.between(0.8, 3))
    return project


def pretrain(dice: Dice, duration: int) -> Document:
    """An own model."""
    project: Document = {
        "kind": "pretrain",
        "tokens": dice.magnitude(1e10, 1e13),
        "duration_months": duration,
        "uplift": dice.between(-0.5, 0.6),
    }
    dice.optional(project, "mfu", dice.between(0.15, 0.5))
    dice.optional(project, "experiments", dice.between(1, 6))
    dice.optional(project, "failed_share", dice.between(0, 0.5))
    dice.optional(project, "data_cost", dice.magnitude(1e3, 1e6))
    dice.optional(project, "train_on", accelerator(dice), 0.3)
    return project


def silicon(dice: Dice, duration: int) -> Document:
    """An own chip."""
    project: Document = {"kind": "silicon", "nre": dice.magnitude(1e6, 1e9), "duration_months": duration}
    dice.optional(project, "respin_share", dice.between(0, 0.5))
    dice.optional(project, "minimum_units", dice.whole(0, 5000))
    return project


def role(dice: Dice, number: int, horizon: int) -> Document:
    """One kind of job."""
    document: Document = {
        "id": f"role-{number}",
        "title": f"Role {number}",
        "headcount": dice.between(0.2, 12),
        "annual_pay": round(dice.magnitude(5e4, 9e5)),
    }
    start = dice.whole(1, min(horizon + 2, 120))
    dice.optional(document, "start_month", start)
    dice.optional(document, "end_month", dice.whole(document.get("start_month", 1), horizon), 0.4)
    dice.optional(document, "burden", dice.between(0, 0.5))
    dice.optional(document, "ramp_months", dice.whole(0, 12))
    dice.optional(document, "annual_raise", dice.between(0, 0.1), 0.3)
    dice.optional(document, "recruiting_fee", dice.between(0, 0.3))
    dice.optional(document, "already_employed", dice.chance(0.5), 0.4)
    dice.optional(document, "attrition", dice.between(0, 0.4))
    dice.optional(document, "allocation", dice.share(), 0.3)
    return document


def other_costs(dice: Dice, option: Document, horizon: int) -> None:
    """One-off costs (some dated month 0 or T) and recurring ones."""
    if dice.chance(0.6):
        option["one_off_costs"] = []
        for _ in range(dice.whole(1, 3)):
            month = dice.one_of([0, 1, horizon, min(horizon + 1, 120), dice.whole(0, horizon)])
            amount = dice.magnitude(100, 1e6) * dice.one_of([1, 1, 1, -1])
            cost: Document = {"month": month, "amount": amount}
            dice.optional(cost, "kind", dice.one_of(["opex", "capex"]), 0.8)
            option["one_off_costs"].append(cost)
    if dice.chance(0.5):
        cost = {"amount_per_month": dice.magnitude(10, 1e5)}
        dice.optional(cost, "start_month", dice.whole(1, horizon))
        dice.optional(cost, "end_month", dice.whole(cost.get("start_month", 1), horizon), 0.4)
        option["recurring_costs"] = [cost]


def develop(dice: Dice, option: Document, longest: int, features: Features) -> None:
    """Projects that fit before go-live."""
    hosted_primary = option["primary"]["kind"] == "hosted"
    projects: list[Document] = []
    if features.development and dice.chance(0.4):
        projects.append(tune_on_gpus(dice) if hosted_primary else tune_on_api(dice))
    if features.development and hosted_primary and longest >= 1 and dice.chance(0.35):
        projects.append(pretrain(dice, dice.whole(1, min(longest, 18))))
    if features.silicon and option["primary"].get("tenure") == "own" and longest >= 1 and dice.chance(0.35):
        projects.append(silicon(dice, dice.whole(1, min(longest, 40))))
    if projects:
        option["develop"] = projects


def dates(dice: Dice, option: Document, horizon: int) -> None:
    """Go-live from month 1 through T (rarely after it), ramps that may end after T, refreshes that may fall on T."""
    go_live = dice.one_of([1, dice.whole(1, min(12, horizon)), dice.whole(1, horizon), horizon])
    if dice.chance(0.03):
        go_live = min(horizon + 2, 120)
    dice.optional(option, "go_live_month", go_live, 0.85)
    dice.optional(option, "ramp_months", dice.whole(0, horizon))
    left = horizon - option.get("go_live_month", 1)
    dice.optional(option, "refresh_every", dice.one_of([0, dice.whole(1, 24), max(1, left)]), 0.6)


def primary(dice: Dice, workloads: list[Document], horizon: int, features: Features) -> Document:
    """Any kind of supply that the features allow."""
    kinds = ["api", *(["rent"] if features.rented else []), *(["own"] if features.owned else [])]
    kind = dice.one_of(kinds)
    return api(dice, horizon, features) if kind == "api" else hosted(dice, workloads, horizon, kind)


def option(dice: Dice, number: int, workloads: list[Document], horizon: int, features: Features) -> Document:
    """One option without fallback and interim, which may name others."""
    document: Document = {
        "id": f"option-{number}",
        "name": f"Option {number}",
        "primary": primary(dice, workloads, horizon, features),
    }
    dates(dice, document, horizon)
    develop(dice, document, document.get("go_live_month", 1) - 1, features)
    if dice.chance(0.25):
        document["serves"] = [w["id"] for w in workloads if dice.chance(0.6)]
    if dice.chance(0.25):
        document["coverage"] = {w["id"]: dice.share() for w in workloads if dice.chance(0.6)}
    if dice.chance(0.6):
        document["team"] = [role(dice, k, horizon) for k in range(1, dice.whole(1, 3) + 1)]
    other_costs(dice, document, horizon)
    return document


def support(dice: Dice, document: Document, apis: list[str], horizon: int, features: Features, must: bool) -> None:
    """Fallback and interim, inline or by name; `must` when the baseline cannot be the interim."""
    others = [name for name in apis if name != document["id"]]

    def supply() -> Document:
        return {"supply": dice.one_of(others)} if others and dice.chance(0.6) else api(dice, horizon, features)

    if dice.chance(0.55):
        document["fallback"] = supply()
        dice.optional(document, "cascade", dice.share())
        dice.optional(document, "missed_failures", dice.share())
    if must or dice.chance(0.3):
        document["interim"] = supply()


def options(dice: Dice, workloads: list[Document], horizon: int, features: Features) -> tuple[list[Document], str]:
    """Two to five options and the id of the baseline, whose first-month development is only a fine-tune."""
    documents = [option(dice, k, workloads, horizon, features) for k in range(1, dice.whole(2, 5) + 1)]
    today = dice.one_of(documents)
    if dice.chance(0.7):
        today.pop("go_live_month", None)
    today["develop"] = [p for p in today.get("develop", []) if p["kind"] == "fine_tune"]
    apis = [o["id"] for o in documents if o["primary"]["kind"] == "api"]
    for document in documents:
        support(dice, document, apis, horizon, features, must=today["primary"]["kind"] == "hosted")
    return documents, today["id"]
