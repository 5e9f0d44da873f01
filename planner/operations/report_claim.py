"""Reports as jobs: announcing them, and what a worker does to the one it holds."""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from planner.dispatch import REPORT_TASK, send_run_hints
from planner.models import ReportFile, RunError, RunState
from planner.operations.across_organisations import across_organisations, all_reports
from planner.operations.clock import seconds_from_now
from planner.operations.job_table import BATCH, Beat, JobTable

LOST_MESSAGE = "The worker that set this report stopped before it was done, as often as we try. Ask for it again."


@dataclass(frozen=True)
class ReportClaim:
    """A worker's right to one report, until the lease ends."""

    report: ReportFile
    token: uuid.UUID


def _nothing_waits_for_it(report_id: uuid.UUID) -> None:
    """Reports are few: no other one was held back for this one."""


REPORTS = JobTable(rows=all_reports, lost_message=LOST_MESSAGE, ended=_nothing_waits_for_it)


def report_hint(*, report_id: uuid.UUID) -> None:
    """Announce a report to the workers once it is stored."""

    def announce() -> None:
        send_run_hints([report_id], REPORT_TASK)

    transaction.on_commit(announce)


@across_organisations
def report_hints_again() -> int:
    """Announce queued reports that nobody took although they were announced a while ago; return how many."""
    again = seconds_from_now(-settings.RUN_HINT_AGAIN_SECONDS)
    waiting = Q(state=RunState.QUEUED, available_at__lte=Now()) & (Q(hinted_at__isnull=True) | Q(hinted_at__lt=again))
    with transaction.atomic():
        found = all_reports().filter(waiting).select_for_update(skip_locked=True).order_by("created_at")
        report_ids = list(found.values_list("id", flat=True)[:BATCH])
        all_reports().filter(id__in=report_ids).update(hinted_at=Now())
    return send_run_hints(report_ids, REPORT_TASK) if report_ids else 0


@across_organisations
def report_claim(*, report_id: uuid.UUID, worker: str = "") -> ReportClaim | None:
    """Take a queued report, or return None: somebody has it, it is cancelled, spent, or not due yet."""
    token = REPORTS.claim(report_id, worker)
    if token is None:
        return None
    related = ("organisation", "plan", "run__organisation", "run__revision", "requested_by")
    return ReportClaim(all_reports().select_related(*related).get(id=report_id), token)


@across_organisations
def report_progress(*, report_id: uuid.UUID, token: uuid.UUID, progress: int = 0) -> Beat:
    """Extend the lease and raise the progress; say whether to go on."""
    return REPORTS.beat(report_id, token, progress)


@across_organisations
@transaction.atomic
def report_finish(
    *, report_id: uuid.UUID, token: uuid.UUID, document: bytes, preview: bytes, document_hash: str, standards: str
) -> bool:
    """Store the PDF and the state `succeeded` together; False when the report was no longer the worker's."""
    return REPORTS.finish(
        report_id,
        token,
        document=document,
        preview=preview,
        document_hash=document_hash,
        size=len(document),
        standards=standards,
    )


@across_organisations
@transaction.atomic
def report_fail(*, report_id: uuid.UUID, token: uuid.UUID, code: RunError, message: str) -> bool:
    """End the report as `failed`; False when it was not the worker's."""
    return REPORTS.fail(report_id, token, code, message)


@across_organisations
@transaction.atomic
def report_release(*, worker: str) -> int:
    """Put back what a worker that stops in good order still holds; return how many reports."""
    return REPORTS.release(worker)
