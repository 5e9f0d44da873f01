"""`python -m bench.reruns [RUNS]`: runs of a real plan through queue, workers and database, by one worker and by two.

Prints the seconds of both and their ratio as JSON. Each run draws 8,192 futures of its own seed and makes all analyses.
The clock starts when the workers hold their first runs, so that starting Python does not count.
"""

from __future__ import annotations

import json
import os
import sys
import time

os.environ.setdefault("DANEGELD_DRILL_DRAWS", "8192")

from tests.faults.house import House, house, wait_until  # the environment comes first
from tests.faults.parts import all_final, queue_runs, running, succeeded

WARM_UP = 4
"""Runs before the clock starts: every process has then imported and computed once."""
LONGEST = 7200.0


def seconds(built: House, runs: int, workers: int) -> float:
    """Seconds from the last warm-up run to the last of `runs` more, with so many processes computing."""
    queue_runs(WARM_UP * workers + runs, first_seed=1_000_000 * workers)
    before = succeeded()
    worker = built.worker(concurrency=workers)
    wait_until(lambda: succeeded() >= before + WARM_UP * workers and bool(running()), seconds=LONGEST)
    begun, already = time.monotonic(), succeeded() - before
    wait_until(all_final, seconds=LONGEST)
    taken = time.monotonic() - begun
    worker.stop(60.0)
    return taken / (WARM_UP * workers + runs - already)


def main() -> None:
    """Measures both and prints them."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with house("embedded") as built:
        built.sweeper()
        one, two = seconds(built, runs, 1), seconds(built, runs, 2)
    figures = {"runs": runs, "one_worker_s": one, "two_workers_s": two, "ratio": one / two}
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
