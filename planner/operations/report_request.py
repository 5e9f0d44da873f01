"""Asking for a report, and taking the wish back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.models import AuditAction, User
from accounts.operations.audit import audit_record
from planner.models import LIVE_STATES, ReportAudience, ReportFile, ReportKind, ReportPaper, Run, RunState
from planner.operations.report_claim import REPORTS, report_hint
from planner.queries.runs import run_is_stale

MOST_WAITING = 10


class ReportRefused(Exception):
    """The report cannot be made as it is wished; the message says why and what to do."""


@dataclass(frozen=True)
class ReportWish:
    """What a report is to be. `live_url` is the address of the plan's page, for the link and the QR code."""

    kind: ReportKind = ReportKind.BOARD
    audience: ReportAudience = ReportAudience.BOARD
    paper: ReportPaper = ReportPaper.A4
    language: str = "en"
    classification: str = ""
    is_final: bool = False
    shows_people_costs: bool = True
    mails_when_ready: bool = False
    logo: bytes | None = None
    live_url: str = ""


@transaction.atomic
def report_request(*, run: Run, wish: ReportWish, requested_by: User | None = None) -> ReportFile:
    """Queue a report about a finished run and announce it after the commit. Raises `ReportRefused`."""
    _refuse_what_cannot_be(run, wish)
    report = ReportFile.objects.create(
        organisation_id=run.organisation_id,
        plan=run.plan,
        run=run,
        requested_by=requested_by,
        available_at=Now(),
        hinted_at=Now(),
        created_at=Now(),
        **asdict(replace(wish, classification=wish.classification.strip()[:60])),
    )
    audit_record(
        organisation=run.plan.organisation,
        actor=requested_by,
        action=AuditAction.REPORT_REQUESTED,
        subject=f"{run.plan.name}, run {run.number} ({report.id})",
        after={"kind": wish.kind, "audience": wish.audience, "final": wish.is_final},
    )
    report_hint(report_id=report.id)
    return ReportFile.objects.select_related("plan", "run").get(id=report.id)


def _refuse_what_cannot_be(run: Run, wish: ReportWish) -> None:
    if run.state != RunState.SUCCEEDED:
        raise ReportRefused(_("Run %(number)d has no result, so there is nothing to report.") % {"number": run.number})
    if wish.is_final and run_is_stale(run):
        raise ReportRefused(
            _("The inputs changed since run %(number)d. A final report needs a run of the latest revision.")
            % {"number": run.number}
        )
    if run.plan.reports.filter(state__in=LIVE_STATES).count() >= MOST_WAITING:
        raise ReportRefused(_("Ten reports of this plan are being made already. Wait for one of them."))


@transaction.atomic
def report_cancel(*, report: ReportFile, cancelled_by: User | None = None) -> ReportFile:
    """Cancel a queued report at once; ask the worker of a running one to stop. Nothing happens to a finished one."""
    if REPORTS.cancel(report.id):
        audit_record(
            organisation=report.plan.organisation,
            actor=cancelled_by,
            action=AuditAction.REPORT_CANCELLED,
            subject=f"{report.plan.name} ({report.id})",
        )
    return ReportFile.objects.select_related("plan", "run").get(id=report.id)


@transaction.atomic
def report_delete(*, report: ReportFile, deleted_by: User | None = None) -> None:
    """Delete a report that nobody is making. Raises `ReportRefused` for one that is final or being made."""
    if report.is_live:
        raise ReportRefused(_("This report is being made. Cancel it first."))
    if report.is_final and report.state == RunState.SUCCEEDED:
        raise ReportRefused(_("A final report is kept as long as its plan."))
    audit_record(
        organisation=report.plan.organisation,
        actor=deleted_by,
        action=AuditAction.REPORT_DELETED,
        subject=f"{report.plan.name} ({report.id})",
    )
    report.delete()
