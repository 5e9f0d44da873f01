"""The oracle itself against numbers worked by hand: price paths, team, hardware, development, tax, NPV."""

from typing import Any

import pytest

from tests.oracle.decimals import exact
from tests.oracle.plan import Evaluated, evaluate_plan
from tests.oracle.price_paths import price_path
from tests.oracle.serving_cost import capital_recovery, gpu_hour_cost
from tests.oracle.small_plans import CHIP, Document, api_supply, hosted_supply, option, plan, workload

NOTHING = {"requests_per_month": 0}


def component(evaluated: Evaluated, name: str) -> list[float]:
    """A component's months as floats."""
    return [float(x) for x in evaluated.result.components[name]]


def idle(today: Document, **finance: Any) -> Evaluated:
    """The baseline of a plan in which nobody asks anything, so that only fixed costs remain."""
    return evaluate_plan(plan(today, work=workload(**NOTHING), **finance))["today"]


def test_it_holds_the_price_until_competition_arrives() -> None:
    # φ 0.2, floor × 0.64 a year, half-life 6. E = 1: f[7] = 0.2 × 0.8 = 0.16, π = 0.16 + 0.8/2. E = 7: 1 until then,
    # π[13] = 0.2 × 0.64 + (1 − 0.16)/2 = 0.548.
    path = {"kind": "market", "floor": 0.2, "floor_decline": 0.36, "half_life": 6}
    assert float(price_path(path, [], 13)[7]) == pytest.approx(0.56)
    late = [float(x) for x in price_path({**path, "competition_month": 7}, [], 13)]
    assert late[1:8] == pytest.approx([1] * 7)
    assert late[13] == pytest.approx(0.548)


def test_a_price_below_cost_rises_and_never_falls_below_both() -> None:
    # φ 1.5, the same cost in a year, half-life 6: after half a year half of the 0.5 is made up, 1.25. If the cost
    # falls by 84 % a year (0.4 of it is left after half a year: 0.6), 0.6 − 0.5/2 = 0.35 would be below it: 0.6 it is.
    path = {"kind": "market", "floor": 1.5, "half_life": 6}
    assert float(price_path(path, [], 7)[7]) == pytest.approx(1.25)
    assert float(price_path({**path, "floor_decline": 0.84}, [], 7)[7]) == pytest.approx(0.6)


def test_it_reverts_to_the_long_run_and_steps() -> None:
    # Half of the log-distance after one half-life: 0.64 × (1/0.64)^(1/2) = 0.8. Steps: 1 before the first one.
    reverting = {"kind": "mean_reverting", "long_run": 0.64, "half_life": 6}
    assert float(price_path(reverting, [], 7)[7]) == pytest.approx(0.8)
    stepping = {"kind": "steps", "steps": [[2, 0.7], [4, 0.5]]}
    assert [float(x) for x in price_path(stepping, [], 5)] == pytest.approx([1, 1, 0.7, 0.7, 0.5, 0.5])


def test_it_prices_an_hour_of_a_sellers_gpu() -> None:
    # Server 0.8 kW. No return: 12,500/5/8760 = 0.285388; colo 0.8 × 217/730 = 0.237808; power 0.8 × 1.3 × 0.093 =
    # 0.09672. CRF(10 %, 5) = 0.263797; as the return falls to 0 with a half-life of 12, month 13 needs 5 %: CRF
    # 0.230975.
    seller = {
        "kind": "explicit",
        "accelerator": CHIP,
        "required_return": 0.1,
        "long_run_return": 0,
        "return_half_life": 12,
    }
    assert float(gpu_hour_cost({"kind": "electricity", "accelerator": CHIP}, 1)) == pytest.approx(0.09672)
    assert float(gpu_hour_cost({"kind": "gpu_plus_electricity", "accelerator": CHIP}, 1)) == pytest.approx(
        0.619916, rel=1e-5
    )
    assert float(capital_recovery(exact("0.1"), exact(5))) == pytest.approx(0.2637975, rel=1e-6)
    fixed = 0.237808 + 0.09672
    assert float(gpu_hour_cost(seller, 1)) == pytest.approx(12_500 * 0.2637975 / 8760 + fixed, rel=1e-5)
    assert float(gpu_hour_cost(seller, 13)) == pytest.approx(12_500 * 0.2309748 / 8760 + fixed, rel=1e-5)


def test_it_hires_over_the_ramp_and_replaces_leavers() -> None:
    # 2 heads in 2 months at 120,000 with 25 % on top: 12,500, then 25,000. Recruiting 10 % of pay: 12,000 for the
    # first, then 12,000 × (1 + 1 % of the one who is there). A year of 1 % a month is 1 − 0.99^12.
    role = {"id": "r", "title": "R", "headcount": 2, "annual_pay": 120_000, "burden": 0.25, "ramp_months": 2}
    role |= {"recruiting_fee": 0.1, "attrition": 1 - 0.99**12}
    hired = idle(option("today", api_supply(), team=[role]), months=3)
    assert component(hired, "team") == pytest.approx([0, -24_500, -37_120, -25_240])
    there = idle(option("today", api_supply(), team=[{**role, "already_employed": True}]), months=2)
    assert component(there, "team") == pytest.approx([0, -12_500, -25_120])


def test_it_pays_recurring_and_one_off_costs_until_the_horizon() -> None:
    # 100 a month × 1.21 after a year; one-offs in months 0 and 13, the one of month 14 is never paid.
    costs = {
        "recurring_costs": [{"amount_per_month": 100, "start_month": 13}],
        "one_off_costs": [{"month": 0, "amount": 7}, {"month": 13, "amount": 5}, {"month": 14, "amount": 3}],
    }
    evaluated = idle(option("today", api_supply(), **costs), months=13, inflation=0.21)
    assert component(evaluated, "other") == pytest.approx([-7] + [0] * 12 + [-126])


def owned_fleet() -> Document:
    """Two GPUs at 12,500, sold into a market that halves in month 24; 6 % maintenance and nothing else to pay."""
    return hosted_supply(
        tenure="own",
        min_replicas=2,
        useful_life_months=48,
        maintenance=0.06,
        power_tariff=0,
        colo_per_kw_month=0,
        purchase_path={"kind": "steps", "steps": [[24, 0.5]]},
    )


def test_it_depreciates_a_cohort_and_taxes_its_resale() -> None:
    # Paid 25,000 in month 0, in service 1 … 48. At T = 24: 2 × 0.8 × 12,500 × 0.5 × (1 − 24/48) = 5000. Maintenance
    # 125 a month, straight line over 4 years 520.83: tax shield 20 % × 645.83 = 129.17 a month. Month 24 also
    # deducts the book value left, 12,500, against the 5000: 20 % × (645.83 + 7500) = 1629.17.
    depreciation = {"kind": "straight_line", "years": 4}
    today = option("today", owned_fleet())
    evaluated = idle(today, months=24, tax_rate=0.2, hardware_depreciation=depreciation)
    assert component(evaluated, "hardware") == pytest.approx([-25_000] + [0] * 24)
    assert component(evaluated, "compute") == pytest.approx([0] + [-125] * 24)
    assert component(evaluated, "resale") == pytest.approx([0] * 24 + [5000])
    assert component(evaluated, "tax") == pytest.approx([0] + [0.2 * (125 + 25_000 / 48)] * 23 + [1629.1666667])
    # TCO before tax: 25,000 + 24 × 125 − 5000.
    assert float(evaluated.tco) == pytest.approx(23_000)


def test_it_replaces_a_cohort_after_its_life_and_writes_off_the_rest() -> None:
    # Life 10 months in a plan of 12: bought in months 0 and 10 (for service from 11). MACRS writes off 20 %/12 a
    # month; month 10 deducts the rest of 25,000 besides. At T the second cohort is 2 months old: 0.8 × 25,000 × (1
    # − 2/10) = 16,000.
    supply = {**owned_fleet(), "useful_life_months": 10, "maintenance": 0}
    evaluated = idle(option("today", supply), months=12, tax_rate=0.5, hardware_depreciation={"kind": "macrs_5"})
    assert component(evaluated, "hardware") == pytest.approx([-25_000] + [0] * 9 + [-25_000, 0, 0])
    assert component(evaluated, "resale")[12] == pytest.approx(16_000)
    monthly = 25_000 * 0.2 / 12
    left = [25_000 - 9 * monthly, monthly, 25_000 - monthly - 16_000]
    assert component(evaluated, "tax") == pytest.approx([0] + [0.5 * monthly] * 9 + [0.5 * x for x in left])


def test_it_runs_a_fleet_on_power_and_colocation() -> None:
    # 0.8 kW × (1.3 × 0.093 × 730 + 217) = 244.2056 a GPU and month, × 1.21 in month 13.
    supply = hosted_supply(tenure="own", maintenance=0)
    compute = component(idle(option("today", supply), months=13, inflation=0.21), "compute")
    assert compute[1] == pytest.approx(-0.8 * (88.257 + 217))
    assert compute[13] == pytest.approx(-0.8 * (88.257 + 217) * 1.21)


def test_it_amortises_development_and_keeps_a_residual() -> None:
    # 1200 in month 0, 5 years: 20 a month from month 1; at T = 12 the other 960 are deducted too, and half of them
    # count as worth something, untaxed.
    tune = {"kind": "fine_tune", "tokens": 6e8, "epochs": 2, "price_per_training_mtok": 1, "uplift": 0}
    today = option("today", api_supply(), develop=[tune])
    finance = {"tax_rate": 0.25, "development_tax": {"kind": "amortise", "years": 5}, "development_residual": 0.5}
    evaluated = idle(today, **finance)
    assert component(evaluated, "development") == pytest.approx([-1200] + [0] * 12)
    assert component(evaluated, "tax") == pytest.approx([0] + [5] * 11 + [245])
    assert component(evaluated, "resale") == pytest.approx([0] * 12 + [480])
    assert component(idle(today, tax_rate=0.25), "tax") == pytest.approx([300] + [0] * 12)


def test_it_trains_on_rented_gpus_before_go_live_and_at_refreshes() -> None:
    # 10^9 tokens × 6 × 10^10 = 6 × 10^19 FLOP at 1000 T × 0.28: 214,286 s = 59.524 h × 2 $/h = 119.05; labels 100 ×
    # 3.
    tune = {"kind": "fine_tune", "tokens": 1e9, "labelled_examples": 100, "price_per_example": 3, "uplift": 0}
    today = option("today", api_supply())
    tuned = option("tuned", hosted_supply(), develop=[tune], go_live_month=3, refresh_every=4)
    evaluated = evaluate_plan(plan(today, tuned, work=workload(**NOTHING), months=8))["tuned"]
    once = 6e19 / 0.28e15 / 3600 * 2 + 300
    assert component(evaluated, "development") == pytest.approx([0, 0, -once, 0, 0, 0, 0, -once, 0])


def test_it_spreads_pretraining_and_silicon_before_go_live() -> None:
    # Pretraining: 6 × 10^10 × 2.8 × 10^12 / 0.28 P = 6 × 10^8 s = 166,667 h × 2 × 1.5 experiments + 40,000, over 2
    # months. Silicon 1200 × (1 + 0.25) over 3 months; 5 chips at least: 5 × 12,500 paid in the month before go-
    # live.
    projects = [
        {
            "kind": "pretrain",
            "tokens": 2.8e12,
            "experiments": 1.5,
            "data_cost": 40_000,
            "duration_months": 2,
            "uplift": 0,
        },
        {"kind": "silicon", "nre": 1200, "respin_share": 0.25, "duration_months": 3, "minimum_units": 5},
    ]
    chip = option("chip", hosted_supply(tenure="own"), develop=projects, go_live_month=4)
    evaluated = evaluate_plan(plan(option("today", api_supply()), chip, work=workload(**NOTHING), months=5))["chip"]
    training = (6e8 / 3600 * 2 * 1.5 + 40_000) / 2
    assert component(evaluated, "development") == pytest.approx([0, -500, -500 - training, -500 - training, 0, 0])
    assert component(evaluated, "hardware") == pytest.approx([0, 0, 0, -62_500, 0, 0])


def test_it_discounts_by_timing_but_resale_at_the_horizon() -> None:
    # 21 % a year, so 10 % over 6 months and 21 % over 12. A cost of 100 in month 7 falls at 7 (end), 6 (start); the
    # fleet's resale at T = 12 always at 12.
    costs = {"one_off_costs": [{"month": 7, "amount": 100}]}
    at_start = idle(option("today", api_supply(), **costs), discount_rate=0.21, timing="start")
    assert float(at_start.npv) == pytest.approx(-100 / 1.1)
    at_end = idle(option("today", api_supply(), **costs), discount_rate=0.21, timing="end")
    assert float(at_end.npv) == pytest.approx(-100 / 1.1 / 1.21 ** (1 / 12))
    supply = {**owned_fleet(), "maintenance": 0}
    fleet = idle(option("today", supply), discount_rate=0.21, timing="start")
    # 2 × 12,500 × 0.8 × (1 − 12/48) = 15,000 (the market has not halved yet).
    assert float(fleet.npv) == pytest.approx(-25_000 + 15_000 / 1.21)


def test_it_compares_with_today() -> None:
    # Today pays 2800 a month; the other pays 1400 after an outlay of 2000: ahead from month 2. NPV at 0 % over 3
    # months 2200; PI 1 + 2200/2000; MIRR (4200/2000)^(12/3) − 1.
    other = option("other", api_supply(input_price=1, output_price=4), one_off_costs=[{"month": 0, "amount": 2000}])
    evaluated = evaluate_plan(plan(option("today", api_supply()), other, months=3))["other"]
    assert evaluated.incremental is not None
    assert float(evaluated.incremental.npv) == pytest.approx(2200)
    assert evaluated.incremental.payback_month == 2
    assert float(evaluated.incremental.profitability_index or 0) == pytest.approx(2.1)
    assert float(evaluated.incremental.mirr or 0) == pytest.approx(2.1**4 - 1)
    # 2000 + 3 × 1400 over 3 million requests of 1100 tokens.
    assert float(evaluated.cost_per_1000_requests or 0) == pytest.approx(6200 / 3000)
    assert float(evaluated.cost_per_million_tokens or 0) == pytest.approx(6200 / 3300)
