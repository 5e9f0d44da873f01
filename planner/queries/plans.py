"""Plans and their revisions, as one member may see them."""

import uuid

from django.db.models import QuerySet

from accounts.models import Membership
from planner.models import Plan, Revision
from planner.queries.access import Missing, require_editor


def plans_of(membership: Membership) -> QuerySet[Plan]:
    """Return the plans of the member's organisation, newest first."""
    return Plan.objects.filter(organisation_id=membership.organisation_id).order_by("-created_at", "-id")


def plan_get(membership: Membership, plan_id: uuid.UUID) -> Plan:
    """Return the plan, or raise `Missing`."""
    plan = plans_of(membership).select_related("organisation").filter(id=plan_id).first()
    if plan is None:
        raise Missing("There is no such plan.")
    return plan


def plan_to_edit(membership: Membership, plan_id: uuid.UUID, what: str = "change its plans") -> Plan:
    """Return the plan if the member may change it; `Missing` comes before `NotAllowed`."""
    plan = plan_get(membership, plan_id)
    require_editor(membership, what)
    return plan


def revisions_of(plan: Plan) -> QuerySet[Revision]:
    """Return the plan's revisions, newest first."""
    return plan.revisions.order_by("-number")


def revision_latest(plan: Plan) -> Revision:
    """Return the plan's latest revision; every plan has one."""
    return plan.revisions.get(number=plan.latest_revision_number)


def revision_get(plan: Plan, number: int) -> Revision:
    """Return one revision by its number, or raise `Missing`."""
    revision = plan.revisions.filter(number=number).first()
    if revision is None:
        raise Missing(f"This plan has no revision {number}.")
    return revision
