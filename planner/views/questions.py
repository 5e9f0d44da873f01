"""The four opening questions, one a page, for a visitor's draft and for a member's plan alike."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.middleware import organisation_of
from accounts.models import Organisation
from planner.forms.quick_start import QUESTIONS, Document, ModelForm, QuestionForm
from planner.plan.document import canonical_json, parse_plan
from planner.plan.errors import PlanInvalid
from planner.plan.examples import QuickStart
from planner.plan.overrides import with_overrides
from planner.report.words import money
from planner.views.answers import glimpse_of
from planner.views.models import models_found
from pricing.catalogue import PriceSource
from pricing.queries import price_source

STEPS = len(QUESTIONS)
MODEL_STEP = QUESTIONS.index(ModelForm) + 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a question: the document with the answer in it, or the form with its errors to show again.

    ``changes`` is the answer alone, new values by dotted path.
    """

    form: QuestionForm
    document: Document | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)


def ask(request: HttpRequest, step: int, document: Document, places: QuickStart) -> Asked:
    """Read the answer to question ``step`` from the request, if it brings one."""
    question = QUESTIONS[step - 1]
    if request.method != "POST" or "find" in request.POST:
        return Asked(question(None, document=document, places=places))
    if "skip" in request.POST:
        return Asked(question(None, document=document, places=places), document)
    form = question(request.POST, document=document, places=places)
    return _answered(form, document, organisation_of(request)) if form.is_valid() else Asked(form)


def buy_model(document: Document, places: QuickStart, model: str, organisation: Organisation | None) -> Document:
    """The document in which today's way buys ``model``; as it is where the catalogue has no price for it."""
    form = ModelForm({"model": model}, document=document, places=places)
    return (_answered(form, document, organisation).document if form.is_valid() else None) or document


def question_context(request: HttpRequest, step: int, asked: Asked) -> dict[str, Any]:
    """What the page of a question needs besides its trail."""
    context: dict[str, Any] = {"form": asked.form, "step": step, "steps": STEPS, "nav": "start"}
    context["aside"] = _("Question %(step)d of %(steps)d") % {"step": step, "steps": STEPS}
    context["so_far"] = _so_far(asked.form.document) if step > 1 else ""
    if isinstance(asked.form, ModelForm):
        context |= _models(request, asked.form)
    return context


def template_of(step: int) -> str:
    """The template of a question's page."""
    return "planner/question_model.html" if QUESTIONS[step - 1] is ModelForm else "planner/question.html"


def _so_far(document: Document) -> str:
    """What the answers up to here mean in money; nothing where the plan cannot be computed yet."""
    try:
        report = glimpse_of(document).report
    except PlanInvalid:
        return ""
    cost = report.cell(f"cumulative_cost.m1.{document['baseline']}").value
    if not isinstance(cost, (int, float)):
        return ""
    return _("So far: today’s way costs about %(cost)s in the first month, everything included.") % {
        "cost": money(cost, report.currency)
    }


def _models(request: HttpRequest, form: ModelForm) -> dict[str, Any]:
    search = request.POST.get("search", "").strip()[:100]
    chosen = (request.POST.get("model") or request.GET.get("model", "") or form.initial["model"])[:200]
    found = models_found(search, chosen, organisation_of(request))
    return {"models": found.models, "found": found.found, "search": search, "chosen": found.chosen}


def changed(document: Document, changes: Mapping[str, Any]) -> Document:
    """The document with new values at dotted paths. Raises PlanInvalid."""
    written: Document = json.loads(canonical_json(with_overrides(parse_plan(document), changes)))
    return written


def based_on(request: HttpRequest, otherwise: int) -> int:
    """The revision that the sent form was made from."""
    typed = request.POST.get("based_on", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else otherwise


def _answered(form: QuestionForm, document: Document, organisation: Organisation | None) -> Asked:
    """The document with the form's answers, or the form told what is wrong."""
    changes = form.changes()
    prices = price_source(as_of=timezone.localdate(), organisation=organisation)
    if isinstance(form, ModelForm) and not _complete(form, changes, prices):
        return Asked(form)
    try:
        return Asked(form, changed(document, changes) if changes else document, changes)
    except PlanInvalid as invalid:
        _tell(form, invalid)
        return Asked(form)


def _complete(form: ModelForm, changes: dict[str, Any], prices: PriceSource) -> bool:
    """Add to a new model what goes with it: whether it stands for the frontier or for open weights."""
    for path, model in list(changes.items()):
        found = prices.api_prices(model)
        if found is None:
            form.add_error(
                "model", _("No price is known for “%(model)s”. Choose one from the list.") % {"model": model}
            )
            return False
        changes[f"{path.removesuffix('.model')}.tier"] = found.value.tier
    return True


def _tell(form: QuestionForm, invalid: PlanInvalid) -> None:
    """Put each error of the plan at the field it came from; what belongs to none stands above the form."""
    field_at: Mapping[str, str] = {path: name for name, path in form.paths().items()}
    for error in invalid.errors:
        form.add_error(field_at.get(error.path), error.message)
