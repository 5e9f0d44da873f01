"""`python -m bench.kills [RUNS] [KILLS]`: `kill -9` of a worker at random points of runs that draw 65,536 futures each.

Prints what became of the runs as JSON: none may be lost or written twice, and what was begun again must come out the
same (`different_results`, computed once more and compared).
"""

from __future__ import annotations

import json
import os
import random
import sys
import time

os.environ.setdefault("DANEGELD_DRILL_DRAWS", "65536")

from tests.faults.house import house, wait_until  # the environment comes first
from tests.faults.parts import PutBack, all_final, outcome, queue_runs, running

LONGEST = 3600.0
LATEST = 2.0
"""Seconds after a run was taken up within which the worker is killed."""


def main() -> None:
    """Kills and counts."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    dice = random.Random(1)
    with house("embedded") as built:
        run_ids = queue_runs(runs)
        built.sweeper()
        worker = built.worker()
        killed = 0
        while killed < kills and not all_final():
            wait_until(lambda: bool(running()) or all_final(), seconds=LONGEST)
            time.sleep(dice.uniform(0.0, LATEST))
            interrupted = running()
            if not interrupted:
                continue
            worker.kill()
            killed += 1
            worker = built.worker()
            wait_until(PutBack(interrupted), seconds=LONGEST)
        wait_until(all_final, seconds=LONGEST)
        figures = {**outcome(built, run_ids), "kills": killed}
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
