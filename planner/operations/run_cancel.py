from django.db import transaction

from accounts.models import AuditAction, User
from accounts.operations.audit import audit_record
from planner.models import Run, RunState
from planner.operations.run_claim import RUNS


class RunIsFinished(Exception):
    """The run has ended; there is nothing left to cancel."""


@transaction.atomic
def run_cancel(*, run: Run, cancelled_by: User | None = None) -> Run:
    """Cancel a queued run at once; ask a running one to stop at its next heartbeat. Return the run as it is now.

    Raises `RunIsFinished` when it ended before. Asking twice is the same as asking once.
    """
    asked = RUNS.cancel(run.id)
    if asked:
        audit_record(
            organisation=run.organisation,
            actor=cancelled_by,
            action=AuditAction.RUN_CANCELLED,
            subject=f"Run {run.number} ({run.id})",
        )
    run = Run.objects.get(id=run.id)
    if not run.cancel_requested and run.state != RunState.CANCELLED:
        raise RunIsFinished(f"Run {run.number} has ended ({run.get_state_display().lower()}) and cannot be cancelled.")
    return run
