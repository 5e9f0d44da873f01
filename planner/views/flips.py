"""What would change the answer: the inputs whose smallest change makes another option the best.

Searching takes longer than a page may: the results page asks for it once it stands, and without scripts it is a page of
its own.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.middleware import organisation_of
from accounts.models import Membership, Organisation
from planner.forms.draft import draft_of
from planner.plan.errors import PlanInvalid
from planner.queries.plans import plan_get, revision_latest
from planner.renderers.page import table_view
from planner.report.flips import flip_sentence, flips_table
from planner.views.answers import glimpse_of, with_flips
from planner.views.member import for_members
from planner.views.pages import trail

SEARCHED: Final = 6


@require_safe
def draft_flips(request: HttpRequest) -> HttpResponse:
    """What would change the answer to the draft."""
    draft = draft_of(request.session)
    if draft is None:
        return redirect("plan-new")
    way = trail((_("Start a plan"), reverse("plan-new")), (str(draft.document["name"]), reverse("draft")), _TITLE)
    return _page(request, draft.document, organisation_of(request), {"trail": way, "nav": "start"})


@require_safe
@for_members
def plan_flips(request: HttpRequest, membership: Membership, plan_id: uuid.UUID) -> HttpResponse:
    """What would change the answer to the plan's latest revision."""
    plan = plan_get(membership, plan_id)
    document = json.loads(revision_latest(plan).document)
    way = trail((_("Plans"), reverse("plan-list")), (plan.name, reverse("plan-results", args=[plan.id])), _TITLE)
    return _page(request, document, plan.organisation, {"trail": way, "nav": "plans"})


_TITLE: Final = "What would change it"


def _page(
    request: HttpRequest, document: Mapping[str, Any], organisation: Organisation | None, context: dict[str, Any]
) -> HttpResponse:
    try:
        answer = glimpse_of(document, organisation)
        subject = with_flips(answer.subject, organisation, SEARCHED)
    except PlanInvalid as invalid:
        raise Http404("This plan cannot be computed yet.") from invalid
    context |= {"sentence": flip_sentence(subject), "flips": table_view(flips_table(subject), answer.report)}
    is_fragment = request.headers.get("HX-Request") == "true"
    return render(request, "planner/flips_found.html" if is_fragment else "planner/flips.html", context)
