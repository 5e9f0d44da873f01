"""What somebody has in hand: a visitor's draft or a member's plan, for pages that are the same for both."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.middleware import membership_of, organisation_of
from accounts.models import Membership, Organisation
from planner.forms.draft import Draft, draft_of, draft_store
from planner.models import Plan, Run
from planner.operations.plan_edit import revision_save
from planner.operations.run_inputs import prices_of
from planner.plan.document import canonical_json, parse_plan
from planner.plan.errors import PlanInvalid
from planner.queries.access import require_editor
from planner.queries.plans import plan_get, revision_latest
from planner.report.subject import Subject
from planner.views.answers import computed
from planner.views.member import for_members
from planner.views.plans import run_context
from planner.views.traces import traces_at
from pricing.catalogue.source import PriceSource
from pricing.queries import price_source

Rest = ParamSpec("Rest")


@dataclass(frozen=True, slots=True)
class Desk:
    """A plan document with its place: whose it is, where its pages are, and the prices its answer is given at.

    ``plan`` is None for a draft; ``revision`` is what a change is based on; ``fresh_run`` speaks for this revision.
    """

    document: Mapping[str, Any]
    name: str
    organisation: Organisation | None
    route: str
    known: Mapping[str, Any]
    way: tuple[tuple[str, str], ...]
    may_edit: bool
    revision: int
    plan: Plan | None = None
    membership: Membership | None = None
    fresh_run: Run | None = None

    @property
    def day(self) -> date:
        """The date of its prices."""
        return self.fresh_run.as_of if self.fresh_run else timezone.localdate()

    def prices(self) -> PriceSource:
        """The prices its answer is given at: the very ones of its run, or today's."""
        if self.fresh_run is not None:
            return prices_of(self.fresh_run)
        return price_source(as_of=timezone.localdate(), organisation=self.organisation)

    def computed(self) -> Subject:
        """The plan in the certain case. Raises `Http404` where it cannot be computed: its results page says why."""
        try:
            return computed(self.document, self.organisation, run=self.fresh_run)
        except PlanInvalid as invalid:
            raise Http404("This plan cannot be computed yet.") from invalid

    @property
    def nav(self) -> str:
        return "plans" if self.plan is not None else "start"

    @property
    def results_at(self) -> str:
        """The address of the answer."""
        return self.way[-1][1]

    @property
    def traces_at(self) -> str:
        return traces_at(f"{self.route}-trace", **self.known)

    def at(self, page: str, **more: Any) -> str:
        """The address of one of its pages, such as ``what-if``."""
        return reverse(f"{self.route}-{page}", kwargs={**self.known, **more})

    def save(self, request: HttpRequest, document: Mapping[str, Any], based_on: int) -> None:
        """Keep another document: the draft in the session, a plan as its next revision.

        Raises `PlanInvalid`, `NotAllowed`, and `RevisionIsOld` where somebody saved another revision meanwhile.
        """
        changed = parse_plan(document)
        if self.plan is None or self.membership is None:
            draft = draft_of(request.session)
            if draft is not None:
                kept = json.loads(canonical_json(changed))
                draft_store(request.session, Draft(draft.template, kept, draft.answered))
            return
        require_editor(self.membership, _("change its plans"))
        revision_save(
            plan=self.plan, document=canonical_json(changed), based_on=based_on, saved_by=self.membership.user
        )


DeskView = Callable[Concatenate[HttpRequest, Desk, Rest], HttpResponse]


def at_the_draft(view: DeskView[Rest]) -> Callable[..., HttpResponse]:
    """Hand the view the draft of this session; without one, the visitor is led to the templates."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        draft = draft_of(request.session)
        if draft is None:
            return redirect("plan-new")
        name = str(draft.document["name"])
        desk = Desk(
            document=draft.document,
            name=name,
            organisation=organisation_of(request),
            route="draft",
            known={},
            way=((_("Start a plan"), reverse("plan-new")), (name, reverse("draft"))),
            may_edit=True,
            revision=0,
            membership=membership_of(request),
        )
        return view(request, desk, *args, **kwargs)

    return wrapped


def at_the_plan(view: DeskView[Rest]) -> Callable[..., HttpResponse]:
    """Hand the view the latest revision of the plan in the address; 404 for everybody but its members."""

    @for_members
    def wrapped(
        request: HttpRequest, membership: Membership, /, plan_id: uuid.UUID, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponse:
        plan = plan_get(membership, plan_id)
        revision = revision_latest(plan)
        desk = Desk(
            document=json.loads(revision.document),
            name=plan.name,
            organisation=plan.organisation,
            route="plan",
            known={"plan_id": plan.id},
            way=((_("Plans"), reverse("plan-list")), (plan.name, reverse("plan-results", args=[plan.id]))),
            may_edit=membership.may_edit,
            revision=revision.number,
            plan=plan,
            membership=membership,
            fresh_run=run_context(plan)["fresh_run"],
        )
        return view(request, desk, *args, **kwargs)

    return wraps(view)(wrapped)
