"""What a worker may do to a row it holds, for every table of jobs: each step is one guarded UPDATE.

A row is taken with a fresh token and held until its lease ends on the database's clock. Every later write names the
token: whoever holds no valid one changes nothing. A table of jobs has the columns of `planner.models.job.Job`.
"""

import enum
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Expression, F, Model, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Greatest, Now

from planner.models import RunError, RunState
from planner.operations.clock import seconds_from_now

FULL_PROGRESS = 1000
BATCH = 500

J = TypeVar("J", bound=Model)


class Beat(enum.Enum):
    """What a heartbeat tells the worker: go on, or stop because the job was cancelled or is no longer its own."""

    CONTINUE = "continue"
    CANCELLED = "cancelled"
    LOST = "lost"


@dataclass(frozen=True)
class Expired:
    """How many rows whose lease was over were put back, given up, and ended as cancelled."""

    requeued: int = 0
    lost: int = 0
    cancelled: int = 0


@dataclass(frozen=True)
class JobTable(Generic[J]):
    """One table of jobs. ``rows`` are those of all organisations; ``ended`` hears the id of a row that has ended."""

    rows: Callable[[], QuerySet[J]]
    lost_message: str
    ended: Callable[[uuid.UUID], None]

    def claim(self, job_id: uuid.UUID, worker: str) -> uuid.UUID | None:
        """Take a queued row and return the token, or None: somebody has it, it is cancelled, spent, or not due yet."""
        token = uuid.uuid4()
        changed = (
            self.rows()
            .filter(
                Q(id=job_id, state=RunState.QUEUED, cancel_requested=False, attempts__lt=F("max_attempts")),
                available_at__lte=Now(),
            )
            .update(
                state=RunState.RUNNING,
                token=token,
                worker=worker[:200],
                attempts=F("attempts") + 1,
                lease_until=_lease(),
                heartbeat_at=Now(),
                started_at=Coalesce(F("started_at"), Now()),
                # A job that was claimed without having been announced counts against the window like any other.
                hinted_at=Coalesce(F("hinted_at"), Now()),
            )
        )
        return token if changed else None

    def beat(self, job_id: uuid.UUID, token: uuid.UUID, progress: int) -> Beat:
        """Extend the lease and raise the progress (0 to 999, it never falls); say whether to go on."""
        changed = (
            self.held(job_id, token)
            .filter(cancel_requested=False)
            .update(
                lease_until=_lease(),
                heartbeat_at=Now(),
                progress=Greatest(F("progress"), Value(min(max(progress, 0), FULL_PROGRESS - 1))),
            )
        )
        if changed:
            return Beat.CONTINUE
        return Beat.CANCELLED if self.end_cancelled(job_id, token) else Beat.LOST

    def finish(self, job_id: uuid.UUID, token: uuid.UUID, **result: Any) -> bool:
        """Mark the row `succeeded` with these columns; False when it was no longer the worker's, or was cancelled."""
        changed = (
            self.held(job_id, token)
            .filter(cancel_requested=False)
            .update(state=RunState.SUCCEEDED, progress=FULL_PROGRESS, **_ended(), **result)
        )
        if not changed:
            self.end_cancelled(job_id, token)
        return bool(changed)

    def fail(self, job_id: uuid.UUID, token: uuid.UUID, code: RunError, message: str) -> bool:
        """End the row as `failed` for a reason that another attempt would not mend; False when it was not its own."""
        changed = (
            self.held(job_id, token)
            .filter(cancel_requested=False)
            .update(state=RunState.FAILED, error_code=code, error_message=message, **_ended())
        )
        if changed:
            self.ended(job_id)
            return True
        self.end_cancelled(job_id, token)
        return False

    def release(self, worker: str) -> int:
        """Put back what a worker that stops in good order still holds; return how many rows.

        The attempt is given back: a restart of the service is not the job's fault, and three restarts must not lose it.
        """
        held = self.rows().filter(state=RunState.RUNNING, worker=worker)
        cancelled = held.filter(cancel_requested=True).update(state=RunState.CANCELLED, **_ended())
        return cancelled + held.update(attempts=F("attempts") - 1, available_at=Now(), **_queued())

    def expire(self) -> Expired:
        """End or put back every running row whose lease is over on the database's clock. Needs a transaction."""
        over = Q(state=RunState.RUNNING, lease_until__lt=Now())
        found = self.rows().filter(over).select_for_update(skip_locked=True).order_by("lease_until")
        rows = self.rows().filter(over, id__in=list(found.values_list("id", flat=True)[:BATCH]))
        return Expired(
            cancelled=rows.filter(cancel_requested=True).update(state=RunState.CANCELLED, **_ended()),
            lost=rows.filter(attempts__gte=F("max_attempts")).update(
                state=RunState.FAILED, error_code=RunError.LOST, error_message=self.lost_message, **_ended()
            ),
            requeued=rows.update(available_at=_after_backoff(), **_queued()),
        )

    def cancel(self, job_id: uuid.UUID) -> bool:
        """Cancel a queued row at once, or ask a running one to stop; return whether there was anything to do."""
        mine = self.rows().filter(id=job_id)
        queued = mine.filter(state=RunState.QUEUED)
        if queued.update(state=RunState.CANCELLED, cancel_requested=True, finished_at=Now()):
            self.ended(job_id)
            return True
        return bool(mine.filter(state=RunState.RUNNING, cancel_requested=False).update(cancel_requested=True))

    def held(self, job_id: uuid.UUID, token: uuid.UUID) -> QuerySet[J]:
        """The row while the token is valid, otherwise nothing."""
        return self.rows().filter(id=job_id, token=token, state=RunState.RUNNING)

    def end_cancelled(self, job_id: uuid.UUID, token: uuid.UUID) -> bool:
        """End the row as cancelled if that was asked for; a cancellation that came first wins over a result."""
        with transaction.atomic():
            asked = self.held(job_id, token).filter(cancel_requested=True)
            changed = asked.update(state=RunState.CANCELLED, **_ended())
            if changed:
                self.ended(job_id)
        return bool(changed)


def _ended() -> dict[str, Any]:
    return {"finished_at": Now(), "token": None, "lease_until": None}


def _queued() -> dict[str, Any]:
    return {"state": RunState.QUEUED, "token": None, "lease_until": None, "worker": "", "hinted_at": None}


def _lease() -> Expression:
    return seconds_from_now(settings.RUN_LEASE_SECONDS)


def _after_backoff() -> Case:
    first, second, later = settings.RUN_BACKOFF_SECONDS
    return Case(
        When(attempts__lte=1, then=seconds_from_now(first)),
        When(attempts=2, then=seconds_from_now(second)),
        default=seconds_from_now(later),
    )
