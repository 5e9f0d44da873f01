"""The roofline estimate against published offline runs: fitted on some models, judged on others."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy import optimize

from planner.assembly.precision import COMPUTE_EFFICIENCY, KV_BYTES, WEIGHT_BYTES
from planner.engine import case
from planner.engine.arrays import FloatArray, value
from planner.engine.serving import MIXTURE_EFFICIENCY, TENSOR_PARALLEL_EXPONENT, Shape, replica_speed
from pricing.catalogue.catalogue import Catalogue

CATALOGUE_DATE = date(2026, 11, 23)
SCENARIO = "offline max load"
BANDWIDTH_EFFICIENCY = 0.80


@dataclass(frozen=True, slots=True)
class Constants:
    """What the estimate is calibrated by."""

    bandwidth: float = BANDWIDTH_EFFICIENCY
    compute: float = COMPUTE_EFFICIENCY["fp8"]
    compute_fp4: float = COMPUTE_EFFICIENCY["fp4"]
    parallel: float = TENSOR_PARALLEL_EXPONENT
    mixture: float = MIXTURE_EFFICIENCY


@dataclass(frozen=True, slots=True)
class Run:
    """One published run: `measured` output tokens a second of the whole replica."""

    model: str
    accelerator: str
    accelerators: int
    precision: str
    input_tokens: float
    output_tokens: float
    measured: float
    architecture: case.ModelArchitecture
    memory_gb: float
    bandwidth_tbs: float
    peak_tflops: float
    source: str

    @property
    def is_mixture(self) -> bool:
        """Whether only some of the parameters work on a token."""
        return bool(self.architecture.active_params[0] < self.architecture.total_params[0])


def published_runs() -> list[Run]:
    """Offline runs of the catalogue whose model, accelerator and peak are known there."""
    catalogue = Catalogue.load(CATALOGUE_DATE)
    runs: list[Run] = []
    for row in catalogue.throughput():
        model, accelerator = catalogue.architecture(row.model), catalogue.accelerator(row.accelerator)
        if row.scenario != SCENARIO or model is None or accelerator is None or not row.output_tokens_per_s:
            continue
        peak = accelerator.value.fp4_tflops if row.precision == "fp4" else accelerator.value.fp8_tflops
        if peak is None or not row.input_tokens or not row.output_tokens:
            continue
        shape = model.value
        sizes = (
            shape.total_params,
            shape.active_params,
            shape.layers,
            shape.query_heads,
            shape.kv_heads,
            shape.head_dim,
        )
        runs.append(
            Run(
                model=row.model,
                accelerator=row.accelerator,
                accelerators=row.accelerators or 1,
                precision=row.precision,
                input_tokens=row.input_tokens,
                output_tokens=row.output_tokens,
                measured=row.output_tokens_per_s,
                architecture=case.ModelArchitecture(*(value(float(size)) for size in sizes)),
                memory_gb=accelerator.value.memory_gb,
                bandwidth_tbs=accelerator.value.bandwidth_tbs,
                peak_tflops=peak,
                source=row.source.label,
            )
        )
    return runs


def estimates(runs: Sequence[Run], constants: Constants) -> FloatArray:
    """Output tokens a second of each run's replica under an endless queue: ``output/(input/P + output/D)``."""

    def column(read: Callable[[Run], float]) -> FloatArray:
        return np.array([read(run) for run in runs], dtype=np.float64)

    gpus = column(lambda run: run.accelerators)
    scale = np.power(gpus, constants.parallel - TENSOR_PARALLEL_EXPONENT)
    scale = scale * column(lambda run: constants.mixture / MIXTURE_EFFICIENCY if run.is_mixture else 1.0)
    replica = case.Replica(
        model=case.ModelArchitecture(
            *(
                column(lambda run, name=name: getattr(run.architecture, name)[0])  # type: ignore[misc]  # bound early
                for name in ("total_params", "active_params", "layers", "query_heads", "kv_heads", "head_dim")
            )
        ),
        token_factor=value(1.0),
        gpus_per_replica=gpus,
        memory_gb=column(lambda run: run.memory_gb),
        bandwidth_tbs=column(lambda run: run.bandwidth_tbs),
        peak_tflops=column(lambda run: run.peak_tflops),
        weight_bytes=column(lambda run: WEIGHT_BYTES[run.precision]),
        kv_bytes=column(lambda run: KV_BYTES[run.precision]),
        bandwidth_efficiency=value(constants.bandwidth),
        compute_efficiency=column(lambda run: constants.compute_fp4 if run.precision == "fp4" else constants.compute),
        software_factor=scale,
        max_seconds_per_token=None,
        dedicated_prefill=False,
        prefill_tokens_per_s=None,
        decode_tokens_per_s=None,
    )
    inputs, outputs = column(lambda run: run.input_tokens), column(lambda run: run.output_tokens)
    speed = replica_speed(replica, Shape(inputs, inputs, outputs))
    return outputs / (inputs / speed.prefill + outputs / speed.decode)


def log_errors(runs: Sequence[Run], constants: Constants) -> FloatArray:
    """ln(estimate/measured) of each run."""
    errors: FloatArray = np.log(estimates(runs, constants) / np.array([run.measured for run in runs]))
    return errors


def fit(runs: Sequence[Run]) -> Constants:
    """Constants that fit some runs best in logs, started from and held loosely to the engine's own."""
    start = Constants()
    origin = np.log([start.bandwidth, start.compute, start.compute_fp4, -start.parallel, start.mixture])

    def constants(logs: FloatArray) -> Constants:
        bandwidth, compute, compute_fp4, parallel, mixture = np.exp(logs)
        return Constants(bandwidth, compute, compute_fp4, -parallel, mixture)

    def misses(logs: FloatArray) -> FloatArray:
        return np.concatenate([log_errors(runs, constants(logs)), 0.3 * (logs - origin)])

    bounds = (np.log([0.3, 0.2, 0.1, 0.02, 0.1]), np.log([1.0, 1.0, 1.0, 0.6, 1.0]))
    found = optimize.least_squares(misses, origin, bounds=bounds)
    return constants(found.x)


@dataclass(frozen=True, slots=True)
class Judged:
    """Runs of one model, estimated with constants fitted without it."""

    model: str
    constants: Constants
    runs: tuple[Run, ...]
    errors: FloatArray


def leave_one_model_out(runs: Sequence[Run]) -> list[Judged]:
    """Every model judged by constants fitted on all the others."""
    judged = []
    for model in sorted({run.model for run in runs}):
        inside = [run for run in runs if run.model != model]
        outside = tuple(run for run in runs if run.model == model)
        constants = fit(inside)
        judged.append(Judged(model, constants, outside, log_errors(outside, constants)))
    return judged


def median_error(errors: FloatArray) -> float:
    """Median of |estimate/measured − 1|."""
    return float(np.median(np.abs(np.expm1(errors))))


def share_within(errors: FloatArray, factor: float) -> float:
    """Share of estimates within a factor of the measurement, either way."""
    return float(np.mean(np.abs(errors) <= math.log(factor)))
