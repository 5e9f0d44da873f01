"""Timing as ratios within one run: contenders take turns, medians are compared."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """Processor seconds per call of each contender over all rounds."""

    seconds: Mapping[str, list[float]]

    def median(self, name: str) -> float:
        """Median seconds of a contender."""
        return statistics.median(self.seconds[name])

    def ratio(self, slow: str, fast: str) -> float:
        """How many times longer `slow` takes, the median over rounds of the pairwise ratios."""
        return statistics.median(a / b for a, b in zip(self.seconds[slow], self.seconds[fast], strict=True))


def interleaved(contenders: Mapping[str, Callable[[], object]], rounds: int = 5) -> Timing:
    """Every contender once per round, in turn, after a warm-up. Processor time, so that neighbours count less."""
    for call in contenders.values():
        call()
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, call in contenders.items():
            start = time.process_time()
            call()
            seconds[name].append(time.process_time() - start)
    return Timing(seconds)


def per_call(call: Callable[[], object], calls: int, rounds: int = 5) -> float:
    """Median processor seconds of one call."""

    def many() -> None:
        for _ in range(calls):
            call()

    return interleaved({"it": many}, rounds).median("it") / calls


def percentile_of_calls(call: Callable[[], object], calls: int, share: float) -> float:
    """Processor seconds that `share` of the calls stay below."""
    call()
    taken = []
    for _ in range(calls):
        start = time.process_time()
        call()
        taken.append(time.process_time() - start)
    return sorted(taken)[min(calls - 1, int(share * calls))]
