from django.db import transaction
from django.db.models.functions import Now

from accounts.models import AuditAction, User
from accounts.operations.audit import audit_record
from planner.models import Run, RunState
from planner.operations.run_hint import run_hint_next_after_commit


class RunIsFinished(Exception):
    """The run has ended; there is nothing left to cancel."""


@transaction.atomic
def run_cancel(*, run: Run, cancelled_by: User | None = None) -> Run:
    """Cancel a queued run at once; ask a running one to stop at its next heartbeat. Return the run as it is now.

    Raises `RunIsFinished` when it ended before. Asking twice is the same as asking once.
    """
    mine = Run.objects.filter(id=run.id)
    cancelled = mine.filter(state=RunState.QUEUED).update(
        state=RunState.CANCELLED, cancel_requested=True, finished_at=Now()
    )
    if cancelled:
        run_hint_next_after_commit(organisation_id=run.organisation_id)
    asked = cancelled or mine.filter(state=RunState.RUNNING, cancel_requested=False).update(cancel_requested=True)
    if asked:
        audit_record(
            organisation=run.organisation,
            actor=cancelled_by,
            action=AuditAction.RUN_CANCELLED,
            subject=f"Run {run.number} ({run.id})",
        )
    run = mine.get()
    if not run.cancel_requested and run.state != RunState.CANCELLED:
        raise RunIsFinished(f"Run {run.number} has ended ({run.get_state_display().lower()}) and cannot be cancelled.")
    return run
