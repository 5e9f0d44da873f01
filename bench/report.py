"""Prints the board report's figures for the example plan as JSON: seconds, size, memory, and the gain of two at a time.

Warm: simulated, evaluated and imported already. The child process that sets the pages starts anew for each report, so
its start is part of every figure. Seconds are of the clock on the wall: most of the work is the child's.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

ROUNDS = 5


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    from bench.report_material import example_material
    from planner.renderers.pdf.order import Order
    from planner.renderers.pdf.render import render

    material = example_material(
        Path(__file__).parent / "data" / "plan-example.json", datetime(2026, 11, 22, tzinfo=UTC)
    )
    made = render(material, Order())
    alone, together = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        render(material, Order())
        alone.append(time.perf_counter() - start)
        start = time.perf_counter()
        with ThreadPoolExecutor(2) as two:
            list(two.map(lambda _at: render(material, Order()), range(2)))
        together.append(time.perf_counter() - start)
    seconds = statistics.median(alone)
    found = {
        "seconds": seconds,
        "mb": len(made.pdf) / 1e6,
        "peak_mb": made.peak_mb,
        "gain": 2 * seconds / statistics.median(together),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
