"""Random valid plans: `random_plan(seed)` for loops that must be repeatable, and hypothesis strategies built on it."""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.random_plans.dice import Dice, Document
from tests.random_plans.features import API_AND_RENTED, API_ONLY, EVERYTHING, Features
from tests.random_plans.options import options
from tests.random_plans.paths import market
from tests.random_plans.workloads import workloads

__all__ = ["API_AND_RENTED", "API_ONLY", "EVERYTHING", "Features", "api_and_rented_plans", "plans", "random_plan"]


def horizon_of(dice: Dice) -> int:
    """Mostly half a year to six years, sometimes very short or the longest allowed."""
    if dice.chance(0.08):
        return dice.one_of([dice.whole(1, 5), dice.whole(73, 120)])
    return dice.one_of([dice.whole(6, 36), dice.whole(6, 72)])


def tax_of(dice: Dice, finance: Document) -> None:
    """Tax and how hardware and development are written off."""
    dice.optional(finance, "tax_rate", dice.between(0.1, 0.4), 0.8)
    years: Document = {"kind": "straight_line"}
    dice.optional(years, "years", dice.one_of([1, 3, 5, 7, 2.375]), 0.9)
    hardware = dice.one_of([years, {"kind": "macrs_5"}, {"kind": "expense"}])
    dice.optional(finance, "hardware_depreciation", hardware, 0.8)
    amortised: Document = {"kind": "amortise", "years": dice.one_of([1, 3, 5, 15])}
    dice.optional(finance, "development_tax", dice.one_of([{"kind": "expense"}, amortised, amortised]), 0.8)
    dice.optional(finance, "development_residual", dice.share())


def finance_of(dice: Dice, horizon: int, features: Features) -> Document:
    """Dates, rates and tax."""
    finance: Document = {
        "currency": "USD",
        "start": f"{dice.whole(2024, 2030)}-{dice.whole(1, 12):02d}",
        "horizon_months": horizon,
    }
    dice.optional(finance, "discount_rate", dice.one_of([0.0, dice.between(0, 0.4), dice.between(-0.1, 0.2)]), 0.8)
    dice.optional(finance, "inflation", dice.one_of([0.0, dice.between(-0.02, 0.12)]), 0.7)
    dice.optional(finance, "timing", dice.one_of(["end", "mid", "start"]), 0.8)
    dice.optional(finance, "mirr_finance_rate", dice.between(0, 0.2), 0.3)
    dice.optional(finance, "mirr_reinvest_rate", dice.between(0, 0.2), 0.3)
    if features.tax:
        tax_of(dice, finance)
    return finance


def random_plan(seed: int, features: Features = EVERYTHING) -> Document:
    """A valid plan document: the same seed and features give the same plan."""
    dice = Dice(seed)
    horizon = horizon_of(dice)
    asked = workloads(dice, horizon)
    choices, baseline = options(dice, asked, horizon, features)
    return {
        "schema_version": 1,
        "name": f"Random plan {seed}",
        "finance": finance_of(dice, horizon, features),
        "market": market(dice, asked, horizon, features),
        "workloads": asked,
        "options": choices,
        "baseline": baseline,
    }


def plans(features: Features = EVERYTHING) -> SearchStrategy[Document]:
    """Any valid plan."""
    return st.integers(min_value=0, max_value=2**32 - 1).map(lambda seed: random_plan(seed, features))


def api_and_rented_plans() -> SearchStrategy[Document]:
    """Plans without owned hardware, development and tax."""
    return plans(API_AND_RENTED)
