"""The worker of the drills: the product's own, slow enough to be killed in the middle, and with a diary.

`DANEGELD_DRILL_SECONDS` is how long a run takes at least. A run with the seed `DANEGELD_DRILL_POISON` kills itself.
The diary has one line for each computation that begins and each result that is or is not stored; lines as short as
these are written in one piece, also by several processes at once.
"""

import os
import signal
import time
from pathlib import Path

import django

django.setup()

from config.celery import app  # noqa: E402 - Django comes first
from planner.analysis.study import Progress  # noqa: E402 - Django comes first
from planner.models import Run  # noqa: E402 - Django comes first
from planner.operations import run_execute as execution  # noqa: E402 - Django comes first
from planner.operations.run_claim import run_finish  # noqa: E402 - Django comes first

__all__ = ["app"]

_SECONDS = float(os.environ.get("DANEGELD_DRILL_SECONDS", "0"))
_POISON = int(os.environ.get("DANEGELD_DRILL_POISON", "-1"))
_DIARY = Path(os.environ["DANEGELD_DRILL_DIARY"])

_compute = execution.compute


def _note(word: str, run_id: object) -> None:
    with _DIARY.open("a", encoding="utf-8") as diary:
        diary.write(f"{word} {run_id}\n")


def _slow_compute(run: Run, progress: Progress | None = None) -> bytes:
    _note("started", run.id)
    began = time.monotonic()
    if run.seed == _POISON:
        os.kill(os.getpid(), signal.SIGKILL)
    document = _compute(run, progress)
    time.sleep(max(0.0, began + _SECONDS - time.monotonic()))
    return document


def _noted_finish(**facts: object) -> bool:
    stored = run_finish(**facts)  # type: ignore[arg-type]  # handed through as they came
    _note("stored" if stored else "refused", facts["run_id"])
    return stored


execution.compute = _slow_compute
execution.run_finish = _noted_finish  # type: ignore[attr-defined]  # replaced where it is looked up
