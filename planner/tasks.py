"""What a worker does on a message: each task is one line, and its only argument is a run's id."""

import os
import socket
import uuid
from typing import Any

from celery import shared_task
from celery.signals import worker_init, worker_shutdown

from planner.dispatch import REPORT_TASK, RUN_TASK
from planner.operations.report_claim import report_release
from planner.operations.report_execute import report_execute
from planner.operations.run_claim import run_release
from planner.operations.run_execute import run_execute
from planner.renderers.pdf.stored import make

# Set in the worker's main process before it forks, so that all its children carry the same name: on a stop in good
# order the main process puts back what they still hold. The random part keeps two workers on one machine apart.
_worker_name = ""


@worker_init.connect
def _name_worker(**_kwargs: Any) -> None:
    global _worker_name  # noqa: PLW0603 - one name per process is the point
    _worker_name = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


@worker_shutdown.connect
def _release_runs(**_kwargs: Any) -> None:
    if _worker_name:
        run_release(worker=_worker_name)
        report_release(worker=_worker_name)


@shared_task(name=RUN_TASK)
def run_execute_task(run_id: str) -> None:
    run_execute(run_id=uuid.UUID(run_id), worker=_worker_name)


@shared_task(name=REPORT_TASK)
def report_execute_task(report_id: str) -> None:
    report_execute(report_id=uuid.UUID(report_id), make=make, worker=_worker_name)
