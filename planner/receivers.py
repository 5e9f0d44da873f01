"""What the planner does when something happens in another room."""

from __future__ import annotations

from typing import Any

import structlog
from django.dispatch import receiver
from django.http import HttpRequest
from django_scopes import scope

from accounts.models import Organisation, User
from accounts.signals import signed_up
from planner.forms.draft import draft_became, draft_of
from planner.operations.plan_edit import plan_create
from planner.operations.run_start import run_start
from planner.operations.sample import sample_plan_create
from planner.plan.errors import PlanInvalid

log = structlog.get_logger("danegeld.draft")


@receiver(signed_up)
def keep_the_draft(*, user: User, organisation: Organisation, request: HttpRequest, **_kwargs: Any) -> None:
    """Make the visitor's draft the first plan of the new organisation, and start its first run; without one, a sample.

    A draft that is no valid plan stays in the session: the person keeps what was typed and can correct it.
    """
    draft = draft_of(request.session)
    if draft is None:
        with scope(organisation=organisation):
            sample_plan_create(organisation=organisation)
        return
    try:
        # The visitor's request entered no organisation's scope.
        with scope(organisation=organisation):
            plan = plan_create(organisation=organisation, document=draft.document, created_by=user)
            run_start(plan=plan, started_by=user)
    except PlanInvalid as invalid:
        log.info("draft_not_kept", errors=len(invalid.errors))
        return
    draft_became(request.session, str(plan.id))
