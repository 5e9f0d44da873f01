"""Published training runs against the default utilisation."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from pathlib import Path

from planner.plan.document import Pretrain

RUNS = Path(__file__).parent / "data" / "training_runs.csv"
DEFAULT_MFU = float(Pretrain.model_fields["mfu"].default)


@dataclass(frozen=True, slots=True)
class TrainingRun:
    """One published run: accelerator-hours it took, and what the default utilisation makes of its size."""

    model: str
    hardware: str
    hours: float
    mfu: float
    source: str

    @property
    def ratio(self) -> float:
        """Estimated over actual hours: both are ``6·N·D/(peak·mfu)``, so the ratio is that of the utilisations."""
        return self.mfu / DEFAULT_MFU


def training_runs() -> list[TrainingRun]:
    """Runs whose hours, size and peak are published; none was used to choose the default."""
    with RUNS.open(newline="") as file:
        return [
            TrainingRun(
                row["model"], row["hardware"], float(row["accel_hours"]), float(row["mfu_implied_6nd"]), row["source"]
            )
            for row in csv.DictReader(file)
        ]


def geometric_mean(ratios: list[float]) -> float:
    """The mean of ratios that treats half and double alike."""
    return math.exp(sum(math.log(ratio) for ratio in ratios) / len(ratios))
