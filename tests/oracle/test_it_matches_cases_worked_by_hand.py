"""The oracle itself against numbers worked by hand in the comments: demand, routing, API fees, capacity, rent."""

from typing import Any

import pytest

from tests.oracle.decimals import exact
from tests.oracle.demand import demand_of
from tests.oracle.plan import Evaluated, evaluate_plan
from tests.oracle.roofline import Shape, batch_size, machine_of, prefill_speed, replica_seconds, speed_of, step_seconds
from tests.oracle.small_plans import CHIP, MODEL, api_supply, hosted_supply, option, plan, workload


def component(evaluated: Evaluated, name: str) -> list[float]:
    """A component's months as floats."""
    return [float(x) for x in evaluated.result.components[name]]


def today_alone(primary: dict[str, Any], **fields: Any) -> Evaluated:
    """The baseline of a plan with nothing else in it."""
    return evaluate_plan(plan(option("today", primary), **fields))["today"]


def test_it_bills_four_token_classes_and_batch() -> None:
    # 400 uncached × 2 + 500 read × 0.2 + 100 written × 2.5 + 100 out × 8 = 800 + 100 + 250 + 800 = 1950 a million
    # requests; 40 % of requests can wait at half the price: × (1 − 0.5 × 0.4) = 1560.
    supply = api_supply(cached_input_price=0.2, cache_write_price=2.5, batch_discount=0.5)
    work = workload(cached_input_share=0.5, cache_write_share=0.1, batch_share=0.4)
    assert component(today_alone(supply, work=work, months=2), "api_fees") == pytest.approx([0, -1560, -1560])


def test_it_discounts_each_band_of_a_ladder() -> None:
    # 1000 × 2 + 100 × 8 = 2800; 10 % of 1500 … 2000 and 20 % of 2000 … 2800 off: 50 + 160.
    supply = api_supply(discount=[[1500, 0.1], [2000, 0.2]])
    assert component(today_alone(supply, months=1), "api_fees") == pytest.approx([0, -2590])


def test_it_prices_the_whole_request_in_its_context_tier() -> None:
    # 1000 tokens are not above 1000; with token_factor 1.1 they are, and 1100 × 4 + 110 × 10 = 5500.
    tier = {"above_input_tokens": 1000, "input_price": 4, "output_price": 10}
    assert component(today_alone(api_supply(price_tiers=[tier]), months=1), "api_fees") == pytest.approx([0, -2800])
    longer = api_supply(price_tiers=[tier], token_factor=1.1)
    assert component(today_alone(longer, months=1), "api_fees") == pytest.approx([0, -5500])


def test_it_charges_a_commitment_until_it_ends_and_tops_up_who_left() -> None:
    # Today pays 2800, committed to 4000 through month 2. The other option moves everything at once to an API of
    # half the price (1400) and still owes the whole commitment: 5400 through month 2, 1400 after it.
    today = option("today", api_supply(monthly_commitment=4000, commitment_end=2))
    other = option("other", api_supply(input_price=1, output_price=4), go_live_month=1)
    evaluated = evaluate_plan(plan(today, other, months=3))
    assert component(evaluated["today"], "api_fees") == pytest.approx([0, -4000, -4000, -2800])
    assert component(evaluated["other"], "api_fees") == pytest.approx([0, -5400, -5400, -1400])


def test_it_counts_what_is_still_paid_towards_the_commitment() -> None:
    # Live from month 2: month 1 pays the interim 2800 + 1200 of top-up, month 2 1400 + 4000.
    today = option("today", api_supply(monthly_commitment=4000, commitment_end=2))
    other = option("other", api_supply(input_price=1, output_price=4), go_live_month=2)
    assert component(evaluate_plan(plan(today, other, months=3))["other"], "api_fees") == pytest.approx(
        [0, -4000, -5400, -1400]
    )


def test_it_routes_between_primary_fallback_and_interim() -> None:
    # R = 1,000,000, μ = 0.5 in month 1 of a ramp of 2, c = 0.6, c_f = 0.9, q = 0.1, cascade 0.5, interim 0.9:
    # primary 500,000 × (0.6 + 0.4 (0.1 + 0.5 × 0.9)) = 410,000; fallback 500,000 × 0.4 × 0.9 = 180,000; interim
    # 500,000; unserved 500,000 × (0.1 × 0.9 + 0.4 × 0.1) + 500,000 × 0.1 = 65,000 + 50,000.
    today = option("today", api_supply())
    other = option(
        "other",
        api_supply(tier="open"),
        fallback={"supply": "today"},
        ramp_months=2,
        missed_failures=0.1,
        cascade=0.5,
    )
    traffic = evaluate_plan(plan(today, other, months=2))["other"].result.traffic
    assert [float(traffic.asked[role]["work"][1]) for role in traffic.asked] == pytest.approx(
        [410_000, 180_000, 500_000]
    )
    assert float(traffic.unserved["work"][1]) == pytest.approx(115_000)


def test_it_charges_failures_with_inflation() -> None:
    # 10 % of a million unserved at 0.01 = 1000; a year later 1000 × 1.21.
    evaluated = today_alone(api_supply(), work=workload(failure_cost=0.01), months=13, inflation=0.21)
    assert component(evaluated, "failures")[1] == pytest.approx(-1000)
    assert component(evaluated, "failures")[13] == pytest.approx(-1210)


def test_it_lets_open_weights_catch_up_and_development_close_the_gap() -> None:
    # Open line after one half-life of 6 months: 0.9 − 0.3/2 = 0.75; r = 0.8 gives 0.6; an uplift of 0.5 closes half
    # the gap to 0.9: 0.75. The supply follows the model of its go-live month 7 ever after.
    today = option("today", api_supply())
    tuned = option(
        "tuned",
        api_supply(tier="open", relative_coverage=0.8),
        go_live_month=7,
        develop=[{"kind": "fine_tune", "tokens": 0, "uplift": 0.5}],
    )
    evaluated = evaluate_plan(plan(today, tuned, work=workload(coverage_half_life=6)))
    coverage = [float(x) for x in evaluated["tuned"].result.traffic.coverage["work"]]
    assert coverage == pytest.approx([0] * 7 + [0.75] * 6)


def test_it_changes_price_and_pays_for_it_only_when_it_migrates() -> None:
    # A path that halves every month: 1, 1/2, 1/4 …; changing every 2 months pays 1, 1, 1/4, 1/4, 1/16; 100 at
    # months 3 and 5.
    path = {"kind": "steps", "steps": [[m, 2.0 ** (1 - m)] for m in range(1, 6)]}
    supply = api_supply(follows="capability", price_path=path, migrate_every=2, migration_cost=100)
    evaluated = today_alone(supply, months=5)
    assert component(evaluated, "api_fees") == pytest.approx([0, -2800, -2800, -700, -700, -175])
    assert component(evaluated, "other") == pytest.approx([0, 0, 0, -100, 0, -100])


def test_it_sizes_for_the_peak_and_keeps_the_largest_reservation() -> None:
    # 2 s × 2,628,000 requests = 2 replicas' mean load; peak 2 × 0.8 × 1.5 = 2.4; / 0.6 = 4, + 1 spare = 5.
    # Rent 730 (0.5 × 5 × 1 + 2.5 × 2) = 5475. In month 2 half the requests: n = 2 + 1 = 3, still 2.5 reserved:
    # 730 (2.5 + 0.5 × 2) = 2555. In month 3 the reservation is renewed for 3: 730 (1.5 + 1.5 × 2) = 3285.
    supply = hosted_supply(spare_replicas=1, reserved_share=0.5, reserved_term_months=2)
    growth = {"kind": "series", "monthly": [2_628_000, 1_314_000]}
    work = workload(growth=growth, batch_share=0.2, peak_to_average=1.5)
    evaluated = today_alone(supply, work=work, months=3)
    assert evaluated.result.replicas == [0, 5, 3, 3]
    assert component(evaluated, "compute") == pytest.approx([0, -5475, -2555, -3285])


def test_it_estimates_throughput_from_the_roofline() -> None:
    # Weights 20 GB of 0.9 × 80; κ = 2 × 10 × 10 × 100 × 2 = 40 kB a token, 80 MB for 1000 + 1000: B = 52 GB / 80 MB
    # = 650. s = (20 GB + 650 × 40 kB × 1500)/0.8 TB/s + 650 × 20 GFLOP / 600 TFLOP/s = 0.07375 + 0.0216667 s. P =
    # 600 T / 20 G = 30,000 tokens/s; one request: 1000/30,000 + 1000 × 0.0954167/650.
    supply = {"model": MODEL, "accelerator": CHIP, "precision": "bf16"}
    shape = Shape(exact(1000), exact(1000), exact(1000))
    machine = machine_of(supply)
    assert batch_size(machine, shape, supply) == 650
    assert float(step_seconds(machine, shape, 650)) == pytest.approx(0.07375 + 0.65 / 30)
    assert float(prefill_speed(machine, shape)) == pytest.approx(30_000)
    assert float(replica_seconds(speed_of(supply, shape), shape)) == pytest.approx(
        1 / 30 + 1000 * (0.07375 + 0.65 / 30) / 650
    )


def test_it_keeps_the_promised_speed() -> None:
    # The interval is 0.025 + B (0.00007500 + 0.00003333 + 0.00003333) s: with 0.05 s, B = 0.025/0.00014167 = 176.47.
    supply = {"model": MODEL, "accelerator": CHIP, "max_seconds_per_token": 0.05}
    shape = Shape(exact(1000), exact(1000), exact(1000))
    assert batch_size(machine_of(supply), shape, supply) == 176
    assert batch_size(machine_of(supply), shape, {**supply, "dedicated_prefill": True}) == 230  # 0.025/0.00010833


def test_it_grows_logistically_and_with_the_season() -> None:
    # g = 3, S = 2: k = ln 4/12/(1/2), so e^(−12 k) = 1/16 and R[13] = 2 R1 / (1 + 1/16). July is 3 times the other
    # months: 3/(14/12) of the mean in month 7 of a plan that starts in January, and again in month 1 of one that
    # starts in July.
    growing = workload(growth={"kind": "logistic", "annual_rate": 3, "saturation": 2})
    assert float(demand_of(growing, "2026-01", 13).requests[13]) == pytest.approx(2e6 / (1 + 1 / 16))
    seasonal = workload(seasonality=[1] * 6 + [3] + [1] * 5)
    assert float(demand_of(seasonal, "2026-01", 7).requests[7]) == pytest.approx(1e6 * 3 / (14 / 12))
    assert float(demand_of(seasonal, "2026-07", 7).requests[1]) == pytest.approx(1e6 * 3 / (14 / 12))
