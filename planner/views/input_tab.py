"""One tab of a plan's inputs: its form, what a sent form changes, and what the page shows beside the fields."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from accounts.models import Organisation
from planner.forms.edits import edited, with_notes
from planner.forms.inputs import InputsForm, without
from planner.forms.known import Known
from planner.forms.paths import value_at
from planner.forms.sections import Block, Group, Section, asked_of, blocks_of, given, groups_of, section_of, sections_of
from planner.plan.document import Plan, parse_plan, plan_document
from planner.plan.errors import PlanInvalid
from planner.plan.fields import leaves
from planner.plan.restructure import NoSuchPart
from planner.report.assumptions import assumptions_of
from planner.report.types import Source
from planner.views.answers import Answer, glimpse_of
from planner.views.models import SUGGESTED
from planner.views.rail import Rail, rail_of_answer
from pricing.queries import catalogue_of

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of one plan, with the form for it."""

    section: Section
    sections: list[Section]
    groups: list[Group]
    form: InputsForm


@dataclass(frozen=True, slots=True)
class Changed:
    """What a sent form makes of the plan. ``goes_to`` is the tab to show next, ``part`` the part to start at."""

    plan: Plan
    goes_to: str
    part: str = ""


def tab_of(request: HttpRequest, document: Document, key: str) -> Tab:
    """The tab with this key, its form filled from the request; 404 where the plan has no such tab."""
    plan = parse_plan(document)
    sections = sections_of(plan)
    section = next((each for each in sections if each.key == key), None)
    if section is None:
        raise Http404("This plan has no such inputs.")
    data = request.POST if request.method == "POST" else None
    form = InputsForm(data, plan=plan, document=document, blocks=blocks_of(plan, section), known=known_names())
    return Tab(section, sections, groups_of(plan, section), form)


def known_names() -> Known:
    """What references can name, out of today's catalogue."""
    catalogue = catalogue_of(timezone.localdate())
    return Known(
        accelerators=tuple((key, record.name) for key, record in catalogue.accelerators.items()),
        architectures=tuple((key, record.name) for key, record in catalogue.architectures.items()),
        models=SUGGESTED,
    )


def change_of(request: HttpRequest, tab: Tab) -> Changed | None:
    """The plan with what was typed and what a button does, or None when nothing was sent or something is wrong."""
    if request.method != "POST" or not tab.form.is_valid():
        return None
    try:
        return _pressed(request, tab, _noted(request, tab.form.changed_plan()))
    except PlanInvalid as invalid:
        tab.form.tell(invalid)
    except NoSuchPart as problem:
        tab.form.add_error(None, str(problem))
    return None


def _noted(request: HttpRequest, plan: Plan) -> Plan:
    if not any(name.startswith("note:") for name in request.POST):
        return plan
    return parse_plan(with_notes(plan_document(plan), request.POST.dict()))


def _pressed(request: HttpRequest, tab: Tab, plan: Plan) -> Changed:
    """What the button does beyond saving: a reset field, another shape of the plan."""
    if path := request.POST.get("reset", ""):
        return Changed(without(plan, [path]), tab.section.key, path)
    command = request.POST.get("edit", "")
    if not command:
        return Changed(plan, tab.section.key)
    document, part = edited(plan_document(plan), command, request.POST.dict())
    changed = parse_plan(document)
    stays = any(each.key == tab.section.key for each in sections_of(changed))
    moves = command.startswith(("add options", "copy options", "on ")) and tab.section.key != "plan"
    if stays and not moves:
        return Changed(changed, tab.section.key, part)
    return Changed(changed, section_of(changed, part).key, part)


def tab_context(tab: Tab, document: Document, organisation: Organisation | None) -> dict[str, Any]:
    """What the page of a tab shows, its trail and addresses left to the view."""
    answered, rail = _answered(document, organisation)
    sources = {each.path: each.source for each in assumptions_of(answered.subject)} if answered else {}
    every = [leaf for block in tab.form.blocks for leaf in block.leaves]
    return {
        "form": tab.form,
        "section": tab.section,
        "sections": tab.sections,
        "groups": [_group(tab.form, group, sources) for group in tab.groups],
        "given": given(every),
        "total": len(every),
        "complete": _completeness(tab.form.plan),
        "plan_parts": _parts(tab.form.plan, document) if tab.section.key == "plan" else None,
        "suggestions": _suggested(tab.form.plan),
        "rail": rail,
    }


def _group(form: InputsForm, group: Group, sources: Mapping[str, Source]) -> dict[str, Any]:
    return {"group": group, "blocks": [_block(form, block, sources) for block in group.blocks]}


def _block(form: InputsForm, block: Block, sources: Mapping[str, Source]) -> dict[str, Any]:
    """A block's fields with their sources: first what the plan says itself, then what it leaves at the default."""
    notes = form.document.get("notes", {})
    rows = [
        (form[leaf.path], sources.get(leaf.path), leaf.is_default, notes.get(leaf.path, "")) for leaf in block.leaves
    ]
    return {
        "block": block,
        "given": [row for row in rows if not row[2]],
        "defaults": [row for row in rows if row[2]],
        "open": any(row[2] and row[0].errors for row in rows),
    }


def _completeness(plan: Plan) -> dict[str, int]:
    """How many of all inputs the plan says itself."""
    asked = asked_of(plan)
    return {"given": given(asked), "total": len(asked)}


def _parts(plan: Plan, document: Document) -> dict[str, Any]:
    """The plan's workloads and options as lists to arrange, and what is switched off."""

    def rows(name: str) -> list[dict[str, Any]]:
        members = getattr(plan, name)
        inside = [leaf for leaf in leaves(plan) if leaf.path.startswith(f"{name}.")]
        return [
            {
                "path": f"{name}.{member.id}",
                "name": member.name or member.id,
                "key": f"option-{member.id}" if name == "options" else "use",
                "is_today": member.id == plan.baseline,
                "given": given(leaf for leaf in inside if leaf.path.startswith(f"{name}.{member.id}.")),
                "is_first": at == 0,
                "is_last": at == len(members) - 1,
            }
            for at, member in enumerate(members)
        ]

    off = [
        {"at": at, "list": each["list"], "name": each["content"].get("name") or each["content"].get("id", "")}
        for at, each in enumerate(document.get("switched_off", []))
    ]
    return {"lists": [("workloads", rows("workloads")), ("options", rows("options"))], "off": off}


def _suggested(plan: Plan) -> list[str]:
    """Models to suggest: the plan's own first."""
    own = [str(value_at(plan_document(plan), f"options.{option.id}.primary.model") or "") for option in plan.options]
    return list(dict.fromkeys([*(name for name in own if "/" in name), *SUGGESTED]))


def _answered(document: Document, organisation: Organisation | None) -> tuple[Answer | None, Rail]:
    """The answer and how it is said beside the inputs; while the plan cannot be computed only why not."""
    try:
        answered = glimpse_of(document, organisation)
    except PlanInvalid as invalid:
        return None, Rail(problem=invalid.errors[0].message)
    return answered, rail_of_answer(answered, organisation)


def document_of(text: str) -> dict[str, Any]:
    """A stored document as dictionaries."""
    document: dict[str, Any] = json.loads(text)
    return document
