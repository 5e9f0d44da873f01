"""Llama 3.3 70B on H100s at 2.35 $/h: the estimator's cost per token is that of the catalogue's measured runs."""

from __future__ import annotations

import statistics
from datetime import date

import numpy as np
import pytest

from planner.engine.arrays import FloatArray
from planner.engine.case import ModelArchitecture, Replica
from planner.engine.serving import Shape, replica_speed
from pricing.catalogue import Catalogue, ThroughputRecord
from pricing.outlook import serving_cost

RENT = 2.35
CATALOGUE = Catalogue.load(date(2026, 11, 23))
RUNS = [run for run in CATALOGUE.throughput() if (run.model, run.accelerator) == ("Llama-3.3-70B", "H100")]


def test_it_has_measured_runs_to_compare_with() -> None:
    assert len(RUNS) == 6
    assert all(run.source.confidence == "found" for run in RUNS)


@pytest.mark.parametrize("run", RUNS, ids=lambda run: f"{run.input_tokens:g}-{run.output_tokens:g}")
def test_it_estimates_each_cost_within_the_band(run: ThroughputRecord) -> None:
    assert abs(_error(run)) < 0.25, "nine of ten offline runs lie within 24 %"


def test_it_estimates_the_middle_of_the_costs_well() -> None:
    assert statistics.median(abs(_error(run)) for run in RUNS) < 0.15


def _error(run: ThroughputRecord) -> float:
    """Estimated over measured cost per request, less 1."""
    measured = serving_cost(run, RENT, utilisation=1.0)
    return _estimated_cost(run) / measured - 1


def _estimated_cost(run: ThroughputRecord) -> float:
    tokens_in, tokens_out = run.input_tokens or 0.0, run.output_tokens or 0.0
    shape = Shape(input_tokens=_one(tokens_in), uncached_tokens=_one(tokens_in), output_tokens=_one(tokens_out))
    speed = replica_speed(_replica(run.accelerators), shape)
    seconds = tokens_in / speed.prefill.item() + tokens_out / speed.decode.item()
    return run.accelerators * RENT / 3600 * seconds


def _replica(accelerators: int) -> Replica:
    shape, chip = CATALOGUE.architectures["llama-3.3-70b"], CATALOGUE.accelerators["h100-sxm"]
    assert chip.fp8_tflops is not None
    return Replica(
        model=ModelArchitecture(
            total_params=_one(shape.total_params),
            active_params=_one(shape.active_params),
            layers=_one(shape.layers),
            query_heads=_one(shape.query_heads),
            kv_heads=_one(shape.kv_heads),
            head_dim=_one(shape.head_dim),
        ),
        token_factor=_one(1),
        gpus_per_replica=_one(accelerators),
        memory_gb=_one(chip.memory_gb),
        bandwidth_tbs=_one(chip.bandwidth_tbs),
        peak_tflops=_one(chip.fp8_tflops),
        weight_bytes=_one(1),
        kv_bytes=_one(1),
        bandwidth_efficiency=_one(0.80),
        compute_efficiency=_one(0.60),
        software_factor=_one(1),
        max_seconds_per_token=None,
        dedicated_prefill=False,
        prefill_tokens_per_s=None,
        decode_tokens_per_s=None,
    )


def _one(value: float) -> FloatArray:
    return np.array([[float(value)]])
