"""Draws and figures are the same bits for any chunk size, order of blocks and number of processes, and stay put when
another input's range changes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from planner.analysis.draws import Uncertainty
from planner.analysis.model import PlanModel
from planner.analysis.simulate import BlockResult, Settings, merge, simulate, simulate_block
from planner.assembly import Snapshot, assemble, resolve
from planner.engine.arrays import FloatArray
from planner.engine.evaluate import evaluate
from planner.engine.sampling import Block, Sampler, blocks
from planner.evaluation import EvaluationResult, evaluate_plan
from planner.operations.result_hash import result_hash
from planner.plan.document import parse_plan
from planner.plan.overrides import with_overrides
from planner.plan.quantity import central
from planner.report.study_json import findings_in
from planner.simulation import with_distribution, with_study
from tests.analysis.priced import CATALOGUE_DATE, catalogue, example
from tests.oracle.small_plans import api_supply, option, plan

SETTINGS = Settings(draws=16_384, seed=11)
CALM = {"market.open_api.volatility": 0.0, "market.gpu_rent.volatility": 0.0}
CHANGED = "options.fine-tuned-7b.primary.relative_coverage"


@cache
def snapshot() -> Snapshot:
    return resolve(example(), catalogue())


def block_results(settings: Settings, chosen: Sequence[Block]) -> list[BlockResult]:
    """Runs in this process, or in another one that begins with nothing: it resolves the plan itself."""
    uncertainty, model = Uncertainty(snapshot()), PlanModel(snapshot())
    return [simulate_block(uncertainty, model, settings, block) for block in chosen]


def same(one: Sequence[BlockResult], other: Sequence[BlockResult]) -> bool:
    return all(
        a.block == b.block and a.sums == b.sums and a.npv.tobytes() == b.npv.tobytes()
        for a, b in zip(one, other, strict=True)
    )


@cache
def expected() -> tuple[BlockResult, ...]:
    return tuple(block_results(SETTINGS, SETTINGS.blocks))


@pytest.mark.parametrize("columns", [8192, 1000, 333, 256])
def test_it_gives_the_same_bits_for_any_chunk_size(columns: int) -> None:
    assert same(block_results(replace(SETTINGS, columns=columns), SETTINGS.blocks), expected())


def test_it_gives_the_same_bits_from_two_processes() -> None:
    spawned = multiprocessing.get_context("spawn")
    halves = (SETTINGS.blocks[1::2], SETTINGS.blocks[0::2])
    with ProcessPoolExecutor(2, mp_context=spawned) as pool:
        found = [result for part in pool.map(block_results, [SETTINGS, SETTINGS], halves) for result in part]
    assert same(sorted(found, key=lambda result: result.block.number), expected())


def test_it_merges_blocks_in_any_order_to_the_same_bits() -> None:
    ids = PlanModel(snapshot()).option_ids
    forward, backward = merge(SETTINGS, ids, expected()), merge(SETTINGS, ids, tuple(reversed(expected())))
    assert forward.npv.tobytes() == backward.npv.tobytes()
    assert forward.means.tobytes() == backward.means.tobytes()
    assert forward.replicate_means.tobytes() == backward.replicate_means.tobytes()


def test_it_gives_the_same_hash_from_the_same_seed_and_another_from_another() -> None:
    certain = evaluated()
    hashes = [
        result_hash(with_study(certain, Settings(draws=128, seed=seed, columns=columns), prices=catalogue()).result)
        for seed, columns in ((1, 256), (1, 33), (2, 256))
    ]
    assert hashes[0] == hashes[1] != hashes[2]


@pytest.mark.parametrize("sampler", ["sobol", "philox"])
def test_it_leaves_the_draws_of_all_others_when_one_range_changes(sampler: Sampler) -> None:
    before = Uncertainty(snapshot())
    block = blocks(512, 1)[0]
    drawn = before.draw(3, sampler, block)
    for value in ("0.5 to 0.6", 0.8):  # another range, and none at all
        after = Uncertainty(resolve(with_overrides(example(), {CHANGED: value}), catalogue()))
        again = after.draw(3, sampler, block)
        others = set(drawn.values) - {CHANGED}
        assert others <= set(again.values)
        assert all(drawn.values[path].tobytes() == again.values[path].tobytes() for path in others)
        assert all(drawn.noise[path].tobytes() == again.noise[path].tobytes() for path in drawn.noise)


def test_it_gives_the_certain_case_to_the_bit_without_any_variance() -> None:
    """P11: every range replaced by its central value, every volatility by nothing."""
    still = certain_example()
    outcome = evaluate(assemble(still))
    found = simulate(still, Settings(draws=512))
    assert found.means.tolist() == [float(each.npv[0]) for each in outcome.options]
    assert all(np.unique(row).size == 1 for row in found.npv)


def test_it_gives_the_certain_case_to_the_bit_at_the_central_values() -> None:
    """A draw that happens to be central in every input is the certain case, whatever is drawn beside it."""
    uncertain = snapshot()
    values = {path: np.full(3, central(each)) for path, each in uncertain.uncertain.items()}
    npv = PlanModel(uncertain).npv(values)
    outcome = evaluate(assemble(uncertain))
    assert npv.T.tolist() == [[float(each.npv[0]) for each in outcome.options]] * 3


def test_it_gives_the_certain_case_to_the_bit_whichever_input_is_drawn() -> None:
    """Sums must not go in another order because some of their parts are as wide as the draws."""
    uncertain = snapshot()
    outcome = evaluate(assemble(uncertain))
    expected_npv = [[float(each.npv[0]) for each in outcome.options]] * 2
    for path, distribution in uncertain.uncertain.items():
        npv = PlanModel(uncertain).npv({path: np.full(2, central(distribution))})
        assert npv.T.tolist() == expected_npv, path


def spread_of_means(drawn_from: Snapshot, sampler: Sampler) -> FloatArray:
    """Variance of each option's mean at 1,024 draws, over 24 independent scramblings or streams."""
    uncertainty, model = Uncertainty(drawn_from), PlanModel(drawn_from)
    means = []
    for seed in range(24):
        drawn = uncertainty.draw(seed, sampler, blocks(1024, 1)[0])
        means.append(model.npv(drawn.values, drawn.noise).mean(axis=1))
    found: FloatArray = np.var(np.array(means), axis=0, ddof=1)
    return found


def test_it_draws_means_with_sobol_twenty_times_as_well_as_with_philox() -> None:
    calm = resolve(with_overrides(example(), CALM), catalogue())
    assert (spread_of_means(calm, "philox") >= 20.0 * spread_of_means(calm, "sobol")).all()


def test_it_keeps_most_of_that_where_prices_are_volatile() -> None:
    """Path noise is no part of the sequence: mirrored shocks leave the part of it that bends."""
    assert (spread_of_means(snapshot(), "philox") >= 4.0 * spread_of_means(snapshot(), "sobol")).all()


def linear(amount: Any) -> Snapshot:
    """A cost every month, nothing discounted: NPV is exactly −12 times the amount less the API's fees."""
    fixed = option("fixed", api_supply(input_price=0, output_price=0), recurring_costs=[{"amount_per_month": amount}])
    return resolve(parse_plan(plan(option("api", api_supply()), fixed)), catalogue())


def test_it_hits_the_closed_form_of_a_linear_plan() -> None:
    """P12: within 4·s/√N for at least 99 % of 200 seeds."""
    sd, draws = 500.0, 256
    model = linear({"kind": "normal", "mean": 14_000, "sd": sd})
    settings = [Settings(draws=draws, seed=seed, sampler="philox") for seed in range(200)]
    errors = [abs(simulate(model, each).means[1] + certain_cost(12 * 14_000)) for each in settings]
    assert np.mean(np.array(errors) <= 4.0 * 12 * sd / np.sqrt(draws)) >= 0.99
    sobol = simulate(model, Settings(draws=4096)).means[1]
    assert sobol == pytest.approx(-certain_cost(12 * 14_000), abs=12 * sd * 1e-3)


def certain_cost(amount: float) -> float:
    """What the linear plan costs with this much fixed cost in all: its API answers are free, its failures too."""
    free = -float(evaluate(assemble(linear(0.0))).options[1].npv[0])
    return free + amount


def test_it_halves_the_standard_error_with_four_times_the_draws() -> None:
    """P14, within 15 %, of independent draws."""
    model = linear({"kind": "normal", "mean": 14_000, "sd": 500})
    spread = [
        np.std([simulate(model, Settings(draws=draws, seed=seed, sampler="philox")).means[1] for seed in range(400)])
        for draws in (64, 256)
    ]
    assert spread[0] / spread[1] == pytest.approx(2.0, rel=0.15)


def evaluated() -> EvaluationResult:
    return evaluate_plan(example(), prices=catalogue(), as_of=CATALOGUE_DATE)


def certain_example() -> Snapshot:
    """The worked example with nothing left to chance."""
    ranges = {path: central(each) for path, each in snapshot().uncertain.items()}
    still = with_overrides(example().model_copy(update={"correlations": ()}), {**ranges, **CALM})
    return resolve(still, catalogue())


def test_it_reads_its_own_findings_back() -> None:
    simulated = with_distribution(evaluated(), Settings(draws=64))
    assert findings_in(simulated.result) == simulated.findings
