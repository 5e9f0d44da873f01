"""What a worker does to its run. Each step is one guarded UPDATE: whoever holds no valid token changes nothing."""

import enum
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest, Now

from planner.models import Result, Run, RunError, RunState
from planner.operations.across_organisations import across_organisations, all_runs
from planner.operations.clock import seconds_from_now
from planner.operations.run_hint import run_hint_next_after_commit

FULL_PROGRESS = 1000


class Beat(enum.Enum):
    """What a heartbeat tells the worker: go on, or stop because the run was cancelled or is no longer its own."""

    CONTINUE = "continue"
    CANCELLED = "cancelled"
    LOST = "lost"


@dataclass(frozen=True)
class Claim:
    """A worker's right to one run, until the lease ends."""

    run: Run
    token: uuid.UUID


@across_organisations
def run_claim(*, run_id: uuid.UUID, worker: str = "") -> Claim | None:
    """Take a queued run, or return None: somebody has it, it is cancelled, spent, or not due yet."""
    token = uuid.uuid4()
    taken = all_runs().filter(
        Q(id=run_id, state=RunState.QUEUED, cancel_requested=False, attempts__lt=F("max_attempts")),
        available_at__lte=Now(),
    )
    changed = taken.update(
        state=RunState.RUNNING,
        token=token,
        worker=worker[:200],
        attempts=F("attempts") + 1,
        lease_until=_lease(),
        heartbeat_at=Now(),
        started_at=Coalesce(F("started_at"), Now()),
        # A run that was claimed without having been announced counts against the window like any other.
        hinted_at=Coalesce(F("hinted_at"), Now()),
    )
    if not changed:
        return None
    run = all_runs().select_related("organisation", "revision").get(id=run_id)
    return Claim(run=run, token=token)


@across_organisations
def run_progress(*, run_id: uuid.UUID, token: uuid.UUID, progress: int = 0) -> Beat:
    """Extend the lease and raise the progress (0 to 999, it never falls); say whether to go on."""
    mine = _held(run_id, token)
    changed = mine.filter(cancel_requested=False).update(
        lease_until=_lease(),
        heartbeat_at=Now(),
        progress=Greatest(F("progress"), Value(min(max(progress, 0), FULL_PROGRESS - 1))),
    )
    if changed:
        return Beat.CONTINUE
    return Beat.CANCELLED if _end_cancelled(run_id, token) else Beat.LOST


@across_organisations
@transaction.atomic
def run_finish(*, run_id: uuid.UUID, token: uuid.UUID, document: bytes, result_hash: str) -> bool:
    """Store the result and the state `succeeded` together; return False when the run was no longer the worker's.

    A cancellation that came first wins: the person was told that the run is being cancelled.
    """
    changed = (
        _held(run_id, token)
        .filter(cancel_requested=False)
        .update(
            state=RunState.SUCCEEDED,
            progress=FULL_PROGRESS,
            result_hash=result_hash,
            finished_at=Now(),
            token=None,
            lease_until=None,
        )
    )
    if not changed:
        _end_cancelled(run_id, token)
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
    changed = (
        _held(run_id, token)
        .filter(cancel_requested=False)
        .update(
            state=RunState.FAILED,
            error_code=code,
            error_message=message,
            finished_at=Now(),
            token=None,
            lease_until=None,
        )
    )
    if changed:
        _hint_next_of(run_id)
        return True
    _end_cancelled(run_id, token)
    return False


@across_organisations
@transaction.atomic
def run_release(*, worker: str) -> int:
    """Put back what a worker that stops in good order still holds; return how many runs.

    The attempt is given back: a restart of the service is not the run's fault, and three restarts must not lose it.
    """
    held = all_runs().filter(state=RunState.RUNNING, worker=worker)
    cancelled = held.filter(cancel_requested=True).update(**_cancelled_fields())
    released = held.update(
        state=RunState.QUEUED,
        attempts=F("attempts") - 1,
        token=None,
        lease_until=None,
        worker="",
        available_at=Now(),
        hinted_at=None,
    )
    return cancelled + released


def _held(run_id: uuid.UUID, token: uuid.UUID) -> QuerySet[Run]:
    return all_runs().filter(id=run_id, token=token, state=RunState.RUNNING)


def _end_cancelled(run_id: uuid.UUID, token: uuid.UUID) -> bool:
    with transaction.atomic():
        changed = _held(run_id, token).filter(cancel_requested=True).update(**_cancelled_fields())
        if changed:
            _hint_next_of(run_id)
    return bool(changed)


def _cancelled_fields() -> dict[str, object]:
    return {"state": RunState.CANCELLED, "finished_at": Now(), "token": None, "lease_until": None}


def _hint_next_of(run_id: uuid.UUID) -> None:
    organisation_id = all_runs().values_list("organisation_id", flat=True).get(id=run_id)
    run_hint_next_after_commit(organisation_id=organisation_id)


def _lease() -> object:
    return seconds_from_now(settings.RUN_LEASE_SECONDS)
