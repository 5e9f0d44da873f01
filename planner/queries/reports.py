"""Reports, as one member may see them. The PDFs stay in the database unless one of them is asked for."""

import uuid

from django.db.models import QuerySet

from accounts.models import Membership
from planner.models import Plan, ReportFile
from planner.queries.access import Missing, require_editor

_HEAVY = ("document", "preview", "logo")


def reports_of(plan: Plan) -> QuerySet[ReportFile]:
    """Return the plan's reports without their files, newest first."""
    related = ("plan", "run", "requested_by")
    return plan.reports.select_related(*related).defer(*_HEAVY).order_by("-created_at", "-id")


def report_get(membership: Membership, report_id: uuid.UUID) -> ReportFile:
    """Return the report, or raise `Missing`. Its files are read when they are asked for."""
    reports = ReportFile.objects.filter(organisation_id=membership.organisation_id)
    report = reports.select_related("plan__organisation", "run").defer(*_HEAVY).filter(id=report_id).first()
    if report is None:
        raise Missing("There is no such report.")
    return report


def report_to_edit(membership: Membership, report_id: uuid.UUID) -> ReportFile:
    """Return the report if the member may cancel or delete it; `Missing` comes before `NotAllowed`."""
    report = report_get(membership, report_id)
    require_editor(membership, "change its reports")
    return report
