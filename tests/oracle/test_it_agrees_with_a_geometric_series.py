"""A second oracle in closed form: exponential demand on a steadily declining API price is a geometric series.

Fee of month m: F·q^(m−1) with q = ((1 + g)(1 + w)(1 − δ))^(1/12); discounted at v a month,
NPV = −F·v^τ·(1 − (qv)^T)/(1 − qv).
"""

import math

import pytest

from planner.assembly import assemble, resolve
from planner.engine.evaluate import evaluate
from planner.plan.document import parse_plan
from tests.oracle.empty_catalogue import EmptyCatalogue
from tests.oracle.plan import evaluate_plan
from tests.oracle.small_plans import Document, api_supply, option, plan, workload
from tests.random_plans.dice import Dice

TIMING = {"end": 1.0, "mid": 0.5, "start": 0.0}


def geometric_plan(dice: Dice) -> Document:
    """One API whose price moves every month, one workload that grows in requests and tokens."""
    path = {"kind": "decline", "annual_rate": dice.between(-0.5, 0.9)}
    supply = api_supply(follows="frontier", migrate_every=1, price_path=path, discount=dice.between(0, 0.5))
    work = workload(
        requests_per_month=dice.magnitude(1, 1e9),
        growth={"kind": "exponential", "annual_rate": dice.between(-0.5, 2)},
        tokens_growth=dice.between(-0.3, 0.5),
    )
    return plan(
        option("today", supply),
        work=work,
        months=dice.whole(1, 120),
        discount_rate=dice.between(-0.3, 0.6),
        timing=dice.one_of(list(TIMING)),
    )


def closed_form(document: Document) -> float:
    """NPV of the geometric series. expm1 keeps the digits where q·v is close to 1."""
    work, supply, finance = document["workloads"][0], document["options"][0]["primary"], document["finance"]
    first = work["requests_per_month"] * (1000 * 2 + 100 * 8) / 1e6 * (1 - supply["discount"])
    log_v = -math.log1p(finance["discount_rate"]) / 12
    rates = (work["growth"]["annual_rate"], work["tokens_growth"], -supply["price_path"]["annual_rate"])
    log_ratio = sum(math.log1p(rate) for rate in rates) / 12 + log_v
    months = finance["horizon_months"]
    terms = math.expm1(months * log_ratio) / math.expm1(log_ratio) if log_ratio else float(months)
    return float(-first * math.exp(TIMING[finance["timing"]] * log_v) * terms)


@pytest.mark.parametrize("seed", range(0, 200, 20))
def test_it_agrees_with_a_geometric_series(seed: int) -> None:
    for case in range(seed, seed + 20):
        document = geometric_plan(Dice(case))
        expected = pytest.approx(closed_form(document), rel=1e-9)
        outcome = evaluate(assemble(resolve(parse_plan(document), EmptyCatalogue())))
        assert float(outcome.options[0].npv[0]) == expected
        assert float(evaluate_plan(document)["today"].npv) == expected
