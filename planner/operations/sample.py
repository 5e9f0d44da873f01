"""The sample organisation: plans made from the templates, for trying out and for a public demonstration."""

import uuid

from django.db import transaction
from django_scopes import scope

from accounts.models import Membership, Organisation, Role, User
from planner.models import Plan
from planner.operations.plan_edit import plan_create
from planner.operations.run_start import run_start
from planner.plan.examples import template

# Fixed, so that loading twice finds it; a name could be somebody's own organisation.
SAMPLE_ORGANISATION_ID = uuid.UUID("01930000-0000-7000-8000-00000000da6e")
FIRST_SAMPLE = "support-chat"
SAMPLE_TEMPLATES = ("code-completion", "support-chat", "legal-assistant")


@transaction.atomic
def samples_load() -> list[Plan]:
    """Store the sample plans and start their runs; return the new ones, none when they were there already."""
    organisation, _ = Organisation.objects.get_or_create(
        id=SAMPLE_ORGANISATION_ID, defaults={"name": "Sample organisation"}
    )
    with scope(organisation=organisation):
        if Plan.objects.exists():
            return []
        plans = [plan_create(organisation=organisation, document=template(name).json) for name in SAMPLE_TEMPLATES]
        for plan in plans:
            run_start(plan=plan)
    return plans


def sample_plan_create(*, organisation: Organisation) -> Plan:
    """Give a new organisation one plan to look at and play with; nobody's, so that its page can say it is a sample."""
    document = {**template(FIRST_SAMPLE).document, "name": "Support chat (sample)"}
    return plan_create(organisation=organisation, document=document)


def sample_viewer_add(*, user: User) -> Membership:
    """Let a person see the sample organisation; a person who already belongs to it keeps the role."""
    membership, _ = Membership.objects.get_or_create(
        organisation_id=SAMPLE_ORGANISATION_ID, user=user, defaults={"role": Role.VIEWER}
    )
    return membership
