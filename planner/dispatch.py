"""Hints to the workers: "look at this run". A lost hint costs seconds, never a run, because the row is the truth."""

import uuid
from collections.abc import Iterable

import structlog
from django.db import transaction

from config.celery import app

RUN_TASK = "planner.run_execute"
REPORT_TASK = "planner.report_execute"

log = structlog.get_logger("danegeld.dispatch")


def send_run_hints(run_ids: Iterable[uuid.UUID], task: str = RUN_TASK) -> int:
    """Publish one message per job and return how many went out; stop at the first that the broker refuses.

    Never raises: the rows are stored, and the sweeper sends the hints again. Stopping matters when the broker is
    away, since every further try would wait for the same time-out.
    """
    sent = 0
    for run_id in run_ids:
        try:
            app.send_task(task, args=[str(run_id)], ignore_result=True)
        except Exception as error:  # noqa: BLE001 - each transport has its own exceptions, and none may reach a caller
            log.warning("hint_not_sent", run_id=str(run_id), error=type(error).__name__)
            break
        sent += 1
    return sent


def send_run_hints_after_commit(run_ids: Iterable[uuid.UUID]) -> None:
    """Publish once the surrounding transaction is stored, so that no worker looks for a row it cannot see yet."""
    waiting = list(run_ids)

    # A def, not a partial: Django's error path asks the callback for its __qualname__, which a partial lacks.
    def publish() -> None:
        send_run_hints(waiting)

    if waiting:
        transaction.on_commit(publish)
