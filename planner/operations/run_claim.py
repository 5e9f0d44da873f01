"""What a worker does to its run. Each step is one guarded UPDATE: whoever holds no valid token changes nothing."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Now

from planner.models import Result, Run, RunError
from planner.operations.across_organisations import across_organisations, all_runs
from planner.operations.job_table import FULL_PROGRESS, Beat, JobTable
from planner.operations.run_hint import run_hint_next_after_commit

__all__ = [
    "FULL_PROGRESS",
    "RUNS",
    "Beat",
    "Claim",
    "run_claim",
    "run_fail",
    "run_finish",
    "run_progress",
    "run_release",
]

LOST_MESSAGE = (
    "The worker that computed this run stopped before it was done, as often as we try. "
    "Start the run again; if it happens again, the plan may need more memory than the worker has."
)


@dataclass(frozen=True)
class Claim:
    """A worker's right to one run, until the lease ends."""

    run: Run
    token: uuid.UUID


def _hint_next_of(run_id: uuid.UUID) -> None:
    organisation_id = all_runs().values_list("organisation_id", flat=True).get(id=run_id)
    run_hint_next_after_commit(organisation_id=organisation_id)


RUNS = JobTable(rows=all_runs, lost_message=LOST_MESSAGE, ended=_hint_next_of)


@across_organisations
def run_claim(*, run_id: uuid.UUID, worker: str = "") -> Claim | None:
    """Take a queued run, or return None: somebody has it, it is cancelled, spent, or not due yet."""
    token = RUNS.claim(run_id, worker)
    if token is None:
        return None
    return Claim(run=all_runs().select_related("organisation", "revision").get(id=run_id), token=token)


@across_organisations
def run_progress(*, run_id: uuid.UUID, token: uuid.UUID, progress: int = 0) -> Beat:
    """Extend the lease and raise the progress (0 to 999, it never falls); say whether to go on."""
    return RUNS.beat(run_id, token, progress)


@across_organisations
@transaction.atomic
def run_finish(*, run_id: uuid.UUID, token: uuid.UUID, document: bytes, result_hash: str) -> bool:
    """Store the result and the state `succeeded` together; return False when the run was no longer the worker's.

    A cancellation that came first wins: the person was told that the run is being cancelled.
    """
    if not RUNS.finish(run_id, token, result_hash=result_hash):
        return False
    organisation_id = all_runs().values_list("organisation_id", flat=True).get(id=run_id)
    Result.objects.create(
        run_id=run_id,
        organisation_id=organisation_id,
        document=document,
        result_hash=result_hash,
        created_at=Now(),
    )
    run_hint_next_after_commit(organisation_id=organisation_id)
    return True


@across_organisations
@transaction.atomic
def run_fail(*, run_id: uuid.UUID, token: uuid.UUID, code: RunError, message: str) -> bool:
    """End the run as `failed` for a reason that another attempt would not mend; False when it was not the worker's."""
    return RUNS.fail(run_id, token, code, message)


@across_organisations
@transaction.atomic
def run_release(*, worker: str) -> int:
    """Put back what a worker that stops in good order still holds; return how many runs.

    The attempt is given back: a restart of the service is not the run's fault, and three restarts must not lose it.
    """
    return RUNS.release(worker)
